import { describe, expect, it } from 'vitest';
import type { Audience } from '../../src/domain/audience.ts';
import { PRIORITY } from '../../src/domain/campaign.ts';
import { laneOf } from '../../src/domain/subscriber.ts';
import type { FanOutRule } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  chat,
  claim,
  claimFrom,
  claimIds,
  deliveriesTo,
  fanOut,
  LANE,
  LEASE,
  makeCampaign,
  makeChats,
  stateOf,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

const outage: Audience = {
  kind: 'subscribers',
  services: ['gov24', 'kiosk'],
  agencies: ['mois'],
  categories: [],
  scope: 'nationwide',
};

const subscribe = async (store: Store, ids: readonly string[], service = 'gov24'): Promise<void> => {
  for (const subscriber of ids) {
    await store.subscriptions.add({ subscriber, target: { kind: 'service', id: service }, createdAt: T0 });
  }
};

const follow = (store: Store, subscriber: string) =>
  store.follows.add({ subscriber, service: 'gov24', incident: null, createdAt: T0, expiresAt: t0Plus(99) });

/** Page after page. Returns how many each wrote. */
async function fanOutAll(
  store: Store,
  n: number,
  span: number,
  rule: Partial<FanOutRule>,
): Promise<readonly number[]> {
  const pages: number[] = [];
  for (;;) {
    const page = await fanOut(store, `cmp_${n}`, { audience: outage, ...rule }, { span });
    if (page === null) throw new Error('The campaign was stopped');
    pages.push(page.written);
    if (page.done) return pages;
  }
}

const holding = { campaign: { state: 'holding' } } as const;

