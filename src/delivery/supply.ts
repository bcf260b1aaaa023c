import { type Instant, plusSeconds, secondsBetween } from '../domain/instant.ts';
import type { Claim, Fence } from '../ports/outbox.ts';
import type { LaneParts } from './lane-parts.ts';
import { steady } from './steady.ts';
import { type AtHand, Stock } from './stock.ts';

/** A claim is only a lease: it covers the wait for a place, not the sending. */
const CLAIM_LEASE_SECONDS = 15;
/** A chat that must wait longer goes back into the queue. */
const SHORT_WAIT_MS = 100;
/** How often the queue is looked at when nothing in it is due. */
const POLL_MS = 500;
/** A claim that was a failure is not repeated at once. */
const AFTER_FAILURE_MS = 1_000;
/** Seconds of work to have at hand, and how much of it: never more than a claim's lease covers. */
const STOCK_SECONDS = 0.4;
const LEAST_STOCK = 4;
const MOST_STOCK = 400;
/** How much of it is less urgent, once the rest has its share. */
const REST_SHARE = 0.1;

const stockFor = (ratePerSecond: number): number =>
  Math.min(MOST_STOCK, Math.max(LEAST_STOCK, Math.ceil(ratePerSecond * STOCK_SECONDS)));

/** Claims ahead, so that the next delivery is always at hand and the most urgent is the next. */
export class Supply {
  readonly stock = new Stock();
  readonly #lane: LaneParts;
  readonly #fence: Fence;
  readonly #giveBack: (claim: Claim, dueAt: Instant) => void;
  #claiming = false;
  #lookAgainMs = Number.NEGATIVE_INFINITY;
  /** A hint came: there may be something more urgent than what is at hand. */
  #hinted = false;

  constructor(lane: LaneParts, fence: Fence, giveBack: (claim: Claim, dueAt: Instant) => void) {
    this.#lane = lane;
    this.#fence = fence;
    this.#giveBack = giveBack;
  }

  hint(): void {
    this.#hinted = true;
    this.#lookAgainMs = Number.NEGATIVE_INFINITY;
  }

  get isIdle(): boolean {
    return this.stock.size === 0 && !this.#claiming;
  }

  /** Milliseconds until the queue should be looked at again. */
  restMs(nowMs: number): number {
    return this.#claiming ? POLL_MS : this.#lookAgainMs - nowMs;
  }

  /** What is to be done about it now; null: nothing. */
  refill(ratePerSecond: number, nowMs: number): (() => Promise<void>) | null {
    if (this.#claiming || nowMs < this.#lookAgainMs) return null;
    const target = stockFor(ratePerSecond);
    const full = this.stock.size > target / 2;
    if (full && !this.#hinted) return null;
    this.#hinted = false;
    this.#claiming = true;
    const moreUrgentThan = full ? this.stock.mostUrgent() : null;
    const limit = full ? target : target - this.stock.size;
    return async () => {
      try {
        await this.#claim(limit, moreUrgentThan);
      } catch (error) {
        this.#lookAgainMs = steady() + AFTER_FAILURE_MS;
        throw error;
      } finally {
        this.#claiming = false;
      }
    };
  }

  async #claim(limit: number, moreUrgentThan: number | null): Promise<void> {
    const { store, clock, key } = this.#lane;
    const [now, askedMs] = [clock.now(), steady()];
    const claims = await store.deliveries.claim(
      {
        lane: key,
        limit,
        now,
        leaseUntil: plusSeconds(now, CLAIM_LEASE_SECONDS),
        floor: this.stock.lacksRest(askedMs) ? Math.ceil(limit * REST_SHARE) : 0,
        ...(moreUrgentThan === null ? {} : { moreUrgentThan }),
      },
      this.#fence,
    );
    this.#take(claims, now, askedMs);
    if (claims.length > 0 || moreUrgentThan !== null) return;
    const due = await store.deliveries.nextDue(key);
    const ms = due === null ? POLL_MS : secondsBetween(clock.now(), due) * 1000;
    if (!this.#hinted) this.#lookAgainMs = steady() + Math.min(Math.max(ms, 5), POLL_MS);
  }

  /** A chat that must wait holds up nobody: it is claimed again when it may be written to. */
  #take(claims: readonly Claim[], now: Instant, askedMs: number): void {
    const nowMs = steady();
    const soon: AtHand[] = [];
    for (const claim of claims) {
      const waitMs = this.stock.waitOf(claim, nowMs);
      if (waitMs <= SHORT_WAIT_MS) soon.push({ ...claim, askedMs });
      else this.#giveBack(claim, plusSeconds(now, waitMs / 1000));
    }
    this.stock.add(soon);
  }
}
