import { plusSeconds, secondsBetween } from '../domain/instant.ts';
import { chatKey } from '../domain/subscriber.ts';
import type { SendOutcome } from '../ports/messenger.ts';
import type { Claim } from '../ports/outbox.ts';
import type { Owner } from '../ports/owner.ts';
import { Leadership } from './leadership.ts';
import { Pace } from './pace.ts';
import { Pulse } from './pulse.ts';
import { Sender, type SendParts } from './send.ts';

/** A claim is only a lease: it covers the wait for a place, not the sending. */
const CLAIM_LEASE_SECONDS = 15;
/** Requests open at once: each is one more in doubt at a crash, and four carry a modest rate at ordinary latency. */
const IN_FLIGHT = 4;
/** Above this many a second a lane needs rate × latency. */
const MODEST_RATE = 30;
const IN_FLIGHT_PER_RATE = 0.5;
const MOST_IN_FLIGHT = 900;
/** Losing a hint costs at most this. */
const POLL_MS = 500;
/** How often doubtful deliveries are looked for. */
const DOUBT_EVERY_MS = 3_000;

/**
 * The sender of one lane: the queue of one bot or workspace, paced under its ceiling.
 * One process leads a lane; the others stand by.
 */
export class Lane {
  readonly key: string;
  readonly #parts: SendParts;
  readonly #sender: Sender;
  readonly #leadership: Leadership;
  readonly #pace: Pace;
  readonly #pulse = new Pulse();
  readonly #inFlight = new Set<Promise<void>>();
  /** When each chat may get its next message, by the steady clock. */
  readonly #chatNext = new Map<string, number>();
  readonly #most: number;
  #pausedUntilMs = 0;
  #doubtedAtMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | null = null;
  #stopping = false;

  constructor(key: string, owner: Owner, parts: SendParts) {
    this.key = key;
    this.#parts = parts;
    this.#sender = new Sender(parts);
    this.#leadership = new Leadership(parts, `lane:${key}`, owner);
    const rate = parts.messenger.ratePerSecond;
    this.#pace = new Pace(rate);
    this.#most =
      rate <= MODEST_RATE ? IN_FLIGHT : Math.min(MOST_IN_FLIGHT, Math.ceil(rate * IN_FLIGHT_PER_RATE));
  }

  start(): void {
    this.#running ??= this.#run();
  }

  wake(): void {
    this.#pulse.wake();
  }

  /** Sends nothing more and waits for what is on the wire. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#pulse.wake();
    await this.#running;
    await Promise.all(this.#inFlight);
    await this.#leadership.release();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#round();
      } catch (error) {
        this.#parts.logger.error({ err: error, lane: this.key }, 'a lane stumbled and goes on');
        await this.#pulse.wait(1_000);
      }
    }
  }

  async #round(): Promise<void> {
    const { store, clock } = this.#parts;
    const role = await this.#leadership.check();
    if (role === 'other') return this.#pulse.wait(POLL_MS);
    if (role === 'heir') await this.#inherit();
    const now = clock.now();
    const standing = await store.lanes.get(this.key);
    const paused = standing?.pausedUntil == null ? 0 : secondsBetween(now, standing.pausedUntil) * 1000;
    // Once it is written down, the record counts: every replica reads it, and a restart does too.
    if (paused > 0) this.#pausedUntilMs = 0;
    if (paused > 0 || this.#mustWait())
      return this.#pulse.wait(Math.min(Math.max(paused, this.#pausedMs()), POLL_MS));
    if (this.#inFlight.size >= this.#most) {
      await Promise.race(this.#inFlight);
      return;
    }
    await this.#settleDoubts();
    const claims = await store.deliveries.claim(
      this.key,
      Math.min(this.#most - this.#inFlight.size, 50),
      now,
      plusSeconds(now, CLAIM_LEASE_SECONDS),
    );
    for (const claim of claims) await this.#launch(claim);
    if (claims.length === 0) await this.#rest();
  }

  /** What a dead leader had out is ours at once: nobody else sends in this lane. */
  async #inherit(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const left = await store.deliveries.sweep(clock.now(), this.key);
    if (left.released + left.uncertain > 0)
      logger.warn({ lane: this.key, ...left }, 'taken over from a sender that died');
  }

  /** What may or may not have arrived is sent once more, without sound. */
  async #settleDoubts(): Promise<void> {
    const nowMs = steady();
    if (nowMs - this.#doubtedAtMs < DOUBT_EVERY_MS) return;
    this.#doubtedAtMs = nowMs;
    const again = await this.#parts.store.deliveries.requeueUncertain(this.key, this.#parts.clock.now());
    if (again > 0)
      this.#parts.logger.warn({ lane: this.key, again }, 'uncertain deliveries are sent once more');
  }

  async #launch(claim: Claim): Promise<void> {
    const address = chatKey(claim.chat);
    const gapMs = (this.#chatNext.get(address) ?? 0) - steady();
    if (gapMs > 0) return this.#giveBack(claim, gapMs);
    if (!this.#mustWait()) await sleep(this.#pace.take(steady()));
    if (this.#mustWait()) return this.#giveBack(claim, 0);
    this.#chatNext.set(address, steady() + this.#parts.messenger.chatGapMs(claim.chat.kind));
    const task = this.#send(claim).finally(() => this.#inFlight.delete(task));
    this.#inFlight.add(task);
  }

  #giveBack({ delivery }: Claim, waitMs: number): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    return store.deliveries.settle(
      delivery.id,
      { state: 'ready', dueAt: plusSeconds(now, waitMs / 1000) },
      now,
    );
  }

  async #send(claim: Claim): Promise<void> {
    try {
      const sent = await this.#sender.send(claim, {
        mayGo: () => this.#pausedMs() === 0,
        hear: (outcome) => this.#hear(outcome),
      });
      if (!sent) this.#pace.giveBack();
    } catch (error) {
      // The row stays in `sending`; its lease ends and the sweep calls it uncertain.
      this.#parts.logger.error(
        { err: error, delivery: claim.delivery.id },
        'a delivery could not be settled',
      );
    }
  }

  /** The platform's answer steers the lane at once, before it is written down. */
  #hear(outcome: SendOutcome): void {
    if (outcome.kind === 'sent') this.#pace.clean();
    if (outcome.kind !== 'retry' || outcome.scope !== 'lane') return;
    this.#pace.slower();
    this.#pauseFor(outcome.afterSeconds);
  }

  /** Nothing to claim: until the next row is due, or a hint. */
  async #rest(): Promise<void> {
    if (this.#inFlight.size > 0) {
      await Promise.race([...this.#inFlight, this.#pulse.wait(POLL_MS)]);
      return;
    }
    this.#forgetChats();
    const { store, clock } = this.#parts;
    const due = await store.deliveries.nextDue(this.key);
    const ms = due === null ? POLL_MS : secondsBetween(clock.now(), due) * 1000;
    await this.#pulse.wait(Math.min(Math.max(ms, 5), POLL_MS));
  }

  #forgetChats(): void {
    const nowMs = steady();
    for (const [address, at] of this.#chatNext) if (at <= nowMs) this.#chatNext.delete(address);
  }

  /** Never shortens a standing pause. */
  #pauseFor(seconds: number): void {
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, steady() + seconds * 1000);
  }

  #mustWait(): boolean {
    return this.#stopping || this.#pausedMs() > 0;
  }

  #pausedMs(): number {
    return Math.max(0, this.#pausedUntilMs - steady());
  }
}

/** Milliseconds that no clock jump disturbs: for spacing, never stored. */
const steady = (): number => performance.now();

const sleep = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
