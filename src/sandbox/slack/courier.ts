import type { Json } from '../platform.ts';

/** What Slack sends to an app. */
export type Parcel =
  /** Told again when the app does not acknowledge it. */
  | { readonly kind: 'event'; readonly payload: Json }
  /** A button, a modal, a search: answered at once or not at all. */
  | { readonly kind: 'interactive'; readonly payload: Json }
  | { readonly kind: 'command'; readonly payload: Json };

/** The app's answer: its body, or null when it did not acknowledge within three seconds. */
export type Acknowledged = { readonly body: unknown } | null;

/** The way to the app: HTTP or Socket Mode. */
export interface Courier {
  /** One attempt. `retry` is told to the app when it is not the first. */
  carry(
    parcel: Parcel,
    retry: { num: number; reason: string } | null,
  ): Promise<Acknowledged | { noRetry: true }>;
}

/** Brings parcels to the app; events up to three times more: at once, after a minute, after five. */
export class Dispatch {
  courier: Courier;
  readonly #retryDelaysMs: readonly number[];
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(courier: Courier, retryDelaysMs: readonly number[]) {
    this.courier = courier;
    this.#retryDelaysMs = retryDelaysMs;
  }

  /** Resolves when the first attempt is over. */
  async event(payload: Json): Promise<void> {
    await this.#attempt({ kind: 'event', payload }, 0, '');
  }

  async ask(parcel: Parcel): Promise<Acknowledged> {
    const outcome = await this.courier.carry(parcel, null);
    return outcome === null || 'noRetry' in outcome ? null : outcome;
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #attempt(parcel: Parcel, num: number, reason: string): Promise<void> {
    const outcome = await this.courier.carry(parcel, num === 0 ? null : { num, reason });
    const delay = this.#retryDelaysMs[num];
    if (outcome !== null || delay === undefined || this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(parcel, num + 1, 'http_error');
    }, delay);
    this.#timers.add(timer);
  }
}
