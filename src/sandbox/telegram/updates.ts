import type { Json } from '../platform.ts';
import { Refusal } from './refusal.ts';

export interface Update {
  readonly id: number;
  /** Updates of one chat keep their order on the way to a webhook. */
  readonly chat: number;
  readonly at: number;
  readonly body: Json;
}

/** What the Bot API delivers when allowed_updates was never set. */
const NOT_BY_DEFAULT = ['chat_member', 'message_reaction', 'message_reaction_count'];
const DAY = 24 * 60 * 60 * 1000;

/** Updates until they are confirmed: by a higher offset, or by the webhook's 2xx. */
export class UpdateQueue {
  readonly pending: Update[] = [];
  allowed: readonly string[] | null = null;
  /** Called when something was added. */
  onAdd: () => void = () => {};
  readonly #now: () => number;
  #nextId = 100_000 + Math.floor(Math.random() * 900_000_000);
  #poller: { wake(): void; terminate(): void } | null = null;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(kind: string, chat: number, payload: Json): void {
    const wanted =
      this.allowed === null || this.allowed.length === 0
        ? !NOT_BY_DEFAULT.includes(kind)
        : this.allowed.includes(kind);
    if (!wanted) return;
    const id = this.#nextId++;
    this.pending.push({ id, chat, at: this.#now(), body: { update_id: id, [kind]: payload } });
    this.#poller?.wake();
    this.onAdd();
  }

  confirm(update: Update): void {
    const at = this.pending.indexOf(update);
    if (at >= 0) this.pending.splice(at, 1);
  }

  /** Updates wait a day, no longer. */
  expire(): void {
    const oldest = this.#now() - DAY;
    while ((this.pending[0]?.at ?? Number.POSITIVE_INFINITY) < oldest) this.pending.shift();
  }

  /**
   * getUpdates: confirms everything below `offset`, then waits up to `timeoutMs` for more.
   * @throws Refusal 409 to the one that was waiting when a second asks
   */
  async poll(offset: number, limit: number, timeoutMs: number, gone: AbortSignal): Promise<readonly Json[]> {
    this.#poller?.terminate();
    if (offset < 0) this.pending.splice(0, Math.max(0, this.pending.length + offset));
    else while (this.pending[0] !== undefined && this.pending[0].id < offset) this.pending.shift();
    this.expire();
    if (this.pending.length === 0 && timeoutMs > 0) await this.#wait(timeoutMs, gone);
    return this.pending.slice(0, limit).map((update) => update.body);
  }

  /** Lets a waiting poller go with what there is. */
  release(): void {
    this.#poller?.wake();
  }

  clear(): void {
    this.pending.length = 0;
  }

  #wait(timeoutMs: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', wake);
        if (this.#poller === poller) this.#poller = null;
        settle();
      };
      const wake = () => finish(resolve);
      const terminate = () =>
        finish(() =>
          reject(
            new Refusal(
              409,
              'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
            ),
          ),
        );
      const poller = { wake, terminate };
      const timer = setTimeout(wake, timeoutMs);
      gone.addEventListener('abort', wake, { once: true });
      this.#poller = poller;
    });
  }
}
