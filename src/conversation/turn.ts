import type { Card } from '../card/card.ts';
import type { Form, FormValues } from '../card/form.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { ChatRef } from '../domain/subscriber.ts';

/** What a person did, as an adapter hands it in. */
export interface Turn {
  readonly at: Instant;
  readonly chat: ChatRef;
  /** Keeps people and threads in one chat apart: the thread or topic, else null. */
  readonly thread: string | null;
  /** The platform's id of the person; null for a channel's own posts and service messages. */
  readonly person: string | null;
  /** The language of the client, where the platform tells. */
  readonly hint: Language | null;
  readonly act: Act;
}

export type Act =
  /** Free text that was meant for us: a private chat, a mention, a reply to us. */
  | { readonly kind: 'text'; readonly text: string }
  /** `/status 정부24`, `/allim status 정부24`. The name without slash, in lower case. */
  | { readonly kind: 'command'; readonly name: string; readonly argument: string }
  | { readonly kind: 'button'; readonly action: string }
  | { readonly kind: 'form'; readonly action: string; readonly values: FormValues }
  /** The App Home was opened. */
  | { readonly kind: 'home' }
  /** A sticker, photo, file, voice message: named, since we cannot read it. */
  | {
      readonly kind: 'unreadable';
      readonly what: 'sticker' | 'photo' | 'voice' | 'video' | 'file' | 'location' | 'other';
    }
  /** The bot was added, or unblocked. */
  | { readonly kind: 'joined' }
  /** The bot was blocked, removed, or the chat was closed. */
  | { readonly kind: 'left'; readonly because: string }
  | { readonly kind: 'moved'; readonly to: string }
  /** The app was removed from the whole workspace. */
  | { readonly kind: 'workspace_ended'; readonly because: string }
  /** The app was put into a workspace, for the first time or again. */
  | { readonly kind: 'workspace_joined' };

/** What goes back the way it came. Null stands for silence. */
export interface Reply {
  readonly cards: readonly Card[];
  /** Draw the (first) card over the message whose button was pressed, instead of a new message. */
  readonly replace: boolean;
  /** Only the person sees it, where the platform can do that (Slack channels). */
  readonly privately: boolean;
  /** A short word in answer to a button press. */
  readonly toast: string | null;
  /** Opened where the platform has modals; the cards serve elsewhere. */
  readonly form: Form | null;
  /** A document to hand over, e.g. the export of /mydata. */
  readonly file: { readonly name: string; readonly content: string } | null;
}

export const reply = (cards: readonly Card[], parts: Partial<Omit<Reply, 'cards'>> = {}): Reply => ({
  cards,
  replace: false,
  privately: false,
  toast: null,
  form: null,
  file: null,
  ...parts,
});

/** The core as an adapter sees it. */
export interface Conversation {
  /** One turn in, one reply out. Never throws: what goes wrong inside becomes an apology with what to do. */
  converse(turn: Turn): Promise<Reply | null>;
  /** Options for a `search` field, as the person types. */
  search(
    turn: Omit<Turn, 'act'>,
    field: string,
    typed: string,
  ): Promise<readonly { readonly value: string; readonly label: string }[]>;
}
