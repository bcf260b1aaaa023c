import { plusSeconds } from '../domain/instant.ts';
import { type Claim, Deposed, type Fence } from '../ports/outbox.ts';
import type { Place } from './arrivals.ts';
import type { ContentBreaker } from './content-breaker.ts';
import { settleDoubts } from './doubts.ts';
import { GroupCommit } from './group-commit.ts';
import { inFlightLimit } from './in-flight.ts';
import type { LaneParts } from './lane-parts.ts';
import type { LanePause } from './lane-pause.ts';
import type { Leadership } from './leadership.ts';
import type { Pace } from './pace.ts';
import { Pulse } from './pulse.ts';
import { Recorder } from './recorder.ts';
import { steady } from './steady.ts';
import type { AtHand } from './stock.ts';
import { Supply } from './supply.ts';
import { Tasks } from './tasks.ts';
import type { Texts } from './texts.ts';
import { type Begun, Wire } from './wire.ts';

/** Longer than a request may take, so that only a dead sender's rows run out. */
const SENDING_LEASE_SECONDS = 40;
/** What is claimed goes back when the lane must wait longer than this. */
const LONG_PAUSE_MS = 2_000;
/** Deliveries are begun so long before their place comes: the commit takes its time. */
const AHEAD_MS = 50;
/** How often it is asked whether we still lead, and whether another replica was told to wait. */
const CHECK_EVERY_MS = 100;
/** How often doubtful deliveries are looked for. */
const DOUBT_EVERY_MS = 3_000;
const TIDY_EVERY_MS = 10_000;
/** Losing a hint costs at most this. */
const POLL_MS = 500;
/** A lane that has had nothing to do for so long is let go. */
const IDLE_MS = 2_000;

/** What a lane keeps from one term to the next. */
export interface TermParts {
  readonly fence: Fence;
  readonly leadership: Leadership;
  readonly pace: Pace;
  readonly pause: LanePause;
  readonly texts: Texts;
  readonly breaker: ContentBreaker;
}

type End = 'stopped' | 'idle' | 'deposed';

/**
 * One leader's time in a lane: claims ahead, begins just before the place comes, sends, settles.
 * `sending` is committed just before the request and the outcome just after, so what a crash leaves in doubt
 * is at most what was on the wire.
 */
export class Term {
  readonly #lane: LaneParts;
  readonly #parts: TermParts;
  readonly #supply: Supply;
  readonly #recorder: Recorder;
  readonly #wire: Wire;
  readonly #begins: GroupCommit<AtHand, AtHand | null>;
  readonly #pulse = new Pulse();
  readonly #tasks: Tasks;
  readonly #begun: Begun[] = [];
  #beginning = 0;
  /** From their beginning until they are settled. */
  #out = 0;
  /** Something may or may not have arrived, and has not been looked for. */
  #inDoubt = false;
  #checkedMs = Number.NEGATIVE_INFINITY;
  #doubtedMs = Number.NEGATIVE_INFINITY;
  #tidiedMs = steady();
  #busyMs = steady();
  #over: End | null = null;

  constructor(lane: LaneParts, parts: TermParts) {
    this.#lane = lane;
    this.#parts = parts;
    this.#recorder = new Recorder(lane, parts.fence);
    this.#wire = new Wire(lane, { ...parts, recorder: this.#recorder });
    this.#supply = new Supply(lane, parts.fence, (claim, dueAt) => this.#giveBack(claim, dueAt));
    this.#begins = new GroupCommit((claims) => this.#begin(claims));
    this.#tasks = new Tasks({ end: () => this.#pulse.wake(), error: (error) => this.#fail(error) });
  }

  /** There may be something to do, perhaps more urgent than what is at hand. */
  wake(): void {
    this.#supply.hint();
    this.#pulse.wake();
  }

  /** Begins nothing more. */
  stop(): void {
    this.#over ??= 'stopped';
    this.#pulse.wake();
  }

  /** Works until stopped, idle or deposed, and what is on the wire is settled. @throws when the database does */
  async run(): Promise<End> {
    await this.#inherit();
    while (this.#over === null) {
      this.#step();
      await this.#pulse.wait(this.#restMs());
    }
    for (this.#putBack(); this.#tasks.size > 0; this.#putBack()) {
      // What is on the wire may take longer than the lease.
      this.#check();
      await this.#pulse.wait(POLL_MS);
    }
    return this.#over;
  }

