import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/delivery/pace.ts';

/** The moments at which `count` messages may go, asked for one after another as fast as they are allowed. */
function moments(pace: Pace, count: number): number[] {
  let now = 0;
  return Array.from({ length: count }, () => {
    now += pace.take(now);
    return now;
  });
}

const mostInAnySecond = (at: readonly number[]): number =>
  Math.max(...at.map((start) => at.filter((t) => t >= start && t < start + 1000).length));

describe('the pace of a lane', () => {
  it('never exceeds its ceiling in any sliding second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (ceiling) => {
        expect(mostInAnySecond(moments(new Pace(ceiling), ceiling * 3))).toBeLessThanOrEqual(ceiling);
      }),
      { numRuns: 50 },
    );
  });

  it('uses at least 97 percent of it', () => {
    const at = moments(new Pace(30), 301);
    expect((at.at(-1) ?? 0) / 1000).toBeLessThan(10 / 0.97);
  });

  it('saves nothing up while idle: a burst after a pause is spaced like any other', () => {
    const pace = new Pace(10);
    expect(pace.take(60_000)).toBe(0);
    expect(pace.take(60_000)).toBeGreaterThan(95);
  });

  it('slows by a fifth when refused, and earns it back with clean sends, never above the ceiling', () => {
    const pace = new Pace(30);
    const full = pace.rate;
    pace.slower();
    expect(pace.rate).toBeCloseTo(full * 0.8);
    for (let i = 0; i < 100; i++) pace.clean();
    expect(pace.rate).toBeCloseTo(full * 0.8 + 0.5);
    for (let i = 0; i < 10_000; i++) pace.clean();
    expect(pace.rate).toBe(full);
  });

  it('never stops altogether, however often it is refused', () => {
    const pace = new Pace(30);
    for (let i = 0; i < 100; i++) pace.slower();
    expect(pace.rate).toBeGreaterThanOrEqual(1);
  });

  it('gives an unused place to the next', () => {
    const pace = new Pace(10);
    pace.take(0);
    pace.take(0);
    pace.giveBack();
    expect(pace.take(0)).toBeLessThan(110);
  });
});
