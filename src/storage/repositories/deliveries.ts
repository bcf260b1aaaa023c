import { type Kysely, sql, type UpdateObject } from 'kysely';
import type { DeliveryState } from '../../domain/campaign.ts';
import type { DeliveryId } from '../../domain/ids.ts';
import { earlier, type Instant } from '../../domain/instant.ts';
import type { Deliveries } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';
import type { DeliveryRow, Schema } from '../schema.ts';
import { audiencePage, audienceSize } from './audience.ts';
import { isUnfinished } from './campaigns.ts';
import { claimIn, isWaiting, queuesOf } from './claiming.ts';
import { parseDelivery } from './delivery-row.ts';
import { endUnsent } from './ended-deliveries.ts';
import { insertDeliveries } from './fan-out.ts';

type Settlement = Parameters<Deliveries['settle']>[1];

export function deliveriesOn({ db, dialect, atomically }: Handle): Deliveries {
  return {
    audience: (audience, after, limit) => audiencePage(db, audience, after, limit),

    reach: (audience) => audienceSize(db, audience),

    insertMany: (rows) =>
      rows.length === 0 ? Promise.resolve(0) : atomically((db) => insertDeliveries(db, dialect, rows)),

    claim: (lane, limit, now, leaseUntil) =>
      atomically((db) => claimIn(db, dialect, lane, limit, now, leaseUntil)),

    async begin(id, now, leaseUntil) {
      const result = await db
        .updateTable('deliveries')
        .set({ state: 'sending', started_at: now, lease_until: leaseUntil })
        .where('id', '=', id)
        .where('state', '=', 'claimed')
        .where('lease_until', '>', now)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    settle: (id, to) =>
      to.state === 'ready' || to.state === 'held'
        ? atomically((db) => giveBack(db, dialect, id, to))
        : settleFor(db, id, to),

    sweep: (now, lane) =>
      atomically(async (db) => ({
        released: await takeBack(db, 'claimed', { state: 'ready' }, now, lane),
        uncertain: await takeBack(db, 'sending', abandoned, now, lane),
      })),

    requeueUncertain: (lane, now) =>
      atomically(async (db) => {
        const running = await db
          .selectFrom('campaigns')
          .select('id')
          .where(isUnfinished)
          .where('state', 'in', ['fanning', 'sending'])
          .orderBy('id')
          .$if(dialect.locksRows, (query) => query.forShare())
          .execute();
        if (running.length === 0) return 0;
        const result = await db
          .updateTable('deliveries')
          .set({ state: 'ready', resent: 1, silent: 1, due_at: now })
          .where(sql<boolean>`state = 'uncertain' and resent = 0`)
          .where('lane', '=', lane)
          .where(
            'campaign',
            'in',
            running.map((row) => row.id),
          )
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('subscribers as s')
                .select('s.id')
                .whereRef('s.id', '=', 'deliveries.subscriber')
                .where('s.state', '=', 'active'),
            ),
          )
          .executeTakeFirst();
        return Number(result.numUpdatedRows);
      }),

    async nextDue(lane) {
      let next: string | null = null;
      for (const { campaign, priority } of await queuesOf(db, lane)) {
        const row = await db
          .selectFrom('deliveries as d')
          .select('d.due_at')
          .where('d.campaign', '=', campaign)
          .where('d.lane', '=', lane)
          .where('d.priority', '=', priority)
          .where(isWaiting)
          .orderBy('d.due_at')
          .limit(1)
          .executeTakeFirst();
        if (row !== undefined) next = next === null ? row.due_at : earlier(next, row.due_at);
      }
      return next;
    },

    async lanes() {
      const rows = await db
        .with('unfinished', (cte) => cte.selectFrom('campaigns').select('id').where(isUnfinished))
        .selectFrom('unfinished')
        .crossJoin('delivery_queues as q')
        .select('q.lane')
        .distinct()
        .whereRef('q.campaign', '=', 'unfinished.id')
        .orderBy('q.lane')
        .execute();
      return rows.map((row) => row.lane);
    },

    endFor: (subscriber, because) => endUnsent(db, [subscriber], because),

    async get(id) {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parseDelivery(row);
    },

    of: (notice, page) =>
      pageOf(
        page,
        (after, limit) =>
          db
            .selectFrom('deliveries')
            .selectAll()
            .where('notice', '=', notice)
            .where('subscriber', '>', after?.[0] ?? '')
            .orderBy('subscriber')
            .limit(limit)
            .execute(),
        (row) => [row.subscriber, row.id],
        parseDelivery,
      ),

    async sentTo(subscriber, limit) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('subscriber', '=', subscriber)
        .where('state', '=', 'sent')
        .orderBy('started_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(parseDelivery);
    },
  };
}

