import type { Card } from '../card/card.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { CurrentFacts } from '../domain/status.ts';
import type { Subscriber, Target } from '../domain/subscriber.ts';
import type { Context } from '../operations/context.ts';
import type { Memo } from '../ports/memo.ts';
import type { Say } from '../wording/i18n.ts';
import type { Asked, Pending } from './memory.ts';
import type { Request } from './request.ts';
import type { Reply, Turn } from './turn.ts';
import { reply } from './turn.ts';

/** What a chat already hears of. */
export interface Held {
  readonly follows: ReadonlySet<ServiceId>;
  readonly targets: readonly Target[];
}

/** What every answer has at hand: who asks, where, when, in which language, and the records. */
export interface Visit {
  readonly context: Context;
  readonly turn: Omit<Turn, 'act'>;
  readonly now: Instant;
  readonly language: Language;
  readonly say: Say;
  /** Null while nothing is stored of the chat. */
  readonly subscriber: Subscriber | null;
  /** What the chat was promised before this turn: nothing is offered that it has. */
  readonly held: Held;
  /** The quiet hours of the house: `21:00-08:00` or `off`. */
  readonly quietHours: string;
  /** What "undo" would bring back, by chat. */
  readonly undo: Memo<readonly Target[]>;
  /** All that is on record, read once a turn. */
  facts(): Promise<CurrentFacts>;
  /** Whether this person may change what the chat is told: always in a private chat. */
  mayChange(): Promise<boolean>;
  /** The chat, kept from now on: only called when it has something to keep. */
  keep(): Promise<Subscriber>;
  /** Forgets the dialog so far. */
  forgetDialog(): Promise<void>;
}

export interface Answered {
  readonly reply: Reply;
  /** What it was about, for "and when?" in the next message; left out: as before. */
  readonly services?: readonly ServiceId[];
  /** What a "yes", "no" or "the second" would mean now. */
  readonly pending?: Pending;
  /** What was asked back without offering a choice. */
  readonly asking?: Asked;
  /** Services in the order shown, for "the second one". */
  readonly listed?: readonly ServiceId[];
  /** The language of what follows, where this answer changed it. */
  readonly language?: Language;
}

export type Answer = (visit: Visit, asked: Request) => Promise<Answered>;

export const inPrivate = (visit: Visit): boolean => visit.turn.chat.kind === 'private';

/** The smallest regions named: of "Haeundae in Busan" only Haeundae. */
export const regionsOf = (visit: Visit, asked: Request): readonly RegionId[] =>
  asked.regions.filter(
    (id) =>
      !asked.regions.some((other) => other !== id && visit.context.catalogue.regionLine(other).includes(id)),
  );

/** The region of the question, else the chat's own. With several named, none: every region's faults are told. */
export function regionOf(visit: Visit, asked: Request): RegionId | null {
  const named = regionsOf(visit, asked);
  if (named.length > 1) return null;
  return named[0] ?? visit.subscriber?.region ?? null;
}

export const answered = (
  cards: readonly Card[] | Card,
  parts: Partial<Omit<Reply, 'cards'>> & Omit<Answered, 'reply'> = {},
): Answered => {
  const { services, pending, asking, listed, language, ...rest } = parts;
  return {
    reply: reply(Array.isArray(cards) ? cards : [cards as Card], rest),
    ...(services === undefined ? {} : { services }),
    ...(pending === undefined ? {} : { pending }),
    ...(asking === undefined ? {} : { asking }),
    ...(listed === undefined ? {} : { listed }),
    ...(language === undefined ? {} : { language }),
  };
};
