import type { Platform } from '../domain/subscriber.ts';

/** An update as an adapter hands it in: stored before it is acknowledged. */
export interface Arrival {
  /** Unique on its platform. */
  readonly id: string;
  /** Updates of one chat are worked on one after another. */
  readonly chat: string;
  /** The platform's own JSON. */
  readonly body: unknown;
}

export interface Inbox {
  /** Resolves when the new ones are committed; repeats are dropped. Then works them, in order within a chat. @throws when the database is away: do not acknowledge */
  accept(platform: Platform, arrivals: readonly Arrival[]): Promise<void>;
  /** How a platform's stored body is worked on: convert, converse, send the reply. It settles when this resolves or rejects. */
  handle(platform: Platform, work: (body: unknown) => Promise<void>): void;
  /** Also takes up what a crash left behind, then and every few seconds. */
  start(): void;
  stop(): Promise<void>;
}
