/** At most `limit` in any `spanMs`, to the millisecond: a sliding window. */
export class SlidingWindow {
  #times: number[] = [];
  #head = 0;
  readonly #spanMs: number;

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Milliseconds until one more fits under `limit`; 0 when it fits now. Takes nothing. */
  wait(limit: number, now: number): number {
    while (this.#head < this.#times.length && (this.#times[this.#head] ?? 0) <= now - this.#spanMs) {
      this.#head += 1;
    }
    if (this.#head > 5_000) {
      this.#times = this.#times.slice(this.#head);
      this.#head = 0;
    }
    const used = this.#times.length - this.#head;
    if (used < limit) return 0;
    const leaving = this.#times[this.#times.length - limit] ?? now;
    return Math.max(1, leaving + this.#spanMs - now);
  }

  take(now: number): void {
    this.#times.push(now);
  }

  /** The latest was not used after all. */
  giveBack(): void {
    this.#times.pop();
  }
}

/** A bucket of `burst` that refills one every `everyMs`. */
export class Bucket {
  #level: number;
  #at: number;
  readonly #burst: number;
  readonly #everyMs: number;

  constructor(burst: number, everyMs: number, now: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
    this.#level = burst;
    this.#at = now;
  }

  wait(now: number): number {
    this.#level = Math.min(this.#burst, this.#level + (now - this.#at) / this.#everyMs);
    this.#at = now;
    return this.#level >= 1 ? 0 : Math.ceil((1 - this.#level) * this.#everyMs);
  }

  take(): void {
    this.#level -= 1;
  }
}
