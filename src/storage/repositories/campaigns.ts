import type { Kysely } from 'kysely';
import { type SqlBool, sql } from 'kysely';
import type { Campaign, CampaignState } from '../../domain/campaign.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Campaigns } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';
import type { CampaignRow, Schema } from '../schema.ts';
import { progressOf } from './campaign-progress.ts';
import { UNSENT } from './ended-deliveries.ts';

/** Not over yet. The words of the partial index `campaigns_unfinished`; without exactly these it is not used. */
export const isUnfinished = sql<SqlBool>`state in ('holding', 'fanning', 'sending', 'paused')`;

const parse = (row: CampaignRow): Campaign => ({
  id: row.id,
  notice: row.notice,
  state: row.state,
  holdUntil: row.hold_until,
  cursor: row.cursor,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

const parsed = (row: CampaignRow | undefined): Campaign | null => (row === undefined ? null : parse(row));

/*
 * A campaign's row is always taken before those of its deliveries, and whoever makes a delivery ready holds it:
 * so stopping a campaign either sees the delivery or is seen by it, and none is left behind in a stopped one.
 */
export function campaignsOn({ db, atomically }: Handle): Campaigns {
  const campaigns = () => db.selectFrom('campaigns').selectAll();
  return {
    async insert(campaign) {
      await db
        .insertInto('campaigns')
        .values({
          id: campaign.id,
          notice: campaign.notice,
          state: campaign.state,
          resume_to: null,
          hold_until: campaign.holdUntil,
          cursor: campaign.cursor,
          created_at: campaign.createdAt,
          started_at: campaign.startedAt,
          finished_at: campaign.finishedAt,
        })
        .execute();
    },

    async get(id) {
      return parsed(await campaigns().where('id', '=', id).executeTakeFirst());
    },

    async byNotice(notice) {
      return parsed(await campaigns().where('notice', '=', notice).executeTakeFirst());
    },

    async toFanOut(now) {
      const rows = await campaigns()
        .where(isUnfinished)
        .where('state', 'in', ['holding', 'fanning'])
        .where('hold_until', '<=', now)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(parse);
    },

    async active() {
      const rows = await campaigns()
        .where(isUnfinished)
        .where('state', '<>', 'paused')
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(parse);
    },

    async advance(id, to) {
      const result = await db
        .updateTable('campaigns')
        .set({ state: to.state, cursor: to.cursor, started_at: to.startedAt })
        .where('id', '=', id)
        .where('state', 'in', ['holding', 'fanning'])
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    async finish(now) {
      const result = await db
        .updateTable('campaigns')
        .set({ state: 'finished', finished_at: now })
        .where(isUnfinished)
        .where('state', '=', 'sending')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('deliveries as d')
                .select('d.id')
                .whereRef('d.notice', '=', 'campaigns.notice')
                .where('d.state', 'in', [...UNSENT, 'sending']),
            ),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            // One that will be sent once more is not the end.
            exists(
              selectFrom('deliveries as d')
                .innerJoin('subscribers as s', 's.id', 'd.subscriber')
                .select('d.id')
                .whereRef('d.notice', '=', 'campaigns.notice')
                .where('d.state', '=', 'uncertain')
                .where('d.resent', '=', 0)
                .where('s.state', '=', 'active'),
            ),
          ),
        )
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },

    supersede: (incident, belowSequence, now) =>
      atomically(async (db) => {
        const stopped = await db
          .updateTable('campaigns')
          .set({ state: 'superseded', finished_at: now })
          .where(isUnfinished)
          .where('notice', 'in', (e) =>
            e
              .selectFrom('notices')
              .select('id')
              .where('incident', '=', incident)
              .where('sequence', '<', belowSequence),
          )
          .returning('notice')
          .execute();
        let deliveries = 0;
        for (const { notice } of stopped) deliveries += await callOff(db, notice, 'superseded');
        return deliveries;
      }),

    control: (id, act, now) =>
      atomically(async (db) => {
        if (act === 'pause') return pause(db, id);
        if (act === 'resume') return resume(db, id);
        return cancel(db, id, now);
      }),

    progress: (notice, now) => progressOf(db, notice, now),
  };
}

/** Pausing takes effect at once: what was claimed goes back. */
async function pause(db: Kysely<Schema>, id: CampaignId): Promise<boolean> {
  const paused = await db
    .updateTable('campaigns')
    .set((e) => ({ resume_to: e.ref('state'), state: sql<CampaignState>`'paused'` }))
    .where('id', '=', id)
    .where('state', 'in', ['fanning', 'sending'])
    .returning('notice')
    .executeTakeFirst();
  if (paused === undefined) return false;
  await db
    .updateTable('deliveries')
    .set({ state: 'ready', lease_until: null })
    .where('notice', '=', paused.notice)
    .where('state', '=', 'claimed')
    .execute();
  return true;
}

async function resume(db: Kysely<Schema>, id: CampaignId): Promise<boolean> {
  const result = await db
    .updateTable('campaigns')
    .set((e) => ({ state: e.fn.coalesce('resume_to', sql<CampaignState>`'fanning'`), resume_to: null }))
    .where('id', '=', id)
    .where('state', '=', 'paused')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

async function cancel(db: Kysely<Schema>, id: CampaignId, now: Instant): Promise<boolean> {
  const cancelled = await db
    .updateTable('campaigns')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .where(isUnfinished)
    .returning('notice')
    .executeTakeFirst();
  if (cancelled === undefined) return false;
  await callOff(db, cancelled.notice, 'cancelled');
  return true;
}

async function callOff(db: Kysely<Schema>, notice: string, to: 'superseded' | 'cancelled'): Promise<number> {
  const result = await db
    .updateTable('deliveries')
    .set({ state: to, lease_until: null })
    .where('notice', '=', notice)
    .where('state', 'in', UNSENT)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
