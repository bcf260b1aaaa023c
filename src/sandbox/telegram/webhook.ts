import { isObject, type Json } from '../platform.ts';
import type { Update, UpdateQueue } from './updates.ts';

export interface WebhookSettings {
  readonly url: string;
  readonly secretToken: string | null;
  readonly maxConnections: number;
}

const TIMEOUT_MS = 60_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Carries updates to the bot's URL: those of one chat strictly one after another,
 * chats side by side. Anything but 2xx is tried again, later and later, or when Retry-After says.
 */
export class WebhookSender {
  settings: WebhookSettings | null = null;
  lastError: { at: number; message: string } | null = null;
  readonly #queue: UpdateQueue;
  readonly #firstRetryMs: number;
  readonly #busy = new Set<number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What the bot answered with a method in the body of its 200. */
  readonly #onReply: (call: Json) => void;

  constructor(queue: UpdateQueue, firstRetryMs: number, onReply: (call: Json) => void) {
    this.#queue = queue;
    this.#firstRetryMs = firstRetryMs;
    this.#onReply = onReply;
    queue.onAdd = () => this.work();
  }

  /** Starts whatever can start now. */
  work(): void {
    if (this.settings === null) return;
    for (const update of [...this.#queue.pending]) {
      if (this.#busy.size >= this.settings.maxConnections) return;
      if (this.#busy.has(update.chat)) continue;
      this.#busy.add(update.chat);
      void this.#deliver(update, this.#firstRetryMs);
    }
  }

  stop(): void {
    this.settings = null;
    this.#busy.clear();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  async #deliver(update: Update, retryMs: number): Promise<void> {
    const settings = this.settings;
    if (settings === null) return;
    const answer = await this.#post(settings, update);
    if (this.settings !== settings) return;
    if (answer.ok) {
      this.#queue.confirm(update);
      this.#busy.delete(update.chat);
      this.work();
      return;
    }
    this.lastError = { at: Date.now(), message: answer.why };
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#deliver(update, Math.min(retryMs * 2, LONGEST_WAIT_MS));
    }, answer.retryAfterMs ?? retryMs);
    this.#timers.add(timer);
  }

  async #post(
    settings: WebhookSettings,
    update: Update,
  ): Promise<{ ok: true } | { ok: false; why: string; retryAfterMs: number | null }> {
    try {
      const response = await fetch(settings.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(settings.secretToken === null
            ? {}
            : { 'x-telegram-bot-api-secret-token': settings.secretToken }),
        },
        body: JSON.stringify(update.body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body = await response.text();
      if (response.ok) {
        this.#reply(body);
        return { ok: true };
      }
      const after = Number(response.headers.get('retry-after'));
      return {
        ok: false,
        why: `Wrong response from the webhook: ${response.status} ${response.statusText}`,
        retryAfterMs: after > 0 ? Math.min(after, 3600) * 1000 : null,
      };
    } catch (error) {
      return { ok: false, why: error instanceof Error ? error.message : String(error), retryAfterMs: null };
    }
  }

  #reply(body: string): void {
    if (!body.startsWith('{')) return;
    try {
      const call: unknown = JSON.parse(body);
      if (isObject(call) && typeof call.method === 'string') this.#onReply(call);
    } catch {
      // A body that is no JSON means nothing to the Bot API either.
    }
  }
}
