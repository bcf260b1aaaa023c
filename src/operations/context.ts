import type { Catalogue } from '../domain/catalogue.ts';
import type { NoticeId } from '../domain/ids.ts';
import type { Actor } from '../domain/official.ts';
import type { Platform } from '../domain/subscriber.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoticeLinter } from '../ports/notice-linter.ts';
import type { NoticeWriter } from '../ports/notice-writer.ts';
import type { Store, Tables } from '../ports/store.ts';

/** What every operation needs. Built once in app.ts. */
export interface Context {
  readonly store: Store;
  readonly clock: Clock;
  readonly catalogue: Catalogue;
  readonly writeNotice: NoticeWriter;
  readonly lintNotice: NoticeLinter;
  readonly sending: Sending;
  /** How long a non-critical outage is held before anybody is told, in seconds. */
  readonly holdSeconds: number;
  /** Hastens the sender after a commit; losing it costs seconds, never a notice. */
  readonly wakeSender: () => void;
}

/** How fast each platform lets us send to one bot or workspace, and whether going faster is paid for. */
export interface Sending {
  readonly ratePerSecond: { readonly [P in Platform]: number };
  readonly paid: boolean;
}

/** A change, and the notice that tells of it; null when it told nobody. */
export interface Told<T> {
  readonly record: T;
  readonly notice: { readonly id: NoticeId; readonly code: string } | null;
}

/** How an actor is named in the audit. */
const nameOf = (actor: Actor): { actor: string; door: string } => {
  if (actor.kind === 'official') return { actor: actor.official.id, door: actor.door };
  return actor.kind === 'system'
    ? { actor: `system:${actor.name}`, door: 'system' }
    : { actor: 'console', door: 'cli' };
};

/** Appends one act to the audit, inside the transaction of the act. */
export const record = (
  tables: Tables,
  context: Context,
  actor: Actor,
  act: string,
  subject: string,
  before: unknown,
  after: unknown,
): Promise<void> =>
  tables.audit.append({ at: context.clock.now(), ...nameOf(actor), act, subject, before, after });
