import type { PlatformName } from './platform.ts';

/** Trouble on order. What is left out of the first four matches everything. */
export interface Fault {
  readonly platform: PlatformName;
  readonly method?: string | undefined;
  readonly chat?: string | undefined;
  /** How many calls it strikes; 1 when left out. */
  readonly times?: number | undefined;
  readonly effect: FaultEffect;
}

export type FaultEffect =
  /** Answered so without doing anything. Telegram: `code` 400, 403, 429, 5xx … with `description`; Slack: `description` is the error code, and `code` the HTTP status. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description: string;
      readonly retryAfter?: number | undefined;
    }
  /** The connection breaks: before anything was done, or after all of it was done. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  | { readonly kind: 'delay'; readonly ms: number };

/** The faults in force. Each strikes its number of matching calls, the oldest first. */
export class Faults {
  #armed: { fault: Fault; left: number }[] = [];
  #latency: Record<PlatformName, number> = { telegram: 0, slack: 0 };

  arm(fault: Fault): void {
    this.#armed.push({ fault, left: fault.times ?? 1 });
  }

  /** Delays every answer of a platform by so many milliseconds. */
  setLatency(platform: PlatformName, ms: number): void {
    this.#latency[platform] = ms;
  }

  latency(platform: PlatformName): number {
    return this.#latency[platform];
  }

  strike(platform: PlatformName, method: string, chat: string | null): FaultEffect | null {
    const hit = this.#armed.find(
      ({ fault }) =>
        fault.platform === platform &&
        (fault.method === undefined || fault.method.toLowerCase() === method.toLowerCase()) &&
        (fault.chat === undefined || fault.chat === chat),
    );
    if (hit === undefined) return null;
    hit.left -= 1;
    if (hit.left <= 0) this.#armed = this.#armed.filter((armed) => armed !== hit);
    return hit.fault.effect;
  }

  clear(): void {
    this.#armed = [];
    this.#latency = { telegram: 0, slack: 0 };
  }
}
