import { type Delivery, deliveryId } from '../../src/domain/campaign.ts';
import { laneOf, type Subscriber } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';

/** Writes down that a notice reached a chat, or what else became of it, as delivery does. */
export async function markTold(
  context: Context,
  notice: string,
  subscriber: Subscriber,
  state: Delivery['state'] = 'sent',
): Promise<void> {
  const { store, clock } = context;
  const campaign = await store.campaigns.byNotice(notice);
  if (campaign === null) throw new Error(`No campaign of ${notice}`);
  const now = clock.now();
  await store.deliveries.insertMany([
    {
      id: deliveryId(campaign.id, subscriber.id),
      campaign: campaign.id,
      notice,
      subscriber: subscriber.id,
      lane: laneOf(subscriber.chat),
      priority: 2,
      state,
      dueAt: now,
      attempts: 1,
      resent: false,
      silent: false,
      leaseUntil: null,
      startedAt: now,
      messageId: '1',
      error: null,
    },
  ]);
}
