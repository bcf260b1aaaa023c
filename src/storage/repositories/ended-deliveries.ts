import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '../../domain/campaign.ts';
import type { SubscriberId } from '../../domain/ids.ts';
import type { Schema } from '../schema.ts';

/** Promised and not yet on the wire: what can still be called off. */
export const UNSENT = ['ready', 'held', 'claimed'] as const satisfies readonly DeliveryState[];

/** How many ids go into one statement. */
const AT_ONCE = 1000;

/** Ends the unsent deliveries of chats that are over. What is on the wire settles by itself. Returns how many. */
export async function endUnsent(
  db: Kysely<Schema>,
  subscribers: readonly SubscriberId[],
  because: string,
): Promise<number> {
  let ended = 0;
  for (let from = 0; from < subscribers.length; from += AT_ONCE) {
    const result = await db
      .updateTable('deliveries')
      .set({ state: 'ended', error: because, lease_until: null })
      .where('subscriber', 'in', subscribers.slice(from, from + AT_ONCE))
      .where('state', 'in', UNSENT)
      .executeTakeFirst();
    ended += Number(result.numUpdatedRows);
  }
  return ended;
}

/** Keeps the rows, for the counts, but takes the person and their message out of them. Returns how many. */
export async function unlinkDeliveries(db: Kysely<Schema>, subscriber: SubscriberId): Promise<number> {
  await endUnsent(db, [subscriber], 'erased');
  const result = await db
    .updateTable('deliveries')
    .set({ subscriber: sql`'erased:' || id`, message_id: null })
    .where('subscriber', '=', subscriber)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}
