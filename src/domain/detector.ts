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
}

const VERDICT: { readonly [S in Observation['seen']]: Availability } = {
  ok: 'operational',
  slow: 'degraded',
  failed: 'major_outage',
};

/** Takes up one observation. One that is older than the last is dropped: the same measurement comes back. */
export function detect(before: Measurement | null, seen: Observation, thresholds: Thresholds): Measurement {
  if (before !== null && seen.at < before.observedAt) return before;
  const continues = before !== null && before.run.seen === seen.seen;
  const run = continues
    ? { ...before.run, count: before.run.count + 1 }
    : { seen: seen.seen, count: 1, since: seen.at };
  const needed = seen.seen === 'ok' ? thresholds.successes : thresholds.failures;
  const verdict = VERDICT[seen.seen];
  const base = {
    service: seen.service,
    source: seen.source,
    observedAt: seen.at,
    run,
    silentAfterSeconds: thresholds.silentAfterSeconds,
  };
  if (before === null) {
    return { ...base, verdict: run.count >= needed ? verdict : 'unknown', since: run.since };
  }
  if (verdict !== before.verdict && run.count >= needed) return { ...base, verdict, since: run.since };
  return { ...base, verdict: before.verdict, since: before.since };
}

export const isSilent = (measurement: Measurement, now: Instant): boolean =>
  secondsBetween(measurement.observedAt, now) > measurement.silentAfterSeconds;
