import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  claim,
  claimIds,
  deliveriesTo,
  everyPage,
  FENCE,
  incident,
  LANE,
  LEASE,
  makeCampaign,
  makeChats,
  openWith,
  settle,
  sweep,
  T0,
  t0Plus,
  update,
} from './store-samples.ts';

const rowsOf = (store: Store, n: number) =>
  everyPage((cursor) => store.deliveries.of(`ntc_${n}`, { limit: 200, cursor }));

/** What is done about campaigns after their deliveries were tried. */
export function keepsAftermath(open: () => Promise<Store>): void {
  describe('what failed', () => {
    it('is put back once more, if its chat is active, and the campaign with it', async () => {
      const store = await open();
      await makeChats(store, 4);
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(
        deliveriesTo(1, ['sub_1', 'sub_2'], { state: 'failed', attempts: 6, error: 'no' }),
      );
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_3'], { state: 'sent' }));
      await store.campaigns.finish(T0, FENCE);
      await store.subscribers.end('sub_2', 'blocked', T0);

      expect(await store.campaigns.redrive('cmp_1', t0Plus(9))).toBe(1);
      expect(await store.campaigns.get('cmp_1')).toMatchObject({ state: 'sending', finishedAt: null });
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({
        state: 'ready',
        attempts: 0,
        dueAt: t0Plus(9),
        error: 'no',
      });
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 3,
        deliveries: { ready: 1, failed: 1, sent: 1 },
      });
      expect(claimIds(await claim(store, 9, t0Plus(9)))).toEqual(['cmp_1.sub_1']);
      expect(await store.campaigns.redrive('cmp_1', t0Plus(9))).toBe(0);
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });

    it('stays where its campaign was stopped', async () => {
      const store = await openWith(open, 1, { state: 'failed' });
      await store.campaigns.control('cmp_1', 'cancel', T0);
      expect(await store.campaigns.redrive('cmp_1', T0)).toBe(0);
    });
  });

  describe('what is uncertain', () => {
    it('is listed with when it was begun, to be looked for, until it is settled', async () => {
      const store = await openWith(open, 3);
      await claim(store, 3);
      for (const n of [1, 2, 3]) await begin(store, `cmp_1.sub_${n}`, t0Plus(n), LEASE);
      await sweep(store, LEASE);
      const listed = await store.deliveries.uncertain(LANE, 2);
      expect(listed.map((c) => [c.delivery.subscriber, c.delivery.startedAt])).toEqual([
        ['sub_1', t0Plus(1)],
        ['sub_2', t0Plus(2)],
      ]);
      expect(listed[0]?.chat.id).toBe('chat of sub_1');
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'found' }, LEASE);
      await settle(store, 'cmp_1.sub_2', { state: 'ready', dueAt: LEASE }, LEASE);
      await settle(store, 'cmp_1.sub_3', { state: 'ready', dueAt: LEASE, resent: true, silent: true }, LEASE);
      expect(await store.deliveries.uncertain(LANE, 9)).toEqual([]);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { sent: 1, ready: 2 },
        resent: 1,
      });
      expect(await store.campaigns.check('cmp_1')).toBeNull();
    });
  });

  describe('a chat that the platform did not find', () => {
    it('is over only when that happens again on another day in Seoul, with nothing sent in between', async () => {
      const store = await openWith(open, 1);
      const night = '2023-11-17T14:59:00.000Z';
      const nextDay = '2023-11-17T15:01:00.000Z';
      expect(await store.subscribers.suspect('sub_1', T0)).toBe(false);
      expect(await store.subscribers.suspect('sub_1', night)).toBe(false);
      expect(await store.subscribers.suspect('sub_1', nextDay)).toBe(true);
      await claim(store, 1);
      await begin(store, 'cmp_1.sub_1', T0, LEASE);
      await settle(store, 'cmp_1.sub_1', { state: 'sent' }, T0);
      expect(await store.subscribers.suspect('sub_1', nextDay)).toBe(false);
      expect(await store.subscribers.suspect('sub_9', nextDay)).toBe(false);
    });
  });

  describe('compacting', () => {
    it('removes the deliveries bit by bit and changes no count', async () => {
      const store = await openWith(open, 5, { state: 'sent', startedAt: T0 });
      await store.campaigns.finish(t0Plus(5), FENCE);
      const before = await store.campaigns.progress('ntc_1', T0);
      expect(await store.campaigns.toCompact(t0Plus(5), 9)).toEqual([]);
      expect(await store.campaigns.toCompact(t0Plus(6), 9)).toEqual(['cmp_1']);
      expect(await store.campaigns.compact('cmp_1', 3)).toBe(3);
      expect(await rowsOf(store, 1)).toHaveLength(2);
      expect(await store.campaigns.toCompact(t0Plus(6), 9)).toEqual(['cmp_1']);
      // While it goes on there is nothing to hold the counts against.
      expect(await store.campaigns.check('cmp_1')).toBeNull();
      expect(await store.campaigns.compact('cmp_1', 3)).toBe(2);
      expect(await store.campaigns.toCompact(t0Plus(6), 9)).toEqual([]);
      expect(await store.campaigns.progress('ntc_1', T0)).toEqual(before);
      expect(await store.deliveries.sentTo('sub_1', 9)).toEqual([]);
    });

    it('waits for the end of the campaign and of its incident', async () => {
      const store = await openWith(open, 1, { state: 'sent' });
      expect(await store.campaigns.compact('cmp_1', 9)).toBe(0);
      expect(await store.campaigns.toCompact(t0Plus(9), 9)).toEqual([]);
      await store.incidents.insert(incident(), update());
      await store.campaigns.finish(T0, FENCE);
      expect(await store.campaigns.toCompact(t0Plus(9), 9)).toEqual([]);
      expect(await rowsOf(store, 1)).toHaveLength(1);
    });
  });

  describe('the check', () => {
    it('looks at what is going on and what was over lately', async () => {
      const store = await openWith(open, 1, { state: 'sent' });
      await makeCampaign(store, 2, { campaign: { state: 'finished', finishedAt: t0Plus(5) } });
      expect(await store.campaigns.recent(t0Plus(9))).toEqual(['cmp_1']);
      expect(await store.campaigns.recent(t0Plus(4))).toEqual(['cmp_1', 'cmp_2']);
    });
  });

  describe('progress', () => {
    it('tells the present rate, from the last seconds, and how soon those were told who were', async () => {
      const store = await open();
      await makeChats(store, 9);
      await makeCampaign(store, 1, { campaign: { startedAt: T0 } });
      await store.deliveries.insertMany(
        deliveriesTo(
          1,
          [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `sub_${n}`),
        ),
      );
      await claim(store, 8);
      for (let n = 1; n <= 8; n++) {
        await begin(store, `cmp_1.sub_${n}`, T0, t0Plus(9_999));
        await settle(store, `cmp_1.sub_${n}`, { state: 'sent' }, t0Plus(n <= 4 ? 3 : 1_000));
      }
      const at = async (seconds: number) => store.campaigns.progress('ntc_1', t0Plus(seconds));
      expect(await at(1_005)).toMatchObject({ ratePerSecond: 4 / 15, etaSeconds: 4 });
      expect(await at(1_100)).toMatchObject({ ratePerSecond: null, etaSeconds: null });
      const { halfWithinSeconds, nearlyAllWithinSeconds } = (await at(1_100)) ?? {};
      expect(halfWithinSeconds).toBeGreaterThan(2.4);
      expect(halfWithinSeconds).toBeLessThan(3.6);
      expect(nearlyAllWithinSeconds).toBeGreaterThan(800);
      expect(nearlyAllWithinSeconds).toBeLessThan(1_200);
    });
  });
}