  /** What an earlier leader had out is ours at once: nobody else writes in this lane any more. */
  async #inherit(): Promise<void> {
    const { store, clock, logger, key } = this.#lane;
    const left = await store.deliveries.sweep(clock.now(), this.#parts.fence, key);
    if (left.released + left.uncertain > 0)
      logger.warn({ lane: key, ...left }, 'taken over from a sender that died');
    await this.#parts.pause.refresh();
  }

  /** Everything that can be done now; nothing is waited for. */
  #step(): void {
    const { pace, pause } = this.#parts;
    const nowMs = steady();
    if (!this.#isIdle()) this.#busyMs = nowMs;
    else if (nowMs - this.#busyMs > IDLE_MS) this.#over ??= 'idle';
    this.#check();
    if (pause.leftMs() > 0) {
      this.#putBack(pause.leftMs() > LONG_PAUSE_MS);
      return;
    }
    this.#settleDoubts(nowMs);
    const claim = this.#supply.refill(pace.rate, nowMs);
    if (claim !== null) this.#tasks.run(claim);
    this.#launch();
    this.#prepare(nowMs);
    this.#observe(nowMs);
  }

  /** Milliseconds until something can be done that no finished task announces. */
  #restMs(): number {
    if (this.#over !== null) return 0;
    const nowMs = steady();
    const pausedMs = this.#parts.pause.leftMs();
    if (pausedMs > 0) return Math.min(pausedMs, POLL_MS);
    const moments = [POLL_MS, this.#supply.restMs(nowMs)];
    if (this.#begun.length > 0) moments.push(this.#parts.pace.wait(nowMs));
    const stockMs = this.#supply.stock.waitMs(nowMs);
    if (stockMs !== null) moments.push(Math.max(stockMs, this.#untilWantedMs(nowMs)));
    return Math.max(1, Math.min(...moments));
  }

  #isIdle(): boolean {
    const quiet = this.#out === 0 && this.#supply.isIdle && !this.#inDoubt;
    return quiet && this.#parts.pause.leftMs() === 0;
  }

  /** Whether we still lead, and whether another replica was told to wait. */
  #check(): void {
    if (steady() - this.#checkedMs < CHECK_EVERY_MS || this.#over === 'deposed') return;
    this.#checkedMs = Number.POSITIVE_INFINITY;
    this.#tasks.run(async () => {
      try {
        const { fence, leadership, pause } = this.#parts;
        if ((await leadership.check())?.epoch !== fence.epoch) throw new Deposed(fence);
        if (!this.#isIdle()) await pause.refresh();
      } finally {
        this.#checkedMs = steady();
      }
    });
  }

  /** One look at a time: what a slower one before it found absent may be on the wire again. */
  #settleDoubts(nowMs: number): void {
    if (nowMs - this.#doubtedMs < DOUBT_EVERY_MS) return;
    this.#doubtedMs = Number.POSITIVE_INFINITY;
    this.#inDoubt = false;
    this.#tasks.run(async () => {
      try {
        const { again, left } = await settleDoubts(this.#lane, this.#parts.texts, this.#parts.fence);
        if (left) this.#inDoubt = true;
        if (again > 0) this.wake();
      } finally {
        this.#doubtedMs = steady();
      }
    });
  }

  /** Milliseconds until the next delivery should be begun; endless while as many are out as may be. */
  #untilWantedMs(nowMs: number): number {
    const { pace } = this.#parts;
    if (this.#out >= inFlightLimit(pace.rate, this.#wire.roundTripMs)) return Number.POSITIVE_INFINITY;
    const before = this.#begun.length + this.#beginning;
    return pace.wait(nowMs) + (before * 1000) / pace.rate - AHEAD_MS;
  }

  #prepare(nowMs: number): void {
    while (this.#untilWantedMs(nowMs) <= 0) {
      const claim = this.#supply.stock.next(nowMs);
      if (claim === null) return;
      if (this.#isStopped(claim)) {
        this.#giveBack(claim, claim.delivery.dueAt);
        continue;
      }
      this.#keepGap(claim, nowMs);
      this.#out += 1;
      this.#beginning += 1;
      this.#tasks.run(async () => {
        let begun: Begun | null = null;
        try {
          await this.#parts.texts.read(claim);
          const going = await this.#begins.add(claim);
          if (going !== null) begun = { claim: going, text: await this.#parts.texts.of(going) };
        } finally {
          this.#beginning -= 1;
          if (begun === null) this.#out -= 1;
          else this.#begun.push(begun);
        }
      });
    }
  }

