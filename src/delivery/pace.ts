import { Arrivals, type Place } from './arrivals.ts';

/** What a lane loses when it was told to slow down, and how it earns it back: in steps of a sixtieth, half a message at 30. */
const SLOWER = 0.8;
const REGAIN_SHARE = 1 / 60;
const REGAIN_AFTER = 100;
const USUAL_CEILING = 30;
/** How many clean sends before what was refused is tried again, and how far that patience grows. */
const FIRST_PATIENCE = 4 * REGAIN_AFTER;
const MOST_PATIENCE = 64 * REGAIN_AFTER;
/** Just under the ceiling: a strict window punishes any burst, so this leaves room for clocks that are not ours. */
const BELOW_CEILING = 0.98;
/** How late a timer may ring, or so many places, without losing one; what arrives is counted anyway. */
const LATE_MS = 12;
const LATE_PLACES = 2;
/** Times are rounded on their way. */
const ROUNDING_MS = 2;

/**
 * Even spacing under a ceiling (GCRA, with hardly any burst), and never more of what a platform may have counted than its ceiling in any
 * span; slower after a refusal, slowly back after clean sends. What was refused is remembered as a wall: below it
 * the rate comes back step by step, beyond it only after growing patience.
 * Times are milliseconds of any steady clock.
 */
export class Pace {
  readonly #ceiling: number;
  readonly #spanSeconds: number;
  readonly #step: number;
  readonly #regainAfter: number;
  readonly #arrivals: Arrivals;
  #rate: number;
  /** The most that is believed to pass. */
  #wall: number;
  /** The most that passed before the present trial; null: none is being tried. */
  #trialFrom: number | null = null;
  #patience = FIRST_PATIENCE;
  #clean = 0;
  #next = Number.NEGATIVE_INFINITY;
  #slowedMs = Number.NEGATIVE_INFINITY;

  constructor(ceilingPerSecond: number) {
    this.#ceiling = ceilingPerSecond;
    const whole = Math.max(1, Math.floor(ceilingPerSecond));
    this.#spanSeconds = whole / ceilingPerSecond;
    this.#arrivals = new Arrivals(this.#spanSeconds * 1000 + ROUNDING_MS);
    this.#step = ceilingPerSecond * REGAIN_SHARE;
    this.#regainAfter = Math.ceil(REGAIN_AFTER * Math.max(1, ceilingPerSecond / USUAL_CEILING));
    this.#rate = this.#top;
    this.#wall = this.#top;
  }

  /** Messages a second at present. */
  get rate(): number {
    return this.#rate;
  }

  /** How long until the next place is free, in milliseconds; takes nothing. */
  wait(nowMs: number): number {
    const counted = Math.max(1, Math.round((this.#wall / BELOW_CEILING) * this.#spanSeconds));
    return Math.max(0, this.#next - nowMs, this.#arrivals.wait(counted, nowMs));
  }

  /** Takes the place that `wait` said is free. */
  take(nowMs: number): Place {
    const placeMs = 1000 / this.#rate;
    const lateMs = Math.max(LATE_MS, LATE_PLACES * placeMs);
    this.#next = Math.max(this.#next, nowMs - lateMs) + placeMs;
    const place: Place = { takenMs: nowMs, answeredMs: null };
    this.#arrivals.add(place);
    return place;
  }

  /** A place that was not used, or a message that the platform does not count. */
  giveBack(place: Place): void {
    this.#arrivals.remove(place);
    this.#next -= 1000 / this.#rate;
  }

  /** An answer came. `clean`: the message was taken. */
  answered(place: Place, nowMs: number, clean: boolean): void {
    this.#arrivals.answer(place, nowMs);
    if (!clean) return;
    this.#clean += 1;
    if (this.#rate < this.#wall) this.#regain();
    else if (this.#wall < this.#top) this.#tryMore();
  }

  /** Too fast: the platform refused this one. What was on its way at the same time says nothing new. */
  limited(place: Place, nowMs: number): void {
    const news = place.takenMs > this.#slowedMs;
    this.#arrivals.remove(place);
    if (!news) return;
    this.#slowedMs = nowMs;
    this.#clean = 0;
    if (this.#trialFrom !== null) {
      this.#wall = this.#trialFrom;
      this.#rate = this.#wall;
      this.#patience = Math.min(MOST_PATIENCE, this.#patience * 2);
      this.#trialFrom = null;
      return;
    }
    const passed = (this.#arrivals.taken(nowMs) / this.#spanSeconds) * BELOW_CEILING;
    const failed = this.#rate * BELOW_CEILING;
    this.#rate = Math.max(this.#rate * SLOWER, this.#least);
    // Fewer than what is sent from now on tell nothing of a wall: we had only begun.
    this.#wall = passed > this.#rate ? Math.min(passed, failed) : this.#top;
  }

  #regain(): void {
    if (this.#clean < this.#regainAfter) return;
    this.#clean = 0;
    this.#rate = Math.min(this.#wall, this.#rate + this.#step);
  }

  /** At the wall for long enough: perhaps it was moved. A step that held makes the next one easier. */
  #tryMore(): void {
    const held = this.#trialFrom !== null;
    if (this.#clean < (held ? this.#regainAfter : this.#regainAfter * (this.#patience / REGAIN_AFTER)))
      return;
    this.#clean = 0;
    if (held) this.#patience = FIRST_PATIENCE;
    this.#trialFrom = this.#wall;
    this.#wall = Math.min(this.#top, this.#wall + this.#step);
    this.#rate = this.#wall;
    if (this.#wall === this.#top) this.#trialFrom = null;
  }

  get #top(): number {
    return this.#ceiling * BELOW_CEILING;
  }

  /** It never stops altogether. */
  get #least(): number {
    return Math.min(1, this.#top);
  }
}
