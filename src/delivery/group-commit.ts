import { steady } from './steady.ts';

/** No write waits longer for company. */
const EVERY_MS = 20;
/** Rows a transaction: small enough that nothing else waits long for the database. */
const MOST = 250;

interface Waiting<T, R> {
  readonly item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Writes that come close together share one transaction; one that comes alone goes at once.
 * One transaction at a time, in the order of arrival.
 */
export class GroupCommit<T, R> {
  readonly #commit: (items: readonly T[]) => Promise<(item: T) => R>;
  #waiting: Waiting<T, R>[] = [];
  #busy = false;
  #timer: NodeJS.Timeout | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;

  /** @param commit all or nothing; says what became of each item */
  constructor(commit: (items: readonly T[]) => Promise<(item: T) => R>) {
    this.#commit = commit;
  }

  /** Resolves once it is committed. @throws what the commit throws */
  add(item: T): Promise<R> {
    const added = new Promise<R>((resolve, reject) => this.#waiting.push({ item, resolve, reject }));
    this.#schedule();
    return added;
  }

  #schedule(): void {
    if (this.#busy || this.#timer !== null || this.#waiting.length === 0) return;
    const ms = this.#waiting.length >= MOST ? 0 : Math.max(0, this.#lastMs + EVERY_MS - steady());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#flush();
    }, ms);
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, MOST);
    this.#busy = true;
    try {
      const resultOf = await this.#commit(batch.map(({ item }) => item));
      for (const { item, resolve } of batch) resolve(resultOf(item));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.#busy = false;
      this.#lastMs = steady();
      this.#schedule();
    }
  }
}
