import { toEpoch } from '../../src/domain/instant.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock that runs, and can be put forward. */
export class RunningClock implements Clock {
  #offsetMs = 0;
  readonly random = Math.random;
  constructor(start: string) {
    this.set(start);
  }
  now(): string {
    return new Date(Date.now() + this.#offsetMs).toISOString();
  }
  set(at: string): void {
    this.#offsetMs = toEpoch(at) - Date.now();
  }
  forward(seconds: number): void {
    this.#offsetMs += seconds * 1000;
  }
}
