import { describe, expect, it } from 'vitest';
import type { Settlement } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  campaign,
  claim,
  claimIds,
  deliveriesTo,
  FENCE,
  fanOut,
  LANE,
  LEASE,
  makeCampaign,
  openWith,
  requeue,
  settle,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

/** Campaigns from hold to end. */
export function keepsCampaigns(open: () => Promise<Store>): void {
  describe('campaigns', () => {
    it('come back as written, by id and by notice', async () => {
      const store = await open();
      await makeCampaign(store, 1);
      const written = campaign({ createdAt: t0Plus(1) });
      expect(await store.campaigns.get('cmp_1')).toEqual(written);
      expect(await store.campaigns.byNotice('ntc_1')).toEqual(written);
      expect(await store.campaigns.get('cmp_2')).toBeNull();
      expect(await store.campaigns.byNotice('ntc_2')).toBeNull();
      expect(await store.campaigns.progress('ntc_2', T0)).toBeNull();
    });

    it('are to fan out when their hold is over, oldest first', async () => {
      const store = await open();
      await makeCampaign(store, 2, { campaign: { state: 'holding', holdUntil: t0Plus(10) } });
      await makeCampaign(store, 1, { campaign: { state: 'holding', holdUntil: t0Plus(5) } });
      await makeCampaign(store, 3);
      const due = async (seconds: number) =>
        (await store.campaigns.toFanOut(t0Plus(seconds))).map((c) => c.id);
      expect(await due(4)).toEqual([]);
      expect(await due(5)).toEqual(['cmp_1']);
      expect(await due(10)).toEqual(['cmp_1', 'cmp_2']);
      expect((await store.campaigns.active()).map((c) => c.id)).toEqual(['cmp_1', 'cmp_2', 'cmp_3']);
    });

    it('finish when nothing is left that could still go out', async () => {
      const store = await openWith(open, 3);
      await makeCampaign(store, 2, { campaign: { state: 'fanning' } });
      await claim(store, 3);
      const settled: readonly Settlement['state'][] = ['sent', 'failed', 'uncertain'];
      for (const [n, state] of settled.entries()) {
        expect(await store.campaigns.finish(T0, FENCE)).toBe(0);
        await begin(store, `cmp_1.sub_${n + 1}`, T0, LEASE);
        await settle(store, `cmp_1.sub_${n + 1}`, { state }, T0);
      }
      // The uncertain one is still to be sent once more.
      expect(await store.campaigns.finish(T0, FENCE)).toBe(0);
      await requeue(store, LANE, T0);
      await claim(store, 1);
      await begin(store, 'cmp_1.sub_3', T0, LEASE);
      await settle(store, 'cmp_1.sub_3', { state: 'uncertain' }, T0);
      expect(await store.campaigns.finish(t0Plus(9), FENCE)).toBe(1);
      expect(await store.campaigns.get('cmp_1')).toMatchObject({
        state: 'finished',
        finishedAt: t0Plus(9),
      });
      expect((await store.campaigns.active()).map((c) => c.id)).toEqual(['cmp_2']);
    });

    it('are superseded by a later notice of their incident: what is on the wire and what was sent stays', async () => {
      const store = await openWith(open, 4);
      await makeCampaign(store, 2, { campaign: { state: 'holding' } });
      await makeCampaign(store, 3, { campaign: { state: 'holding' } });
      await makeCampaign(store, 4, { notice: { incident: 'inc_2', sequence: 1 } });
      await store.deliveries.insertMany(deliveriesTo(4, ['sub_4'], { dueAt: t0Plus(99) }));
      await claim(store, 3);
      await begin(store, 'cmp_1.sub_1', T0, LEASE);
      await begin(store, 'cmp_1.sub_2', T0, LEASE);
      await settle(store, 'cmp_1.sub_2', { state: 'sent' }, T0);
      expect(await store.campaigns.supersede('inc_1', 3, T0)).toBe(2);
      expect(await begin(store, 'cmp_1.sub_3', T0, LEASE)).toBe(false);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 4,
        deliveries: { sending: 1, sent: 1, superseded: 2 },
      });
      const states = await Promise.all([1, 2, 3, 4].map((n) => store.campaigns.get(`cmp_${n}`)));
      expect(states.map((c) => c?.state)).toEqual(['superseded', 'superseded', 'holding', 'sending']);
      expect(await fanOut(store, 'cmp_2', {})).toBeNull();
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(99));
    });

    it('are paused at once, pass others by, and go on where they were', async () => {
      const store = await openWith(open, 2);
      await claim(store, 1);
      expect(await store.campaigns.control('cmp_1', 'pause', T0)).toBe(true);
      expect(await store.campaigns.control('cmp_1', 'pause', T0)).toBe(false);
      expect(await begin(store, 'cmp_1.sub_1', T0, LEASE)).toBe(false);
      expect(await claim(store, 10)).toEqual([]);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.campaigns.finish(T0, FENCE)).toBe(0);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1']));
      expect(claimIds(await claim(store, 10))).toEqual(['cmp_2.sub_1']);
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(true);
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(false);
      expect((await store.campaigns.get('cmp_1'))?.state).toBe('sending');
      expect(claimIds(await claim(store, 10))).toEqual(['cmp_1.sub_2']);
    });

    it('that were paused while fanning out go on fanning out', async () => {
      const store = await open();
      await makeCampaign(store, 1, { campaign: { state: 'fanning', cursor: 5 } });
      await store.campaigns.control('cmp_1', 'pause', T0);
      expect(await store.campaigns.toFanOut(T0)).toEqual([]);
      await store.campaigns.control('cmp_1', 'resume', T0);
      expect(await store.campaigns.toFanOut(T0)).toMatchObject([{ state: 'fanning', cursor: 5 }]);
    });

    it('are cancelled from any unfinished state, and stay so', async () => {
      const store = await openWith(open, 2);
      const control = (id: string, act: 'pause' | 'resume' | 'cancel') =>
        store.campaigns.control(id, act, t0Plus(3));
      await claim(store, 1);
      await control('cmp_1', 'pause');
      expect(await control('cmp_1', 'cancel')).toBe(true);
      for (const act of ['pause', 'resume', 'cancel'] as const)
        expect(await control('cmp_1', act)).toBe(false);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 2,
        deliveries: { cancelled: 2 },
        finishedAt: t0Plus(3),
      });
      await makeCampaign(store, 2, { campaign: { state: 'holding' } });
      expect(await control('cmp_2', 'pause')).toBe(false);
      expect(await control('cmp_2', 'cancel')).toBe(true);
      await makeCampaign(store, 3, { campaign: { state: 'finished' } });
      expect(await control('cmp_3', 'cancel')).toBe(false);
    });

    it('tell how far they are and when the last one will have heard', async () => {
      const store = await openWith(open, 10);
      await store.campaigns.control('cmp_1', 'pause', T0);
      expect((await store.campaigns.progress('ntc_1', t0Plus(10)))?.etaSeconds).toBeNull();
      await store.campaigns.control('cmp_1', 'cancel', T0);

      await makeCampaign(store, 2, { campaign: { startedAt: T0 } });
      await store.deliveries.insertMany(deliveriesTo(2, subscriberIds(10)));
      expect((await store.campaigns.progress('ntc_2', t0Plus(10)))?.etaSeconds).toBeNull();
      for (const { delivery } of await claim(store, 4)) {
        await begin(store, delivery.id, T0, LEASE);
        await settle(store, delivery.id, { state: 'sent' }, T0);
      }
      expect(await store.campaigns.progress('ntc_2', t0Plus(10))).toEqual({
        audience: 10,
        deliveries: {
          ready: 6,
          held: 0,
          sending: 0,
          sent: 4,
          ended: 0,
          failed: 0,
          uncertain: 0,
          superseded: 0,
          cancelled: 0,
        },
        resent: 0,
        startedAt: T0,
        finishedAt: null,
        ratePerSecond: 0.4,
        etaSeconds: 15,
        halfWithinSeconds: 0,
        nearlyAllWithinSeconds: 0,
      });
    });
  });
}
