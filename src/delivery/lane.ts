import { plusSeconds, secondsBetween, toEpoch } from '../domain/instant.ts';
import { chatKey } from '../domain/subscriber.ts';
import type { Claim } from '../ports/store.ts';
import { Leadership } from './leadership.ts';
import { Pace } from './pace.ts';
import { Pulse } from './pulse.ts';
import { Sender, type SendParts } from './send.ts';

/** A claim is only a lease: it covers the wait for a place, not the sending. */
const CLAIM_LEASE_SECONDS = 15;
/** Requests open at once under a free ceiling; a higher ceiling needs rate × latency. */
const IN_FLIGHT = 4;
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
  /** When each chat may get its next message, in epoch milliseconds. */
  readonly #chatNext = new Map<string, number>();
  readonly #most: number;
  #pausedUntilMs = 0;
  #doubtedAtMs = 0;
  #running: Promise<void> | null = null;
  #stopping = false;

  constructor(key: string, owner: string, parts: SendParts) {
    this.key = key;
    this.#parts = parts;
    this.#sender = new Sender(parts);
    this.#leadership = new Leadership(parts, `lane:${key}`, owner);
    const rate = parts.messenger.ratePerSecond;
    this.#pace = new Pace(rate);
    this.#most = Math.min(MOST_IN_FLIGHT, Math.max(IN_FLIGHT, Math.ceil(rate * IN_FLIGHT_PER_RATE)));
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
    const now = clock.now();
    const standing = await store.lanes.get(this.key);
    this.#pausedUntilMs = standing?.pausedUntil == null ? 0 : toEpoch(standing.pausedUntil);
    if (this.#pausedMs() > 0) return this.#pulse.wait(Math.min(this.#pausedMs(), POLL_MS));
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

  /** What may or may not have arrived is sent once more, without sound. */
  async #settleDoubts(): Promise<void> {
    const nowMs = toEpoch(this.#parts.clock.now());
    if (nowMs - this.#doubtedAtMs < DOUBT_EVERY_MS) return;
    this.#doubtedAtMs = nowMs;
    const again = await this.#parts.store.deliveries.requeueUncertain(this.key, this.#parts.clock.now());
    if (again > 0)
      this.#parts.logger.warn({ lane: this.key, again }, 'uncertain deliveries are sent once more');
  }

  async #launch(claim: Claim): Promise<void> {
    const { store, clock, messenger } = this.#parts;
    const address = chatKey(claim.chat);
    const nowMs = toEpoch(clock.now());
    const gap = (this.#chatNext.get(address) ?? 0) - nowMs;
    if (gap > 0 || this.#pausedMs() > 0 || this.#stopping) {
      const dueAt = plusSeconds(clock.now(), Math.max(gap, 0) / 1000);
      return store.deliveries.settle(claim.delivery.id, { state: 'ready', dueAt }, clock.now());
    }
    await sleep(this.#pace.take(nowMs));
    this.#chatNext.set(address, toEpoch(clock.now()) + messenger.chatGapMs(claim.chat.kind));
    const task = this.#send(claim).finally(() => this.#inFlight.delete(task));
    this.#inFlight.add(task);
  }

  async #send(claim: Claim): Promise<void> {
    try {
      const outcome = await this.#sender.send(claim);
      if (outcome === null) return this.#pace.giveBack();
      if (outcome.kind === 'sent') this.#pace.clean();
      if (outcome.kind === 'retry' && outcome.scope === 'lane') {
        this.#pace.slower();
        this.#pausedUntilMs = Math.max(
          this.#pausedUntilMs,
          toEpoch(this.#parts.clock.now()) + outcome.afterSeconds * 1000,
        );
      }
    } catch (error) {
      // The row stays in `sending`; its lease ends and the sweep calls it uncertain.
      this.#parts.logger.error(
        { err: error, delivery: claim.delivery.id },
        'a delivery could not be settled',
      );
    }
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
    const nowMs = toEpoch(this.#parts.clock.now());
    for (const [address, at] of this.#chatNext) if (at <= nowMs) this.#chatNext.delete(address);
  }

  #pausedMs(): number {
    return Math.max(0, this.#pausedUntilMs - toEpoch(this.#parts.clock.now()));
  }
}

const sleep = (ms: number): Promise<void> =>
  ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
