import { toEpoch } from '../domain/instant.ts';
import type { Owner } from '../ports/owner.ts';
import { ContentBreaker } from './content-breaker.ts';
import type { LaneParts } from './lane-parts.ts';
import { LanePause } from './lane-pause.ts';
import { Leadership } from './leadership.ts';
import { Pace } from './pace.ts';
import { Pulse } from './pulse.ts';
import { steady } from './steady.ts';
import { Term } from './term.ts';
import { Texts } from './texts.ts';

/** How soon a successor sees that the lane is free. */
const STAND_BY_MS = 250;
/** A lane without a hint looks after itself so often: doubts that another replica left. */
const LOOK_EVERY_MS = 10_000;

/**
 * The queue of one bot or workspace in this process: stands for election while there is work, and sends while it
 * leads. One process leads a lane, and one without work is led by nobody.
 */
export class Lane {
  readonly #parts: LaneParts;
  readonly #leadership: Leadership;
  readonly #pace: Pace;
  readonly #pause: LanePause;
  readonly #texts: Texts;
  readonly #breaker = new ContentBreaker();
  readonly #pulse = new Pulse();
  #term: Term | null = null;
  #hinted = true;
  #lookedMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;
  #stopping = false;

  constructor(parts: LaneParts, owner: Owner) {
    this.#parts = parts;
    this.#leadership = new Leadership(parts, `lane:${parts.key}`, owner);
    this.#pace = new Pace(parts.messenger.ratePerSecond);
    this.#pause = new LanePause(parts, parts.key);
    this.#texts = new Texts(parts.store);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** There is something to do. */
  wake(): void {
    this.#hinted = true;
    this.#poke();
  }

  /** There may be something to do: another replica's hints do not reach us. */
  #poke(): void {
    this.#term?.wake();
    this.#pulse.wake();
  }

  /** Somebody met the limit of this lane outside it. */
  heed(seconds: number): void {
    this.#parts.metrics.pausedSeconds.inc({ lane: this.#parts.key }, this.#pause.heed(seconds));
    this.#poke();
  }

  /** Sends nothing more, waits for what is on the wire, and lets a successor begin at once. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#term?.stop();
    this.#pulse.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        if (!(await this.#hasWork())) await this.#pulse.wait(STAND_BY_MS * 2);
        else if (!(await this.#lead())) await this.#pulse.wait(STAND_BY_MS);
      } catch (error) {
        this.#parts.logger.error({ err: error, lane: this.#parts.key }, 'a lane stumbled and goes on');
        await this.#pulse.wait(1_000);
      }
    }
  }

  async #hasWork(): Promise<boolean> {
    if (this.#hinted || steady() - this.#lookedMs >= LOOK_EVERY_MS) {
      this.#lookedMs = steady();
      return true;
    }
    const { store, clock, key } = this.#parts;
    const due = await store.deliveries.nextDue(key);
    return due !== null && toEpoch(due) <= toEpoch(clock.now());
  }

  /** False: somebody else leads. */
  async #lead(): Promise<boolean> {
    const fence = await this.#leadership.check();
    if (fence === null) return false;
    this.#hinted = false;
    const [leadership, pace, pause, texts, breaker] = [
      this.#leadership,
      this.#pace,
      this.#pause,
      this.#texts,
      this.#breaker,
    ];
    this.#term = new Term(this.#parts, { fence, leadership, pace, pause, texts, breaker });
    if (this.#stopping) this.#term.stop();
    try {
      const end = await this.#term.run();
      if (end !== 'deposed') await this.#leadership.release();
      return end !== 'deposed';
    } finally {
      this.#term = null;
    }
  }
}
