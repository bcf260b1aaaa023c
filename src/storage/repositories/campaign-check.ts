import { setImmediate as breath } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DeliveryCounts } from '../../domain/campaign.ts';
import type { CampaignId } from '../../domain/ids.ts';
import type { Imbalance } from '../../ports/outbox.ts';
import type { CountsRow, Schema } from '../schema.ts';
import { countedAs } from './delivery-state.ts';
import { countsOf, NONE } from './ledger.ts';

/** Rows counted in one go, so that nothing waits long. */
const AT_ONCE = 10_000;
const ALL_KEPT = 2;

/** Holds the kept counts against the rows. Null: they agree, or cannot be compared since they moved or rows were removed. */
export async function checkCounts(db: Kysely<Schema>, id: CampaignId): Promise<Imbalance | null> {
  const before = await standingOf(db, id);
  if (before === undefined || before.rows_kept !== ALL_KEPT) return null;
  const rows = { ...NONE } as { -readonly [S in keyof DeliveryCounts]: number };
  let resent = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const until = await endOfStretch(db, before.campaign, after);
    const counted = await sql<{ state: number; rows: number; resent: number }>`
      select state, count(*) as rows, sum(resent) as resent from deliveries
      where campaign = ${before.campaign} and subscriber > ${after} and subscriber <= ${until}
      group by state`.execute(db);
    for (const row of counted.rows) {
      rows[countedAs(before.state, row.state)] += row.rows;
      resent += row.resent;
    }
    if (until === Number.MAX_SAFE_INTEGER) break;
    after = until;
    await breath();
  }
  const after = await standingOf(db, id);
  if (JSON.stringify(after) !== JSON.stringify(before)) return null;
  const sum = Object.values(rows).reduce((a, b) => a + b, 0);
  const counted = countsOf(before);
  const agrees =
    before.audience === sum &&
    before.resent === resent &&
    Object.entries(rows).every(([state, count]) => counted[state as keyof DeliveryCounts] === count);
  return agrees ? null : { campaign: id, audience: before.audience, counted, rows };
}

const standingOf = (
  db: Kysely<Schema>,
  id: CampaignId,
): Promise<(CountsRow & { state: Parameters<typeof countedAs>[0]; rows_kept: number }) | undefined> =>
  db
    .selectFrom('campaigns as c')
    .innerJoin('campaign_counts as counts', 'counts.campaign', 'c.number')
    .selectAll('counts')
    .select(['c.state', 'c.rows_kept'])
    .where('c.id', '=', id)
    .executeTakeFirst();

/** The last subscriber of the next so many rows. */
async function endOfStretch(db: Kysely<Schema>, campaign: number, after: number): Promise<number> {
  const row = await db
    .selectFrom('deliveries')
    .select('subscriber')
    .where('campaign', '=', campaign)
    .where('subscriber', '>', after)
    .orderBy('subscriber')
    .offset(AT_ONCE)
    .limit(1)
    .executeTakeFirst();
  return row?.subscriber ?? Number.MAX_SAFE_INTEGER;
}
