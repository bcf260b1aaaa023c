import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { DeliveryRow, Schema } from '../schema.ts';

/**
 * Writes back deliveries that were read and changed, in one statement whatever their number.
 * The caller holds their counts, so nobody has changed them in between.
 */
export async function writeBack(
  db: Kysely<Schema>,
  dialect: Dialect,
  rows: readonly DeliveryRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => [
    row.campaign,
    row.subscriber,
    row.state,
    row.due_at,
    row.attempts,
    row.resent,
    row.silent,
    row.lease_until,
    row.started_at,
    row.message_id,
    row.error,
  ]);
  await sql`
    update deliveries set
      state = cast(e.value->>2 as integer),
      due_at = cast(e.value->>3 as bigint),
      attempts = cast(e.value->>4 as integer),
      resent = cast(e.value->>5 as integer),
      silent = cast(e.value->>6 as integer),
      lease_until = cast(e.value->>7 as bigint),
      started_at = cast(e.value->>8 as bigint),
      message_id = e.value->>9,
      error = e.value->>10
    from ${dialect.elements(JSON.stringify(values))} as e
    where deliveries.campaign = cast(e.value->>0 as bigint)
      and deliveries.subscriber = cast(e.value->>1 as bigint)`.execute(db);
}
