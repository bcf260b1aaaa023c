import type { Arrival } from '../../conversation/inbox.ts';
import type { Act, Turn } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import { type Place, readForm, readPlace } from './form.ts';
import {
  EventBody,
  HomeOpened,
  Identified,
  InChannel,
  Member,
  NewId,
  PressBody,
  Revoked,
  Said,
  ShortcutBody,
  SlashBody,
  SubmissionBody,
  SuggestionBody,
} from './payloads.ts';

/** Who we are here; null until Slack has told. */
export interface Me {
  readonly userId: string | null;
}

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

/** Written first after `/allim`, these are commands; anything else is a question. */
const COMMANDS: ReadonlySet<string> = new Set(
  'start status subscribe unsubscribe subscriptions language report quiet verify help privacy mydata forget link incident announce desk'.split(
    ' ',
  ),
);
/** The global shortcut of the manifest. */
const ASK_STATUS = 'ask_status';

/** A payload as the inbox stores it; null for what is not meant for us, or not readable. */
export function arrivalOf(body: unknown, me: Me, at: Instant): Arrival | null {
  const inbound = readInbound(body, me, at);
  const id = idOf(body);
  if (inbound === null || id === null || typeof body !== 'object') return null;
  // Slack's old shared secret travels in every body; it has no business in our database.
  const stored = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => name !== 'token'));
  return { id, chat: `${inbound.turn.chat.workspace}:${inbound.turn.chat.id}`, body: stored };
}

/** Unique a payload, the same when Slack sends it again. */
function idOf(body: unknown): string | null {
  const known = Identified.safeParse(body).data;
  if (known?.type === 'view_submission' && known.view) return `${known.view.id}:${known.view.hash}`;
  return known?.event_id ?? known?.trigger_id ?? null;
}

/** A stored payload as a turn, and where its reply goes. Null for what is not meant for us, or not readable. */
export function readInbound(body: unknown, me: Me, at: Instant): Inbound | null {
  const event = EventBody.safeParse(body).data;
  if (event) return readEvent(event, me, at);
  const slash = SlashBody.safeParse(body).data;
  if (slash) return readSlash(slash, at);
  const press = PressBody.safeParse(body).data;
  if (press) return readPress(press, at);
  const submission = SubmissionBody.safeParse(body).data;
  if (submission) return readSubmission(submission, at);
  const shortcut = ShortcutBody.safeParse(body).data;
  return shortcut ? readShortcut(shortcut, at) : null;
}

/** What is typed into a search field of a form, and for whom. */
export function readSuggestion(body: unknown, at: Instant) {
  const asked = SuggestionBody.safeParse(body).data;
  if (asked === undefined) return null;
  const place = readPlace(asked.view?.private_metadata ?? '') ?? ownPlace(asked.user.id);
  return {
    turn: { at, chat: chatOf(teamOf(asked), place), thread: place.thread, person: asked.user.id, hint: null },
    field: asked.action_id,
    typed: asked.value,
  };
}

const teamOf = (body: { user: { team_id?: string | undefined }; team?: { id: string } | null | undefined }) =>
  body.team?.id ?? body.user.team_id ?? '';

/** Direct messages start with D. A person's own chat goes by the person, who may open several of them. */
const isDirect = (channel: string): boolean => channel.startsWith('D');

const placeOf = (channel: string, user: string, thread: string | null): Place =>
  isDirect(channel)
    ? { chat: user, kind: 'private', channel, thread }
    : { chat: channel, kind: 'channel', channel, thread };

const ownPlace = (user: string): Place => ({ chat: user, kind: 'private', channel: user, thread: null });

const chatOf = (workspace: string, place: Pick<Place, 'chat' | 'kind'>): ChatRef => ({
  platform: 'slack',
  workspace,
  id: place.chat,
  kind: place.kind,
});

