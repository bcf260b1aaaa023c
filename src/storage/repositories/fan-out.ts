import { type Kysely, sql } from 'kysely';
import type { Delivery } from '../../domain/campaign.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

/** Rows in one statement: short enough not to hold up the event loop. */
const AT_ONCE = 5_000;

/**
 * Inserts deliveries inside a transaction. Passes by those whose campaign was stopped or whose chat has ended or gone
 * meanwhile, and locks both, so that stopping and ending see what was inserted. Returns how many were new.
 */
export async function insertDeliveries(
  db: Kysely<Schema>,
  dialect: Dialect,
  rows: readonly Delivery[],
): Promise<number> {
  let inserted = 0;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    inserted += await insertSome(db, dialect, rows.slice(from, from + AT_ONCE));
  }
  return inserted;
}

async function insertSome(db: Kysely<Schema>, dialect: Dialect, rows: readonly Delivery[]): Promise<number> {
  await lockCampaigns(db, dialect, rows);
  // One parameter for all rows: the statement is compiled once, whatever their number.
  const elements = dialect.elements(JSON.stringify(rows.map(columnsOf)));
  const result = await sql`
    insert into deliveries
      (id, campaign, notice, subscriber, lane, priority, state, due_at, attempts, resent, silent,
       lease_until, started_at, message_id, error)
    select r.value->>0, r.value->>1, r.value->>2, r.value->>3, r.value->>4, cast(r.value->>5 as integer),
      r.value->>6, r.value->>7, cast(r.value->>8 as integer), cast(r.value->>9 as integer),
      cast(r.value->>10 as integer), r.value->>11, r.value->>12, r.value->>13, r.value->>14
    from ${elements} as r
    cross join campaigns as c
    cross join subscribers as s
    where c.id = r.value->>1 and c.state not in ('superseded', 'cancelled', 'finished')
      and s.id = r.value->>3 and s.state = 'active'
    ${dialect.locksRows ? sql`for share of s` : sql``}
    on conflict (notice, subscriber) do nothing`.execute(db);
  await openQueues(db, rows);
  return Number(result.numAffectedRows ?? 0n);
}

async function lockCampaigns(db: Kysely<Schema>, dialect: Dialect, rows: readonly Delivery[]): Promise<void> {
  if (!dialect.locksRows) return;
  await db
    .selectFrom('campaigns')
    .select('id')
    .where('id', 'in', [...new Set(rows.map((row) => row.campaign))])
    .orderBy('id')
    .forUpdate()
    .execute();
}

const columnsOf = (row: Delivery) => [
  row.id,
  row.campaign,
  row.notice,
  row.subscriber,
  row.lane,
  row.priority,
  row.state,
  row.dueAt,
  row.attempts,
  Number(row.resent),
  Number(row.silent),
  row.leaseUntil,
  row.startedAt,
  row.messageId,
  row.error,
];

async function openQueues(db: Kysely<Schema>, rows: readonly Delivery[]): Promise<void> {
  const queues = new Map(
    rows.map(({ campaign, lane, priority }) => [
      `${campaign} ${lane} ${priority}`,
      { campaign, lane, priority },
    ]),
  );
  await db
    .insertInto('delivery_queues')
    .values([...queues.values()])
    .onConflict((c) => c.doNothing())
    .execute();
}
