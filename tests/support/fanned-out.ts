import { PRIORITY } from '../../src/domain/campaign.ts';
import type { Context } from '../../src/operations/context.ts';

/** Writes the deliveries of a notice at once, whatever its hold, as the fan-out does: it is then sending. */
export async function fanOutAtOnce({ store, clock }: Context, notice: string): Promise<void> {
  const campaign = await store.campaigns.byNotice(notice);
  const told = await store.notices.get(notice);
  if (campaign === null || told === null) throw new Error(`No campaign of ${notice}`);
  const now = clock.now();
  const epoch = await store.leases.acquire('fan-out', 'tests', now, now);
  if (epoch === null) throw new Error('Somebody else fans out');
  const rule = {
    audience: told.audience,
    priority: PRIORITY.outage,
    followerPriority: PRIORITY.critical,
    silent: false,
    quietUntil: () => null,
    wakesFollowers: false,
  };
  await store.campaigns.fanOut(campaign.id, rule, 1_000_000, now, { lease: 'fan-out', epoch });
}
