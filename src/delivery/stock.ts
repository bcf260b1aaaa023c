import { chatKey } from '../domain/subscriber.ts';
import type { Claim } from '../ports/outbox.ts';

/** So long the most urgent has the lane for itself: enough for an alarm to hundreds, nothing to a campaign of hours. */
const ALONE_MS = 30_000;
/** After that one place in so many is for what is less urgent. */
const SHARE_OF_THE_REST = 10;

/** A claim, and when it was asked for. */
export type AtHand = Claim & { readonly askedMs: number };

/**
 * What a lane has claimed and not begun, so that the next is always at hand: the most urgent first, with a share for
 * the rest, and a chat that must wait passed by without holding up anybody.
 * Times are milliseconds of a steady clock.
 */
export class Stock {
  readonly #queues = new Map<number, AtHand[]>();
  /** When each chat may get its next message. */
  readonly #chatNext = new Map<string, number>();
  #size = 0;
  #top = { priority: Number.POSITIVE_INFINITY, sinceMs: 0 };
  #topInARow = 0;

  get size(): number {
    return this.#size;
  }

  add(claims: readonly AtHand[]): void {
    for (const claim of claims) {
      const queue = this.#queues.get(claim.delivery.priority);
      if (queue === undefined) this.#queues.set(claim.delivery.priority, [claim]);
      else queue.push(claim);
      this.#size += 1;
    }
  }

  /** The next that may go; null: none, or every chat must wait. */
  next(nowMs: number): AtHand | null {
    const ready = [...this.#queues]
      .sort(([a], [b]) => a - b)
      .map(([priority, queue]) => ({ priority, queue, at: this.#firstFree(queue, nowMs) }))
      .filter(({ at }) => at >= 0);
    const [first, ...rest] = ready;
    if (first === undefined) return null;
    if (first.priority !== this.#top.priority) this.#top = { priority: first.priority, sinceMs: nowMs };
    const share = this.#isShared(nowMs) && this.#topInARow >= SHARE_OF_THE_REST - 1;
    const chosen = (share ? oldest(rest) : undefined) ?? first;
    this.#topInARow = chosen === first ? this.#topInARow + 1 : 0;
    const [claim] = chosen.queue.splice(chosen.at, 1);
    if (chosen.queue.length === 0) this.#queues.delete(chosen.priority);
    this.#size -= 1;
    return claim ?? null;
  }

  /** The priority of the most urgent; null: nothing is at hand. */
  mostUrgent(): number | null {
    return this.#size === 0 ? null : Math.min(...this.#queues.keys());
  }

  /** Whether something less urgent should be at hand too, and is not. */
  lacksRest(nowMs: number): boolean {
    return this.#queues.size < 2 && this.#isShared(nowMs);
  }

  /** How long the chat of this one must wait. */
  waitOf({ chat }: Claim, nowMs: number): number {
    return Math.max(0, (this.#chatNext.get(chatKey(chat)) ?? 0) - nowMs);
  }

  /** The chat got a message: the next one no earlier than after the gap. */
  told({ chat }: Claim, nowMs: number, gapMs: number): void {
    if (gapMs > 0) this.#chatNext.set(chatKey(chat), nowMs + gapMs);
  }

  /** Milliseconds until the first chat that must wait has waited; null: none does. */
  waitMs(nowMs: number): number | null {
    let soonest: number | null = null;
    for (const queue of this.#queues.values())
      for (const claim of queue) {
        const ms = this.waitOf(claim, nowMs);
        if (ms === 0) return 0;
        if (soonest === null || ms < soonest) soonest = ms;
      }
    return soonest;
  }

  /** Everything, to be given back. */
  empty(): readonly AtHand[] {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    this.#size = 0;
    return all;
  }

  /** Chats that have waited long enough need not be remembered. */
  tidy(nowMs: number): void {
    for (const [chat, at] of this.#chatNext) if (at <= nowMs) this.#chatNext.delete(chat);
  }

  #firstFree(queue: readonly AtHand[], nowMs: number): number {
    return queue.findIndex((claim) => this.waitOf(claim, nowMs) === 0);
  }

  /** The most urgent has had the lane for itself for long enough. */
  #isShared(nowMs: number): boolean {
    return nowMs - this.#top.sinceMs >= ALONE_MS;
  }
}

interface Ready {
  readonly priority: number;
  readonly queue: AtHand[];
  readonly at: number;
}

/** Among the less urgent, what has been due the longest. */
const oldest = (ready: readonly Ready[]): Ready | undefined =>
  ready.reduce<Ready | undefined>((best, one) => (dueOf(one) < dueOf(best) ? one : best), undefined);

const dueOf = (ready: Ready | undefined): string => ready?.queue[ready.at]?.delivery.dueAt ?? '~';
