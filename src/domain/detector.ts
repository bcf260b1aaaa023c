import type { Availability } from './availability.ts';
import type { ServiceId } from './ids.ts';
import type { Instant } from './instant.ts';
import { secondsBetween } from './instant.ts';

/** What a source saw once. */
export interface Observation {
  readonly service: ServiceId;
  readonly source: string;
  readonly at: Instant;
  readonly seen: 'ok' | 'slow' | 'failed';
}

/** How many like observations in a row make a verdict, and how long silence is believed. */
export interface Thresholds {
  readonly failures: number;
  readonly successes: number;
  readonly silentAfterSeconds: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = { failures: 3, successes: 2, silentAfterSeconds: 600 };

/** A source's standing verdict on one service. */
export interface Measurement {
  readonly service: ServiceId;
  readonly source: string;
  readonly verdict: Availability;
  /** Since when the verdict has stood: the first of the observations that made it. */
  readonly since: Instant;
  readonly observedAt: Instant;
  readonly silentAfterSeconds: number;
  /** The run of like observations that may become the next verdict. */
  readonly run: { readonly seen: Observation['seen']; readonly count: number; readonly since: Instant };
  /** The run of bad ones, slow or failed: since when, and how many. Null: the last was good. */
  readonly bad?: { readonly count: number; readonly since: Instant } | null | undefined;
}

const VERDICT: { readonly [S in Observation['seen']]: Availability } = {
  ok: 'operational',
  slow: 'degraded',
  failed: 'major_outage',
};

/**
 * Takes up one observation. One that is older than the last is dropped: the same measurement comes back.
 * Slow and failed in turn never make a run of like ones; together they make the milder verdict.
 */
export function detect(before: Measurement | null, seen: Observation, thresholds: Thresholds): Measurement {
  if (before !== null && seen.at < before.observedAt) return before;
  const run = {
    seen: seen.seen,
    ...continued(before?.run.seen === seen.seen ? before.run : null, seen.at),
  };
  const bad = seen.seen === 'ok' ? null : continued(before?.bad ?? null, seen.at);
  const base = {
    service: seen.service,
    source: seen.source,
    observedAt: seen.at,
    run,
    bad,
    silentAfterSeconds: thresholds.silentAfterSeconds,
  };
  const standing = before?.verdict ?? 'unknown';
  const needed = seen.seen === 'ok' ? thresholds.successes : thresholds.failures;
  if (run.count >= needed && VERDICT[seen.seen] !== standing)
    return { ...base, verdict: VERDICT[seen.seen], since: run.since };
  const isMixed = run.count < needed && bad !== null && bad.count >= thresholds.failures;
  if (isMixed && (standing === 'operational' || standing === 'unknown'))
    return { ...base, verdict: VERDICT.slow, since: bad.since };
  return { ...base, verdict: standing, since: before === null ? run.since : before.since };
}

interface Run {
  readonly count: number;
  readonly since: Instant;
}

const continued = (run: Run | null, at: Instant): Run =>
  run === null ? { count: 1, since: at } : { count: run.count + 1, since: run.since };

export const isSilent = (measurement: Measurement, now: Instant): boolean =>
  secondsBetween(measurement.observedAt, now) > measurement.silentAfterSeconds;
