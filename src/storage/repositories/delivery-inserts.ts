import { type Kysely, sql } from 'kysely';
import type { Delivery } from '../../domain/campaign.ts';
import { toEpoch } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { DELIVERY } from './delivery-state.ts';
import { Ledger } from './ledger.ts';

/** Rows in one statement: short enough not to hold up the event loop. */
const AT_ONCE = 1_000;

/**
 * Inserts deliveries beside the fan-out, inside a transaction. Passes by those whose campaign is over or whose chat has
 * ended or gone. Returns how many were new.
 */
export async function insertDeliveries(
  db: Kysely<Schema>,
  dialect: Dialect,
  rows: readonly Delivery[],
): Promise<number> {
  const campaigns = await db
    .selectFrom('campaigns')
    .select(['id', 'number'])
    .where('id', 'in', [...new Set(rows.map((row) => row.campaign))])
    .where('state', 'not in', ['superseded', 'cancelled', 'finished'])
    .orderBy('number')
    .$if(dialect.locksRows, (query) => query.forNoKeyUpdate())
    .execute();
  const numbers = new Map(campaigns.map((row) => [row.id, row.number]));
  const ledger = await Ledger.open(db, dialect, numbers.values());
  let inserted = 0;
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const values = rows.slice(from, from + AT_ONCE).flatMap((row) => {
      const campaign = numbers.get(row.campaign);
      return campaign === undefined ? [] : [columnsOf(campaign, row)];
    });
    const written = await sql<{ campaign: number; state: number; resent: number }>`
      insert into deliveries
        (campaign, subscriber, lane, priority, language, state, due_at, attempts, resent, silent, lease_until,
         started_at, message_id, error)
      select cast(e.value->>0 as bigint), s.number, l.number, cast(e.value->>3 as integer),
        case when coalesce(s.language, s.hint, 'ko') = 'en' then 1 else 0 end,
        cast(e.value->>4 as integer), cast(e.value->>5 as bigint), cast(e.value->>6 as integer),
        cast(e.value->>7 as integer), cast(e.value->>8 as integer), cast(e.value->>9 as bigint),
        cast(e.value->>10 as bigint), e.value->>11, e.value->>12
      from ${dialect.elements(JSON.stringify(values))} as e
      cross join subscribers as s
      cross join lane_numbers as l
      where s.id = e.value->>1 and s.state = 'active' and l.key = e.value->>2
      on conflict do nothing
      returning campaign, state, resent`.execute(db);
    for (const row of written.rows) {
      ledger.add(row.campaign, row.state);
      if (row.resent === 1) ledger.resent(row.campaign);
    }
    inserted += written.rows.length;
  }
  await ledger.write();
  return inserted;
}

const columnsOf = (campaign: number, row: Delivery) => [
  campaign,
  row.subscriber,
  row.lane,
  row.priority,
  keptState(row),
  toEpoch(row.dueAt),
  row.attempts,
  Number(row.resent),
  Number(row.silent),
  row.leaseUntil === null ? null : toEpoch(row.leaseUntil),
  row.startedAt === null ? null : toEpoch(row.startedAt),
  row.messageId,
  row.error,
];

/** @throws Error for what only a stopped campaign can be */
function keptState({ id, state, resent }: Delivery): number {
  if (state === 'superseded' || state === 'cancelled')
    throw new Error(`Delivery ${id} is ${state}, which is said of a campaign and not of one delivery`);
  return state === 'uncertain' && !resent ? DELIVERY.doubtful : DELIVERY[state];
}
