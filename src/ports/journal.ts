import type { Instant } from '../domain/instant.ts';
import type { Platform } from '../domain/subscriber.ts';
import type { Page, PageRequest } from './page.ts';

/** One update of a platform, as it came. */
export interface InboundUpdate {
  readonly platform: Platform;
  /** Unique on its platform: Telegram's update_id, Slack's event_id or what stands for it. */
  readonly id: string;
  /** Updates of one chat are worked on one after another. */
  readonly chat: string;
  readonly body: unknown;
  readonly receivedAt: Instant;
  readonly attempts: number;
}

export interface Inbound {
  /** Stores what is new, in order, claimed by the caller until the lease ends. Returns the new ones only; repeats are dropped. */
  accept(
    updates: readonly Omit<InboundUpdate, 'attempts'>[],
    leaseUntil: Instant,
    owner: string,
  ): Promise<readonly InboundUpdate[]>;
  /** Erases the body; the id stays, to know a repeat. */
  settle(platform: Platform, id: string, at: Instant): Promise<void>;
  /** Unsettled ones whose lease ran out, in order of arrival, claimed anew; those tried more than `maxAttempts` times are settled and counted instead. */
  reclaim(
    now: Instant,
    leaseUntil: Instant,
    maxAttempts: number,
    limit: number,
    owner: string,
  ): Promise<{ readonly updates: readonly InboundUpdate[]; readonly abandoned: number }>;
  /** The processes that have unsettled ones. */
  owners(): Promise<readonly string[]>;
  /** Ends the leases of a process that is dead. */
  orphan(owner: string, now: Instant): Promise<void>;
  /** Forgets the ids of what was settled before. */
  purge(before: Instant): Promise<number>;
}

/** One act: who, what, when, from where, before and after. Appended in the transaction of the act. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: string;
  readonly door: string;
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** An entry in its place: its hash is over itself and the hash before, so none can be changed, put in or left out. */
export interface ChainedEntry extends AuditEntry {
  readonly sequence: number;
  /** SHA-256, hex; of the first entry 64 zeros. */
  readonly previous: string;
  readonly hash: string;
}

/** What a walk along the whole chain found. */
export interface AuditCheck {
  readonly entries: number;
  /** The first entry that does not fit, by its sequence; null: all do. */
  readonly broken: number | null;
}

export interface Audit {
  /** Appends to the chain; of two at once the second waits for the first. */
  append(entry: AuditEntry): Promise<void>;
  list(page: PageRequest): Promise<Page<ChainedEntry>>;
  /** Oldest first, after this sequence. */
  after(sequence: number, limit: number): Promise<readonly ChainedEntry[]>;
  verify(): Promise<AuditCheck>;
}

/** A handful of facts of the database itself: its mode, catalogue version. */
export interface Meta {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
