import type { Kysely } from 'kysely';
import type { SubscriberId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { unlinkDeliveries } from './ended-deliveries.ts';

/** What was claimed for the old id would be sent there: it is claimed anew. */
async function giveBackClaimed(db: Kysely<Schema>, subscriber: SubscriberId): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ state: 'ready', lease_until: null })
    .where('subscriber', '=', subscriber)
    .where('state', '=', 'claimed')
    .execute();
}

/** The chat has a new id. Its messages keep their old ones, which mean nothing there: they are forgotten. */
export async function renameChat(
  db: Kysely<Schema>,
  subscriber: SubscriberId,
  toId: string,
  at: Instant,
): Promise<void> {
  await db.updateTable('subscribers').set({ chat: toId, seen_at: at }).where('id', '=', subscriber).execute();
  await db.updateTable('deliveries').set({ message_id: null }).where('subscriber', '=', subscriber).execute();
}

/** Both chats were known: the one that lives on gets what the old one had and it had not. */
export async function mergeChats(
  db: Kysely<Schema>,
  old: SubscriberRow,
  target: SubscriberRow,
  at: Instant,
): Promise<void> {
  await giveBackClaimed(db, old.id);
  await mergePromises(db, old.id, target.id);
  await mergeDeliveries(db, old.id, target.id);
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
    .where('id', '=', target.id)
    .execute();
  await db.deleteFrom('subscribers').where('id', '=', old.id).execute();
}

async function mergePromises(db: Kysely<Schema>, old: SubscriberId, target: SubscriberId): Promise<void> {
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

/** A notice that both were to get stays with the target; the old row is kept for the counts, linked to nobody. */
async function mergeDeliveries(db: Kysely<Schema>, old: SubscriberId, target: SubscriberId): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ subscriber: target, message_id: null })
    .where('subscriber', '=', old)
    .where('notice', 'not in', (e) =>
      e.selectFrom('deliveries as other').select('other.notice').where('other.subscriber', '=', target),
    )
    .execute();
  // Its answer was that the chat has moved; it must not go out a second time.
  await db
    .updateTable('deliveries')
    .set({ state: 'ended', error: 'moved', lease_until: null })
    .where('subscriber', '=', old)
    .where('state', '=', 'sending')
    .execute();
  await unlinkDeliveries(db, old);
}
