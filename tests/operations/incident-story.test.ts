import fc from 'fast-check';
import { expect, it } from 'vitest';
import { INCIDENT_MOVES, type IncidentState, isOpen } from '../../src/domain/incident.ts';
import { statusOf } from '../../src/domain/status.ts';
import { currentFacts } from '../../src/operations/facts.ts';
import { declareIncident, updateIncident, withdrawIncident } from '../../src/operations/incidents.ts';
import { testWorld } from '../support/context.ts';

const message = { ko: '안내', en: 'News' };
const console_ = { kind: 'console' } as const;

const step = fc.record({
  to: fc.constantFrom<IncidentState>('investigating', 'identified', 'monitoring', 'resolved', 'withdrawn'),
  services: fc.option(
    fc
      .uniqueArray(
        fc.record({
          id: fc.constantFrom('gov24', 'kiosk', 'counter'),
          status: fc.constantFrom('operational', 'recovering', 'degraded', 'partial_outage', 'major_outage'),
        }),
        { selector: (s) => s.id, minLength: 1 },
      )
      .map((all) => all.map((one) => ({ ...one }))),
    { nil: undefined },
  ),
  wait: fc.integer({ min: 0, max: 7200 }),
});

it('whatever officials do, the story is whole, each step is told once, and only the last is still on its way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const { context, clock, close } = await testWorld();
      const { store, catalogue } = context;
      try {
        const declared = await declareIncident(context, console_, {
          services: [{ id: 'gov24', status: 'major_outage' }],
          state: 'investigating',
          message,
        });
        if (!declared.ok) throw new Error(declared.problem.code);
        const { id } = declared.value.record;
        let expected = 1;
        for (const { to, services, wait } of steps) {
          clock.forward(wait);
          const before = await store.incidents.get(id);
          const outcome =
            to === 'withdrawn'
              ? await withdrawIncident(context, console_, id, { message })
              : await updateIncident(context, console_, id, { state: to, message, services });
          const contradicts = to === 'resolved' && services?.some((s) => s.status !== 'operational');
          const legal = before !== null && INCIDENT_MOVES[before.state].includes(to) && !contradicts;
          expect(outcome.ok).toBe(legal);
          if (legal) expected += 1;
        }
        const incident = await store.incidents.get(id);
        if (incident === null) throw new Error('gone');
        const story = await store.incidents.updates(id);
        const notices = await store.notices.of(id);
        const audit = await store.audit.list({ limit: 200, cursor: null });
        const sequences = Array.from({ length: expected }, (_, i) => i + 1);
        expect(story.map((u) => u.sequence)).toEqual(sequences);
        expect(notices.map((n) => n.sequence)).toEqual(sequences);
        expect(audit.items).toHaveLength(expected);
        expect(incident.revision).toBe(expected);
        expect((await store.campaigns.active()).map((c) => c.notice)).toEqual([notices.at(-1)?.id]);
        expect(incident.resolvedAt === null).toBe(isOpen(incident.state));
        if (!isOpen(incident.state)) {
          const facts = await currentFacts(store, clock.now());
          for (const { service } of incident.services) {
            expect(statusOf(service, facts, catalogue).availability).toBe('operational');
          }
        }
      } finally {
        await close();
      }
    }),
    { numRuns: 60 },
  );
});
