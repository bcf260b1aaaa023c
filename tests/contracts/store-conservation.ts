import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery, DeliveryState } from '../../src/domain/campaign.ts';
import { DELIVERY_STATES } from '../../src/domain/campaign.ts';
import { type Instant, plusSeconds } from '../../src/domain/instant.ts';
import type { Settlement } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  chat,
  claimFrom,
  deliveriesTo,
  everyPage,
  FENCE,
  LANE,
  makeCampaign,
  makeChats,
  requeue,
  settle,
  sweep,
  T0,
} from './store-samples.ts';

const CHATS = 5;
const CAMPAIGNS = 3;
const LEASE_SECONDS = 20;
const NOTICES = Array.from({ length: CAMPAIGNS }, (_, n) => `ntc_${n + 1}`);

/** One thing that may happen, in any order. */
type Step =
  | { readonly do: 'fan out' | 'pause' | 'resume' | 'cancel'; readonly campaign: number }
  | { readonly do: 'claim'; readonly limit: number }
  | { readonly do: 'begin' | 'end' | 'revive' | 'erase' | 'move'; readonly at: number }
  | { readonly do: 'settle'; readonly at: number; readonly state: Settlement['state'] }
  | { readonly do: 'supersede'; readonly below: number }
  | { readonly do: 'sweep' | 'requeue' | 'finish' };

const upTo = (max: number) => fc.nat({ max });
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('fan out' as const), campaign: upTo(CAMPAIGNS - 1) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 4 }) }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('begin' as const), at: upTo(14) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('settle' as const),
        at: upTo(14),
        state: fc.constantFrom<Settlement['state']>('sent', 'ready', 'held', 'ended', 'failed', 'uncertain'),
      }),
    },
    fc.record({ do: fc.constantFrom('pause', 'resume', 'cancel'), campaign: upTo(CAMPAIGNS - 1) }),
    fc.record({ do: fc.constant('supersede' as const), below: fc.integer({ min: 1, max: CAMPAIGNS + 1 }) }),
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom('end', 'end', 'revive', 'erase', 'move'),
        at: upTo(CHATS - 1),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('sweep', 'requeue', 'finish') }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 10, maxLength: 40 },
);

/** What holds whatever happens. */
export function conservesDeliveries(open: () => Promise<Store>, runs: number): void {
  describe('whatever happens in whatever order', () => {
    it('the audience of a notice is the sum of its deliveries, and none is lost, doubled or left behind', {
      timeout: 120_000,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (sequence) => {
          const store = await open();
          await makeChats(store, CHATS);
          for (let n = 1; n <= CAMPAIGNS; n++) await makeCampaign(store, n);
          const inserted = new Map<string, number>();
          let merged = false;
          let now = T0;
          for (const step of sequence) {
            now = plusSeconds(now, 3);
            await take(store, step, now, inserted);
            merged ||= step.do === 'move';
            await check(store, inserted, merged);
          }
          await countsAgree(store);
          await drain(store, plusSeconds(now, LEASE_SECONDS), inserted, merged);
        }),
        { numRuns: runs },
      );
    });
  });
}

/** One of the deliveries in these states, chosen by a number; undefined when there is none. */
async function pick(
  store: Store,
  states: readonly DeliveryState[],
  at: number,
): Promise<Delivery | undefined> {
  const rows = (await Promise.all(NOTICES.map((id) => rowsOf(store, id)))).flat();
  const fitting = rows.filter((row) => states.includes(row.state));
  return fitting[at % Math.max(fitting.length, 1)];
}

const rowsOf = (store: Store, notice: string) =>
  everyPage((cursor) => store.deliveries.of(notice, { limit: 200, cursor }));

