/** A wait that can be cut short: sleeping loops wake on a hint, and poll when no hint comes. */
export class Pulse {
  #wake: (() => void) | null = null;
  #pending = false;

  /** Ends the present wait, or the next one if nobody waits. */
  wake(): void {
    this.#pending = true;
    this.#wake?.();
  }

  /** Resolves after `ms`, or at once on a hint. */
  wait(ms: number): Promise<void> {
    if (this.#pending || ms <= 0) {
      this.#pending = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        if (this.#wake === finish) {
          this.#wake = null;
          this.#pending = false;
        }
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.#wake = finish;
    });
  }
}
