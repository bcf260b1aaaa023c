import { newId } from '../../src/domain/ids.ts';
import { toEpoch } from '../../src/domain/instant.ts';
import type { Subscriber } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';

/** Writes down that a notice reached a chat, as delivery does. */
export async function markTold(context: Context, notice: string, subscriber: Subscriber): Promise<void> {
  const { store, clock } = context;
  const campaign = await store.campaigns.byNotice(notice);
  if (campaign === null) throw new Error(`No campaign of ${notice}`);
  const now = clock.now();
  await store.deliveries.insertMany([
    {
      id: newId('dlv', toEpoch(now), clock.random),
      campaign: campaign.id,
      notice,
      subscriber: subscriber.id,
      lane: 'telegram:bot',
      priority: 2,
      state: 'sent',
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
