import { Bucket, SlidingWindow } from '../window.ts';
import { tierOf } from './spec.ts';

/** The published limits; each can be set otherwise. */
export interface SlackLimits {
  /** To one channel: one message a second after so many at once. */
  channelBurst: number;
  /** chat.postMessage in the whole workspace ("several hundred"). */
  postsPerMinute: number;
  /** Calls of one method, by its tier. */
  tiers: Readonly<Record<string, number>>;
}

export const SLACK_LIMITS: Readonly<SlackLimits> = {
  channelBurst: 5,
  postsPerMinute: 300,
  tiers: { t1: 1, t2: 20, t3: 50, t4: 100, t5: 600 },
};

/** Calls that were on their way when the pause began are not held against the caller. */
const IN_FLIGHT_MS = 300;
const SECOND = 1000;

export interface Flood {
  readonly retryAfter: number;
  readonly whilePaused: boolean;
}

/** Counts calls per method and messages per channel; a refused method is paused as a whole. */
export class FloodControl {
  readonly limits: SlackLimits;
  #methods = new Map<string, SlidingWindow>();
  #channels = new Map<string, Bucket>();
  #pauses = new Map<string, { since: number; until: number }>();

  constructor(limits: SlackLimits) {
    this.limits = limits;
  }

  /** Null: go ahead, and it is counted. */
  admit(method: string, channel: string | null, now: number): Flood | null {
    const ceiling =
      method === 'chat.postMessage' ? this.limits.postsPerMinute : (this.limits.tiers[tierOf(method)] ?? 600);
    const posts = method === 'chat.postMessage' && channel !== null ? channel : null;
    const paused = this.#paused(method, now) ?? (posts === null ? null : this.#paused(posts, now));
    if (paused !== null) return paused;
    const window = this.#window(method);
    const bucket = posts === null ? null : this.#bucket(posts, now);
    const channelWait = bucket?.wait(now) ?? 0;
    if (channelWait > 0 && posts !== null) return this.#pause(posts, channelWait, now);
    const wait = window.wait(ceiling, now);
    if (wait > 0) return this.#pause(method, wait, now);
    window.take(now);
    bucket?.take();
    return null;
  }

  clear(): void {
    this.#methods.clear();
    this.#channels.clear();
    this.#pauses.clear();
  }

  #paused(key: string, now: number): Flood | null {
    const pause = this.#pauses.get(key);
    if (pause === undefined || pause.until <= now) return null;
    return {
      retryAfter: Math.ceil((pause.until - now) / SECOND),
      whilePaused: now - pause.since > IN_FLIGHT_MS,
    };
  }

  #pause(key: string, waitMs: number, now: number): Flood {
    const retryAfter = Math.max(1, Math.ceil(waitMs / SECOND));
    this.#pauses.set(key, { since: now, until: now + retryAfter * SECOND });
    return { retryAfter, whilePaused: false };
  }

  #window(method: string): SlidingWindow {
    let window = this.#methods.get(method);
    if (window === undefined) {
      window = new SlidingWindow(60 * SECOND);
      this.#methods.set(method, window);
    }
    return window;
  }

  #bucket(channel: string, now: number): Bucket {
    let bucket = this.#channels.get(channel);
    if (bucket === undefined) {
      bucket = new Bucket(this.limits.channelBurst, SECOND, now);
      this.#channels.set(channel, bucket);
    }
    return bucket;
  }
}
