import { setImmediate as breath } from 'node:timers/promises';
import { plusSeconds } from '../domain/instant.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Context } from './context.ts';
import { dayBefore, QUESTION_DAYS } from './unanswered.ts';

const DAY = 86_400;
/** Platforms repeat an update for at most a day; a week more knows a repeat after a long outage of ours. */
const INBOUND_DAYS = 8;
const REPORT_DAYS = 2;
/** How long a request may be sent again under its key. */
const REQUEST_DAYS = 1;
/**
 * As long as somebody may ask why they heard nothing, and an audit of the quarter looks back. Then who was told is
 * nobody's business any more; how many were stays.
 */
const DELIVERY_DAYS = 90;
/** Rows removed in one transaction, and in one round: so that sending never waits, and the next round goes on. */
const ROWS_AT_ONCE = 2_000;
const ROWS_A_ROUND = 200_000;
/** A campaign that was over for longer has been looked at by many rounds before. */
const CHECKED_SECONDS = 3_600;

/** Forgets what has run its course. Returns how much of each kind. */
export async function tidy(context: Context): Promise<Record<string, number>> {
  const { store, clock } = context;
  const now = clock.now();
  return {
    follows: await store.follows.expire(now),
    inbound: await store.inbound.purge(plusSeconds(now, -INBOUND_DAYS * DAY)),
    requests: await store.requests.purge(plusSeconds(now, -REQUEST_DAYS * DAY)),
    questions: await store.questions.purge(dayBefore(context, QUESTION_DAYS), dayBefore(context, 0)),
    reports: await store.reports.purge(plusSeconds(now, -REPORT_DAYS * DAY)),
    deliveries: await compact(context),
  };
}

/** Reduces campaigns that are long over to their counts. Returns how many deliveries were removed. */
async function compact({ store, clock }: Context): Promise<number> {
  const before = plusSeconds(clock.now(), -DELIVERY_DAYS * DAY);
  let removed = 0;
  while (removed < ROWS_A_ROUND) {
    const [campaign] = await store.campaigns.toCompact(before, 1);
    if (campaign === undefined) break;
    removed += await store.campaigns.compact(campaign, ROWS_AT_ONCE);
    await breath();
  }
  return removed;
}

/** Holds the counts of what is or was lately on its way against the deliveries. Returns how many disagree. */
export async function checkCounts(
  { store, clock }: Context,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): Promise<number> {
  let wrong = 0;
  for (const id of await store.campaigns.recent(plusSeconds(clock.now(), -CHECKED_SECONDS))) {
    const imbalance = await store.campaigns.check(id);
    if (imbalance === null) continue;
    wrong++;
    logger.error(imbalance, 'the counts of a campaign and its deliveries disagree');
  }
  metrics.imbalances.set(wrong);
  return wrong;
}
