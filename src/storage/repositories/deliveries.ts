import { sql } from 'kysely';
import { fromEpoch } from '../../domain/instant.ts';
import type { Deliveries } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';
import { audiencePage, audienceSize } from './audience.ts';
import { claimIn, claimsOf } from './claiming.ts';
import { insertDeliveries } from './delivery-inserts.ts';
import { namedDeliveries, parseDelivery } from './delivery-row.ts';
import { DELIVERY } from './delivery-state.ts';
import { endUnsent } from './ended-deliveries.ts';
import { fenced } from './fence.ts';
import { LANE_SIZE } from './lane-numbers.ts';
import { linesOf, queuesOf } from './queues.ts';
import { beginAll, doubtfulIn, requeueDoubtful, settleAll, sweepUp } from './settling.ts';
import { numberOf } from './subscriber-number.ts';
import { isUnfinished } from './unfinished.ts';

export function deliveriesOn(handle: Handle): Deliveries {
  const { db, dialect, atomically } = handle;
  const laneRow = (key: string) =>
    db.selectFrom('lane_numbers').select(['number', 'key']).where('key', '=', key).executeTakeFirst();

  return {
    async audience(audience, after, limit) {
      const number = after === null ? 0 : await numberOf(db, after);
      return number === null ? [] : audiencePage(db, audience, number, limit);
    },

    reach: (audience) => audienceSize(db, audience),

    insertMany: (rows) =>
      rows.length === 0 ? Promise.resolve(0) : atomically((db) => insertDeliveries(db, dialect, rows)),

    claim: (request, fence) => fenced(handle, fence, (db) => claimIn(db, dialect, request)),

    begin: (ids, now, leaseUntil, fence) =>
      fenced(handle, fence, (db) => beginAll(db, dialect, ids, now, leaseUntil)),

    settle: (settlements, now, fence) =>
      fenced(handle, fence, (db) => settleAll(db, dialect, settlements, now)),

    sweep: (now, fence, lane) => fenced(handle, fence, (db) => sweepUp(db, dialect, now, lane)),

    uncertain: async (lane, limit) => claimsOf(db, dialect, await doubtfulIn(db, lane, limit)),

    requeueUncertain: (lane, now, fence) =>
      fenced(handle, fence, (db) => requeueDoubtful(db, dialect, lane, now)),

    async nextDue(key) {
      const lane = await laneRow(key);
      if (lane === undefined) return null;
      const lines = await linesOf(db, lane);
      // Whoever stands in line was due when the line was made.
      if (lines.length > 0) return fromEpoch(Math.min(...lines.map((line) => line.since)));
      const dues = (await queuesOf(db, lane)).map((queue) => queue.due);
      return dues.length === 0 ? null : fromEpoch(Math.min(...dues));
    },

    async lanes() {
      const rows = await db
        .with('unfinished', (cte) => cte.selectFrom('campaigns').select('number').where(isUnfinished))
        .selectFrom('lane_numbers as l')
        .select('l.key')
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('unfinished')
              .innerJoin('deliveries as d', 'd.campaign', 'unfinished.number')
              .select('d.subscriber')
              .where(sql<boolean>`d.subscriber > l.number * ${sql.lit(LANE_SIZE)}`)
              .where(sql<boolean>`d.subscriber < (l.number + 1) * ${sql.lit(LANE_SIZE)}`),
          ),
        )
        .orderBy('l.key')
        .execute();
      return rows.map((row) => row.key);
    },

    endFor: (subscriber, because) =>
      atomically(async (db) => {
        const number = await numberOf(db, subscriber);
        return number === null ? 0 : endUnsent(db, dialect, [number], because);
      }),

    async get(id) {
      const dot = id.indexOf('.');
      const row = await namedDeliveries(db)
        .where('c.id', '=', id.slice(0, dot))
        .where('s.id', '=', id.slice(dot + 1))
        .executeTakeFirst();
      return row === undefined ? null : parseDelivery(row);
    },

    of: (notice, page) =>
      pageOf(
        page,
        (after, limit) =>
          namedDeliveries(db)
            .where('c.notice', '=', notice)
            .where('d.subscriber', '>', Number(after?.[0] ?? Number.MIN_SAFE_INTEGER))
            .orderBy('d.subscriber')
            .limit(limit)
            .execute(),
        (row) => [String(row.subscriber), row.campaign_id],
        parseDelivery,
      ),

    async sentTo(subscriber, limit) {
      const rows = await namedDeliveries(db)
        .where('c.rows_kept', '>', 0)
        .where('s.id', '=', subscriber)
        .where('d.state', '=', DELIVERY.sent)
        .orderBy('d.started_at', 'desc')
        .orderBy('d.campaign', 'desc')
        .limit(limit)
        .execute();
      return rows.map(parseDelivery);
    },
  };
}
