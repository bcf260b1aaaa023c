import type { Instant } from './instant.ts';
import { plusSeconds } from './instant.ts';
import type { NoticeKind } from './notice.ts';

/*
 * A service that goes out and comes back, again and again. The first time is told as ever. A second time within the
 * hour is held longer, for it may be over at once again. From the third on it is called unstable: that is told once,
 * then at most hourly, and only to those who heard nothing in that time; every other step waits until it has stood for
 * a while, and the next step takes its place. So what is told in the end is how it stayed.
 */

/** How far back the times are counted; also how often at most it is said that a service is unstable. */
export const UNSTABLE_WINDOW_SECONDS = 3_600;
/** Who was told of an outage so long ago may still wait for the end of it. */
export const STORY_SECONDS = 6 * 3_600;
/** So often it went out before it is called unstable. */
const UNSTABLE_AT = 3;
/** So much longer the second outage within the hour is held. */
const HELD_LONGER = 3;
/** What has stood for so long is how it stayed. */
export const SETTLED_AFTER_SECONDS = 300;

/** What was said of a service once. */
export interface Word {
  readonly at: Instant;
  readonly kind: NoticeKind;
}

/** When it went out within the window, oldest first: news of an outage that goes on is no new time. */
export function timesOut(words: readonly Word[], now: Instant): readonly Instant[] {
  const since = plusSeconds(now, -UNSTABLE_WINDOW_SECONDS);
  const times: Instant[] = [];
  let out = false;
  for (const { kind, at } of words) {
    if (kind === 'outage' && !out && at >= since) times.push(at);
    if (kind === 'outage') out = true;
    if (kind === 'restoration' || kind === 'provisional' || kind === 'correction') out = false;
  }
  return times;
}

export const isUnstable = (times: number): boolean => times >= UNSTABLE_AT;

/** How long a step of a non-critical story waits before anybody is told, in seconds. A correction never waits. */
export function holdOf(kind: NoticeKind, times: number, outageHoldSeconds: number): number {
  if (kind === 'correction') return 0;
  if (isUnstable(times)) return Math.max(SETTLED_AFTER_SECONDS, outageHoldSeconds);
  if (kind !== 'outage') return 0;
  return times > 1 ? outageHoldSeconds * HELD_LONGER : outageHoldSeconds;
}
