import type { Kysely } from 'kysely';
import type { CampaignProgress, DeliveryCounts } from '../../domain/campaign.ts';
import type { NoticeId } from '../../domain/ids.ts';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { CampaignRow, CountsRow, Schema } from '../schema.ts';
import { quantile } from './delivery-times.ts';
import { countsOf, PULSE_MS, parseTimes } from './ledger.ts';

/** How far a notice has got, from the counts that are kept: it costs the same however many it goes to. */
export async function progressOf(
  db: Kysely<Schema>,
  notice: NoticeId,
  now: Instant,
): Promise<CampaignProgress | null> {
  const row = await db
    .selectFrom('campaigns as c')
    .innerJoin('campaign_counts as counts', 'counts.campaign', 'c.number')
    .selectAll('counts')
    .select(['c.state', 'c.started_at', 'c.finished_at'])
    .where('c.notice', '=', notice)
    .executeTakeFirst();
  if (row === undefined) return null;
  const deliveries = countsOf(row);
  const ratePerSecond = rateOf(row, row.started_at, now);
  const times = parseTimes(row);
  return {
    audience: row.audience,
    deliveries,
    resent: row.resent,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    ratePerSecond,
    etaSeconds: eta(row.state, deliveries, ratePerSecond),
    halfWithinSeconds: quantile(times, 0.5),
    nearlyAllWithinSeconds: quantile(times, 0.95),
  };
}

/** Settled a second, over the present ten seconds and the ten before; null when nothing was. */
function rateOf(counts: CountsRow, startedAt: Instant | null, now: Instant): number | null {
  const nowMs = toEpoch(now);
  const age = Math.floor(nowMs / PULSE_MS) - counts.pulse_at;
  const settled = age === 0 ? counts.pulse_before + counts.pulse : age === 1 ? counts.pulse : 0;
  if (settled === 0) return null;
  const from = (Math.floor(nowMs / PULSE_MS) - 1) * PULSE_MS;
  const ms = nowMs - Math.max(from, startedAt === null ? 0 : toEpoch(startedAt));
  return ms <= 0 ? null : (settled * 1000) / ms;
}

/** Held ones wait for a morning, not for their turn, and are not counted. */
function eta(state: CampaignRow['state'], counts: DeliveryCounts, rate: number | null): number | null {
  if (state === 'finished') return 0;
  if (state !== 'sending' || rate === null) return null;
  return Math.ceil((counts.ready + counts.sending) / rate);
}
