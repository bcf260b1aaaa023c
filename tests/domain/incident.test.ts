import { describe, expect, it } from 'vitest';
import {
  type AffectedService,
  canMove,
  INCIDENT_STATES,
  type IncidentState,
  isOpen,
  turnaround,
  withChanges,
} from '../../src/domain/incident.ts';
import { at } from './given.ts';

// Written by hand from the rules, not from the table in the code.
const MOVES: Record<IncidentState, Record<IncidentState, boolean>> = {
  investigating: { investigating: true, identified: true, monitoring: true, resolved: true, withdrawn: true },
  identified: { investigating: true, identified: true, monitoring: true, resolved: true, withdrawn: true },
  monitoring: { investigating: true, identified: true, monitoring: true, resolved: true, withdrawn: true },
  resolved: { investigating: true, identified: false, monitoring: false, resolved: false, withdrawn: true },
  withdrawn: {
    investigating: false,
    identified: false,
    monitoring: false,
    resolved: false,
    withdrawn: false,
  },
};

describe('the moves of an incident', () => {
  for (const from of INCIDENT_STATES) {
    for (const to of INCIDENT_STATES) {
      const legal = MOVES[from][to];
      it(`${from} → ${to} is ${legal ? 'legal' : 'illegal'}`, () => {
        expect(canMove(from, to)).toBe(legal);
      });
    }
  }

  it('is open until resolved or withdrawn', () => {
    expect(INCIDENT_STATES.filter(isOpen)).toEqual(['investigating', 'identified', 'monitoring']);
  });
});

const affected = (service: string, status: AffectedService['status'], since: string): AffectedService => ({
  service,
  status,
  since: at(since),
});

describe('the services of an incident after a change', () => {
  const down = [affected('gov24', 'major_outage', '04:55')];

  it('keeps since when while the status word stays, and begins anew with another: slow from 10:00, stopped from 13:55', () => {
    const slow = [affected('gov24', 'degraded', '01:00')];
    expect(withChanges(slow, [{ service: 'gov24', status: 'degraded' }], at('03:00'))).toEqual(slow);
    expect(withChanges(slow, [{ service: 'gov24', status: 'major_outage' }], at('04:55'))).toEqual([
      affected('gov24', 'major_outage', '04:55'),
    ]);
  });

  it('begins a provisional return when it returned', () => {
    expect(withChanges(down, [{ service: 'gov24', status: 'recovering' }], at('06:00'))).toEqual([
      affected('gov24', 'recovering', '06:00'),
    ]);
  });

  it('begins to be normal when provisional becomes normal', () => {
    const back = [affected('gov24', 'recovering', '03:00')];
    expect(withChanges(back, [{ service: 'gov24', status: 'operational' }], at('06:00'))).toEqual([
      affected('gov24', 'operational', '06:00'),
    ]);
  });

  it('reads "since 13:00" after the false recovery of 12:00', () => {
    const morning = [affected('gov24', 'major_outage', '00:00')];
    const noon = withChanges(morning, [{ service: 'gov24', status: 'recovering' }], at('03:00'));
    const one = withChanges(noon, [{ service: 'gov24', status: 'major_outage' }], at('04:00'));
    expect(one).toEqual([affected('gov24', 'major_outage', '04:00')]);
  });

  it('adds a service that was not part of it, from now', () => {
    expect(withChanges(down, [{ service: 'saeol', status: 'degraded' }], at('06:00'))).toEqual([
      ...down,
      affected('saeol', 'degraded', '06:00'),
    ]);
  });

  it('leaves the services that no change names, and never mutates its input', () => {
    const before = Object.freeze([...down, affected('saeol', 'degraded', '05:00')]);
    const after = withChanges(before, [{ service: 'saeol', status: 'operational' }], at('06:00'));
    expect(after[0]).toEqual(before[0]);
    expect(before[1]?.status).toBe('degraded');
  });
});

describe('what an update means for its notice', () => {
  const was = [affected('gov24', 'partial_outage', '05:00'), affected('saeol', 'major_outage', '05:00')];
  const now = (gov24: AffectedService['status'], saeol: AffectedService['status']) => [
    affected('gov24', gov24, '05:00'),
    affected('saeol', saeol, '05:00'),
  ];

  it.each([
    ['nothing changed', now('partial_outage', 'major_outage'), 'same'],
    ['milder but not back', now('degraded', 'partial_outage'), 'same'],
    ['one provisionally back', now('recovering', 'major_outage'), 'provisional'],
    ['one back for good while the other stays', now('operational', 'major_outage'), 'provisional'],
    ['one worse', now('major_outage', 'major_outage'), 'worse'],
    ['one back and one worse: worse outweighs', now('major_outage', 'recovering'), 'worse'],
    ['one back and one worse, the other way round', now('major_outage', 'operational'), 'worse'],
  ] as const)('%s', (_title, after, expected) => {
    expect(turnaround(was, after)).toBe(expected);
  });

  it('a false recovery is worse than what was told', () => {
    const told = [affected('gov24', 'recovering', '03:00')];
    expect(turnaround(told, [affected('gov24', 'major_outage', '04:00')])).toBe('worse');
    expect(turnaround(told, [affected('gov24', 'degraded', '04:00')])).toBe('worse');
  });

  it('a service that joins with a fault is worse, one that joins unharmed is not', () => {
    expect(turnaround([], [affected('kiosk', 'degraded', '05:00')])).toBe('worse');
    expect(turnaround([], [affected('kiosk', 'operational', '05:00')])).toBe('same');
  });

  it('provisional to normal is no second return', () => {
    expect(
      turnaround([affected('gov24', 'recovering', '03:00')], [affected('gov24', 'operational', '03:00')]),
    ).toBe('same');
  });
});
