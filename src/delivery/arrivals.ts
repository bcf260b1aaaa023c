/** One message on its way to the platform. Times are milliseconds of a steady clock. */
export interface Place {
  readonly takenMs: number;
  /** Null while no answer came. */
  answeredMs: number | null;
}

/** The quickest answer is forgotten after so long: routes change. */
const ROUTE_MS = 30_000;

/**
 * What the platform may have counted in the last span of time. It counts a message when it arrives there, which is
 * after we sent it and before we heard the answer; the quickest answer seen tells how much of that time is travel.
 * A message without an answer may arrive at any moment, so it counts.
 */
export class Arrivals {
  readonly #spanMs: number;
  readonly #places = new Set<Place>();
  #quickest = { now: Number.POSITIVE_INFINITY, before: Number.POSITIVE_INFINITY, sinceMs: 0 };

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  add(place: Place): void {
    this.#places.add(place);
  }

  /** It was not sent, or the platform did not count it. */
  remove(place: Place): void {
    this.#places.delete(place);
  }

  answer(place: Place, nowMs: number): void {
    place.answeredMs = nowMs;
    const took = nowMs - place.takenMs;
    const { now, sinceMs } = this.#quickest;
    this.#quickest =
      nowMs - sinceMs < ROUTE_MS
        ? { ...this.#quickest, now: Math.min(now, took) }
        : { now: took, before: now, sinceMs: nowMs };
  }

  /** Milliseconds until one more makes at most `limit` in any span; 0: it does now. */
  wait(limit: number, nowMs: number): number {
    if (this.#places.size < limit) return 0;
    const leaving: number[] = [];
    for (const place of this.#places) {
      if (place.answeredMs === null) continue;
      const leavesMs = this.#latestMs(place) + this.#spanMs;
      if (leavesMs <= nowMs) this.#places.delete(place);
      else leaving.push(leavesMs);
    }
    const tooMany = this.#places.size - limit + 1;
    if (tooMany <= 0) return 0;
    const at = leaving.sort((a, b) => a - b)[tooMany - 1];
    return at === undefined ? UNANSWERED_MS : at - nowMs;
  }

  /** How many the platform took in the span before now. */
  taken(nowMs: number): number {
    let count = 0;
    for (const place of this.#places)
      if (place.answeredMs !== null && this.#latestMs(place) > nowMs - this.#travelMs() - this.#spanMs)
        count += 1;
    return count;
  }

  #latestMs(place: Place): number {
    return Math.max(place.takenMs, (place.answeredMs ?? place.takenMs) - this.#travelMs());
  }

  #travelMs(): number {
    const quickest = Math.min(this.#quickest.now, this.#quickest.before);
    return Number.isFinite(quickest) ? quickest : 0;
  }
}

/** When everything hangs on answers that have not come: look again soon. */
const UNANSWERED_MS = 5;
