import { plusSeconds } from '../domain/instant.ts';
import type { Context } from './context.ts';
import { dayBefore, QUESTION_DAYS } from './unanswered.ts';

const DAY = 86_400;
/** Platforms repeat an update for at most a day; a week more knows a repeat after a long outage of ours. */
const INBOUND_DAYS = 8;
const REPORT_DAYS = 2;

/** Forgets what has run its course. Returns how much of each kind. */
export async function tidy(context: Context): Promise<Record<string, number>> {
  const { store, clock } = context;
  const now = clock.now();
  return {
    follows: await store.follows.expire(now),
    inbound: await store.inbound.purge(plusSeconds(now, -INBOUND_DAYS * DAY)),
    questions: await store.questions.purge(dayBefore(context, QUESTION_DAYS), dayBefore(context, 0)),
    reports: await store.reports.purge(plusSeconds(now, -REPORT_DAYS * DAY)),
  };
}
