import { type Instant, plusSeconds, secondsBetween } from '../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Owner } from '../ports/owner.ts';
import type { Store } from '../ports/store.ts';

/** How long a dead leader is believed alive by those who cannot see that it died. */
const LEASE_SECONDS = 10;
/** Renewed well before it runs out. */
const RENEW_AFTER_SECONDS = 3;

/** One holder a name among all replicas, renewed as it is asked. */
export class Leadership {
  readonly #parts: { readonly store: Store; readonly clock: Clock };
  readonly #name: string;
  readonly #owner: Owner;
  #renewedAt: Instant | null = null;

  constructor(parts: { readonly store: Store; readonly clock: Clock }, name: string, owner: Owner) {
    this.#parts = parts;
    this.#name = name;
    this.#owner = owner;
  }

  /** `new`: just taken; `heir`: just taken from a process that is dead; `held`: still ours; `other`: somebody else leads. */
  async check(): Promise<'new' | 'heir' | 'held' | 'other'> {
    const now = this.#parts.clock.now();
    if (this.#renewedAt !== null && secondsBetween(this.#renewedAt, now) < RENEW_AFTER_SECONDS) return 'held';
    const { leases } = this.#parts.store;
    const last = this.#renewedAt === null ? await leases.holder(this.#name) : null;
    const dead = last !== null && this.#owner.isGone(last);
    if (dead) await leases.release(this.#name, last);
    const epoch = await leases.acquire(this.#name, this.#owner.name, now, plusSeconds(now, LEASE_SECONDS));
    if (epoch === null) {
      this.#renewedAt = null;
      return 'other';
    }
    const fresh = this.#renewedAt === null;
    this.#renewedAt = now;
    if (!fresh) return 'held';
    return dead ? 'heir' : 'new';
  }

  /** Lets a successor begin at once. */
  async release(): Promise<void> {
    if (this.#renewedAt === null) return;
    this.#renewedAt = null;
    await this.#parts.store.leases.release(this.#name, this.#owner.name);
  }
}
