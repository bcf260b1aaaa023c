import type { Instant } from './instant.ts';
import { plusSeconds } from './instant.ts';
import type { NoticeKind } from './notice.ts';

/*
 * A service that goes out and comes back, again and again, faster than that can be told. The first time is told as
 * ever. A second time within the hour is held longer, for it may be over at once again. From the third on it is called
 * unstable: that is told once, then at most hourly, and only to those who heard nothing in that time; every other step
 * waits until it has stood for a while, and the next step takes its place. So what is told in the end is how it stayed.
 * Outages that were each told to their end are no flapping, unless there are very many of them.
 */

/** How far back the times are counted; also how often at most it is said that a service is unstable. */
export const UNSTABLE_WINDOW_SECONDS = 3_600;
/** Who was told of an outage so long ago may still wait for the end of it. */
export const STORY_SECONDS = 6 * 3_600;
/** So often it went out before it is called unstable: outages that were over before everybody had heard. */
const UNSTABLE_AT = 3;
/** So often, and within so many times the hold, where everybody heard each time: a few chats are told in no time. */
const MANY = 6;
const MANY_WITHIN_HOLDS = 30;
/** So much longer the second outage within the hour is held. */
const HELD_LONGER = 3;
/** What has stood for so long is how it stayed. */
export const SETTLED_AFTER_SECONDS = 300;

/** What was said of a service once. */
export interface Word {
  readonly at: Instant;
  readonly kind: NoticeKind;
  /** It was no longer true before everybody had heard it. */
  readonly cutShort: boolean;
}

/** When it went out within the hour, oldest first, this time included where it just did. */
export function timesOut(
  words: readonly Word[],
  now: Instant,
  outageHoldSeconds: number,
): readonly Instant[] {
  const spells = spellsIn(words).filter(({ at }) => at >= plusSeconds(now, -UNSTABLE_WINDOW_SECONDS));
  const soon = plusSeconds(now, -MANY_WITHIN_HOLDS * outageHoldSeconds);
  const many = spells.filter(({ at }) => at >= soon).length >= MANY;
  return spells.filter((spell, i) => many || spell.cutShort || i === spells.length - 1).map(({ at }) => at);
}

/** Each time it went out, with all that was said until the next: news of an outage that goes on is no new time. */
function spellsIn(words: readonly Word[]): readonly { readonly at: Instant; readonly cutShort: boolean }[] {
  const spells: { at: Instant; cutShort: boolean }[] = [];
  let out = false;
  for (const { kind, at, cutShort } of words) {
    if (kind === 'outage' && !out) spells.push({ at, cutShort });
    const spell = spells.at(-1);
    if (cutShort && spell !== undefined) spell.cutShort = true;
    if (kind === 'outage') out = true;
    if (kind === 'restoration' || kind === 'provisional' || kind === 'correction') out = false;
  }
  return spells;
}

export const isUnstable = (times: number): boolean => times >= UNSTABLE_AT;

/** How long a step of a non-critical story waits before anybody is told, in seconds. A correction never waits. */
export function holdOf(kind: NoticeKind, times: number, outageHoldSeconds: number): number {
  if (kind === 'correction') return 0;
  if (isUnstable(times)) return Math.max(SETTLED_AFTER_SECONDS, outageHoldSeconds);
  if (kind !== 'outage') return 0;
  return times > 1 ? outageHoldSeconds * HELD_LONGER : outageHoldSeconds;
}