/** From a campaign to its deliveries. */
export function keepsFanOut(open: () => Promise<Store>): void {
  /** So many subscribers of one service, and a campaign to them that has not begun. */
  const ready = async (chats: number): Promise<Store> => {
    const store = await open();
    await makeChats(store, chats);
    await subscribe(store, subscriberIds(chats));
    await makeCampaign(store, 1, holding);
    return store;
  };

  describe('fanning out', () => {
    it.each([1, 3, 50])('promises everybody one delivery, %i chats a page', async (span) => {
      const store = await ready(7);
      await subscribe(store, ['sub_2', 'sub_5'], 'kiosk');
      const pages = await fanOutAll(store, 1, span, {});
      expect(pages.reduce((a, b) => a + b, 0)).toBe(7);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 7,
        deliveries: { ready: 7 },
        startedAt: T0,
      });
      expect((await store.campaigns.get('cmp_1'))?.state).toBe('sending');
      expect(await store.campaigns.check('cmp_1')).toBeNull();
      expect(await fanOut(store, 'cmp_1', { audience: outage })).toBeNull();
    });

    it('passes by whom it does not concern, who has ended, and who was promised it already', async () => {
      const store = await ready(5);
      await store.subscribers.end('sub_2', 'blocked', T0);
      await store.subscriptions.removeAll('sub_3');
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_4']));
      expect(await fanOutAll(store, 1, 2, {})).toEqual([1, 0, 1]);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 3,
        deliveries: { ready: 3 },
      });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });

    it('walks through the chats of every bot and workspace, each into its own lane', async () => {
      const store = await ready(2);
      const places = ['T1', 'T2', 'T1'];
      for (const [n, workspace] of places.entries()) {
        const ref = chat(`C${n}`, { platform: 'slack', workspace });
        await store.subscribers.ensure(ref, { id: `sub_s${n}`, hint: null, at: T0 });
        await subscribe(store, [`sub_s${n}`]);
      }
      expect((await fanOutAll(store, 1, 100, {})).filter((written) => written > 0)).toEqual([2, 2, 1]);
      expect(await store.deliveries.lanes()).toEqual(['slack:T1', 'slack:T2', LANE]);
      for (const [lane, count] of [
        ['slack:T1', 2],
        ['slack:T2', 1],
        [LANE, 2],
      ] as const) {
        const claims = await claimFrom(store, lane, 10, T0, LEASE);
        expect(claims).toHaveLength(count);
        for (const { chat: to, delivery } of claims) expect(laneOf(to)).toBe(delivery.lane);
      }
    });

    it('goes on where it was paused, and never after a stop', async () => {
      const store = await ready(4);
      const page = () => fanOut(store, 'cmp_1', { audience: outage }, { span: 2 });
      expect(await page()).toMatchObject({ written: 2, done: false });
      await store.campaigns.control('cmp_1', 'pause', T0);
      expect(await page()).toBeNull();
      await store.campaigns.control('cmp_1', 'resume', T0);
      expect(await page()).toMatchObject({ written: 2, done: true });
      await makeCampaign(store, 2, holding);
      await store.campaigns.control('cmp_2', 'cancel', T0);
      expect(await fanOut(store, 'cmp_2', { audience: outage })).toBeNull();
    });

    it('writes nothing for nobody and is done', async () => {
      const store = await open();
      await makeCampaign(store, 1, holding);
      expect(await fanOut(store, 'cmp_1', {})).toMatchObject({ written: 0, done: true });
      expect((await store.campaigns.get('cmp_1'))?.state).toBe('sending');
    });

    it('holds for the quiet hours that each chose, and the house’s for who chose none', async () => {
      const store = await ready(4);
      await store.subscribers.change('sub_2', { quietHours: '08:00-09:00' });
      await store.subscribers.change('sub_3', { quietHours: 'off' });
      await store.subscribers.change('sub_4', { quietHours: '08:00-09:00' });
      await follow(store, 'sub_4');
      const until = new Map([
        [null, t0Plus(100)],
        ['08:00-09:00', t0Plus(200)],
      ]);
      const asked: (string | null)[] = [];
      await fanOutAll(store, 1, 100, {
        wakesFollowers: true,
        quietUntil: (setting) => {
          asked.push(setting);
          return until.get(setting) ?? null;
        },
      });
      expect(asked).toEqual([null, '08:00-09:00', 'off']);
      const due = async (n: number) => {
        const delivery = await store.deliveries.get(`cmp_1.sub_${n}`);
        return [delivery?.state, delivery?.dueAt];
      };
      expect(await due(1)).toEqual(['held', t0Plus(100)]);
      expect(await due(2)).toEqual(['held', t0Plus(200)]);
      expect(await due(3)).toEqual(['ready', T0]);
      expect(await due(4)).toEqual(['ready', T0]);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { held: 2, ready: 2 },
      });
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_4', 'cmp_1.sub_3']);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { held: 2, ready: 2 },
      });
      expect(claimIds(await claim(store, 9, t0Plus(150)))).toEqual(['cmp_1.sub_1']);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { held: 1, ready: 3 },
      });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });

    it('puts those who follow first, and sends the minor without sound', async () => {
      const store = await ready(3);
      await follow(store, 'sub_3');
      await fanOutAll(store, 1, 2, { silent: true });
      const claims = await claim(store, 9);
      expect(claims.map((c) => [c.delivery.subscriber, c.delivery.priority, c.delivery.silent])).toEqual([
        ['sub_3', PRIORITY.critical, true],
        ['sub_1', PRIORITY.outage, true],
        ['sub_2', PRIORITY.outage, true],
      ]);
    });
  });

  describe('a line', () => {
    it('is walked in order, a few at a time, to its end', async () => {
      const store = await ready(9);
      await fanOutAll(store, 1, 4, {});
      const seen: string[] = [];
      for (let more = true; more; ) {
        const claims = await claim(store, 2);
        seen.push(...claims.map((c) => c.delivery.subscriber));
        more = claims.length > 0;
      }
      expect(seen).toEqual(subscriberIds(9));
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
    });

    it('is not held up by a busy chat, who comes later', async () => {
      const store = await ready(3);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1'], { dueAt: t0Plus(-5) }));
      await fanOutAll(store, 1, 10, {});
      expect(claimIds(await claim(store, 2))).toEqual(['cmp_2.sub_1', 'cmp_1.sub_2']);
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_3']);
      expect(claimIds(await claim(store, 9))).toEqual([]);
      await store.subscribers.end('sub_2', 'blocked', T0);
      await store.deliveries.settle([{ id: 'cmp_2.sub_1', state: 'ready', dueAt: t0Plus(50) }], T0, {
        lease: 'lane:tests',
        epoch: 1,
      });
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_1']);
    });

    it('shrinks by who ends or is erased while standing in it', async () => {
      const store = await ready(4);
      await fanOutAll(store, 1, 10, {});
      await store.subscribers.end('sub_1', 'blocked', T0);
      await store.subscribers.erase('sub_2');
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_3', 'cmp_1.sub_4']);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 4,
        deliveries: { ended: 2, ready: 2 },
      });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });

    it('is superseded as a whole, however long, and so are its parts', async () => {
      const store = await ready(6);
      await fanOutAll(store, 1, 10, {});
      await claim(store, 2);
      expect(await store.campaigns.supersede('inc_1', 2, T0)).toBe(6);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('superseded');
      expect(await stateOf(store, 'cmp_1.sub_6')).toBe('superseded');
      expect(await claim(store, 9)).toEqual([]);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });
  });

  describe('claiming by urgency', () => {
    /** Six outages, four announcements and a critical one. */
    const mixed = async (): Promise<Store> => {
      const store = await ready(11);
      const ids = subscriberIds(11);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ids.slice(6, 10), { priority: 3 }));
      await store.subscriptions.removeAll('sub_07');
      for (const id of ids.slice(6)) await store.subscriptions.removeAll(id);
      await fanOutAll(store, 1, 100, {});
      return store;
    };
    const take = async (store: Store, more: { limit: number; floor?: number; moreUrgentThan?: number }) =>
      (
        await store.deliveries.claim(
          { lane: LANE, now: T0, leaseUntil: LEASE, ...more },
          { lease: 'lane:tests', epoch: 1 },
        )
      ).map((c) => c.delivery.priority);

    it('keeps places for the less urgent, as many as they can use', async () => {
      const store = await mixed();
      expect(await take(store, { limit: 4, floor: 1 })).toEqual([2, 2, 2, 3]);
      expect(await take(store, { limit: 2 })).toEqual([2, 2]);
      expect(await take(store, { limit: 4, floor: 2 })).toEqual([2, 3, 3, 3]);
      expect(await take(store, { limit: 4, floor: 2 })).toEqual([]);
    });

    it('takes only what is more urgent, when told so', async () => {
      const store = await mixed();
      expect(await take(store, { limit: 4, moreUrgentThan: 2 })).toEqual([]);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_11'], { priority: 1 }));
      expect(await take(store, { limit: 4, moreUrgentThan: 2 })).toEqual([1]);
    });
  });

  describe('a rendition that is stopped', () => {
    it('waits, however it was promised, while the others go on, until the campaign is resumed', async () => {
      const store = await ready(5);
      for (const id of ['sub_2', 'sub_4']) await store.subscribers.change(id, { language: 'en' });
      await follow(store, 'sub_3');
      await fanOutAll(store, 1, 100, {});
      const stop = () =>
        store.campaigns.stopRendition('cmp_1', { platform: 'telegram', language: 'ko' }, 'too long', T0, {
          lease: 'lane:tests',
          epoch: 1,
        });
      expect(await stop()).toBe(true);
      expect(await stop()).toBe(false);
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_2', 'cmp_1.sub_4']);
      expect(claimIds(await claim(store, 9))).toEqual([]);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ deliveries: { ready: 5 } });
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(true);
      expect(claimIds(await claim(store, 9))).toEqual(['cmp_1.sub_3', 'cmp_1.sub_1', 'cmp_1.sub_5']);
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(false);
    });
  });
}
