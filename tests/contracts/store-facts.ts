import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../src/domain/detector.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  cards,
  everyPage,
  incident,
  maintenance,
  makeCampaign,
  notice,
  T0,
  t0Plus,
  update,
} from './store-samples.ts';

/** Incidents, maintenances, measurements, notices, audit and meta. */
export function keepsFacts(open: () => Promise<Store>): void {
  describe('incidents', () => {
    it('come back as they were written, with their story in order', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      expect(await incidents.get('inc_1')).toEqual(incident());
      expect(await incidents.get('inc_2')).toBeNull();

      const next = incident({ state: 'identified', revision: 2, updatedAt: t0Plus(60) });
      expect(await incidents.advance(next, update({ sequence: 2, state: 'identified' }))).toBe(true);
      expect(await incidents.get('inc_1')).toEqual(next);
      expect((await incidents.updates('inc_1')).map((u) => u.sequence)).toEqual([1, 2]);
    });

    it('refuse a writer who saw an older revision, and write nothing of theirs', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      await incidents.advance(incident({ revision: 2 }), update({ sequence: 2 }));
      expect(
        await incidents.advance(incident({ revision: 2, critical: true }), update({ sequence: 3 })),
      ).toBe(false);
      expect((await incidents.get('inc_1'))?.critical).toBe(false);
      expect(await incidents.updates('inc_1')).toHaveLength(2);
    });

    it('let one of two simultaneous writers through', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      const results = await Promise.all(
        [1, 2].map((n) =>
          incidents.advance(incident({ revision: 2, declaredBy: `ofc_${n}` }), update({ sequence: 2 })),
        ),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it('are open until resolved or withdrawn, and open again when reopened', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      await incidents.insert(incident({ id: 'inc_2', state: 'withdrawn' }), update({ incident: 'inc_2' }));
      expect((await incidents.open()).map((i) => i.id)).toEqual(['inc_1']);
      await incidents.advance(incident({ state: 'resolved', revision: 2 }), update({ sequence: 2 }));
      expect(await incidents.open()).toEqual([]);
      await incidents.advance(incident({ revision: 3 }), update({ sequence: 3 }));
      expect(await incidents.open()).toHaveLength(1);
    });

    it('are listed newest first, in pages that neither repeat nor miss one', async () => {
      const { incidents } = await open();
      const ids = Array.from({ length: 23 }, (_, n) => `inc_${n}`);
      for (const [n, id] of ids.entries()) {
        // Three of each share a moment.
        const declaredAt = t0Plus(Math.floor(n / 3));
        await incidents.insert(incident({ id, declaredAt }), update({ incident: id }));
      }
      const listed = await everyPage((cursor) => incidents.list({}, { limit: 5, cursor }));
      expect(listed).toHaveLength(23);
      expect(new Set(listed.map((i) => i.id)).size).toBe(23);
      expect(listed.map((i) => i.declaredAt)).toEqual(
        listed
          .map((i) => i.declaredAt)
          .toSorted()
          .toReversed(),
      );
    });

    it('are found by agency, state and any service they name or named', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      await incidents.advance(
        incident({ services: [{ service: 'saeol', status: 'degraded', since: T0 }], revision: 2 }),
        update({ sequence: 2 }),
      );
      await incidents.insert(
        incident({ id: 'inc_2', agency: 'nps', state: 'resolved', declaredAt: t0Plus(1) }),
        update({ incident: 'inc_2' }),
      );
      const found = async (filter: Parameters<typeof incidents.list>[0]) =>
        (await incidents.list(filter, { limit: 10, cursor: null })).items.map((i) => i.id);
      expect(await found({ services: ['gov24'] })).toEqual(['inc_2', 'inc_1']);
      expect(await found({ services: ['saeol', 'gov24'] })).toEqual(['inc_2', 'inc_1']);
      expect(await found({ services: ['saeol'] })).toEqual(['inc_1']);
      expect(await found({ agency: 'nps' })).toEqual(['inc_2']);
      expect(await found({ states: ['investigating'] })).toEqual(['inc_1']);
      expect(await found({ services: [] })).toEqual([]);
      expect(await found({ states: [] })).toEqual([]);
    });

    it('end the list at a cursor that is none of ours', async () => {
      const { incidents } = await open();
      await incidents.insert(incident(), update());
      for (const cursor of ['', 'nonsense', Buffer.from('{"a":1}').toString('base64url')]) {
        expect(await incidents.list({}, { limit: 10, cursor })).toEqual({ items: [], next: null });
      }
    });
  });

  describe('maintenances', () => {
    it('come back as written, refuse an older revision and are pending by start until they are over', async () => {
      const { maintenances } = await open();
      await maintenances.insert(maintenance());
      await maintenances.insert(maintenance({ id: 'mnt_2', startsAt: t0Plus(60), services: ['nps'] }));
      expect(await maintenances.get('mnt_1')).toEqual(maintenance());
      expect(await maintenances.get('mnt_3')).toBeNull();
      expect((await maintenances.pending()).map((m) => m.id)).toEqual(['mnt_2', 'mnt_1']);
      expect(await maintenances.advance(maintenance({ state: 'in_progress', revision: 2 }))).toBe(true);
      expect(await maintenances.advance(maintenance({ state: 'cancelled', revision: 2 }))).toBe(false);
      expect(await maintenances.pending()).toHaveLength(2);
      expect(await maintenances.advance(maintenance({ state: 'completed', revision: 3 }))).toBe(true);
      expect((await maintenances.pending()).map((m) => m.id)).toEqual(['mnt_2']);
    });

    it('are listed newest first, by agency and service', async () => {
      const { maintenances } = await open();
      await maintenances.insert(maintenance());
      await maintenances.insert(
        maintenance({ id: 'mnt_2', agency: 'nps', services: ['nps'], createdAt: t0Plus(1) }),
      );
      const found = async (filter: Parameters<typeof maintenances.list>[0]) =>
        (await everyPage((cursor) => maintenances.list(filter, { limit: 1, cursor }))).map((m) => m.id);
      expect(await found({})).toEqual(['mnt_2', 'mnt_1']);
      expect(await found({ agency: 'mois' })).toEqual(['mnt_1']);
      expect(await found({ services: ['saeol', 'gov24'] })).toEqual(['mnt_1']);
      expect(await found({ services: [] })).toEqual([]);
    });
  });

  describe('measurements', () => {
    it('keep the newest of each service and source', async () => {
      const { measurements } = await open();
      const first: Measurement = {
        service: 'gov24',
        source: 'probe',
        verdict: 'operational',
        since: T0,
        observedAt: T0,
        silentAfterSeconds: 600,
        run: { seen: 'ok', count: 2, since: T0 },
      };
      await measurements.put(first);
      await measurements.put({ ...first, source: 'feed' });
      await measurements.put({ ...first, verdict: 'degraded' });
      expect(await measurements.get('gov24', 'probe')).toEqual({ ...first, verdict: 'degraded' });
      expect(await measurements.get('gov24', 'nobody')).toBeNull();
      expect((await measurements.all()).map((m) => m.source)).toEqual(['feed', 'probe']);
    });
  });

  describe('notices', () => {
    it('come back by id, code, incident and language', async () => {
      const { notices } = await open();
      const told = notice({
        audience: {
          kind: 'subscribers',
          services: ['gov24'],
          agencies: ['mois'],
          categories: ['a'],
          scope: ['busan'],
        },
      });
      await notices.insert(told, cards);
      await notices.insert(notice({ id: 'ntc_2', code: '2023-1117-2', sequence: 2 }), cards);
      expect(await notices.get('ntc_1')).toEqual(told);
      expect(await notices.byCode('2023-1117-1')).toEqual(told);
      expect(await notices.get('ntc_9')).toBeNull();
      expect(await notices.byCode('2023-1117-9')).toBeNull();
      expect(await notices.card('ntc_1', 'ko')).toEqual(cards.ko);
      expect(await notices.card('ntc_1', 'en')).toEqual(cards.en);
      expect(await notices.card('ntc_9', 'en')).toBeNull();
      expect((await notices.of('inc_1')).map((n) => n.id)).toEqual(['ntc_1', 'ntc_2']);
    });

    it('count each day from one', async () => {
      const { notices } = await open();
      expect(await notices.nextNumber('2023-11-17')).toBe(1);
      expect(await notices.nextNumber('2023-11-17')).toBe(2);
      expect(await notices.nextNumber('2023-11-18')).toBe(1);
    });

    it('give no number twice when several write at once', async () => {
      const store = await open();
      const numbers = await Promise.all(
        Array.from({ length: 12 }, () =>
          store.transaction(async (tables) => {
            const n = await tables.notices.nextNumber('2023-11-17');
            await makeCampaign(tables, n);
            return n;
          }),
        ),
      );
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    });

    it('leave no gap when the transaction that took a number fails', async () => {
      const store = await open();
      await expect(
        store.transaction(async (tables) => {
          await tables.notices.nextNumber('2023-11-17');
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(await store.notices.nextNumber('2023-11-17')).toBe(1);
    });
  });

  describe('the audit', () => {
    it('is numbered in order and read newest first', async () => {
      const { audit } = await open();
      for (let n = 1; n <= 7; n++) {
        await audit.append({
          at: t0Plus(n),
          actor: 'ofc_1',
          door: 'api',
          act: 'incident.declared',
          subject: `inc_${n}`,
          before: null,
          after: { state: 'investigating', n },
        });
      }
      const read = await everyPage((cursor) => audit.list({ limit: 3, cursor }));
      expect(read.map((entry) => entry.subject)).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `inc_${n}`));
      expect(read[0]).toMatchObject({ before: null, after: { state: 'investigating', n: 7 }, door: 'api' });
      const sequences = read.map((entry) => entry.sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => b - a));
    });
  });

  describe('meta', () => {
    it('keeps the last value of a key', async () => {
      const { meta } = await open();
      expect(await meta.get('catalogue')).toBeNull();
      await meta.set('catalogue', '1');
      await meta.set('catalogue', '2');
      expect(await meta.get('catalogue')).toBe('2');
    });
  });
}
