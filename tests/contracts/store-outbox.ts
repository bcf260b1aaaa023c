import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/domain/campaign.ts';
import type { Claim, Store } from '../../src/ports/store.ts';
import {
  campaign,
  chat,
  deliveriesTo,
  everyPage,
  LANE,
  makeCampaign,
  makeChats,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

const LEASE = t0Plus(15);

/** A store with some chats and one campaign to all of them. */
async function openWith(open: () => Promise<Store>, chats: number, change: Partial<Delivery> = {}) {
  const store = await open();
  await makeChats(store, chats);
  await makeCampaign(store, 1);
  await store.deliveries.insertMany(deliveriesTo(1, subscriberIds(chats), change));
  return store;
}

const claimIds = (claims: readonly Claim[]) => claims.map((c) => c.delivery.id);
const claim = (store: Store, limit: number, now = T0) => store.deliveries.claim(LANE, limit, now, LEASE);
const stateOf = async (store: Store, id: string) => (await store.deliveries.get(id))?.state;

/** Deliveries from insert to end. */
export function keepsOutbox(open: () => Promise<Store>): void {
  describe('inserting deliveries', () => {
    it('keeps every field', async () => {
      const store = await open();
      await makeChats(store, 1);
      await makeCampaign(store, 1);
      const [row] = deliveriesTo(1, ['sub_1'], {
        priority: 3,
        state: 'held',
        dueAt: t0Plus(9),
        attempts: 2,
        resent: true,
        silent: true,
        leaseUntil: t0Plus(8),
        startedAt: t0Plus(7),
        messageId: 'it\'s "m"',
        error: '오류\n두 줄',
      });
      expect(await store.deliveries.insertMany(row === undefined ? [] : [row])).toBe(1);
      expect(await store.deliveries.get('dlv_1_sub_1')).toEqual(row);
      expect(await store.deliveries.get('dlv_9')).toBeNull();
      expect(await store.deliveries.insertMany([])).toBe(0);
    });

    it('ignores a second one for the same notice and chat, and says how many were new', async () => {
      const store = await openWith(open, 2);
      const again = deliveriesTo(1, ['sub_1', 'sub_2']).map((row) => ({ ...row, id: `${row.id}_again` }));
      expect(await store.deliveries.insertMany(again)).toBe(0);
      await makeChats(store, 3);
      expect(await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_3']))).toBe(1);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ audience: 3 });
    });

    it('passes by chats that have ended or gone, and campaigns that were stopped, since the audience was read', async () => {
      const store = await open();
      await makeChats(store, 3);
      await makeCampaign(store, 1);
      await store.subscribers.end('sub_1', 'blocked', T0);
      await store.subscribers.erase('sub_2');
      expect(await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2', 'sub_3']))).toBe(1);
      await store.campaigns.control('cmp_1', 'cancel', T0);
      await makeCampaign(store, 2, { campaign: { state: 'superseded' } });
      expect(await store.deliveries.insertMany(deliveriesTo(2, ['sub_3']))).toBe(0);
    });

    it('pages through the rows of a notice by chat', async () => {
      const store = await openWith(open, 11);
      await store.subscribers.erase('sub_05');
      const rows = await everyPage((cursor) => store.deliveries.of('ntc_1', { limit: 4, cursor }));
      expect(rows).toHaveLength(11);
      expect(new Set(rows.map((row) => row.id)).size).toBe(11);
      expect(rows.filter((row) => row.subscriber.startsWith('sub_'))).toHaveLength(10);
    });

    it('takes thousands at once', async () => {
      const store = await open();
      const ids = subscriberIds(1500);
      await store.transaction(async (tables) => {
        for (const id of ids) await tables.subscribers.ensure(chat(id), { id, hint: null, at: T0 });
      });
      await makeCampaign(store, 1);
      expect(await store.deliveries.insertMany(deliveriesTo(1, ids))).toBe(1500);
      const rows = await everyPage((cursor) => store.deliveries.of('ntc_1', { limit: 200, cursor }));
      expect(rows.map((row) => row.subscriber)).toEqual(ids);
    });
  });

  describe('claiming', () => {
    it('goes by priority, then by due time, and leases', async () => {
      const store = await open();
      await makeChats(store, 5);
      await makeCampaign(store, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany([
        ...deliveriesTo(1, ['sub_1'], { priority: 2, dueAt: t0Plus(-1) }),
        ...deliveriesTo(1, ['sub_2'], { priority: 2, dueAt: t0Plus(-3) }),
        ...deliveriesTo(2, ['sub_3'], { priority: 2, dueAt: t0Plus(-2) }),
        ...deliveriesTo(2, ['sub_4'], { priority: 1, dueAt: T0, state: 'held' }),
        ...deliveriesTo(2, ['sub_5'], { priority: 3, dueAt: t0Plus(-9) }),
      ]);
      const first = await claim(store, 2);
      expect(claimIds(first)).toEqual(['dlv_2_sub_4', 'dlv_1_sub_2']);
      expect(first[0]?.delivery).toMatchObject({ state: 'claimed', leaseUntil: LEASE });
      expect(claimIds(await claim(store, 10))).toEqual(['dlv_2_sub_3', 'dlv_1_sub_1', 'dlv_2_sub_5']);
      expect(await claim(store, 10)).toEqual([]);
    });

    it('takes nothing before it is due, nor from another lane', async () => {
      const store = await openWith(open, 1, { state: 'held', dueAt: t0Plus(60) });
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(60));
      expect(await claim(store, 10, t0Plus(59))).toEqual([]);
      expect(await store.deliveries.claim('slack:T1', 10, t0Plus(60), LEASE)).toEqual([]);
      expect(await claim(store, 10, t0Plus(60))).toHaveLength(1);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.deliveries.lanes()).toEqual([LANE]);
    });

    it('gives a chat one at a time, until that one is settled', async () => {
      const store = await openWith(open, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1'], { dueAt: t0Plus(-5) }));
      expect(claimIds(await claim(store, 10))).toEqual(['dlv_2_sub_1']);
      expect(await claim(store, 10)).toEqual([]);
      await store.deliveries.begin('dlv_2_sub_1', T0, LEASE);
      expect(await claim(store, 10)).toEqual([]);
      await store.deliveries.settle('dlv_2_sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(claimIds(await claim(store, 10))).toEqual(['dlv_1_sub_1']);
    });

    it('fills its limit from chats that are free, whatever waits for those that are not', async () => {
      const store = await openWith(open, 6);
      await claim(store, 3);
      for (const n of [2, 3]) {
        await makeCampaign(store, n);
        await store.deliveries.insertMany(deliveriesTo(n, subscriberIds(6), { dueAt: t0Plus(-n) }));
      }
      const claimed = await claim(store, 3);
      expect(new Set(claimed.map((c) => c.delivery.subscriber)).size).toBe(3);
    });

    it('brings the chat, the language and the message in which the chat first heard of it', async () => {
      const store = await openWith(open, 2);
      await store.subscribers.change('sub_1', { hint: 'en' });
      await store.subscribers.change('sub_2', { hint: 'en', language: 'ko' });
      for (const { delivery, language, replyTo, chat: to } of await claim(store, 2)) {
        expect(replyTo).toBeNull();
        expect(to).toEqual(chat(`chat of ${delivery.subscriber}`));
        expect(language).toBe(delivery.subscriber === 'sub_1' ? 'en' : 'ko');
        await store.deliveries.begin(delivery.id, T0, LEASE);
        const sent = { state: 'sent', messageId: `m of ${delivery.subscriber}` } as const;
        const failed = { state: 'failed', error: 'no' } as const;
        await store.deliveries.settle(delivery.id, delivery.subscriber === 'sub_1' ? sent : failed, T0);
      }
      for (const n of [2, 3]) {
        await makeCampaign(store, n, n === 3 ? { notice: { incident: null } } : {});
        await store.deliveries.insertMany(deliveriesTo(n, n === 3 ? ['sub_1'] : ['sub_1', 'sub_2']));
      }
      const replies = new Map((await claim(store, 10)).map((c) => [c.delivery.id, c.replyTo]));
      expect(replies).toEqual(
        new Map([
          ['dlv_2_sub_1', 'm of sub_1'],
          ['dlv_2_sub_2', null],
        ]),
      );
    });

    it('gives each row and each chat to one of several who claim at once', async () => {
      const store = await openWith(open, 40);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, subscriberIds(40)));
      const batches = await Promise.all(Array.from({ length: 6 }, () => claim(store, 15)));
      const claimed = batches.flat();
      expect(new Set(claimed.map((c) => c.delivery.id)).size).toBe(claimed.length);
      expect(new Set(claimed.map((c) => c.delivery.subscriber)).size).toBe(claimed.length);
      const rest = await claim(store, 100);
      expect(claimed.length + rest.length).toBe(40);
    });
  });

  describe('sending', () => {
    it('begins once, while the lease lasts', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      expect(await store.deliveries.begin('dlv_1_sub_1', t0Plus(14), t0Plus(60))).toBe(true);
      expect(await store.deliveries.begin('dlv_1_sub_1', t0Plus(14), t0Plus(60))).toBe(false);
      expect(await store.deliveries.begin('dlv_1_sub_2', LEASE, t0Plus(60))).toBe(false);
      expect(await store.deliveries.get('dlv_1_sub_1')).toMatchObject({
        state: 'sending',
        startedAt: t0Plus(14),
        leaseUntil: t0Plus(60),
      });
    });

    it('begins for one of two who try at once', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      const begun = await Promise.all([1, 2, 3].map(() => store.deliveries.begin('dlv_1_sub_1', T0, LEASE)));
      expect(begun.filter(Boolean)).toHaveLength(1);
    });

    it('settles with what goes with it', async () => {
      const store = await openWith(open, 3);
      await claim(store, 3);
      for (const id of ['dlv_1_sub_1', 'dlv_1_sub_2', 'dlv_1_sub_3'])
        await store.deliveries.begin(id, T0, LEASE);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'sent', messageId: 'm1', error: null }, T0);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'failed', attempts: 6, error: 'too long' }, T0);
      await store.deliveries.settle('dlv_1_sub_3', { state: 'ready', dueAt: t0Plus(30), error: '429' }, T0);
      expect(await store.deliveries.get('dlv_1_sub_1')).toMatchObject({
        state: 'sent',
        messageId: 'm1',
        leaseUntil: null,
      });
      expect(await store.deliveries.get('dlv_1_sub_2')).toMatchObject({ state: 'failed', attempts: 6 });
      expect(await store.deliveries.get('dlv_1_sub_3')).toMatchObject({
        state: 'ready',
        dueAt: t0Plus(30),
        error: '429',
      });
    });

    it('is not settled when it never began, nor a second time', async () => {
      const store = await openWith(open, 2);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('ready');
      await claim(store, 2);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('claimed');
      await store.deliveries.begin('dlv_1_sub_2', T0, LEASE);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'sent', messageId: 'm' }, T0);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'ready', dueAt: T0 }, T0);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'failed' }, T0);
      expect(await stateOf(store, 'dlv_1_sub_2')).toBe('sent');
    });

    it('gives a claimed one back', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'ready', dueAt: t0Plus(3) }, T0);
      expect(await store.deliveries.get('dlv_1_sub_1')).toMatchObject({ state: 'ready', leaseUntil: null });
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(3));
    });

    it('does not come back into the queue of a stopped campaign or an ended chat', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      for (const id of ['dlv_1_sub_1', 'dlv_1_sub_2']) await store.deliveries.begin(id, T0, LEASE);
      await store.subscribers.end('sub_1', 'blocked', T0);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'ready', dueAt: T0 }, T0);
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('ended');
      await store.campaigns.supersede('inc_1', 2, T0);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'ready', dueAt: T0 }, T0);
      expect(await stateOf(store, 'dlv_1_sub_2')).toBe('superseded');
    });
  });

  describe('after a crash', () => {
    it('what was claimed is ready again, what was being sent is uncertain, when the lease has run out', async () => {
      const store = await openWith(open, 3);
      await claim(store, 2);
      await store.deliveries.begin('dlv_1_sub_1', T0, t0Plus(40));
      expect(await store.deliveries.sweep(t0Plus(14))).toEqual({ released: 0, uncertain: 0 });
      expect(await store.deliveries.sweep(LEASE)).toEqual({ released: 1, uncertain: 0 });
      expect(await store.deliveries.sweep(t0Plus(40))).toEqual({ released: 0, uncertain: 1 });
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('uncertain');
      expect(claimIds(await claim(store, 10, t0Plus(40)))).toEqual(['dlv_1_sub_2', 'dlv_1_sub_3']);
    });

    it('what is uncertain is sent once more, without sound, and no third time', async () => {
      const store = await openWith(open, 1);
      for (const requeued of [1, 0]) {
        await claim(store, 1, t0Plus(50));
        await store.deliveries.begin('dlv_1_sub_1', T0, t0Plus(60));
        await store.deliveries.settle('dlv_1_sub_1', { state: 'uncertain', error: 'timeout' }, T0);
        expect(await store.deliveries.requeueUncertain('slack:T1', t0Plus(50))).toBe(0);
        expect(await store.deliveries.requeueUncertain(LANE, t0Plus(50))).toBe(requeued);
      }
      expect(await store.deliveries.get('dlv_1_sub_1')).toMatchObject({
        state: 'uncertain',
        resent: true,
        silent: true,
        dueAt: t0Plus(50),
      });
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ audience: 1, resent: 1 });
    });

    it('an answer that comes late settles what had become uncertain', async () => {
      const store = await openWith(open, 1);
      await claim(store, 1);
      await store.deliveries.begin('dlv_1_sub_1', T0, LEASE);
      await store.deliveries.sweep(LEASE);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'sent', messageId: 'm' }, LEASE);
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('sent');
      expect(await store.deliveries.requeueUncertain(LANE, LEASE)).toBe(0);
    });

    it('nothing uncertain is sent again for a campaign that was stopped, or to a chat that ended', async () => {
      const store = await openWith(open, 2);
      await claim(store, 2);
      for (const id of ['dlv_1_sub_1', 'dlv_1_sub_2']) await store.deliveries.begin(id, T0, LEASE);
      await store.deliveries.sweep(LEASE);
      await store.subscribers.end('sub_1', 'blocked', T0);
      expect(await store.deliveries.requeueUncertain(LANE, LEASE)).toBe(1);
      await store.deliveries.claim(LANE, 2, LEASE, t0Plus(60));
      await store.campaigns.control('cmp_1', 'cancel', LEASE);
      expect(await stateOf(store, 'dlv_1_sub_2')).toBe('cancelled');
      expect(await store.deliveries.requeueUncertain(LANE, LEASE)).toBe(0);
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
      await store.deliveries.begin('dlv_1_sub_1', T0, LEASE);
      await store.deliveries.settle('dlv_1_sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(await store.deliveries.endFor('sub_1', 'left')).toBe(2);
      expect(await store.deliveries.get('dlv_2_sub_1')).toMatchObject({ state: 'ended', error: 'left' });
      expect(await stateOf(store, 'dlv_1_sub_1')).toBe('sent');
      expect(await stateOf(store, 'dlv_1_sub_2')).toBe('ready');
    });

    it('remembers what a chat was sent, newest first', async () => {
      const store = await open();
      await makeChats(store, 1);
      for (const n of [1, 2, 3]) {
        await makeCampaign(store, n);
        await store.deliveries.insertMany(deliveriesTo(n, ['sub_1'], { dueAt: t0Plus(n) }));
        await store.deliveries.claim(LANE, 1, t0Plus(n), t0Plus(60));
        await store.deliveries.begin(`dlv_${n}_sub_1`, t0Plus(n), t0Plus(60));
        await store.deliveries.settle(`dlv_${n}_sub_1`, { state: n === 2 ? 'failed' : 'sent' }, t0Plus(n));
      }
      expect((await store.deliveries.sentTo('sub_1', 5)).map((d) => d.notice)).toEqual(['ntc_3', 'ntc_1']);
      expect(await store.deliveries.sentTo('sub_1', 1)).toHaveLength(1);
    });
  });

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

    it('fan out when their hold is over, oldest first, until they are sending', async () => {
      const store = await open();
      await makeCampaign(store, 2, { campaign: { state: 'holding', holdUntil: t0Plus(10) } });
      await makeCampaign(store, 1, { campaign: { state: 'holding', holdUntil: t0Plus(5) } });
      await makeCampaign(store, 3);
      const due = async (seconds: number) =>
        (await store.campaigns.toFanOut(t0Plus(seconds))).map((c) => c.id);
      expect(await due(4)).toEqual([]);
      expect(await due(5)).toEqual(['cmp_1']);
      expect(await due(10)).toEqual(['cmp_1', 'cmp_2']);
      const step = { state: 'fanning', cursor: 'sub_1', startedAt: t0Plus(10) } as const;
      expect(await store.campaigns.advance('cmp_1', step)).toBe(true);
      expect(await store.campaigns.get('cmp_1')).toMatchObject(step);
      expect(await due(10)).toEqual(['cmp_1', 'cmp_2']);
      expect(await store.campaigns.advance('cmp_1', { ...step, state: 'sending' })).toBe(true);
      expect(await store.campaigns.advance('cmp_1', step)).toBe(false);
      expect(await due(10)).toEqual(['cmp_2']);
      expect((await store.campaigns.active()).map((c) => c.id)).toEqual(['cmp_1', 'cmp_2', 'cmp_3']);
    });

    it('finish when nothing is left that could still go out', async () => {
      const store = await openWith(open, 3);
      await makeCampaign(store, 2, { campaign: { state: 'fanning' } });
      await claim(store, 3);
      const settled: readonly Delivery['state'][] = ['sent', 'failed', 'uncertain'];
      for (const [n, state] of settled.entries()) {
        expect(await store.campaigns.finish(T0)).toBe(0);
        await store.deliveries.begin(`dlv_1_sub_${n + 1}`, T0, LEASE);
        await store.deliveries.settle(`dlv_1_sub_${n + 1}`, { state }, T0);
      }
      // The uncertain one is still to be sent once more.
      expect(await store.campaigns.finish(T0)).toBe(0);
      await store.deliveries.requeueUncertain(LANE, T0);
      await claim(store, 1);
      await store.deliveries.begin('dlv_1_sub_3', T0, LEASE);
      await store.deliveries.settle('dlv_1_sub_3', { state: 'uncertain' }, T0);
      expect(await store.campaigns.finish(t0Plus(9))).toBe(1);
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
      await store.deliveries.begin('dlv_1_sub_1', T0, LEASE);
      await store.deliveries.begin('dlv_1_sub_2', T0, LEASE);
      await store.deliveries.settle('dlv_1_sub_2', { state: 'sent' }, T0);
      expect(await store.campaigns.supersede('inc_1', 3, T0)).toBe(2);
      expect(await store.deliveries.begin('dlv_1_sub_3', T0, LEASE)).toBe(false);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 4,
        deliveries: { sending: 1, sent: 1, superseded: 2 },
      });
      const states = await Promise.all([1, 2, 3, 4].map((n) => store.campaigns.get(`cmp_${n}`)));
      expect(states.map((c) => c?.state)).toEqual(['superseded', 'superseded', 'holding', 'sending']);
      expect(await store.campaigns.advance('cmp_2', { state: 'fanning', cursor: null, startedAt: T0 })).toBe(
        false,
      );
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(99));
    });

    it('are paused at once, pass others by, and go on where they were', async () => {
      const store = await openWith(open, 2);
      await claim(store, 1);
      expect(await store.campaigns.control('cmp_1', 'pause', T0)).toBe(true);
      expect(await store.campaigns.control('cmp_1', 'pause', T0)).toBe(false);
      expect(await store.deliveries.begin('dlv_1_sub_1', T0, LEASE)).toBe(false);
      expect(await claim(store, 10)).toEqual([]);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.campaigns.finish(T0)).toBe(0);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1']));
      expect(claimIds(await claim(store, 10))).toEqual(['dlv_2_sub_1']);
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(true);
      expect(await store.campaigns.control('cmp_1', 'resume', T0)).toBe(false);
      expect((await store.campaigns.get('cmp_1'))?.state).toBe('sending');
      expect(claimIds(await claim(store, 10))).toEqual(['dlv_1_sub_2']);
    });

    it('that were paused while fanning out go on fanning out', async () => {
      const store = await open();
      await makeCampaign(store, 1, { campaign: { state: 'fanning', cursor: 'sub_5' } });
      await store.campaigns.control('cmp_1', 'pause', T0);
      expect(await store.campaigns.toFanOut(T0)).toEqual([]);
      await store.campaigns.control('cmp_1', 'resume', T0);
      expect(await store.campaigns.toFanOut(T0)).toMatchObject([{ state: 'fanning', cursor: 'sub_5' }]);
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
        await store.deliveries.begin(delivery.id, T0, LEASE);
        await store.deliveries.settle(delivery.id, { state: 'sent' }, T0);
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
        etaSeconds: 15,
      });
    });
  });
}