function inbound(
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

function readEvent({ event, team_id: team, authorizations }: EventBody, me: Me, at: Instant) {
  const own = me.userId ?? authorizations?.find((entry) => entry.is_bot)?.user_id ?? null;
  const about = (channel: string, act: Act, person: string | null = null) =>
    inbound(at, team, placeOf(channel, person ?? channel, null), person, act);
  switch (event.type) {
    case 'message':
    case 'app_mention': {
      const said = Said.safeParse(event).data;
      return said ? readSaid(said, event.type, own, team, at) : null;
    }
    case 'app_home_opened': {
      const opened = HomeOpened.safeParse(event).data;
      if (opened === undefined || opened.tab === 'messages') return null;
      return inbound(at, team, ownPlace(opened.user), opened.user, { kind: 'home' }, { home: 'opened' });
    }
    case 'member_joined_channel': {
      const member = Member.safeParse(event).data;
      if (member === undefined || member.user !== own) return null;
      return about(member.channel, { kind: 'joined' }, member.inviter ?? null);
    }
    case 'member_left_channel': {
      const member = Member.safeParse(event).data;
      return member?.user === own && own !== null
        ? about(member.channel, { kind: 'left', because: 'kicked' })
        : null;
    }
    case 'channel_left':
    case 'group_left':
      return ended('kicked');
    case 'channel_archive':
    case 'group_archive':
      return ended('archived');
    case 'channel_deleted':
    case 'group_deleted':
      return ended('deleted');
    case 'channel_unarchive':
    case 'group_unarchive': {
      const back = InChannel.safeParse(event).data;
      return back ? about(back.channel, { kind: 'joined' }) : null;
    }
    case 'channel_id_changed': {
      const ids = NewId.safeParse(event).data;
      return ids ? about(ids.old_channel_id, { kind: 'moved', to: ids.new_channel_id }) : null;
    }
    case 'app_uninstalled':
      return about(team, { kind: 'workspace_ended', because: 'uninstalled' });
    case 'tokens_revoked': {
      const revoked = Revoked.safeParse(event).data;
      return (revoked?.tokens.bot ?? []).length > 0
        ? about(team, { kind: 'workspace_ended', because: 'revoked' })
        : null;
    }
    default:
      return null;
  }

  function ended(because: string): Inbound | null {
    const gone = InChannel.safeParse(event).data;
    return gone ? about(gone.channel, { kind: 'left', because }) : null;
  }
}

/** What may stand in a message's subtype while it is still a person writing. */
const WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast']);

/** A direct message, or a mention in a channel. A mention also comes as a message event, which is dropped. */
function readSaid(
  said: Said,
  type: 'message' | 'app_mention',
  own: string | null,
  team: string,
  at: Instant,
): Inbound | null {
  const { user, channel } = said;
  if (user === undefined || user === own || said.bot_id !== undefined) return null;
  if (said.subtype !== undefined && !WRITTEN_BY_PEOPLE.has(said.subtype)) return null;
  if (said.edited !== undefined) return null;
  const direct = isDirect(channel);
  if (direct !== (type === 'message')) return null;

  // In a channel the answer hangs below the question; in a direct message only where a thread was begun.
  const thread = said.thread_ts ?? (direct ? null : said.ts);
  const text = plainWords(said.text ?? '', own);
  const reply = (act: Act) => inbound(at, team, placeOf(channel, user, thread), user, act);
  if (text !== '') return reply({ kind: 'text', text });
  if (!direct) return reply({ kind: 'command', name: 'help', argument: '' });
  return reply({ kind: 'unreadable', what: whatIs(said.files?.at(0)?.mimetype) });
}

function whatIs(mimetype: string | undefined): (Act & { kind: 'unreadable' })['what'] {
  if (mimetype === undefined) return 'other';
  const kinds = { image: 'photo', audio: 'voice', video: 'video' } as const;
  const [kind] = Object.entries(kinds).find(([type]) => mimetype.startsWith(`${type}/`)) ?? [];
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kinds[kind] : 'file';
}

function readSlash(slash: SlashBody, at: Instant): Inbound {
  const text = plainWords(slash.text, null);
  const [word = '', ...rest] = text.split(/\s+/);
  const name = word.toLowerCase().replace(/^\//, '');
  const act: Act =
    text === ''
      ? { kind: 'command', name: 'help', argument: '' }
      : COMMANDS.has(name)
        ? { kind: 'command', name, argument: rest.join(' ') }
        : { kind: 'text', text };
  const place = placeOf(slash.channel_id, slash.user_id, null);
  return inbound(at, slash.team_id, place, slash.user_id, act, {
    trigger: slash.trigger_id,
    responseUrl: slash.response_url ?? null,
  });
}

function readPress(press: PressBody, at: Instant): Inbound | null {
  const { user, container, channel } = press;
  const [action] = press.actions;
  if (action?.type !== 'button' || action.value === undefined) return null;
  const act: Act = { kind: 'button', action: action.value };
  const common = { trigger: press.trigger_id, responseUrl: press.response_url ?? null };
  if (press.view?.type === 'home')
    return inbound(at, teamOf(press), ownPlace(user.id), user.id, act, { ...common, home: 'pressed' });
  if (!channel || container.message_ts === undefined) return null;

  const ephemeral = container.is_ephemeral ?? false;
  const below = isDirect(channel.id) || ephemeral ? null : container.message_ts;
  const thread = container.thread_ts ?? press.message?.thread_ts ?? below;
  return inbound(at, teamOf(press), placeOf(channel.id, user.id, thread), user.id, act, {
    ...common,
    pressed: { ts: container.message_ts, ephemeral },
  });
}

function readShortcut(shortcut: ShortcutBody, at: Instant): Inbound | null {
  if (shortcut.callback_id !== ASK_STATUS) return null;
  const user = shortcut.user.id;
  const act: Act = { kind: 'command', name: 'status', argument: '' };
  return inbound(at, teamOf(shortcut), ownPlace(user), user, act, { trigger: shortcut.trigger_id });
}

function readSubmission(submission: SubmissionBody, at: Instant): Inbound {
  const { user, view } = submission;
  const place = readPlace(view.private_metadata) ?? ownPlace(user.id);
  const act: Act = { kind: 'form', action: view.callback_id, values: readForm(view.state) };
  return inbound(at, teamOf(submission), place, user.id, act, {
    trigger: submission.trigger_id,
    submission: idOf(submission),
  });
}

/** What the person wrote, without Slack's markup and without our own name. */
export function plainWords(text: string, own: string | null): string {
  return text
    .replace(/<([^<>]*)>/g, (_, inner: string) => {
      const [target = '', label] = inner.split('|', 2);
      if (target.startsWith('@')) return target.slice(1) === own ? ' ' : `@${label ?? target.slice(1)}`;
      if (target.startsWith('#')) return `#${label ?? target.slice(1)}`;
      if (target.startsWith('!')) return label ?? '';
      return label ?? target.replace(/^(mailto|tel):/, '');
    })
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