async function take(store: Store, step: Step, now: Instant, inserted: Map<string, number>): Promise<void> {
  const lease = plusSeconds(now, LEASE_SECONDS);
  const subscriber = 'at' in step ? `sub_${(step.at % CHATS) + 1}` : '';
  switch (step.do) {
    case 'fan out': {
      const n = step.campaign + 1;
      const everybody = Array.from({ length: CHATS }, (_, i) => `sub_${i + 1}`);
      const added = await store.deliveries.insertMany(deliveriesTo(n, everybody, { dueAt: now }));
      inserted.set(`ntc_${n}`, (inserted.get(`ntc_${n}`) ?? 0) + added);
      return;
    }
    case 'claim': {
      const claims = await claimFrom(store, LANE, step.limit, now, lease);
      expect(claims.length).toBeLessThanOrEqual(step.limit);
      for (const { delivery } of claims) {
        const campaign = await store.campaigns.get(delivery.campaign);
        expect(campaign?.state).toBe('sending');
      }
      return;
    }
    case 'begin': {
      const claimed = await pick(store, ['claimed'], step.at);
      if (claimed === undefined) return;
      const begun = await begin(store, claimed.id, now, lease);
      expect(begun).toBe((claimed.leaseUntil ?? '') > now);
      return;
    }
    case 'settle': {
      const out = await pick(store, ['sending', 'claimed', 'uncertain'], step.at);
      if (out !== undefined) await settle(store, out.id, { state: step.state, dueAt: now }, now);
      return;
    }
    case 'pause':
    case 'resume':
    case 'cancel':
      await store.campaigns.control(`cmp_${step.campaign + 1}`, step.do, now);
      return;
    case 'supersede':
      await store.campaigns.supersede('inc_1', step.below, now);
      return;
    case 'end':
      return store.subscribers.end(subscriber, 'blocked', now);
    case 'revive':
      return store.subscribers.revive(subscriber, now);
    case 'erase':
      await store.subscribers.erase(subscriber);
      return;
    case 'move':
      return store.subscribers.move(chat(`chat of ${subscriber}`), 'chat of sub_1', now);
    case 'sweep':
      await sweep(store, now);
      return;
    case 'requeue':
      await requeue(store, LANE, now);
      return;
    case 'finish':
      await store.campaigns.finish(now, FENCE);
  }
}

const WAITING: readonly DeliveryState[] = ['ready', 'held', 'claimed'];

/** @param merged two chats became one: each may have had something on the wire */
async function check(store: Store, inserted: ReadonlyMap<string, number>, merged: boolean): Promise<void> {
  const inFlight = new Set<string>();
  for (let n = 1; n <= CAMPAIGNS; n++) {
    const rows = await rowsOf(store, `ntc_${n}`);
    const progress = await store.campaigns.progress(`ntc_${n}`, T0);
    const campaign = await store.campaigns.get(`cmp_${n}`);
    expect(rows).toHaveLength(inserted.get(`ntc_${n}`) ?? 0);
    expect(progress?.audience).toBe(rows.length);
    expect(Object.values(progress?.deliveries ?? {}).reduce((sum, count) => sum + count, 0)).toBe(
      rows.length,
    );
    const over = ['superseded', 'cancelled', 'finished'].includes(campaign?.state ?? '');
    for (const row of rows) {
      expect(DELIVERY_STATES).toContain(row.state);
      expect(row.leaseUntil !== null).toBe(row.state === 'claimed' || row.state === 'sending');
      // Nothing waits where nobody will come for it.
      if (over) expect(WAITING).not.toContain(row.state);
      if (row.state === 'claimed' || row.state === 'sending') {
        if (!merged) expect(inFlight.has(row.subscriber)).toBe(false);
        inFlight.add(row.subscriber);
      }
    }
  }
}

async function countsAgree(store: Store): Promise<void> {
  for (let n = 1; n <= CAMPAIGNS; n++) expect(await store.campaigns.check(`cmp_${n}`)).toBeNull();
}

/** Sends all that is left: every campaign that is not stopped must come to its end. */
async function drain(
  store: Store,
  from: Instant,
  inserted: ReadonlyMap<string, number>,
  merged: boolean,
): Promise<void> {
  let now = from;
  for (let n = 1; n <= CAMPAIGNS; n++) await store.campaigns.control(`cmp_${n}`, 'resume', now);
  for (let round = 0; round < 12; round++) {
    now = plusSeconds(now, LEASE_SECONDS);
    await sweep(store, now);
    await requeue(store, LANE, now);
    for (const { delivery } of await claimFrom(store, LANE, 50, now, plusSeconds(now, LEASE_SECONDS))) {
      expect(await begin(store, delivery.id, now, plusSeconds(now, LEASE_SECONDS))).toBe(true);
      await settle(store, delivery.id, { state: 'sent', messageId: 'm' }, now);
    }
  }
  await store.campaigns.finish(now, FENCE);
  await check(store, inserted, merged);
  await countsAgree(store);
  expect(await store.campaigns.active()).toEqual([]);
  expect(await store.deliveries.nextDue(LANE)).toBeNull();
}
