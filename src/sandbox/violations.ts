import type { PlatformName } from './platform.ts';

/** A call that a real platform would refuse, or that we hold to be a mistake of the caller. */
export interface Violation {
  readonly at: string;
  readonly platform: PlatformName;
  readonly method: string;
  /** Short and stable, e.g. `length`, `missing`, `unknown-argument`. */
  readonly rule: string;
  readonly detail: string;
}

/** How often limits were met, and how often the caller went on regardless. */
export interface Floods {
  /** Calls answered 429. */
  readonly refused: number;
  /** Of these, the ones that came although the caller had been told to wait. */
  readonly whilePaused: number;
}

/** What the stand-ins hold against the caller; tests assert it empty. */
export class Violations {
  #all: Violation[] = [];
  #floods: Record<PlatformName, { refused: number; whilePaused: number }> = noFloods();

  add(platform: PlatformName, method: string, rule: string, detail: string): void {
    this.#all.push({ at: new Date().toISOString(), platform, method, rule, detail });
  }

  flood(platform: PlatformName, whilePaused: boolean): void {
    this.#floods[platform].refused += 1;
    if (whilePaused) this.#floods[platform].whilePaused += 1;
  }

  get all(): readonly Violation[] {
    return this.#all;
  }

  get floods(): Readonly<Record<PlatformName, Floods>> {
    return this.#floods;
  }

  clear(): void {
    this.#all = [];
    this.#floods = noFloods();
  }
}

const noFloods = () => ({
  telegram: { refused: 0, whilePaused: 0 },
  slack: { refused: 0, whilePaused: 0 },
});
