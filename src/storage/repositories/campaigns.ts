import { type OperandValueExpressionOrList, type Selectable, sql } from 'kysely';
import type { Campaign } from '../../domain/campaign.ts';
import type { Instant } from '../../domain/instant.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Campaigns } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';
import type { CampaignRow, Schema } from '../schema.ts';
import { checkCounts } from './campaign-check.ts';
import { compactable, compactSome } from './campaign-compaction.ts';
import { callOff, controlIn, redriveIn } from './campaign-control.ts';
import { progressOf } from './campaign-progress.ts';
import { isDoubtful } from './delivery-state.ts';
import { fanOutPage } from './fan-out.ts';
import { fenced } from './fence.ts';
import { NONE } from './ledger.ts';
import { isUnfinished } from './unfinished.ts';

const parse = (row: Selectable<CampaignRow>): Campaign => ({
  id: row.id,
  notice: row.notice,
  state: row.state,
  holdUntil: row.hold_until,
  cursor: row.cursor,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
});

const parsed = (row: Selectable<CampaignRow> | undefined): Campaign | null =>
  row === undefined ? null : parse(row);

export function campaignsOn(handle: Handle): Campaigns {
  const { db, dialect, atomically } = handle;
  const campaigns = () => db.selectFrom('campaigns').selectAll();

  /** Stops what is unfinished of these notices' campaigns, and calls off what waits in them. */
  const supersedeThose = (
    now: Instant,
    notices: OperandValueExpressionOrList<Schema, 'campaigns', 'notice'>,
  ) =>
    atomically(async (db) => {
      const stopped = await db
        .updateTable('campaigns')
        .set({ state: 'superseded', finished_at: now })
        .where(isUnfinished)
        .where('notice', 'in', notices)
        .returning('number')
        .execute();
      return callOff(
        db,
        dialect,
        stopped.map((row) => row.number),
        'superseded',
      );
    });

  return {
    insert: (campaign) =>
      atomically(async (db) => {
        const { number } = await db
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
            rows_kept: 2,
          })
          .returning('number')
          .executeTakeFirstOrThrow();
        await db
          .insertInto('campaign_counts')
          .values({
            campaign: number,
            audience: 0,
            ...NONE,
            resent: 0,
            pulse_at: 0,
            pulse: 0,
            pulse_before: 0,
            times: '[]',
          })
          .execute();
      }),

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

    fanOut: (id, rule, span, now, fence) =>
      fenced(handle, fence, (db) => fanOutPage(db, dialect, id, rule, span, now)),

    finish: (now, fence) =>
      fenced(handle, fence, async (db) => {
        const result = await db
          .updateTable('campaigns')
          .set({ state: 'finished', finished_at: now })
          .where(isUnfinished)
          .where('state', '=', 'sending')
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('campaign_counts as counts')
                .select('counts.campaign')
                .whereRef('counts.campaign', '=', 'campaigns.number')
                .where(sql<boolean>`counts.ready + counts.held + counts.sending = 0`),
            ),
          )
          .where(({ not, exists, selectFrom }) =>
            not(
              // One that will be sent once more is not the end.
              exists(
                selectFrom('deliveries as d')
                  .innerJoin('subscribers as s', 's.number', 'd.subscriber')
                  .select('d.subscriber')
                  .whereRef('d.campaign', '=', 'campaigns.number')
                  .where(isDoubtful)
                  .where('s.state', '=', 'active'),
              ),
            ),
          )
          .executeTakeFirst();
        return Number(result.numUpdatedRows);
      }),

    supersede: (incident, belowSequence, now) =>
      supersedeThose(now, (e) =>
        e
          .selectFrom('notices')
          .select('id')
          .where('incident', '=', incident)
          .where('sequence', '<', belowSequence),
      ),

    supersedeNotices: async (notices, now) => (notices.length === 0 ? 0 : supersedeThose(now, notices)),

    control: (id, act, now) => atomically((db) => controlIn(db, dialect, id, act, now)),

    stopRendition: (id, { platform, language }, why, now, fence) =>
      fenced(handle, fence, async (db) => {
        const result = await db
          .insertInto('stopped_renditions')
          .columns(['campaign', 'platform', 'language', 'why', 'at'])
          .expression((e) =>
            e
              .selectFrom('campaigns')
              .select((c) => [
                'number',
                c.val(platform).as('platform'),
                sql<number>`cast(${LANGUAGES.indexOf(language)} as integer)`.as('language'),
                c.val(why).as('why'),
                c.val(now).as('at'),
              ])
              .where('id', '=', id)
              .where(isUnfinished),
          )
          .onConflict((c) => c.doNothing())
          .executeTakeFirst();
        return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
      }),

    redrive: (id, now) => atomically((db) => redriveIn(db, dialect, id, now)),

    progress: (notice, now) => progressOf(db, notice, now),

    async recent(since) {
      const rows = await db
        .selectFrom('campaigns')
        .select('id')
        .where(sql<boolean>`rows_kept > 0`)
        .where((e) => e.or([e('finished_at', 'is', null), e('finished_at', '>', since)]))
        .orderBy('number')
        .execute();
      return rows.map((row) => row.id);
    },

    check: (id) => checkCounts(db, id),

    toCompact: (before, limit) => compactable(db, before, limit),

    compact: (id, limit) => atomically((db) => compactSome(db, dialect, id, limit)),
  };
}
