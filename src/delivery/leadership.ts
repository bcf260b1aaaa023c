import { type Instant, plusSeconds, secondsBetween } from '../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Fence } from '../ports/outbox.ts';
import type { Owner } from '../ports/owner.ts';
import type { Store } from '../ports/store.ts';

/** How long a dead leader is believed alive by those who cannot see that it died. */
const LEASE_SECONDS = 10;
/** Renewed well before it runs out. */
const RENEW_AFTER_SECONDS = 3;

interface Held {
  readonly fence: Fence;
  readonly renewedAt: Instant;
}

/** One holder a name among all replicas, renewed as it is asked. What it writes carries the fence of its term. */
export class Leadership {
  readonly #parts: { readonly store: Store; readonly clock: Clock };
  readonly #name: string;
  readonly #owner: Owner;
  #held: Held | null = null;

  constructor(parts: { readonly store: Store; readonly clock: Clock }, name: string, owner: Owner) {
    this.#parts = parts;
    this.#name = name;
    this.#owner = owner;
  }

  /** Takes or renews it. Null: somebody else leads. Another epoch than before is another term. */
  async check(): Promise<Fence | null> {
    const now = this.#parts.clock.now();
    const before = this.#held;
    const age = before === null ? null : secondsBetween(before.renewedAt, now);
    if (before !== null && age !== null && age >= 0 && age < RENEW_AFTER_SECONDS) return before.fence;
    const { leases } = this.#parts.store;
    if (before === null) await this.#bury();
    const until = plusSeconds(now, LEASE_SECONDS);
    const epoch = await leases.acquire(this.#name, this.#owner.name, now, until);
    if (epoch === null) {
      this.#held = null;
      return null;
    }
    const fence = { lease: this.#name, epoch };
    this.#held = { fence, renewedAt: now };
    return fence;
  }

  /** Somebody else was found to lead. */
  lost(): void {
    this.#held = null;
  }

  /** Lets a successor begin at once. */
  async release(): Promise<void> {
    if (this.#held === null) return;
    this.#held = null;
    await this.#parts.store.leases.release(this.#name, this.#owner.name);
  }

  /** A leader that is certainly dead need not be waited for. */
  async #bury(): Promise<void> {
    const { leases } = this.#parts.store;
    const last = await leases.holder(this.#name);
    if (last !== null && this.#owner.isGone(last)) await leases.release(this.#name, last);
  }
}
