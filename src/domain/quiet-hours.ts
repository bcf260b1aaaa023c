import type { Instant } from './instant.ts';
import { fromEpoch, seoulClock, toEpoch } from './instant.ts';

/** Minutes after midnight in Seoul. `from` may be later than `to`: the night between. */
export interface QuietWindow {
  readonly from: number;
  readonly to: number;
}

/** When ordinary news comes: at once but for quiet hours, or all together once a day or a week. */
export const DIGESTS = ['daily', 'weekly'] as const;
export type Digest = (typeof DIGESTS)[number];
export type NewsTime = QuietWindow | 'off' | Digest;

/** Digests come when the day begins for most, weekly ones on Monday. */
const DIGEST_MINUTES = 8 * 60;
const MONDAY = 1;
const DAY_MINUTES = 24 * 60;

/** Reads what a chat chose: as `parseQuietHours`, or `daily` or `weekly`. */
export function parseNewsTime(text: string): NewsTime | undefined {
  return DIGESTS.find((digest) => digest === text) ?? parseQuietHours(text);
}

/** Reads `22:00-07:00` or `off`. Undefined when it is neither, or when both ends are the same. */
export function parseQuietHours(text: string): QuietWindow | 'off' | undefined {
  if (text.trim().toLowerCase() === 'off') return 'off';
  const match = /^\s*(\d{1,2}):(\d{2})\s*[-–~]\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  if (match === null) return undefined;
  const [from, to] = [minutes(match[1], match[2]), minutes(match[3], match[4])];
  return from === undefined || to === undefined || from === to ? undefined : { from, to };
}

/** `22:00-07:00` again, in the form we store. */
export function formatQuietHours(window: QuietWindow | 'off'): string {
  if (window === 'off') return 'off';
  const two = (n: number) => String(n).padStart(2, '0');
  const time = (m: number) => `${two(Math.floor(m / 60))}:${two(m % 60)}`;
  return `${time(window.from)}-${time(window.to)}`;
}

/** When news that may not come now comes: when the quiet hours of this moment end, or with the next digest. Null: it may. */
export function quietUntil(window: NewsTime, now: Instant): Instant | null {
  if (window === 'off') return null;
  if (window === 'daily' || window === 'weekly') return nextDigest(window, now);
  const { hour, minute } = seoulClock(now);
  const at = hour * 60 + minute;
  const quiet =
    window.from < window.to ? at >= window.from && at < window.to : at >= window.from || at < window.to;
  if (!quiet) return null;
  const wait = (window.to - at + 24 * 60) % (24 * 60);
  return fromEpoch(startOfMinute(now) + wait * 60_000);
}

function nextDigest(digest: Digest, now: Instant): Instant {
  const { hour, minute, weekday } = seoulClock(now);
  const toToday = DIGEST_MINUTES - (hour * 60 + minute);
  const toNext = toToday > 0 ? toToday : toToday + DAY_MINUTES;
  const dayOfNext = toToday > 0 ? weekday : (weekday + 1) % 7;
  const days = digest === 'daily' ? 0 : (MONDAY - dayOfNext + 7) % 7;
  return fromEpoch(startOfMinute(now) + (toNext + days * DAY_MINUTES) * 60_000);
}

const startOfMinute = (now: Instant): number => Math.floor(toEpoch(now) / 60_000) * 60_000;

function minutes(hours: string | undefined, mins: string | undefined): number | undefined {
  const [h, m] = [Number(hours), Number(mins)];
  return h < 24 && m < 60 ? h * 60 + m : undefined;
}
