import type { Card } from '../card/card.ts';
import type { Instant } from '../domain/instant.ts';
import type { ChatRef, Platform } from '../domain/subscriber.ts';

/** What became of one attempt to send; the tables of platform errors end here. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Certainly not sent; try again, no earlier than `afterSeconds`. A `lane` wait stops the whole lane, a `chat` wait this chat. */
  | {
      readonly kind: 'retry';
      readonly afterSeconds: number;
      readonly scope: 'lane' | 'chat';
      readonly why: string;
      /** Nobody answered, so it says nothing about how fast we may send. */
      readonly away?: boolean;
    }
  /** The chat lives on under another id. */
  | { readonly kind: 'moved'; readonly to: string }
  /** The chat is over for us: blocked, deactivated, kicked, left, archived, deleted. */
  | { readonly kind: 'gone'; readonly why: string }
  /** The whole workspace or bot is over: token revoked, app removed. */
  | { readonly kind: 'revoked'; readonly why: string }
  /** The platform does not know the chat. It says the same of every chat to a wrong token, so one of them ends nothing. */
  | { readonly kind: 'suspect'; readonly why: string }
  /** Not accepted, and would not be next time: our own bad content, or a chat that forbids us to write. */
  | { readonly kind: 'refused'; readonly why: string; readonly fault: 'content' | 'chat' }
  /** The request went out and no answer came: it may or may not have arrived. */
  | { readonly kind: 'uncertain'; readonly why: string };

export interface SendOptions {
  /** No sound. */
  readonly silent: boolean;
  /** Our delivery id, attached as metadata where the platform has such a thing. */
  readonly deliveryId: string;
  /** The message this one continues, if it was delivered. */
  readonly replyTo: string | null;
}

/** What became of a message in doubt. `unknown`: it could not be looked for. */
export type Found =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** Whoever meets a limit outside the sender, such as an answer, tells so: everything in that lane waits, in every replica. */
export type HeedLimit = (lane: string, seconds: number, why: string) => Promise<void>;

/** A platform as the sender sees it. Never throws for what a platform can answer. Never retries by itself. */
export interface Messenger {
  readonly platform: Platform;
  /** The lane a chat's messages count against: `telegram:BOT`, `slack:TEAM`. */
  lane(chat: ChatRef): string;
  /** The ceiling of a lane, messages a second. */
  readonly ratePerSecond: number;
  /** How soon a chat of this kind may get the next message, in milliseconds. */
  chatGapMs(kind: ChatRef['kind']): number;
  send(chat: ChatRef, card: Card, options: SendOptions): Promise<SendOutcome>;
  /** Looks for a message that may have arrived, sent no earlier than `since`. Left out where the platform has no such thing. */
  find?(chat: ChatRef, deliveryId: string, since: Instant): Promise<Found>;
  /** Whether a person may change a group's or channel's subscriptions. In a private chat: always. */
  isAdministrator(chat: ChatRef, person: string): Promise<boolean>;
}
