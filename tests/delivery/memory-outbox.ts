import { card } from '../../src/card/card.ts';
import type { Delivery, DeliveryState } from '../../src/domain/campaign.ts';
import { type Instant, toEpoch } from '../../src/domain/instant.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import {
  type Claim,
  type ClaimRequest,
  Deposed,
  type Fence,
  type Settlement,
} from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';

interface Row {
  delivery: Delivery;
  readonly chat: ChatRef;
  readonly language: Language;
}

/** What a lane asks of a store, in memory and in no time: for tests in which time is played. */
export class MemoryOutbox {
  readonly rows = new Map<string, Row>();
  /** Transactions that failed when asked to. */
  failures = 0;
  readonly stopped: string[] = [];
  pausedUntil: Instant | null = null;
  severity: Notice['severity'] = 'important';
  /** How often the lane's row was written. */
  pauses = 0;
  /** How many rows were settled. */
  settled = 0;
  /** How often the lane was let go. */
  released = 0;
  #leader: string | null = 'one';
  #epoch = 1;

  add(
    count: number,
    more: Partial<Delivery> & { readonly notice?: string } = {},
    kind: ChatRef['kind'] = 'private',
  ) {
    for (let i = 0; i < count; i++) {
      const n = this.rows.size;
      const chat: ChatRef = { platform: 'telegram', workspace: 'bot', id: `c${n}`, kind };
      const delivery: Delivery = {
        id: `d${String(n).padStart(7, '0')}`,
        campaign: 'cmp',
        notice: 'ntc',
        subscriber: `s${n}`,
        lane: 'telegram:bot',
        priority: 2,
        state: 'ready',
        dueAt: '2023-11-17T05:00:00.000Z',
        attempts: 0,
        resent: false,
        silent: false,
        leaseUntil: null,
        startedAt: null,
        messageId: null,
        error: null,
        ...more,
      };
      this.rows.set(delivery.id, { delivery, chat, language: i % 2 === 0 ? 'ko' : 'en' });
    }
  }

  /** Somebody leads, in a new term; null: whoever asks. */
  elect(leader: string | null): void {
    this.#leader = leader;
    this.#epoch += 1;
  }

  count(state: DeliveryState): number {
    return [...this.rows.values()].filter((row) => row.delivery.state === state).length;
  }

  /** As much of a store as a lane uses. */
  get store(): Store {
    const tables = {
      deliveries: {
        claim: async (request: ClaimRequest, fence: Fence) => this.#claim(request, fence),
        begin: async (ids: readonly string[], now: Instant, leaseUntil: Instant, fence: Fence) =>
          this.#begin(ids, now, leaseUntil, fence),
        settle: async (settlements: readonly Settlement[], _now: Instant, fence: Fence) =>
          this.#settle(settlements, fence),
        sweep: async (_now: Instant, fence: Fence) => this.#sweep(fence),
        uncertain: async () => this.#claims((d) => d.state === 'uncertain' && !d.resent),
        requeueUncertain: async (_lane: string, now: Instant) => this.#requeue(now),
        nextDue: async () => this.#waiting()[0]?.delivery.dueAt ?? null,
        endFor: async () => 0,
      },
      lanes: {
        get: async (key: string) => ({ key, pausedUntil: this.pausedUntil, why: null }),
        pause: async (_key: string, until: Instant) => {
          this.pauses += 1;
          if (this.pausedUntil === null || this.pausedUntil < until) this.pausedUntil = until;
        },
      },
      leases: {
        acquire: async (_name: string, owner: string) =>
          this.#leader === null || this.#leader === owner ? this.#epoch : null,
        release: async () => {
          this.released += 1;
        },
        holder: async () => null,
      },
      notices: {
        get: async (id: string) =>
          ({ id, kind: 'outage', severity: this.severity, createdAt: '2023-11-17T05:00:00.000Z' }) as Notice,
        card: async (id: string) => card(id),
      },
      campaigns: {
        stopRendition: async (_id: string, rendition: { language: Language }) => {
          const fresh = !this.stopped.includes(rendition.language);
          if (fresh) this.stopped.push(rendition.language);
          return fresh;
        },
      },
      subscribers: {
        end: async () => {},
        suspect: async () => false,
        move: async () => {},
      },
      follows: { fired: async () => {} },
    };
    const transaction = async (work: (tables: unknown) => Promise<unknown>) => {
      if (this.failures > 0) {
        this.failures -= 1;
        throw new Error('the database is away');
      }
      return work(tables);
    };
    return { ...tables, transaction } as unknown as Store;
  }

