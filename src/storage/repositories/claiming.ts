import { type Kysely, type SqlBool, sql } from 'kysely';
import type { CampaignId, DeliveryId, SubscriberId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { languageOf } from '../../domain/subscriber.ts';
import type { Claim } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { DeliveryRow, Schema, SubscriberRow } from '../schema.ts';
import { isUnfinished } from './campaigns.ts';
import { parseDelivery } from './delivery-row.ts';
import { parseSubscriber } from './subscribers.ts';

/** The words of the partial index `deliveries_waiting`; without exactly these it is not used. */
export const isWaiting = sql<SqlBool>`d.state in ('ready', 'held')`;

interface Queue {
  readonly lane: string;
  readonly priority: number;
  readonly campaign: CampaignId;
}

interface Candidate {
  readonly id: DeliveryId;
  readonly subscriber: SubscriberId;
  readonly due_at: Instant;
}

/** The queues of a lane that may move, most urgent first. A paused campaign is passed by, however much waits in it. */
export const queuesOf = (db: Kysely<Schema>, lane: string): Promise<readonly Queue[]> =>
  db
    .with('running', (cte) =>
      cte.selectFrom('campaigns').select('id').where(isUnfinished).where('state', '<>', 'paused'),
    )
    .selectFrom('running')
    .crossJoin('delivery_queues as q')
    .select(['q.campaign', 'q.lane', 'q.priority'])
    .whereRef('q.campaign', '=', 'running.id')
    .where('q.lane', '=', lane)
    .orderBy('q.priority')
    .execute();

/** Picks what goes next in a lane and leases it, inside a transaction. */
export async function claimIn(
  db: Kysely<Schema>,
  dialect: Dialect,
  lane: string,
  limit: number,
  now: Instant,
  leaseUntil: Instant,
): Promise<readonly Claim[]> {
  const queues = await queuesOf(db, lane);
  const chosen = new Map<SubscriberId, DeliveryId>();
  for (const priority of new Set(queues.map((q) => q.priority))) {
    if (chosen.size >= limit) break;
    const candidates: Candidate[] = [];
    for (const queue of queues.filter((q) => q.priority === priority)) {
      candidates.push(...(await candidatesOf(db, dialect, queue, limit, now)));
    }
    candidates.sort((a, b) => compare(a.due_at, b.due_at) || compare(a.id, b.id));
    for (const { id, subscriber } of candidates) {
      if (chosen.size < limit && !chosen.has(subscriber)) chosen.set(subscriber, id);
    }
  }
  if (chosen.size === 0) return [];
  const order = [...chosen.values()];
  const claimed = await lease(db, order, leaseUntil);
  const byId = new Map((await claimsOf(db, claimed)).map((claim) => [claim.delivery.id, claim]));
  return order.map((id) => byId.get(id)).filter((claim) => claim !== undefined);
}

/** The first due of one queue; a chat with something under way is passed by. Locks the rows and their chats. */
function candidatesOf(
  db: Kysely<Schema>,
  dialect: Dialect,
  { campaign, lane, priority }: Queue,
  limit: number,
  now: Instant,
): Promise<Candidate[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as s', 's.id', 'd.subscriber')
    .select(['d.id', 'd.subscriber', 'd.due_at'])
    .where('d.campaign', '=', campaign)
    .where('d.lane', '=', lane)
    .where('d.priority', '=', priority)
    .where(isWaiting)
    .where('d.due_at', '<=', now)
    .where('s.state', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as other')
            .select('other.id')
            .whereRef('other.subscriber', '=', 'd.subscriber')
            .where('other.state', 'in', ['claimed', 'sending']),
        ),
      ),
    )
    .orderBy('d.due_at')
    .orderBy('d.id')
    .limit(limit)
    .$if(dialect.locksRows, (query) => query.forNoKeyUpdate(['d', 's']).skipLocked())
    .execute();
}

/**
 * Takes the lease. Says again that the chat has nothing under way: another sender may have committed a claim
 * between our reading and our lock, but not after it.
 */
async function lease(
  db: Kysely<Schema>,
  ids: readonly DeliveryId[],
  leaseUntil: Instant,
): Promise<readonly DeliveryId[]> {
  const rows = await db
    .updateTable('deliveries')
    .set({ state: 'claimed', lease_until: leaseUntil })
    .where('id', 'in', ids)
    .where('state', 'in', ['ready', 'held'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as other')
            .select('other.id')
            .whereRef('other.subscriber', '=', 'deliveries.subscriber')
            .where('other.state', 'in', ['claimed', 'sending']),
        ),
      ),
    )
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** With what sending needs: the chat, and the opening notice's message in it. */
async function claimsOf(db: Kysely<Schema>, ids: readonly DeliveryId[]): Promise<readonly Claim[]> {
  if (ids.length === 0) return [];
  const deliveries = await db.selectFrom('deliveries').selectAll().where('id', 'in', ids).execute();
  const subscribers = await db
    .selectFrom('subscribers')
    .selectAll()
    .where(
      'id',
      'in',
      deliveries.map((row) => row.subscriber),
    )
    .execute();
  const openings = await openingMessages(db, deliveries);
  const chats = new Map<SubscriberId, SubscriberRow>(subscribers.map((row) => [row.id, row]));
  return deliveries.flatMap((row) => {
    const chat = chats.get(row.subscriber);
    if (chat === undefined) return [];
    const subscriber = parseSubscriber(chat);
    return {
      delivery: parseDelivery(row),
      chat: subscriber.chat,
      language: languageOf(subscriber),
      replyTo: openings.get(row.id) ?? null,
    };
  });
}

/** By delivery: the message in which its chat first heard of the incident. */
async function openingMessages(
  db: Kysely<Schema>,
  deliveries: readonly DeliveryRow[],
): Promise<ReadonlyMap<DeliveryId, string>> {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('notices as n', 'n.id', 'd.notice')
    .innerJoin('deliveries as first', 'first.subscriber', 'd.subscriber')
    .select(['d.id', 'first.message_id'])
    .where(
      'd.id',
      'in',
      deliveries.map((row) => row.id),
    )
    .where('first.state', '=', 'sent')
    .where('first.message_id', 'is not', null)
    .where('first.notice', '=', (e) =>
      e
        .selectFrom('notices as opening')
        .select('opening.id')
        .whereRef('opening.incident', '=', 'n.incident')
        .orderBy('opening.sequence')
        .orderBy('opening.created_at')
        .limit(1),
    )
    .execute();
  return new Map(rows.flatMap(({ id, message_id }) => (message_id === null ? [] : [[id, message_id]])));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