/** A sender that dies over and over may be dying of what it sends. */
const MOST_DEATHS = 3;

/** A death says nothing about the platform: what was out then may go again, even if it had gone again before. */
const abandoned: UpdateObject<Schema, 'deliveries'> = {
  state: 'uncertain',
  attempts: sql<number>`attempts + 1`,
  resent: sql<number>`case when attempts < ${sql.lit(MOST_DEATHS)} then 0 else resent end`,
};

/** Ends what is out: in a lane all of it, else what has outlived its lease. Returns how many. */
async function takeBack(
  db: Kysely<Schema>,
  from: 'claimed' | 'sending',
  to: UpdateObject<Schema, 'deliveries'>,
  now: Instant,
  lane: string | undefined,
): Promise<number> {
  const result = await db
    .updateTable('deliveries')
    .set({ ...to, lease_until: null })
    // As the index has it.
    .where(sql<boolean>`state in ('claimed', 'sending')`)
    .where('state', '=', from)
    .where((e) => (lane === undefined ? e('lease_until', '<=', now) : e('lane', '=', lane)))
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** An answer that comes after the lease ran out is still the truth, so it also settles an uncertain one. */
async function settleFor(db: Kysely<Schema>, id: DeliveryId, to: Settlement): Promise<void> {
  const from: DeliveryState[] = to.state === 'uncertain' ? ['sending'] : ['sending', 'uncertain'];
  await db
    .updateTable('deliveries')
    .set(settlement(to))
    .where('id', '=', id)
    .where('state', 'in', from)
    .execute();
}

/** Back into the queue, unless its campaign was stopped or its chat ended while it was out. */
async function giveBack(db: Kysely<Schema>, dialect: Dialect, id: DeliveryId, to: Settlement): Promise<void> {
  const row = await db
    .selectFrom('deliveries')
    .select(['campaign', 'subscriber'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return;
  const campaign = await db
    .selectFrom('campaigns')
    .select('state')
    .where('id', '=', row.campaign)
    .$if(dialect.locksRows, (query) => query.forShare())
    .executeTakeFirst();
  const chat = await db
    .selectFrom('subscribers')
    .select('state')
    .where('id', '=', row.subscriber)
    .$if(dialect.locksRows, (query) => query.forShare())
    .executeTakeFirst();
  const stopped = campaign?.state === 'superseded' || campaign?.state === 'cancelled' ? campaign.state : null;
  const state = stopped ?? (chat?.state === 'active' ? to.state : 'ended');
  await db
    .updateTable('deliveries')
    .set({ ...settlement(to), state })
    .where('id', '=', id)
    .where('state', 'in', ['claimed', 'sending'])
    .execute();
}

const settlement = (to: Settlement): Partial<DeliveryRow> => ({
  state: to.state,
  lease_until: null,
  ...(to.messageId !== undefined && { message_id: to.messageId }),
  ...(to.error !== undefined && { error: to.error }),
  ...(to.attempts !== undefined && { attempts: to.attempts }),
  ...(to.resent !== undefined && { resent: Number(to.resent) }),
  ...(to.silent !== undefined && { silent: Number(to.silent) }),
  ...(to.dueAt !== undefined && { due_at: to.dueAt }),
});
