import type { Kysely } from 'kysely';
import type { CampaignProgress, DeliveryCounts, DeliveryState } from '../../domain/campaign.ts';
import type { NoticeId } from '../../domain/ids.ts';
import { type Instant, secondsBetween } from '../../domain/instant.ts';
import type { CampaignRow, Schema } from '../schema.ts';

const NONE: DeliveryCounts = {
  ready: 0,
  held: 0,
  sending: 0,
  sent: 0,
  ended: 0,
  failed: 0,
  uncertain: 0,
  superseded: 0,
  cancelled: 0,
};

/** How far a notice has got. Counted from the rows themselves, so the sum cannot drift. */
export async function progressOf(
  db: Kysely<Schema>,
  notice: NoticeId,
  now: Instant,
): Promise<CampaignProgress | null> {
  const campaign = await db
    .selectFrom('campaigns')
    .selectAll()
    .where('notice', '=', notice)
    .executeTakeFirst();
  if (campaign === undefined) return null;
  const rows = await db
    .selectFrom('deliveries')
    .select((e) => ['state', e.fn.countAll<number>().as('rows')])
    .where('notice', '=', notice)
    .groupBy('state')
    .execute();
  const { resent } = await db
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number>().as('resent'))
    .where('notice', '=', notice)
    .where('resent', '=', 1)
    .executeTakeFirstOrThrow();
  const deliveries = counted(rows);
  return {
    audience: rows.reduce((sum, row) => sum + row.rows, 0),
    deliveries,
    resent,
    startedAt: campaign.started_at,
    finishedAt: campaign.finished_at,
    etaSeconds: eta(campaign, deliveries, now),
  };
}

function counted(rows: readonly { state: DeliveryState; rows: number }[]): DeliveryCounts {
  const counts = { ...NONE };
  for (const { state, rows: count } of rows) counts[state === 'claimed' ? 'ready' : state] += count;
  return counts;
}

/** Reckoned from what has left so far; held ones wait for a morning, not for their turn, and are not counted. */
function eta(campaign: CampaignRow, counts: DeliveryCounts, now: Instant): number | null {
  if (campaign.state === 'finished') return 0;
  if (campaign.state !== 'sending' || campaign.started_at === null) return null;
  const settled = counts.sent + counts.ended + counts.failed + counts.uncertain;
  const seconds = secondsBetween(campaign.started_at, now);
  if (settled === 0 || seconds <= 0) return null;
  return Math.ceil(((counts.ready + counts.sending) * seconds) / settled);
}
