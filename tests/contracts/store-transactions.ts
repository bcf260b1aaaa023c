import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  claimFrom,
  deliveriesTo,
  fanOut,
  LANE,
  makeCampaign,
  makeChats,
  settle,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

/** All or nothing, and one after another where it matters. */
export function keepsTransactions(open: () => Promise<Store>): void {
  describe('a transaction', () => {
    it('is undone whole when its work fails', async () => {
      const store = await open();
      await expect(
        store.transaction(async (tables) => {
          await makeChats(tables, 1);
          await makeCampaign(tables, 1);
          await tables.deliveries.insertMany(deliveriesTo(1, ['sub_1']));
          expect(await tables.campaigns.progress('ntc_1', T0)).toMatchObject({ audience: 1 });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await store.subscribers.count()).toEqual({ active: 0, ended: 0 });
      expect(await store.notices.get('ntc_1')).toBeNull();
      expect(await store.campaigns.get('cmp_1')).toBeNull();
    });

    it('returns what its work returns', async () => {
      const store = await open();
      expect(await store.transaction(async (tables) => tables.notices.nextNumber('2023-11-17'))).toBe(1);
    });

    it('is not seen from outside before its end', async () => {
      const store = await open();
      let seen: Promise<string | null> = Promise.resolve(null);
      await store.transaction(async (tables) => {
        await tables.meta.set('key', 'inside');
        // Not awaited here: on one connection it waits for the end of the transaction.
        seen = store.meta.get('other');
        await tables.meta.set('other', 'inside');
      });
      expect([null, 'inside']).toContain(await seen);
      expect(await store.meta.get('key')).toBe('inside');
    });

    it('that failed leaves the store working', async () => {
      const store = await open();
      await makeCampaign(store, 1);
      await expect(makeCampaign(store, 1)).rejects.toThrow();
      await expect(store.transaction((tables) => makeCampaign(tables, 1))).rejects.toThrow();
      expect(await store.transaction((tables) => tables.notices.get('ntc_1'))).not.toBeNull();
    });

    it('is run again when another got in its way', async () => {
      const store = await open();
      await store.meta.set('a', '0');
      await store.meta.set('b', '0');
      // Each takes in the order in which the other does not: one of them must give way and start anew.
      const both = (first: string, second: string) =>
        store.transaction(async (tables) => {
          await tables.meta.set(first, 'x');
          await new Promise((resolve) => setTimeout(resolve, 50));
          await tables.meta.set(second, 'x');
          return first;
        });
      expect(await Promise.all([both('a', 'b'), both('b', 'a')])).toEqual(['a', 'b']);
    });
  });

  describe('stopping a campaign while somebody else works on it', () => {
    it('leaves no delivery behind that fan-out was just writing', async () => {
      const store = await open();
      await makeChats(store, 30);
      for (let n = 1; n <= 6; n++) await makeCampaign(store, n, { campaign: { state: 'fanning' } });
      for (const id of subscriberIds(30)) await store.subscribers.change(id, { announcements: true });
      await Promise.all(
        [1, 2, 3, 4, 5, 6].flatMap((n) => [
          fanOut(store, `cmp_${n}`, {}),
          n % 2 === 0
            ? store.campaigns.control(`cmp_${n}`, 'cancel', T0)
            : store.campaigns.supersede('inc_1', 7, T0),
        ]),
      );
      for (let n = 1; n <= 6; n++) {
        const progress = await store.campaigns.progress(`ntc_${n}`, T0);
        expect(progress?.deliveries.ready).toBe(0);
        expect(await store.campaigns.check(`cmp_${n}`)).toBeNull();
      }
    });

    it('leaves no delivery behind that a sender was just giving back', async () => {
      const store = await open();
      await makeChats(store, 20);
      await makeCampaign(store, 1);
      const ids = Array.from({ length: 20 }, (_, i) => `sub_${String(i + 1).padStart(2, '0')}`);
      await store.deliveries.insertMany(deliveriesTo(1, ids));
      const claims = await claimFrom(store, LANE, 20, T0, t0Plus(10));
      for (const { delivery } of claims) await begin(store, delivery.id, T0, t0Plus(10));
      await Promise.all([
        ...claims.map(({ delivery }) => settle(store, delivery.id, { state: 'ready', dueAt: T0 }, T0)),
        store.campaigns.supersede('inc_1', 2, T0),
      ]);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 20,
        deliveries: { superseded: 20, ready: 0, sending: 0 },
      });
    });

    it('lets each claimed delivery either begin or be stopped, never both', async () => {
      const store = await open();
      await makeChats(store, 20);
      await makeCampaign(store, 1);
      const ids = Array.from({ length: 20 }, (_, i) => `sub_${String(i + 1).padStart(2, '0')}`);
      await store.deliveries.insertMany(deliveriesTo(1, ids));
      const claims = await claimFrom(store, LANE, 20, T0, t0Plus(10));
      const [stopped, ...begun] = await Promise.all([
        store.campaigns.supersede('inc_1', 2, T0),
        ...claims.map(({ delivery }) => begin(store, delivery.id, T0, t0Plus(10))),
      ]);
      const sending = begun.filter(Boolean).length;
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        deliveries: { sending, superseded: stopped },
      });
      expect(sending + stopped).toBe(20);
    });
  });
}
