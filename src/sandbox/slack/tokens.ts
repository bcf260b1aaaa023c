import { randomBytes } from 'node:crypto';

export interface IssuedTokens {
  readonly access: string;
  readonly refresh: string | null;
  /** Seconds; null for ever. */
  readonly expiresIn: number | null;
}

/** The bot tokens of one workspace: which are good, which ran out, which were taken back. */
export class Tokens {
  readonly #now: () => number;
  /** Each access token and when it ends, in milliseconds; null for never. */
  readonly #ends = new Map<string, number | null>();
  readonly #revoked = new Set<string>();
  #refresh: string | null = null;
  #exchanges = 0;

  constructor(now: () => number, first: string | null) {
    this.#now = now;
    if (first !== null) this.#ends.set(first, null);
  }

  /** How often a refresh token was exchanged. */
  get exchanges(): number {
    return this.#exchanges;
  }

  /** With a life time a refresh token comes along. The tokens before stay good. */
  issue(lifeSeconds: number | null): IssuedTokens {
    const access = `${lifeSeconds === null ? 'xoxb' : 'xoxe.xoxb-1'}-${randomBytes(12).toString('hex')}`;
    this.#ends.set(access, lifeSeconds === null ? null : this.#now() + lifeSeconds * 1000);
    this.#refresh = lifeSeconds === null ? null : `xoxe-1-${randomBytes(12).toString('hex')}`;
    return { access, refresh: this.#refresh, expiresIn: lifeSeconds };
  }

  /** A new pair for a refresh token, which works once. Null when it is not the present one. */
  exchange(refresh: string, lifeSeconds: number | null): IssuedTokens | null {
    if (this.#refresh === null || refresh !== this.#refresh) return null;
    this.#exchanges += 1;
    return this.issue(lifeSeconds);
  }

  /** Null: not one of this workspace. */
  standing(token: string): 'good' | 'token_expired' | 'token_revoked' | null {
    const end = this.#ends.get(token);
    if (end === undefined) return null;
    if (this.#revoked.has(token)) return 'token_revoked';
    return end !== null && end <= this.#now() ? 'token_expired' : 'good';
  }

  /** The 12 hours of every token that has them are over. */
  expire(): void {
    for (const [token, end] of this.#ends) if (end !== null) this.#ends.set(token, this.#now());
  }

  /** All of them are taken back for good. */
  revoke(): void {
    for (const token of this.#ends.keys()) this.#revoked.add(token);
    this.#refresh = null;
  }
}
