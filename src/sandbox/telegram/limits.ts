import { Bucket, SlidingWindow } from '../window.ts';
import type { Chat } from './world.ts';

/** The published limits; each can be set otherwise, e.g. to let the ceiling drop halfway. */
export interface TelegramLimits {
  /** Messages to all chats together, in any second. */
  perSecond: number;
  /** The same for sends that are paid for. */
  paidPerSecond: number;
  /** To one chat: one a second after so many at once. */
  chatBurst: number;
  /** Sends and edits in one group, in any minute. */
  groupPerMinute: number;
  /** For so long after a person wrote, answers to that chat are not bulk. */
  answerWindowMs: number;
}

const TELEGRAM_LIMITS: Readonly<TelegramLimits> = {
  perSecond: 30,
  paidPerSecond: 1000,
  chatBurst: 5,
  groupPerMinute: 20,
  answerWindowMs: 30_000,
};

const SECOND = 1000;
const MINUTE = 60_000;
/** Calls that were on their way when the pause began are not held against the caller. */
const IN_FLIGHT_MS = 300;

interface Pause {
  readonly since: number;
  readonly until: number;
}

/** What a refused call has to wait, and whether it came against a pause it knew of. */
export interface Flood {
  readonly retryAfter: number;
  readonly whilePaused: boolean;
}

/** Counts sends and says when one is too many. */
export class FloodControl {
  readonly limits: TelegramLimits;
  #bulk = new SlidingWindow(SECOND);
  #paid = new SlidingWindow(SECOND);
  #chats = new Map<number, Bucket>();
  #groups = new Map<number, SlidingWindow>();
  /** Keyed by chat id, or `bulk`. */
  #pauses = new Map<number | 'bulk', Pause>();

  constructor(limits: Partial<TelegramLimits>) {
    this.limits = { ...TELEGRAM_LIMITS, ...limits };
  }

  /** Null: go ahead, and it is counted. */
  admit(chat: Chat, kind: 'send' | 'edit', paid: boolean, now: number): Flood | null {
    const bulk = this.#isBulk(chat, kind, now);
    const group = chat.type === 'group' || chat.type === 'supergroup';
    const paused = this.#paused(chat.id, now) ?? (bulk ? this.#paused('bulk', now) : null);
    if (paused !== null) return paused;

    const perGroup = this.#group(chat.id);
    const perChat = this.#chat(chat.id, now);
    const window = paid ? this.#paid : this.#bulk;
    const ceiling = paid ? this.limits.paidPerSecond : this.limits.perSecond;
    const chatWait = Math.max(
      group ? perGroup.wait(this.limits.groupPerMinute, now) : 0,
      kind === 'send' ? perChat.wait(now) : 0,
    );
    if (chatWait > 0) return this.#pause(chat.id, chatWait, now);
    const bulkWait = bulk ? window.wait(ceiling, now) : 0;
    if (bulkWait > 0) return this.#pause('bulk', bulkWait, now);

    if (group) perGroup.take(now);
    if (kind === 'send') perChat.take();
    if (bulk) window.take(now);
    return null;
  }

  /** It was refused for the chat's sake, e.g. by somebody who blocked the bot: nobody got anything, so it costs the bulk no place. */
  giveBack(chat: Chat, kind: 'send' | 'edit', paid: boolean, now: number): void {
    if (this.#isBulk(chat, kind, now)) (paid ? this.#paid : this.#bulk).giveBack();
  }

  clear(): void {
    this.#bulk = new SlidingWindow(SECOND);
    this.#paid = new SlidingWindow(SECOND);
    this.#chats.clear();
    this.#groups.clear();
    this.#pauses.clear();
  }

  /** What answers somebody who just wrote is not. */
  #isBulk(chat: Chat, kind: 'send' | 'edit', now: number): boolean {
    return kind === 'send' && now - chat.lastHeardAt >= this.limits.answerWindowMs;
  }

  #paused(key: number | 'bulk', now: number): Flood | null {
    const pause = this.#pauses.get(key);
    if (pause === undefined || pause.until <= now) return null;
    return {
      retryAfter: Math.ceil((pause.until - now) / SECOND),
      whilePaused: now - pause.since > IN_FLIGHT_MS,
    };
  }

  #pause(key: number | 'bulk', waitMs: number, now: number): Flood {
    const retryAfter = Math.max(1, Math.ceil(waitMs / SECOND));
    this.#pauses.set(key, { since: now, until: now + retryAfter * SECOND });
    return { retryAfter, whilePaused: false };
  }

  #chat(id: number, now: number): Bucket {
    let bucket = this.#chats.get(id);
    if (bucket === undefined) {
      bucket = new Bucket(this.limits.chatBurst, SECOND, now);
      this.#chats.set(id, bucket);
    }
    return bucket;
  }

  #group(id: number): SlidingWindow {
    let window = this.#groups.get(id);
    if (window === undefined) {
      window = new SlidingWindow(MINUTE);
      this.#groups.set(id, window);
    }
    return window;
  }
}
