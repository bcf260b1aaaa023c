import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  claim,
  claimFrom,
  claimIds,
  deliveriesTo,
  LANE,
  LEASE,
  makeCampaign,
  makeChats,
  openWith,
  requeue,
  settle,
  stateOf,
  sweep,
  T0,
  t0Plus,
} from './store-samples.ts';

/** Deliveries on the wire, and after a crash. */
export function keepsSending(open: () => Promise<Store>): void {
  describe('sending', () => {
    it('begins once, while the lease lasts', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      expect(await begin(store, 'cmp_1.sub_1', t0Plus(14), t0Plus(60))).toBe(true);
      expect(await begin(store, 'cmp_1.sub_1', t0Plus(14), t0Plus(60))).toBe(false);
      expect(await begin(store, 'cmp_1.sub_2', LEASE, t0Plus(60))).toBe(false);
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({
        state: 'sending',
        startedAt: t0Plus(14),
        leaseUntil: t0Plus(60),
      });
    });

    it('begins for one of two who try at once', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      const begun = await Promise.all([1, 2, 3].map(() => begin(store, 'cmp_1.sub_1', T0, LEASE)));
      expect(begun.filter(Boolean)).toHaveLength(1);
    });

    it('settles with what goes with it', async () => {
      const store = await openWith(open, 3);
      await claim(store, 3);
      for (const id of ['cmp_1.sub_1', 'cmp_1.sub_2', 'cmp_1.sub_3']) await begin(store, id, T0, LEASE);
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm1', error: null }, T0);
      await settle(store, 'cmp_1.sub_2', { state: 'failed', attempts: 6, error: 'too long' }, T0);
      await settle(store, 'cmp_1.sub_3', { state: 'ready', dueAt: t0Plus(30), error: '429' }, T0);
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({
        state: 'sent',
        messageId: 'm1',
        leaseUntil: null,
      });
      expect(await store.deliveries.get('cmp_1.sub_2')).toMatchObject({ state: 'failed', attempts: 6 });
      expect(await store.deliveries.get('cmp_1.sub_3')).toMatchObject({
        state: 'ready',
        dueAt: t0Plus(30),
        error: '429',
      });
    });

    it('is not settled when it never began, nor a second time', async () => {
      const store = await openWith(open, 2);
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('ready');
      await claim(store, 2);
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('claimed');
      await begin(store, 'cmp_1.sub_2', T0, LEASE);
      await settle(store, 'cmp_1.sub_2', { state: 'sent', messageId: 'm' }, T0);
      await settle(store, 'cmp_1.sub_2', { state: 'ready', dueAt: T0 }, T0);
      await settle(store, 'cmp_1.sub_2', { state: 'failed' }, T0);
      expect(await stateOf(store, 'cmp_1.sub_2')).toBe('sent');
    });

    it('gives a claimed one back', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      await settle(store, 'cmp_1.sub_1', { state: 'ready', dueAt: t0Plus(3) }, T0);
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({ state: 'ready', leaseUntil: null });
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(3));
    });

    it('does not come back into the queue of a stopped campaign or an ended chat', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      for (const id of ['cmp_1.sub_1', 'cmp_1.sub_2']) await begin(store, id, T0, LEASE);
      await store.subscribers.end('sub_1', 'blocked', T0);
      await settle(store, 'cmp_1.sub_1', { state: 'ready', dueAt: T0 }, T0);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('ended');
      await store.campaigns.supersede('inc_1', 2, T0);
      await settle(store, 'cmp_1.sub_2', { state: 'ready', dueAt: T0 }, T0);
      expect(await stateOf(store, 'cmp_1.sub_2')).toBe('superseded');
    });
  });

  describe('after a crash', () => {
    it('what was claimed is ready again, what was being sent is uncertain, when the lease has run out', async () => {
      const store = await openWith(open, 3);
      await claim(store, 2);
      await begin(store, 'cmp_1.sub_1', T0, t0Plus(40));
      expect(await sweep(store, t0Plus(14))).toEqual({ released: 0, uncertain: 0 });
      expect(await sweep(store, LEASE)).toEqual({ released: 1, uncertain: 0 });
      expect(await sweep(store, t0Plus(40))).toEqual({ released: 0, uncertain: 1 });
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('uncertain');
      expect(claimIds(await claim(store, 10, t0Plus(40)))).toEqual(['cmp_1.sub_2', 'cmp_1.sub_3']);
    });

    it('what is uncertain is sent once more, without sound, and no third time', async () => {
      const store = await openWith(open, 1);
      for (const requeued of [1, 0]) {
        await claim(store, 1, t0Plus(50));
        await begin(store, 'cmp_1.sub_1', T0, t0Plus(60));
        await settle(store, 'cmp_1.sub_1', { state: 'uncertain', error: 'timeout' }, T0);
        expect(await requeue(store, 'slack:T1', t0Plus(50))).toBe(0);
        expect(await requeue(store, LANE, t0Plus(50))).toBe(requeued);
      }
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({
        state: 'uncertain',
        resent: true,
        silent: true,
        dueAt: t0Plus(50),
      });
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ audience: 1, resent: 1 });
    });

    it('what dies with its sender goes again each time, but not for ever', async () => {
      const store = await openWith(open, 1);
      const requeued: number[] = [];
      for (let life = 0; life < 6; life++) {
        await claim(store, 1, t0Plus(50));
        await begin(store, 'cmp_1.sub_1', T0, t0Plus(60));
        await sweep(store, t0Plus(50), LANE);
        requeued.push(await requeue(store, LANE, t0Plus(50)));
      }
      expect(requeued).toEqual([1, 1, 1, 0, 0, 0]);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('uncertain');
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ audience: 1, resent: 1 });
    });

    it('an answer that comes late settles what had become uncertain', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      await begin(store, 'cmp_1.sub_1', T0, LEASE);
      await sweep(store, LEASE);
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm' }, LEASE);
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('sent');
      expect(await requeue(store, LANE, LEASE)).toBe(0);
    });

    it('nothing uncertain is sent again for a campaign that was stopped, or to a chat that ended', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      for (const id of ['cmp_1.sub_1', 'cmp_1.sub_2']) await begin(store, id, T0, LEASE);
      await sweep(store, LEASE);
      await store.subscribers.end('sub_1', 'blocked', T0);
      expect(await requeue(store, LANE, LEASE)).toBe(1);
      await claimFrom(store, LANE, 2, LEASE, t0Plus(60));
      await store.campaigns.control('cmp_1', 'cancel', LEASE);
      expect(await stateOf(store, 'cmp_1.sub_2')).toBe('cancelled');
      expect(await requeue(store, LANE, LEASE)).toBe(0);
    });
  });

  describe('ending', () => {
    it('takes back what is unsent to a chat, and nothing else', async () => {
      const store = await openWith(open, 2);
      for (const n of [2, 3]) {
        await makeCampaign(store, n);
        await store.deliveries.insertMany(deliveriesTo(n, ['sub_1'], { dueAt: t0Plus(n), state: 'held' }));
      }
      await claim(store, 1);
      await begin(store, 'cmp_1.sub_1', T0, LEASE);
      await settle(store, 'cmp_1.sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await store.deliveries.endFor('sub_1', 'left')).toBe(2);
      expect(await store.deliveries.get('cmp_2.sub_1')).toMatchObject({ state: 'ended', error: 'left' });
      expect(await stateOf(store, 'cmp_1.sub_1')).toBe('sent');
      expect(await stateOf(store, 'cmp_1.sub_2')).toBe('ready');
    });

    it('remembers what a chat was sent, newest first', async () => {
      const store = await open();
      await makeChats(store, 1);
      for (const n of [1, 2, 3]) {
        await makeCampaign(store, n);
        await store.deliveries.insertMany(deliveriesTo(n, ['sub_1'], { dueAt: t0Plus(n) }));
        await claimFrom(store, LANE, 1, t0Plus(n), t0Plus(60));
        await begin(store, `cmp_${n}.sub_1`, t0Plus(n), t0Plus(60));
        await settle(store, `cmp_${n}.sub_1`, { state: n === 2 ? 'failed' : 'sent' }, t0Plus(n));
      }
      expect((await store.deliveries.sentTo('sub_1', 5)).map((d) => d.notice)).toEqual(['ntc_3', 'ntc_1']);
      expect(await store.deliveries.sentTo('sub_1', 1)).toHaveLength(1);
    });
  });
}
