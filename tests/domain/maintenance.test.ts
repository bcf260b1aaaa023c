import { describe, expect, it } from 'vitest';
import {
  MAINTENANCE_MOVES,
  MAINTENANCE_STATES,
  type MaintenanceState,
  phaseAt,
} from '../../src/domain/maintenance.ts';
import { at, maintenance } from './given.ts';

describe('the phase of a window', () => {
  const window = maintenance(['gov24'], at('05:00'), at('07:00'));

  it.each([
    ['04:59', 'scheduled'],
    ['05:00', 'in_progress'],
    ['06:59', 'in_progress'],
    ['07:00', 'completed'],
    ['23:00', 'completed'],
  ])('at %s is %s', (time, phase) => {
    expect(phaseAt(window, at(time))).toBe(phase);
    expect(phaseAt({ ...window, state: 'in_progress' }, at(time))).toBe(phase);
  });

  it('is settled once it is completed or called off', () => {
    for (const state of ['completed', 'cancelled'] as const) {
      for (const time of ['04:00', '06:00', '08:00']) {
        expect(phaseAt({ ...window, state }, at(time))).toBe(state);
      }
    }
  });

  it('is reached by a legal move from every earlier state', () => {
    const order: MaintenanceState[] = ['scheduled', 'in_progress', 'completed'];
    for (const [i, from] of order.entries()) {
      for (const to of order.slice(i + 1)) expect(MAINTENANCE_MOVES[from], `${from} → ${to}`).toContain(to);
    }
  });
});

describe('the moves of a window', () => {
  const LEGAL = [
    'scheduled → in_progress',
    'scheduled → completed',
    'scheduled → cancelled',
    'in_progress → completed',
    'in_progress → cancelled',
  ];
  it('are these and no others', () => {
    const moves = MAINTENANCE_STATES.flatMap((from) =>
      MAINTENANCE_MOVES[from].map((to) => `${from} → ${to}`),
    );
    expect(moves.sort()).toEqual(LEGAL.sort());
  });
});
