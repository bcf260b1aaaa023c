import { type Instant, plusSeconds, secondsBetween } from '../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';

/** How long a dead leader is believed alive. */
const LEASE_SECONDS = 10;
/** Renewed well before it runs out. */
const RENEW_AFTER_SECONDS = 3;

/** One holder a name among all replicas, renewed as it is asked. */
export class Leadership {
  readonly #parts: { readonly store: Store; readonly clock: Clock };
  readonly #name: string;
  readonly #owner: string;
  #renewedAt: Instant | null = null;

  constructor(parts: { readonly store: Store; readonly clock: Clock }, name: string, owner: string) {
    this.#parts = parts;
    this.#name = name;
    this.#owner = owner;
  }

  /** `new`: just taken, what the last holder left is ours to settle; `held`: still ours; `other`: somebody else leads. */
  async check(): Promise<'new' | 'held' | 'other'> {
    const now = this.#parts.clock.now();
    if (this.#renewedAt !== null && secondsBetween(this.#renewedAt, now) < RENEW_AFTER_SECONDS) return 'held';
    const epoch = await this.#parts.store.leases.acquire(
      this.#name,
      this.#owner,
      now,
      plusSeconds(now, LEASE_SECONDS),
    );
    if (epoch === null) {
      this.#renewedAt = null;
      return 'other';
    }
    const fresh = this.#renewedAt === null;
    this.#renewedAt = now;
    return fresh ? 'new' : 'held';
  }

  /** Lets a successor begin at once. */
  async release(): Promise<void> {
    if (this.#renewedAt === null) return;
    this.#renewedAt = null;
    await this.#parts.store.leases.release(this.#name, this.#owner);
  }
}
