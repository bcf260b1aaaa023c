import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { CampaignState } from '../../domain/campaign.ts';
import type { CampaignId } from '../../domain/ids.ts';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { writeBack } from './delivery-moves.ts';
import { DELIVERY, isFailed } from './delivery-state.ts';
import { Ledger } from './ledger.ts';
import { giveBackClaimed } from './settling.ts';
import { isUnfinished } from './unfinished.ts';

/** Failed ones put back in one statement. */
const AT_ONCE = 1_000;

export async function controlIn(
  db: Kysely<Schema>,
  dialect: Dialect,
  id: CampaignId,
  act: 'pause' | 'resume' | 'cancel',
  now: Instant,
): Promise<boolean> {
  if (act === 'pause') return pause(db, dialect, id);
  if (act === 'resume') return resume(db, id);
  return cancel(db, dialect, id, now);
}

/** Pausing takes effect at once: what was claimed goes back. */
async function pause(db: Kysely<Schema>, dialect: Dialect, id: CampaignId): Promise<boolean> {
  const paused = await db
    .updateTable('campaigns')
    .set((e) => ({ resume_to: e.ref('state'), state: sql<CampaignState>`'paused'` }))
    .where('id', '=', id)
    .where('state', 'in', ['fanning', 'sending'])
    .returning('number')
    .executeTakeFirst();
  if (paused === undefined) return false;
  await Ledger.open(db, dialect, [paused.number]);
  await giveBackClaimed(db, paused.number);
  return true;
}

async function resume(db: Kysely<Schema>, id: CampaignId): Promise<boolean> {
  const resumed = await db
    .updateTable('campaigns')
    .set((e) => ({
      state: sql<CampaignState>`case when state = 'paused' then coalesce(resume_to, 'fanning') else state end`,
      resume_to: e.val(null),
    }))
    .where('id', '=', id)
    .where((e) =>
      e.or([
        e('state', '=', 'paused'),
        e.and([
          isUnfinished,
          e.exists(
            e
              .selectFrom('stopped_renditions as r')
              .select('r.campaign')
              .whereRef('r.campaign', '=', 'campaigns.number'),
          ),
        ]),
      ]),
    )
    .returning('number')
    .executeTakeFirst();
  if (resumed === undefined) return false;
  await db.deleteFrom('stopped_renditions').where('campaign', '=', resumed.number).execute();
  return true;
}

async function cancel(db: Kysely<Schema>, dialect: Dialect, id: CampaignId, now: Instant): Promise<boolean> {
  const cancelled = await db
    .updateTable('campaigns')
    .set({ state: 'cancelled', finished_at: now })
    .where('id', '=', id)
    .where(isUnfinished)
    .returning('number')
    .executeTakeFirst();
  if (cancelled === undefined) return false;
  await callOff(db, dialect, [cancelled.number], 'cancelled');
  return true;
}

/**
 * Calls off what waits in campaigns that were just stopped, however many that are: only the counts move, since what
 * waits in a stopped campaign is called off by that alone. Returns how many.
 */
export async function callOff(
  db: Kysely<Schema>,
  dialect: Dialect,
  campaigns: readonly number[],
  as: 'superseded' | 'cancelled',
): Promise<number> {
  const ledger = await Ledger.open(db, dialect, campaigns);
  let deliveries = 0;
  for (const campaign of campaigns) {
    await giveBackClaimed(db, campaign);
    deliveries += ledger.callOff(campaign, as);
  }
  await ledger.write();
  return deliveries;
}

/** Tries again what failed, if its chat is active. A finished campaign is sending again. Returns how many. */
export async function redriveIn(
  db: Kysely<Schema>,
  dialect: Dialect,
  id: CampaignId,
  now: Instant,
): Promise<number> {
  const campaign = await db
    .selectFrom('campaigns')
    .select(['number', 'state', 'rows_kept'])
    .where('id', '=', id)
    .where('state', 'in', ['fanning', 'sending', 'paused', 'finished'])
    .$if(dialect.locksRows, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (campaign === undefined) return 0;
  const ledger = await Ledger.open(db, dialect, [campaign.number]);
  let redriven = 0;
  for (let more = true; more; ) {
    const rows = await db
      .selectFrom('deliveries as d')
      .innerJoin('subscribers as s', 's.number', 'd.subscriber')
      .selectAll('d')
      .where('d.campaign', '=', campaign.number)
      .where(isFailed)
      .where('s.state', '=', 'active')
      .limit(AT_ONCE)
      .execute();
    for (const row of rows) ledger.move(row.campaign, row.state, DELIVERY.ready);
    await writeBack(
      db,
      dialect,
      rows.map((row) => ({ ...row, state: DELIVERY.ready, attempts: 0, due_at: toEpoch(now) })),
    );
    redriven += rows.length;
    more = rows.length === AT_ONCE;
  }
  await ledger.write();
  if (redriven > 0 && campaign.state === 'finished') {
    await db
      .updateTable('campaigns')
      .set({ state: 'sending', finished_at: null })
      .where('number', '=', campaign.number)
      .execute();
  }
  return redriven;
}
