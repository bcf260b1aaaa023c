import type { Card } from '../../src/card/card.ts';
import type { ChatRef, Platform } from '../../src/domain/subscriber.ts';
import type { Found, Messenger, SendOptions, SendOutcome } from '../../src/ports/messenger.ts';
import { SlidingWindow } from '../../src/sandbox/window.ts';

interface Arrival {
  readonly chat: string;
  readonly silent: boolean;
  readonly sentMs: number;
  readonly atMs: number;
  readonly outcome: SendOutcome['kind'];
}

/**
 * A platform with a strict sliding second: what is too much is refused with a wait, and so is everything until it is
 * over. What it refuses for another reason it does not count.
 */
export class StrictPlatform implements Messenger {
  readonly platform: Platform = 'telegram';
  readonly seen: Arrival[] = [];
  readonly ratePerSecond: number;
  /** What it really allows. */
  limit: number;
  /** The way there; the way back takes no time. */
  latencyMs: () => number = () => 50;
  /** Chats that blocked us, by their number. */
  isBlocked: (chat: string) => boolean = () => false;
  answer: (chat: string) => SendOutcome | null = () => null;
  find?: (chat: ChatRef, deliveryId: string) => Promise<Found>;
  gapMs = 0;
  refused = 0;
  whilePaused = 0;
  #window = new SlidingWindow(1_000);
  #pausedUntilMs = 0;
  #pausedSinceMs = 0;

  constructor(ratePerSecond: number) {
    this.ratePerSecond = ratePerSecond;
    this.limit = ratePerSecond;
  }

  lane = (): string => 'telegram:bot';
  chatGapMs = (): number => this.gapMs;
  isAdministrator = async (): Promise<boolean> => true;

  async send(chat: ChatRef, _card: Card, { silent }: SendOptions): Promise<SendOutcome> {
    const sentMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, this.latencyMs()));
    const outcome = this.#admit(chat.id, sentMs);
    this.seen.push({ chat: chat.id, silent, sentMs, atMs: performance.now(), outcome: outcome.kind });
    return outcome;
  }

  #admit(chat: string, sentMs: number): SendOutcome {
    const nowMs = performance.now();
    if (nowMs < this.#pausedUntilMs) {
      this.refused += 1;
      if (sentMs > this.#pausedSinceMs) this.whilePaused += 1;
      return this.#tooMany(Math.ceil((this.#pausedUntilMs - nowMs) / 1000));
    }
    const waitMs = this.#window.wait(this.limit, nowMs);
    if (waitMs > 0) {
      this.refused += 1;
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      this.#pausedSinceMs = nowMs;
      this.#pausedUntilMs = nowMs + seconds * 1000;
      return this.#tooMany(seconds);
    }
    if (this.isBlocked(chat)) return { kind: 'gone', why: 'blocked' };
    const scripted = this.answer(chat);
    if (scripted === null || scripted.kind === 'sent' || scripted.kind === 'uncertain')
      this.#window.take(nowMs);
    return scripted ?? { kind: 'sent', messageId: `m${this.seen.length}` };
  }

  #tooMany = (afterSeconds: number): SendOutcome => ({
    kind: 'retry',
    afterSeconds,
    scope: 'lane',
    why: '429',
  });
}
