/**
 * A moment as UTC ISO 8601 with milliseconds, always `YYYY-MM-DDTHH:mm:ss.sssZ`:
 * fixed width, so comparing the strings compares the times, in code and in both databases.
 */
export type Instant = string;

/** @throws RangeError when the number is not a valid time */
export const fromEpoch = (epochMs: number): Instant => new Date(epochMs).toISOString();

/** Milliseconds since 1970. */
export const toEpoch = (instant: Instant): number => Date.parse(instant);

export const plusSeconds = (instant: Instant, seconds: number): Instant =>
  fromEpoch(toEpoch(instant) + seconds * 1000);

/** Seconds from the first to the second; negative when the second is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (toEpoch(to) - toEpoch(from)) / 1000;

export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/** The offset of Asia/Seoul, fixed since 1988: no summer time. */
const SEOUL_OFFSET_MS = 9 * 3600 * 1000;

/** The wall clock in Seoul of a moment. `weekday` 0 is Sunday. */
export function seoulClock(instant: Instant) {
  const shifted = new Date(toEpoch(instant) + SEOUL_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/** The calendar day in Seoul, `YYYY-MM-DD`. */
export const seoulDay = (instant: Instant): string =>
  fromEpoch(toEpoch(instant) + SEOUL_OFFSET_MS).slice(0, 10);
