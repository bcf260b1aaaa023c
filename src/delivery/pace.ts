/** What a lane loses when it was told to slow down, and how it earns it back. */
const SLOWER = 0.8;
const REGAIN_PER_SECOND = 0.5;
const REGAIN_AFTER = 100;
/** Just under the ceiling: a strict one-second window punishes any burst (measured: 0.98 of ideal without, 0.7 with). */
const BELOW_CEILING = 0.98;

/**
 * Even spacing under a ceiling (GCRA without burst), slower after a refusal, slowly back after clean sends.
 * Times are milliseconds of any steady clock.
 */
export class Pace {
  readonly #top: number;
  #rate: number;
  #clean = 0;
  #next = 0;

  constructor(ceilingPerSecond: number) {
    this.#top = ceilingPerSecond * BELOW_CEILING;
    this.#rate = this.#top;
  }

  /** Messages a second at present. */
  get rate(): number {
    return this.#rate;
  }

  /** Takes the next place and returns how long to wait for it, in milliseconds. */
  take(nowMs: number): number {
    const at = Math.max(nowMs, this.#next);
    this.#next = at + 1000 / this.#rate;
    return at - nowMs;
  }

  /** A place that was taken and not used. */
  giveBack(): void {
    this.#next -= 1000 / this.#rate;
  }

  slower(): void {
    this.#rate = Math.max(this.#rate * SLOWER, Math.min(1, this.#top));
    this.#clean = 0;
  }

  clean(): void {
    this.#clean += 1;
    if (this.#clean % REGAIN_AFTER === 0) this.#rate = Math.min(this.#top, this.#rate + REGAIN_PER_SECOND);
  }
}
