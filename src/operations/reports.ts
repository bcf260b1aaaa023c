import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds } from '../domain/instant.ts';
import type { ChatRef } from '../domain/subscriber.ts';
import type { Context } from './context.ts';
import { hashOfDay } from './daily-hash.ts';

/** A person's report of a service counts once in this time. */
const REPORT_WINDOW_SECONDS = 1800;

/** "I have a problem too": counted once a person and service in 30 minutes. Who it was cannot be told the next day. */
export function reportProblem(
  context: Context,
  input: { service: ServiceId; chat: ChatRef; person: string | null; region: RegionId | null },
): Promise<'counted' | 'already'> {
  const at = context.clock.now();
  return context.store.transaction(async (tables) => {
    const who = await hashOfDay(tables, at, input);
    const report = { service: input.service, who, region: input.region, at };
    return (await tables.reports.add(report, REPORT_WINDOW_SECONDS)) ? 'counted' : 'already';
  });
}

/** Reports by service in the last so many seconds, most first. */
export const reportCounts = (
  context: Context,
  sinceSeconds: number,
): Promise<readonly { service: ServiceId; reports: number; lastAt: Instant }[]> =>
  context.store.reports.counts(plusSeconds(context.clock.now(), -sinceSeconds));
