import { type Instant, plusSeconds, secondsBetween } from '../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import { steady } from './steady.ts';

/** How old a reading of the lane's row may be when something is sent. */
const STALE_MS = 400;
/** What is written is longer by so much, so that refusals heard together are one write. */
const ROOM_MS = 100;

/**
 * When a lane may send again. The row counts for every replica and after a restart; what this process heard itself
 * also holds by the steady clock, so that no jump of the clock shortens it.
 */
export class LanePause {
  readonly #parts: { readonly store: Store; readonly clock: Clock };
  readonly #key: string;
  #heardUntilMs = Number.NEGATIVE_INFINITY;
  #row: { readonly until: Instant; readonly endsMs: number } | null = null;
  #readMs = Number.NEGATIVE_INFINITY;
  #writtenUntilMs = Number.NEGATIVE_INFINITY;

  constructor(parts: { readonly store: Store; readonly clock: Clock }, key: string) {
    this.#parts = parts;
    this.#key = key;
  }

  /** Milliseconds left; 0: send. */
  leftMs(): number {
    return Math.max(0, this.#heardUntilMs - steady(), this.#rowLeftMs());
  }

  /** Whether the row was read lately enough to send by it. */
  isKnown(): boolean {
    return steady() - this.#readMs <= STALE_MS;
  }

  /** Reads the row again: another replica may have been told to wait. */
  async refresh(): Promise<void> {
    const askedMs = steady();
    const row = await this.#parts.store.lanes.get(this.#key);
    const until = row?.pausedUntil ?? null;
    if (until === null) this.#row = null;
    else if (until !== this.#row?.until) this.#row = { until, endsMs: steady() + this.#byClockMs(until) };
    this.#readMs = askedMs;
  }

  /** Holds at once; never shortens a standing pause. Returns by how many seconds it grew. */
  heed(seconds: number): number {
    const untilMs = steady() + seconds * 1000;
    const grownMs = untilMs - Math.max(this.#heardUntilMs, steady());
    this.#heardUntilMs = Math.max(this.#heardUntilMs, untilMs);
    return Math.max(0, grownMs) / 1000;
  }

  /** Holds for everyone once it resolves. Of many that were refused together, only what lengthens the pause is written. */
  async write(seconds: number, why: string): Promise<void> {
    const untilMs = steady() + seconds * 1000;
    if (untilMs <= this.#writtenUntilMs) return;
    this.#writtenUntilMs = untilMs + ROOM_MS;
    const { store, clock } = this.#parts;
    await store.lanes.pause(this.#key, plusSeconds(clock.now(), seconds + ROOM_MS / 1000), why);
  }

  /** By the clock, but no longer than it looked when it was first read: a clock put back prolongs nothing. */
  #rowLeftMs(): number {
    return this.#row === null ? 0 : Math.min(this.#byClockMs(this.#row.until), this.#row.endsMs - steady());
  }

  #byClockMs(until: Instant): number {
    return secondsBetween(this.#parts.clock.now(), until) * 1000;
  }
}
