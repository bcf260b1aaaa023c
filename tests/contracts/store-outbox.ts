import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  chat,
  claim,
  claimFrom,
  claimIds,
  deliveriesTo,
  everyPage,
  LANE,
  LEASE,
  makeCampaign,
  makeChats,
  openWith,
  settle,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

/** Deliveries, written and claimed. */
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
      expect(await store.deliveries.get('cmp_1.sub_1')).toEqual(row);
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
      expect(claimIds(first)).toEqual(['cmp_2.sub_4', 'cmp_1.sub_2']);
      expect(first[0]?.delivery).toMatchObject({ state: 'claimed', leaseUntil: LEASE });
      expect(claimIds(await claim(store, 10))).toEqual(['cmp_2.sub_3', 'cmp_1.sub_1', 'cmp_2.sub_5']);
      expect(await claim(store, 10)).toEqual([]);
    });

    it('takes nothing before it is due, nor from another lane', async () => {
      const store = await openWith(open, 1, { state: 'held', dueAt: t0Plus(60) });
      expect(await store.deliveries.nextDue(LANE)).toBe(t0Plus(60));
      expect(await claim(store, 10, t0Plus(59))).toEqual([]);
      expect(await claimFrom(store, 'slack:T1', 10, t0Plus(60), LEASE)).toEqual([]);
      expect(await claim(store, 10, t0Plus(60))).toHaveLength(1);
      expect(await store.deliveries.nextDue(LANE)).toBeNull();
      expect(await store.deliveries.lanes()).toEqual([LANE]);
    });

    it('gives a chat one at a time, until that one is settled', async () => {
      const store = await openWith(open, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1'], { dueAt: t0Plus(-5) }));
      expect(claimIds(await claim(store, 10))).toEqual(['cmp_2.sub_1']);
      expect(await claim(store, 10)).toEqual([]);
      await begin(store, 'cmp_2.sub_1', T0, LEASE);
      expect(await claim(store, 10)).toEqual([]);
      await settle(store, 'cmp_2.sub_1', { state: 'sent', messageId: 'm' }, T0);
      expect(claimIds(await claim(store, 10))).toEqual(['cmp_1.sub_1']);
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
        await begin(store, delivery.id, T0, LEASE);
        const sent = { state: 'sent', messageId: `m of ${delivery.subscriber}` } as const;
        const failed = { state: 'failed', error: 'no' } as const;
        await settle(store, delivery.id, delivery.subscriber === 'sub_1' ? sent : failed, T0);
      }
      for (const n of [2, 3]) {
        await makeCampaign(store, n, n === 3 ? { notice: { incident: null } } : {});
        await store.deliveries.insertMany(deliveriesTo(n, n === 3 ? ['sub_1'] : ['sub_1', 'sub_2']));
      }
      const replies = new Map((await claim(store, 10)).map((c) => [c.delivery.id, c.replyTo]));
      expect(replies).toEqual(
        new Map([
          ['cmp_2.sub_1', 'm of sub_1'],
          ['cmp_2.sub_2', null],
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
}
