import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { DeliveryRow, Schema } from '../schema.ts';
import { writeBack } from './delivery-moves.ts';
import { DELIVERY, UNSENT } from './delivery-state.ts';
import { Ledger } from './ledger.ts';
import { isUnfinished } from './unfinished.ts';

/** How many chats go into one statement. */
const AT_ONCE = 1000;
const LARGEST = 2 ** 47;

/**
 * Ends the unsent deliveries of chats that are over. What is on the wire settles by itself, and what waits in a stopped
 * campaign was called off already. The chats are marked as over first: a fan-out that runs beside us either sees that
 * or has its page committed before we look. Returns how many.
 */
export async function endUnsent(
  db: Kysely<Schema>,
  dialect: Dialect,
  subscribers: readonly number[],
  because: string,
): Promise<number> {
  const campaigns = await db
    .selectFrom('campaigns')
    .select('number')
    .where(isUnfinished)
    .orderBy('number')
    .$if(dialect.locksRows, (query) => query.forShare())
    .execute();
  if (campaigns.length === 0 || subscribers.length === 0) return 0;
  const numbers = campaigns.map((row) => row.number);
  let ended = 0;
  for (let from = 0; from < subscribers.length; from += AT_ONCE) {
    const some = subscribers.slice(from, from + AT_ONCE);
    const waiting = await unsentOf(db, numbers, some);
    const ledger = await Ledger.open(
      db,
      dialect,
      waiting.map((row) => row.campaign),
    );
    const rows = waiting.length === 0 ? [] : await unsentOf(db, numbers, some);
    for (const row of rows) ledger.move(row.campaign, row.state, DELIVERY.ended);
    await writeBack(
      db,
      dialect,
      rows.map((row) => ({ ...row, state: DELIVERY.ended, error: because, lease_until: null })),
    );
    await ledger.write();
    ended += rows.length;
  }
  return ended;
}

const unsentOf = (
  db: Kysely<Schema>,
  campaigns: readonly number[],
  subscribers: readonly number[],
): Promise<readonly DeliveryRow[]> =>
  db
    .selectFrom('deliveries')
    .selectAll()
    .where('campaign', 'in', campaigns)
    .where('subscriber', 'in', subscribers)
    .where('state', 'in', UNSENT)
    .execute();

/** All that is kept of what a chat was promised. */
export const deliveriesTo = (db: Kysely<Schema>, subscriber: number): Promise<readonly DeliveryRow[]> =>
  db
    .with('kept', (cte) => cte.selectFrom('campaigns').select('number').where('rows_kept', '>', 0))
    .selectFrom('kept')
    .innerJoin('deliveries as d', 'd.campaign', 'kept.number')
    .selectAll('d')
    .where('d.subscriber', '=', subscriber)
    .execute();

/**
 * Keeps the rows, for the counts, but takes the person and their message out of them: each gets a number of its own
 * that means nothing. What is on the wire can then not be settled any more, so it stays uncertain. Returns how many.
 */
export async function unlinkDeliveries(
  db: Kysely<Schema>,
  dialect: Dialect,
  subscriber: number,
): Promise<number> {
  await endUnsent(db, dialect, [subscriber], 'erased');
  const found = await deliveriesTo(db, subscriber);
  const ledger = await Ledger.open(
    db,
    dialect,
    found.map((row) => row.campaign),
  );
  const rows = await deliveriesTo(db, subscriber);
  for (const row of rows) {
    const inDoubt = row.state === DELIVERY.sending || row.state === DELIVERY.doubtful;
    const state = inDoubt ? DELIVERY.uncertain : row.state;
    ledger.move(row.campaign, row.state, state);
    await db
      .updateTable('deliveries')
      .set({ subscriber: -randomInt(1, LARGEST), state, message_id: null, lease_until: null })
      .where('campaign', '=', row.campaign)
      .where('subscriber', '=', subscriber)
      .execute();
  }
  await ledger.write();
  return rows.length;
}