  /** Null: none of it may go any more. */
  async #begin(claims: readonly AtHand[]): Promise<(claim: AtHand) => AtHand | null> {
    const { store, clock } = this.#lane;
    const now = clock.now();
    const ids = claims.flatMap(({ delivery, also = [] }) => [delivery, ...also].map(({ id }) => id));
    const leaseUntil = plusSeconds(now, SENDING_LEASE_SECONDS);
    const begun = await store.deliveries.begin(ids, now, leaseUntil, this.#parts.fence);
    return (claim) => {
      const [delivery, ...also] = [claim.delivery, ...(claim.also ?? [])].filter(({ id }) => begun.has(id));
      return delivery === undefined ? null : { ...claim, delivery, also };
    };
  }

  /** Puts on the wire what has its place. */
  #launch(): void {
    const { pace, pause } = this.#parts;
    while (pause.isKnown()) {
      const nowMs = steady();
      if (this.#begun.length === 0 || pace.wait(nowMs) > 0) return;
      const next = this.#begun.shift();
      if (next === undefined) return;
      if (this.#isStopped(next.claim)) {
        this.#out -= 1;
        this.#giveBack(next.claim, next.claim.delivery.dueAt);
        continue;
      }
      const place = pace.take(nowMs);
      this.#keepGap(next.claim, nowMs);
      this.#tasks.run(() => this.#send(next, place));
    }
  }

  async #send(begun: Begun, place: Place): Promise<void> {
    try {
      if ((await this.#wire.send(begun, place)) === 'uncertain') this.#inDoubt = true;
    } finally {
      this.#out -= 1;
    }
  }

  /** Its text was refused too often after it was claimed. */
  #isStopped({ delivery, language, askedMs }: AtHand): boolean {
    return this.#parts.breaker.wasStoppedSince(askedMs, delivery.notice, language);
  }

  #keepGap(claim: Claim, nowMs: number): void {
    this.#supply.stock.told(claim, nowMs, this.#lane.messenger.chatGapMs(claim.chat.kind));
  }

  /** While the lane must wait nothing stays begun; for long, or for good, nothing stays claimed. */
  #putBack(claimed = true): void {
    for (const { claim } of this.#begun.splice(0)) {
      this.#out -= 1;
      this.#giveBack(claim, claim.delivery.dueAt);
    }
    if (claimed) for (const claim of this.#supply.stock.empty()) this.#giveBack(claim, claim.delivery.dueAt);
  }

  #giveBack(claim: Claim, dueAt: string): void {
    if (this.#over === 'deposed') return;
    this.#tasks.run(async () => {
      await this.#recorder.record({ claim, outcome: null, notice: null, dueAt });
    });
  }

  #observe(nowMs: number): void {
    const { metrics, key: lane } = this.#lane;
    metrics.rate.set({ lane }, this.#parts.pace.rate);
    metrics.inFlight.set({ lane }, this.#out);
    metrics.atHand.set({ lane }, this.#supply.stock.size);
    if (nowMs - this.#tidiedMs < TIDY_EVERY_MS) return;
    this.#tidiedMs = nowMs;
    this.#supply.stock.tidy(nowMs);
  }

  #fail(error: unknown): void {
    const { logger, key } = this.#lane;
    if (!(error instanceof Deposed)) {
      logger.error({ err: error, lane: key }, 'a lane stumbled and goes on');
      return;
    }
    if (this.#over !== 'deposed') logger.warn({ lane: key }, 'another process leads this lane: standing by');
    this.#over = 'deposed';
    this.#parts.leadership.lost();
  }
}
