/** Work that runs beside a loop: the loop is told when one ends, and how. */
export class Tasks {
  readonly #running = new Set<Promise<void>>();
  readonly #onEnd: () => void;
  readonly #onError: (error: unknown) => void;

  constructor(on: { readonly end: () => void; readonly error: (error: unknown) => void }) {
    this.#onEnd = on.end;
    this.#onError = on.error;
  }

  get size(): number {
    return this.#running.size;
  }

  run(work: () => Promise<void>): void {
    const task = work()
      .catch(this.#onError)
      .finally(() => {
        this.#running.delete(task);
        this.#onEnd();
      });
    this.#running.add(task);
  }
}