  #fenced({ lease, epoch }: Fence): void {
    if (epoch !== this.#epoch) throw new Deposed({ lease, epoch });
  }

  #waiting(): Row[] {
    return [...this.rows.values()]
      .filter(({ delivery, language }) => delivery.state === 'ready' && !this.stopped.includes(language))
      .sort((a, b) => (a.delivery.dueAt < b.delivery.dueAt ? -1 : 1));
  }

  #claims(which: (delivery: Delivery) => boolean): Claim[] {
    return [...this.rows.values()]
      .filter(({ delivery }) => which(delivery))
      .map((row) => ({ ...row, replyTo: null }));
  }

  #claim({ limit, now, leaseUntil, moreUrgentThan, floor = 0 }: ClaimRequest, fence: Fence): Claim[] {
    this.#fenced(fence);
    const due = this.#cursor(now).filter((row) => row.delivery.priority < (moreUrgentThan ?? 99));
    const byUrgency = due.toSorted((a, b) => a.delivery.priority - b.delivery.priority);
    const top = byUrgency[0]?.delivery.priority ?? 0;
    const rest = byUrgency.filter((row) => row.delivery.priority > top).slice(0, floor);
    const chosen = [...byUrgency.filter((row) => !rest.includes(row)).slice(0, limit - rest.length), ...rest];
    return chosen.map((row) => {
      row.delivery = { ...row.delivery, state: 'claimed', leaseUntil };
      return { ...row, replyTo: null };
    });
  }

  /** The first few hundred that may be claimed, without walking all of them each time. */
  #cursor(now: Instant): Row[] {
    const found: Row[] = [];
    const seen = new Map<number, number>();
    for (const row of this.rows.values()) {
      const { state, dueAt, priority } = row.delivery;
      if (state !== 'ready' || dueAt > now || this.stopped.includes(row.language)) continue;
      const already = seen.get(priority) ?? 0;
      if (already >= 400) continue;
      seen.set(priority, already + 1);
      found.push(row);
    }
    return found;
  }

  #begin(ids: readonly string[], now: Instant, leaseUntil: Instant, fence: Fence): ReadonlySet<string> {
    this.#fenced(fence);
    const begun = new Set<string>();
    for (const id of ids) {
      const row = this.rows.get(id);
      if (row?.delivery.state !== 'claimed' || toEpoch(row.delivery.leaseUntil ?? now) < toEpoch(now))
        continue;
      row.delivery = { ...row.delivery, state: 'sending', startedAt: now, leaseUntil };
      begun.add(id);
    }
    return begun;
  }

  #settle(settlements: readonly Settlement[], fence: Fence): void {
    this.#fenced(fence);
    for (const { id, ...to } of settlements) {
      const row = this.rows.get(id);
      if (row === undefined || !['sending', 'claimed', 'uncertain'].includes(row.delivery.state)) continue;
      row.delivery = { ...row.delivery, leaseUntil: null, ...to };
      this.settled += 1;
    }
  }

  #sweep(fence: Fence): { released: number; uncertain: number } {
    this.#fenced(fence);
    let [released, uncertain] = [0, 0];
    for (const row of this.rows.values()) {
      if (row.delivery.state === 'claimed') {
        row.delivery = { ...row.delivery, state: 'ready' };
        released += 1;
      } else if (row.delivery.state === 'sending') {
        row.delivery = { ...row.delivery, state: 'uncertain' };
        uncertain += 1;
      }
    }
    return { released, uncertain };
  }

  #requeue(now: Instant): number {
    let again = 0;
    for (const row of this.rows.values()) {
      if (row.delivery.state !== 'uncertain' || row.delivery.resent) continue;
      row.delivery = { ...row.delivery, state: 'ready', resent: true, silent: true, dueAt: now };
      again += 1;
    }
    return again;
  }
}
