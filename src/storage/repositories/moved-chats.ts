import type { Kysely } from 'kysely';
import type { Instant } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { DELIVERY } from './delivery-state.ts';
import { deliveriesTo, unlinkDeliveries } from './ended-deliveries.ts';
import { Ledger } from './ledger.ts';

/** The chat has a new id. Its messages keep their old ones, which mean nothing there: they are forgotten. */
export async function renameChat(
  db: Kysely<Schema>,
  { number }: SubscriberRow,
  toId: string,
  at: Instant,
): Promise<void> {
  await db.updateTable('subscribers').set({ chat: toId, seen_at: at }).where('number', '=', number).execute();
  for (const { campaign, message_id } of await deliveriesTo(db, number)) {
    if (message_id === null) continue;
    await db
      .updateTable('deliveries')
      .set({ message_id: null })
      .where('campaign', '=', campaign)
      .where('subscriber', '=', number)
      .execute();
  }
}

/** Both chats were known: the one that lives on gets what the old one had and it had not. */
export async function mergeChats(
  db: Kysely<Schema>,
  dialect: Dialect,
  old: SubscriberRow,
  target: SubscriberRow,
  at: Instant,
): Promise<void> {
  await mergePromises(db, old.number, target.number);
  await mergeDeliveries(db, dialect, old.number, target.number);
  const revived = old.state === 'active' ? { state: 'active', ended_because: null } : {};
  await db
    .updateTable('subscribers')
    .set({
      ...revived,
      language: target.language ?? old.language,
      hint: target.hint ?? old.hint,
      region: target.region ?? old.region,
      quiet_hours: target.quiet_hours ?? old.quiet_hours,
      announcements: target.announcements ?? old.announcements,
      seen_at: at,
    })
    .where('number', '=', target.number)
    .execute();
  await db.deleteFrom('subscribers').where('number', '=', old.number).execute();
}

async function mergePromises(db: Kysely<Schema>, old: number, target: number): Promise<void> {
  const subscriptions = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('subscriber', '=', old)
    .execute();
  if (subscriptions.length > 0) {
    await db
      .insertInto('subscriptions')
      .values(subscriptions.map((row) => ({ ...row, subscriber: target })))
      .onConflict((c) => c.doNothing())
      .execute();
  }
  const follows = await db.selectFrom('follows').selectAll().where('subscriber', '=', old).execute();
  if (follows.length > 0) {
    await db
      .insertInto('follows')
      .values(follows.map((row) => ({ ...row, subscriber: target })))
      .onConflict((c) => c.doNothing())
      .execute();
  }
  await db.deleteFrom('subscriptions').where('subscriber', '=', old).execute();
  await db.deleteFrom('follows').where('subscriber', '=', old).execute();
}

/**
 * What only the old chat was promised goes to the target. A notice that both were to get stays with the target; the old row is kept for the counts.
 */
async function mergeDeliveries(
  db: Kysely<Schema>,
  dialect: Dialect,
  old: number,
  target: number,
): Promise<void> {
  const before = await deliveriesTo(db, old);
  const ledger = await Ledger.open(
    db,
    dialect,
    before.map((row) => row.campaign),
  );
  const has = new Set((await deliveriesTo(db, target)).map((row) => row.campaign));
  for (const row of await deliveriesTo(db, old)) {
    const again = !has.has(row.campaign);
    const state = again ? promisedAnew(row.state) : overAfter(row.state);
    ledger.move(row.campaign, row.state, state);
    await db
      .updateTable('deliveries')
      .set({
        state,
        lease_until: null,
        ...(again && { subscriber: target, message_id: null }),
        ...(state === DELIVERY.ended && row.state !== DELIVERY.ended && { error: 'moved' }),
      })
      .where('campaign', '=', row.campaign)
      .where('subscriber', '=', old)
      .execute();
  }
  await ledger.write();
  await unlinkDeliveries(db, dialect, old);
}

/** A place in line belongs to a number, so it is given up for one in the index. Of what is on the wire nobody will hear. */
function promisedAnew(state: number): number {
  if (state === DELIVERY.sending) return DELIVERY.doubtful;
  return state === DELIVERY.inLine || state === DELIVERY.claimed ? DELIVERY.ready : state;
}

/** What was on the wire was answered with the move: it must not go out a second time. */
const overAfter = (state: number): number => (state === DELIVERY.sending ? DELIVERY.ended : state);
