import type { Act, Turn } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import type { Place } from './form.ts';

/** Where the reply goes. */
export interface Back {
  readonly chat: ChatRef;
  /** Where to post: a channel's id, a direct message's, or a person's. */
  readonly channel: string;
  readonly thread: string | null;
  readonly person: string | null;
  /** Opens a modal, within 3 seconds. */
  readonly trigger: string | null;
  /** Answers a command or button even where we are no member, for 30 minutes. */
  readonly responseUrl: string | null;
  /** The message whose button was pressed. */
  readonly pressed: { readonly ts: string; readonly ephemeral: boolean } | null;
  /** The App Home: opened, or a button on it pressed. */
  readonly home: 'opened' | 'pressed' | null;
  /** The id under which a submitted form waits for its answer. */
  readonly submission: string | null;
}

export interface Inbound {
  readonly turn: Turn;
  readonly back: Back;
}

/** Direct messages start with D. A person's own chat goes by the person, who may open several of them. */
export const isDirect = (channel: string): boolean => channel.startsWith('D');

export const placeOf = (channel: string, user: string, thread: string | null): Place =>
  isDirect(channel)
    ? { chat: user, kind: 'private', channel, thread }
    : { chat: channel, kind: 'channel', channel, thread };

export const ownPlace = (user: string): Place => ({
  chat: user,
  kind: 'private',
  channel: user,
  thread: null,
});

export const chatOf = (workspace: string, place: Pick<Place, 'chat' | 'kind'>): ChatRef => ({
  platform: 'slack',
  workspace,
  id: place.chat,
  kind: place.kind,
});

/** A turn at a place, and the way back there. */
export function inbound(
  at: Instant,
  team: string,
  place: Place,
  person: string | null,
  act: Act,
  back: Partial<Omit<Back, 'chat' | 'channel' | 'thread' | 'person'>> = {},
): Inbound {
  const chat = chatOf(team, place);
  return {
    turn: { at, chat, thread: place.thread, person, hint: null, act },
    back: {
      chat,
      channel: place.channel,
      thread: place.thread,
      person,
      trigger: null,
      responseUrl: null,
      pressed: null,
      home: null,
      submission: null,
      ...back,
    },
  };
}
