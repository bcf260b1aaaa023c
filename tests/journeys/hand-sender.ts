import { fanOut } from '../../src/delivery/fan-out.ts';
import { settleChat, settlementOf } from '../../src/delivery/settle.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Context } from '../../src/operations/context.ts';
import type { SendOutcome } from '../../src/ports/messenger.ts';
import type { Claim, Fence } from '../../src/ports/outbox.ts';

/** What happens to a batch: every message taken, or one trouble for all, or the sender's death at some point. */
export type Turn =
  | 'all goes well'
  | 'too many'
  | 'away'
  | 'blocked'
  | 'no answer, and it arrived'
  | 'no answer, and it did not arrive'
  | 'dies after claiming'
  | 'dies before the request'
  | 'dies after it arrived';

/** What a chat heard, in order. */
export interface Heard {
  readonly chat: string;
  readonly notice: Notice;
  /** It may have been the second time, and the row says so. */
  readonly resent: boolean;
}

const LANE = 'telegram:bot';
const OUTCOMES: Readonly<Partial<Record<Turn, SendOutcome>>> = {
  'too many': { kind: 'retry', afterSeconds: 5, scope: 'lane', why: '429' },
  away: { kind: 'retry', afterSeconds: 1, scope: 'lane', why: 'refused', away: true },
  blocked: { kind: 'gone', why: 'blocked' },
  'no answer, and it arrived': { kind: 'uncertain', why: 'reset' },
  'no answer, and it did not arrive': { kind: 'uncertain', why: 'reset' },
};

/** A sender moved by hand, one step after another, on a clock that stands: the same steps as a lane's, and no timers. */
export class HandSender {
  readonly heard: Heard[] = [];
  readonly blocked = new Set<string>();
  readonly #context: Context;
  #term = 0;
  #fence: Fence | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  async fanOut(): Promise<void> {
    const { store, clock } = this.#context;
    const fence = await this.#lead('fan-out', 'fan-out');
    await fanOut({ store, clock, fence, quietHours: 'off' });
    await store.campaigns.finish(clock.now(), fence);
  }

  /** Sends up to `limit`, and whatever is in doubt once more. Returns how many were claimed. */
  async send(limit: number, turn: Turn): Promise<number> {
    const { store, clock } = this.#context;
    this.#fence ??= await this.#succeed();
    const fence = this.#fence;
    await store.deliveries.requeueUncertain(LANE, clock.now(), fence);
    const leaseUntil = plusSeconds(clock.now(), 60);
    const claims = await store.deliveries.claim({ lane: LANE, limit, now: clock.now(), leaseUntil }, fence);
    if (claims.length === 0) return 0;
    if (turn === 'dies after claiming') return this.#die(claims);
    const ids = claims.map(({ delivery }) => delivery.id);
    const begun = await store.deliveries.begin(ids, clock.now(), leaseUntil, fence);
    if (turn === 'dies before the request') return this.#die(claims);
    for (const claim of claims) {
      if (!begun.has(claim.delivery.id)) continue;
      const notice = await store.notices.get(claim.delivery.notice);
      if (notice === null) throw new Error('a delivery of no notice');
      const outcome = this.#answer(claim, turn);
      const arrived = turn === 'dies after it arrived' || turn === 'no answer, and it arrived';
      if (outcome.kind === 'sent' || (arrived && outcome.kind !== 'gone'))
        this.heard.push({ chat: claim.chat.id, notice, resent: claim.delivery.resent });
      if (turn === 'dies after it arrived') continue;
      const verdict = { claim, outcome, notice, dueAt: clock.now() };
      await store.transaction(async (tables) => {
        await tables.deliveries.settle([settlementOf(verdict, clock.now())], clock.now(), fence);
        await settleChat(tables, verdict, clock.now());
      });
    }
    return turn === 'dies after it arrived' ? this.#die(claims) : claims.length;
  }

  #answer({ chat }: Claim, turn: Turn): SendOutcome {
    if (turn === 'blocked') this.blocked.add(chat.id);
    if (this.blocked.has(chat.id)) return { kind: 'gone', why: 'blocked' };
    return OUTCOMES[turn] ?? { kind: 'sent', messageId: `m${this.heard.length}` };
  }

  #die(claims: readonly Claim[]): number {
    this.#fence = null;
    return claims.length;
  }

  /** A new term; what the one before left out is ours. */
  async #succeed(): Promise<Fence> {
    const { store, clock } = this.#context;
    if (this.#term > 0) await store.leases.release(`lane:${LANE}`, `sender ${this.#term}`);
    this.#term += 1;
    const fence = await this.#lead(`lane:${LANE}`, `sender ${this.#term}`);
    await store.deliveries.sweep(clock.now(), fence, LANE);
    return fence;
  }

  async #lead(lease: string, owner: string): Promise<Fence> {
    const { store, clock } = this.#context;
    const now = clock.now();
    const epoch = await store.leases.acquire(lease, owner, now, plusSeconds(now, 3_600));
    if (epoch === null) throw new Error(`${lease} is held by somebody else`);
    return { lease, epoch };
  }
}
