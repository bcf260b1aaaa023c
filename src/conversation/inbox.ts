import { plusSeconds } from '../domain/instant.ts';
import type { Platform } from '../domain/subscriber.ts';
import type { Clock } from '../ports/clock.ts';
import type { InboundUpdate } from '../ports/journal.ts';
import type { Owner } from '../ports/owner.ts';
import type { Store } from '../ports/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { createChatQueues } from './chat-queues.ts';
import { createGroupCommit } from './group-commit.ts';

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

/** How long an update is ours before another process may take it for orphaned. */
const LEASE_SECONDS = 60;
const RECLAIM_EVERY_MS = 5_000;
const RECLAIM_AT_ONCE = 500;
/** What was tried so often has brought the process down each time. */
const MOST_ATTEMPTS = 3;
const MOST_CHATS_AT_ONCE = 64;
const MOST_WAITING_PER_CHAT = 100;
const STOP_WITHIN_MS = 10_000;

/** JSON can be read deeper than it can be written; refused, such a body would come again and hold up all others. */
function canBeWritten(body: unknown): boolean {
  try {
    JSON.stringify(body);
    return true;
  } catch {
    return false;
  }
}

const keyOf = (update: Pick<InboundUpdate, 'platform' | 'id'>): string => `${update.platform}:${update.id}`;

/*
 * arrive ──commit──► acknowledged ──► wait in the chat's queue ──► worked ──► settled (body erased)
 * A crash anywhere after the commit leaves the update unsettled: its lease runs out, or is ended by a successor
 * that knows of the death, and whoever reclaims it answers it. What this process still holds itself is recognised and not queued twice.
 */
export function createInbox(parts: {
  readonly store: Pick<Store, 'inbound'>;
  readonly clock: Clock;
  readonly owner: Owner;
  readonly logger: Logger;
  readonly metrics: Metrics;
}): Inbox {
  const { store, clock, owner, logger, metrics } = parts;
  const works = new Map<Platform, (body: unknown) => Promise<void>>();
  const held = new Set<string>();
  const leaseUntil = () => plusSeconds(clock.now(), LEASE_SECONDS);
  const count = (platform: Platform, outcome: string, by = 1) =>
    metrics.inbound.inc({ platform, outcome }, by);

  const settle = async ({ platform, id }: InboundUpdate) => {
    try {
      await store.inbound.settle(platform, id, clock.now());
    } catch (err) {
      // It will be reclaimed and worked once more: better twice than never.
      logger.error({ err, platform, id }, 'An update could not be settled');
    } finally {
      held.delete(keyOf({ platform, id }));
    }
  };

  const queues = createChatQueues<InboundUpdate>({
    mostAtOnce: MOST_CHATS_AT_ONCE,
    mostWaiting: MOST_WAITING_PER_CHAT,
    work: async (update) => {
      try {
        await works.get(update.platform)?.(update.body);
        count(update.platform, 'answered');
      } catch (err) {
        count(update.platform, 'failed');
        logger.error({ err, platform: update.platform, id: update.id }, 'An update could not be worked on');
      }
      await settle(update);
    },
  });

  const takeUp = (updates: readonly InboundUpdate[]) => {
    for (const update of updates) {
      if (held.has(keyOf(update)) || !works.has(update.platform)) continue;
      held.add(keyOf(update));
      if (queues.push(`${update.platform}:${update.chat}`, update)) continue;
      count(update.platform, 'dropped');
      logger.warn({ platform: update.platform, id: update.id }, 'Dropped: too many wait in this chat');
      void settle(update);
    }
  };

  const commit = createGroupCommit<Omit<InboundUpdate, 'attempts'>>(async (updates) => {
    const distinct = [...new Map(updates.map((update) => [keyOf(update), update])).values()];
    const fresh = await store.inbound.accept(distinct, leaseUntil(), owner.name);
    const news = new Set(fresh.map(keyOf));
    for (const update of updates) count(update.platform, news.has(keyOf(update)) ? 'accepted' : 'repeated');
    takeUp(fresh);
  });

  const reclaim = async () => {
    try {
      const now = clock.now();
      for (const other of await store.inbound.owners())
        if (owner.isGone(other)) await store.inbound.orphan(other, now);
      const { updates, abandoned } = await store.inbound.reclaim(
        now,
        leaseUntil(),
        MOST_ATTEMPTS,
        RECLAIM_AT_ONCE,
        owner.name,
      );
      if (abandoned > 0) logger.error({ abandoned }, 'Updates given up after too many attempts');
      takeUp(updates);
    } catch (err) {
      logger.error({ err }, 'Could not look for updates left behind');
    }
  };

  let timer: NodeJS.Timeout | null = null;
  let reclaiming: Promise<void> = Promise.resolve();

  return {
    handle(platform, work) {
      works.set(platform, work);
    },
    accept(platform, arrivals) {
      const receivedAt = clock.now();
      const storable = arrivals.filter(({ id, body }) => {
        if (canBeWritten(body)) return true;
        count(platform, 'dropped');
        logger.warn({ platform, id }, 'Dropped: nested too deeply to be stored');
        return false;
      });
      return commit(storable.map((arrival) => ({ platform, ...arrival, receivedAt })));
    },
    start() {
      if (timer !== null) return;
      const look = () => {
        reclaiming = reclaiming.then(reclaim);
      };
      timer = setInterval(look, RECLAIM_EVERY_MS);
      look();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await reclaiming;
      const left = await queues.stop(STOP_WITHIN_MS);
      if (left > 0)
        logger.warn({ left }, 'Stopped with updates under way; they are answered after the start');
    },
  };
}
