import type { ServiceId } from '../domain/ids.ts';
import { type Instant, secondsBetween } from '../domain/instant.ts';
import type { Intent, Understanding } from '../understanding/understanding.ts';

/*
 * What one person's last messages were about and what they were told, for "and when?" in the next one.
 * A message is noted by `afterMessage`, the bot's answer by `afterAnswer`; a live chat and a transcript
 * differ only in how they come to know what was answered.
 */

/** What a question back is waiting for. */
export type Pending =
  | null
  | { readonly kind: 'choose'; readonly intent: Intent; readonly options: readonly ServiceId[] }
  | {
      readonly kind: 'offer';
      readonly intent: Intent;
      readonly services: readonly ServiceId[];
      /** What a "no" asks for, where it is more than leaving things as they are: "Keep Wetax too?" */
      readonly refusal?: Intent;
      /** "Do you mean …?": a no says that another service was meant. */
      readonly guess?: boolean;
    };

/** What the bot asked for, beside a choice or an offer; after a crisis, that help be called. */
export type Asked =
  | 'detail'
  | 'region'
  | 'service'
  | 'crisis_self_harm'
  | 'crisis_fire'
  | 'crisis_crime'
  | null;

/** What was last changed for the person, and can be taken back. */
export interface Done {
  readonly intent: 'subscribe' | 'unsubscribe';
  readonly services: readonly ServiceId[];
}

/** What one person said last in one chat or thread, and was told. */
export interface Remembered {
  readonly at: Instant;
  /** Spoken of last, in the order named. */
  readonly services: readonly ServiceId[];
  readonly previousServices: readonly ServiceId[];
  readonly intent: Intent | null;
  readonly pending: Pending;
  /** The last list of several services that was shown, in its order: what "the third one" points at. */
  readonly listed?: readonly ServiceId[];
  readonly asked?: Asked;
  /** The services asked about, oldest first: "the first one I asked". */
  readonly trail?: readonly ServiceId[];
  /** Last told as not working, or not fully: what "when it is back" is about. */
  readonly impaired?: readonly ServiceId[];
  /** How what was spoken of last was told to be; null while nothing was told. */
  readonly told?: 'fine' | 'impaired' | null;
  /** Other services that the last answer named: "there". */
  readonly mentioned?: readonly ServiceId[];
  /** What an ambiguous name might have meant, the reading that was answered included. */
  readonly readings?: readonly ServiceId[];
  readonly done?: Done | null;
}

export const FORGET_AFTER_SECONDS = 900;
const MOST_REMEMBERED = 8;

const NOTHING: Omit<Remembered, 'at'> = {
  services: [],
  previousServices: [],
  intent: null,
  pending: null,
};

/** The memory while it lasts; null once a quarter of an hour has passed. */
export const stillKnown = (before: Remembered | null, now: Instant): Remembered | null =>
  before !== null && secondsBetween(before.at, now) <= FORGET_AFTER_SECONDS ? before : null;

/** Intents that are about services, and so may take them over from what was said before. */
const ABOUT_SERVICES = [
  'status',
  'eta',
  'cause',
  'alternatives',
  'history',
  'subscribe',
  'unsubscribe',
  'report_problem',
] as const satisfies readonly Intent[];
export type AboutServices = (typeof ABOUT_SERVICES)[number];

export const aboutServices = (intent: Understanding['intent'] | null): intent is AboutServices =>
  (ABOUT_SERVICES as readonly (string | null)[]).includes(intent);

/** How sure a reading of too few words must be to count. */
export const SURE = 0.6;

/** What a message was about, in the light of what was said before it. */
export type Meant = Pick<Understanding, 'intent' | 'leaning' | 'services' | 'candidates'> &
  Partial<Pick<Understanding, 'mentions' | 'confidence'>>;

/** The memory after a message. One that is off the topic changes nothing but the time. */
export function afterMessage(meant: Meant, before: Remembered | null, now: Instant): Remembered {
  const known = stillKnown(before, now) ?? { at: now, ...NOTHING };
  const { candidates } = meant;
  const asking = meant.intent === 'clarify';
  const leans = asking || (meant.intent === 'unknown' && (meant.confidence ?? 0) >= SURE);
  const intent = leans ? meant.leaning : meant.intent;
  const lost = meant.intent === 'unknown' || intent === 'off_topic';
  const kept = aboutServices(intent) || intent === 'status_all' || intent === 'list_subscriptions';
  // A name that was heard though the rest was not understood is what the next message is about.
  const services = lost && known.services.length === 0 ? (meant.mentions ?? []) : meant.services;
  const moved = moveTo(known, services);
  return {
    ...moved,
    at: now,
    intent: kept ? intent : known.intent,
    listed: meant.services.length >= 2 ? meant.services : known.listed,
    readings: meant.services.length > 0 ? [...new Set([...meant.services, ...candidates])] : known.readings,
    pending:
      asking && candidates.length > 0
        ? { kind: 'choose', intent: meant.leaning ?? 'status', options: candidates }
        : lost
          ? known.pending
          : null,
    asked: asking && candidates.length === 0 ? 'service' : lost ? known.asked : null,
    done:
      (intent === 'subscribe' || intent === 'unsubscribe') && meant.services.length > 0
        ? { intent, services: meant.services }
        : lost || !aboutServices(intent)
          ? known.done
          : null,
  };
}

/** What an answer told and asked; left out: as before. */
export interface Told {
  readonly services?: readonly ServiceId[];
  readonly listed?: readonly ServiceId[];
  readonly mentioned?: readonly ServiceId[];
  readonly impaired?: readonly ServiceId[];
  readonly told?: 'fine' | 'impaired' | null;
  readonly pending?: Pending;
  readonly asked?: Asked;
}

/** The memory after the bot's answer. */
export function afterAnswer(told: Told, before: Remembered, now: Instant): Remembered {
  const moved = moveTo(before, told.services ?? []);
  return {
    ...moved,
    at: now,
    listed: told.listed ?? before.listed,
    mentioned: told.mentioned ?? [],
    impaired: told.impaired === undefined || told.impaired.length === 0 ? before.impaired : told.impaired,
    told: told.told ?? moved.told ?? null,
    pending: told.pending === undefined ? before.pending : told.pending,
    asked: told.asked === undefined ? before.asked : told.asked,
  };
}

/** Another subject; what was the subject stays in mind behind it. */
function moveTo(before: Remembered, services: readonly ServiceId[]): Remembered {
  if (services.length === 0 || services.join() === before.services.join()) return before;
  const trail = before.trail ?? before.services;
  return {
    ...before,
    services,
    previousServices: before.services,
    trail: [...trail, ...services.filter((id) => !trail.includes(id))].slice(0, MOST_REMEMBERED),
    told: null,
  };
}
