import type { Instant } from './instant.ts';
import { fromEpoch, seoulClock, toEpoch } from './instant.ts';

/** Minutes after midnight in Seoul. `from` may be later than `to`: the night between. */
export interface QuietWindow {
  readonly from: number;
  readonly to: number;
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

/** When the quiet hours that hold at this moment end; null when it is not quiet. */
export function quietUntil(window: QuietWindow | 'off', now: Instant): Instant | null {
  if (window === 'off') return null;
  const { hour, minute } = seoulClock(now);
  const at = hour * 60 + minute;
  const quiet =
    window.from < window.to ? at >= window.from && at < window.to : at >= window.from || at < window.to;
  if (!quiet) return null;
  const wait = (window.to - at + 24 * 60) % (24 * 60);
  const minuteStart = Math.floor(toEpoch(now) / 60_000) * 60_000;
  return fromEpoch(minuteStart + wait * 60_000);
}

function minutes(hours: string | undefined, mins: string | undefined): number | undefined {
  const [h, m] = [Number(hours), Number(mins)];
  return h < 24 && m < 60 ? h * 60 + m : undefined;
}
