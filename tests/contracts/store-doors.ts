import { describe, expect, it } from 'vitest';
import type { InboundUpdate } from '../../src/ports/journal.ts';
import type { Store } from '../../src/ports/store.ts';
import { official, T0, t0Plus } from './store-samples.ts';

const person = { platform: 'slack', workspace: 'T1', person: 'U1' } as const;

const arrival = (id: string, change: Partial<InboundUpdate> = {}): Omit<InboundUpdate, 'attempts'> => ({
  platform: 'telegram',
  id,
  chat: '42',
  body: { text: `message ${id}` },
  receivedAt: T0,
  ...change,
});

/** What comes in: updates, reports, officials; and who may work: leases and lanes. */
export function keepsDoors(open: () => Promise<Store>): void {
  describe('officials', () => {
    it('are known by token and by linked identity until revoked', async () => {
      const { officials } = await open();
      await officials.insert(official());
      await officials.insert(official({ id: 'ofc_2', createdAt: t0Plus(1), roles: ['administrator'] }));
      await officials.addToken('hash of token', 'ofc_1', T0);
      await officials.addLinkCode('hash of code', 'ofc_1', t0Plus(60));
      await officials.addLinkCode('hash of another', 'ofc_1', t0Plus(60));
      expect(await officials.get('ofc_1')).toEqual(official());
      expect(await officials.get('ofc_9')).toBeNull();
      expect((await officials.list()).map((o) => o.id)).toEqual(['ofc_1', 'ofc_2']);
      expect(await officials.byToken('hash of token')).toEqual(official());
      expect(await officials.byToken('another')).toBeNull();
      expect(await officials.byIdentity(person)).toBeNull();
      expect(await officials.link('hash of code', person, T0)).toEqual(official());
      expect(await officials.byIdentity(person)).toEqual(official());
      expect(await officials.byIdentity({ ...person, workspace: 'T2' })).toBeNull();

      expect(await officials.revoke('ofc_1', t0Plus(9))).toBe(true);
      expect(await officials.revoke('ofc_1', t0Plus(10))).toBe(false);
      expect(await officials.revoke('ofc_9', T0)).toBe(false);
      expect(await officials.get('ofc_1')).toEqual(official({ revokedAt: t0Plus(9) }));
      expect(await officials.byToken('hash of token')).toBeNull();
      expect(await officials.byIdentity(person)).toBeNull();
      expect(await officials.link('hash of another', person, T0)).toBeNull();
    });

    it('use a link code once, in time, even when it comes twice at once', async () => {
      const { officials } = await open();
      await officials.insert(official());
      await officials.addLinkCode('once', 'ofc_1', t0Plus(60));
      await officials.addLinkCode('late', 'ofc_1', t0Plus(60));
      const tries = await Promise.all(
        ['U1', 'U2', 'U3'].map((id) => officials.link('once', { ...person, person: id }, T0)),
      );
      expect(tries.filter((found) => found !== null)).toHaveLength(1);
      expect(await officials.link('late', person, t0Plus(60))).toBeNull();
      expect(await officials.link('never made', person, T0)).toBeNull();
    });

    it('are linked anew: an identity belongs to the one who linked it last', async () => {
      const { officials } = await open();
      await officials.insert(official());
      await officials.insert(official({ id: 'ofc_2' }));
      await officials.addLinkCode('one', 'ofc_1', t0Plus(60));
      await officials.addLinkCode('two', 'ofc_2', t0Plus(60));
      await officials.link('one', person, T0);
      await officials.link('two', person, T0);
      expect((await officials.byIdentity(person))?.id).toBe('ofc_2');
    });
  });

  describe('reports', () => {
    const report = (who: string, seconds: number, service = 'gov24') => ({
      service,
      who,
      region: null,
      at: t0Plus(seconds),
    });

    it('count a person once a service and window', async () => {
      const { reports } = await open();
      expect(await reports.add(report('a', 0), 1800)).toBe(true);
      expect(await reports.add(report('a', 1799), 1800)).toBe(false);
      expect(await reports.add(report('a', 1799, 'saeol'), 1800)).toBe(true);
      expect(await reports.add(report('b', 1799), 1800)).toBe(true);
      expect(await reports.add(report('a', 1800), 1800)).toBe(true);
      expect(await reports.counts(T0)).toEqual([
        { service: 'gov24', reports: 3, lastAt: t0Plus(1800) },
        { service: 'saeol', reports: 1, lastAt: t0Plus(1799) },
      ]);
      expect(await reports.counts(t0Plus(1800))).toEqual([
        { service: 'gov24', reports: 1, lastAt: t0Plus(1800) },
      ]);
    });

    it('count one of several made at once', async () => {
      const { reports } = await open();
      const tries = await Promise.all([1, 2, 3, 4].map(() => reports.add(report('a', 0), 1800)));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect((await reports.counts(T0))[0]?.reports).toBe(1);
    });

    it('are forgotten', async () => {
      const { reports } = await open();
      await reports.add(report('a', 0), 1800);
      await reports.add(report('b', 10), 1800);
      expect(await reports.purge(t0Plus(10))).toBe(1);
      expect((await reports.counts(T0))[0]?.reports).toBe(1);
    });
  });

  describe('inbound updates', () => {
    it('are accepted once, in order, with their bodies', async () => {
      const { inbound } = await open();
      const first = await inbound.accept([arrival('7'), arrival('3'), arrival('7')], t0Plus(60), 'a');
      expect(first).toEqual([
        { ...arrival('7'), attempts: 1 },
        { ...arrival('3'), attempts: 1 },
      ]);
      const second = await inbound.accept([arrival('3'), arrival('8'), arrival('7')], t0Plus(60), 'a');
      expect(second.map((u) => u.id)).toEqual(['8']);
      expect(await inbound.accept([arrival('8', { platform: 'slack' })], t0Plus(60), 'a')).toHaveLength(1);
      expect(await inbound.accept([], t0Plus(60), 'a')).toEqual([]);
    });

    it('that come twice at the same moment are given to one', async () => {
      const { inbound } = await open();
      const ids = Array.from({ length: 20 }, (_, n) => String(n));
      const got = await Promise.all([
        inbound.accept(
          ids.map((id) => arrival(id)),
          t0Plus(60),
          'a',
        ),
        inbound.accept(
          ids.toReversed().map((id) => arrival(id)),
          t0Plus(60),
          'b',
        ),
        inbound.accept(
          ids.map((id) => arrival(id)),
          t0Plus(60),
          'c',
        ),
      ]);
      expect(
        got
          .flat()
          .map((u) => u.id)
          .toSorted(),
      ).toEqual(ids.toSorted());
    });

    it('are never taken up again once settled, and stay known until forgotten', async () => {
      const { inbound } = await open();
      await inbound.accept([arrival('1'), arrival('2')], t0Plus(60), 'a');
      await inbound.settle('telegram', '1', t0Plus(1));
      await inbound.settle('telegram', '9', t0Plus(1));
      const { updates } = await inbound.reclaim(t0Plus(60), t0Plus(120), 3, 10, 'b');
      expect(updates.map((u) => u.id)).toEqual(['2']);
      expect(await inbound.accept([arrival('1')], t0Plus(60), 'a')).toEqual([]);
      expect(await inbound.purge(t0Plus(1))).toBe(0);
      expect(await inbound.purge(t0Plus(2))).toBe(1);
      expect(await inbound.accept([arrival('1')], t0Plus(60), 'a')).toHaveLength(1);
    });

    it('left behind by a crash are taken up by one, in order, when the lease has run out', async () => {
      const { inbound } = await open();
      await inbound.accept([arrival('2'), arrival('1'), arrival('3')], t0Plus(60), 'a');
      expect(await inbound.reclaim(t0Plus(59), t0Plus(120), 3, 10, 'b')).toEqual({
        updates: [],
        abandoned: 0,
      });
      const [a, b] = await Promise.all([
        inbound.reclaim(t0Plus(60), t0Plus(120), 3, 10, 'b'),
        inbound.reclaim(t0Plus(60), t0Plus(120), 3, 10, 'b'),
      ]);
      const taken = [...a.updates, ...b.updates];
      expect(taken.map((u) => u.id)).toEqual(['2', '1', '3']);
      expect(taken[0]).toEqual({ ...arrival('2'), attempts: 2 });
      const { updates } = await inbound.reclaim(t0Plus(120), t0Plus(180), 3, 2, 'b');
      expect(updates.map((u) => u.id)).toEqual(['2', '1']);
    });

    it('of a process that is known to be dead are free at once, those of others are not', async () => {
      const { inbound } = await open();
      await inbound.accept([arrival('1'), arrival('2')], t0Plus(60), 'dead');
      await inbound.accept([arrival('3')], t0Plus(60), 'alive');
      await inbound.settle('telegram', '2', T0);
      expect((await inbound.owners()).toSorted()).toEqual(['alive', 'dead']);
      await inbound.orphan('dead', t0Plus(1));
      const { updates } = await inbound.reclaim(t0Plus(1), t0Plus(61), 3, 10, 'heir');
      expect(updates.map((u) => u.id)).toEqual(['1']);
      expect((await inbound.owners()).toSorted()).toEqual(['alive', 'heir']);
    });

    it('that were tried too often are given up, and counted', async () => {
      const { inbound } = await open();
      await inbound.accept([arrival('1')], t0Plus(1), 'a');
      for (const attempts of [2, 3]) {
        const { updates, abandoned } = await inbound.reclaim(t0Plus(1), t0Plus(1), 2, 10, 'b');
        expect([updates[0]?.attempts, abandoned]).toEqual([attempts, 0]);
      }
      expect(await inbound.reclaim(t0Plus(1), t0Plus(1), 2, 10, 'b')).toEqual({ updates: [], abandoned: 1 });
      expect(await inbound.reclaim(t0Plus(1), t0Plus(1), 2, 10, 'b')).toEqual({ updates: [], abandoned: 0 });
    });
  });

  describe('leases', () => {
    it('have one holder, who renews; the epoch grows with each new one', async () => {
      const { leases } = await open();
      expect(await leases.acquire('sender', 'a', T0, t0Plus(10))).toBe(1);
      expect(await leases.acquire('sender', 'b', t0Plus(9), t0Plus(19))).toBeNull();
      expect(await leases.acquire('sender', 'a', t0Plus(9), t0Plus(19))).toBe(1);
      expect(await leases.acquire('sender', 'b', t0Plus(18), t0Plus(28))).toBeNull();
      expect(await leases.acquire('sender', 'b', t0Plus(19), t0Plus(29))).toBe(2);
      expect(await leases.acquire('other', 'a', T0, t0Plus(10))).toBe(1);
    });

    it('are free at once when released by their holder, not by another', async () => {
      const { leases } = await open();
      await leases.acquire('sender', 'a', T0, t0Plus(10));
      await leases.release('sender', 'b');
      expect(await leases.acquire('sender', 'b', T0, t0Plus(10))).toBeNull();
      await leases.release('sender', 'a');
      expect(await leases.acquire('sender', 'b', T0, t0Plus(10))).toBe(2);
    });

    it('tell their last holder, also when its time is over, and nobody once released', async () => {
      const { leases } = await open();
      expect(await leases.holder('sender')).toBeNull();
      await leases.acquire('sender', 'a', T0, t0Plus(10));
      expect(await leases.holder('sender')).toBe('a');
      await leases.acquire('sender', 'b', t0Plus(99), t0Plus(109));
      expect(await leases.holder('sender')).toBe('b');
      await leases.release('sender', 'b');
      expect(await leases.holder('sender')).toBeNull();
    });

    it('go to one of several who ask at once', async () => {
      const { leases } = await open();
      const got = await Promise.all(
        ['a', 'b', 'c', 'd'].map((owner) => leases.acquire('sender', owner, T0, t0Plus(10))),
      );
      expect(got.filter((epoch) => epoch !== null)).toEqual([1]);
    });
  });

  describe('lanes', () => {
    it('remember their pause, which is never shortened', async () => {
      const { lanes } = await open();
      expect(await lanes.get('telegram:a')).toBeNull();
      await lanes.pause('telegram:a', t0Plus(60), 'retry_after 60');
      await lanes.pause('telegram:a', t0Plus(30), 'retry_after 30');
      expect(await lanes.get('telegram:a')).toEqual({
        key: 'telegram:a',
        pausedUntil: t0Plus(60),
        why: 'retry_after 60',
      });
      await lanes.pause('telegram:a', t0Plus(90), 'retry_after 90');
      await lanes.pause('slack:T1', t0Plus(1), 'ratelimited');
      expect((await lanes.all()).map((l) => [l.key, l.why])).toEqual([
        ['slack:T1', 'ratelimited'],
        ['telegram:a', 'retry_after 90'],
      ]);
    });
  });
}
