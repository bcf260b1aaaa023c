import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';

const time = fc.integer({ min: 0, max: Date.UTC(2200, 0) });
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('a new id', () => {
  it('sorts by the millisecond it was made in', () => {
    fc.assert(
      fc.property(time, time, chance, chance, (a, b, x, y) => {
        fc.pre(a !== b);
        const [first, second] = [newId('inc', a, () => x), newId('inc', b, () => y)];
        expect(first < second).toBe(a < b);
      }),
    );
  });

  it('is always as long, and of characters that are safe anywhere', () => {
    fc.assert(
      fc.property(time, chance, (at, x) => {
        expect(newId('ntc', at, () => x)).toMatch(/^ntc_[0-9a-hjkmnp-tv-z]{17}$/);
      }),
    );
  });

  it('differs by chance within a millisecond', () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    const ids = Array.from({ length: 2000 }, () => newId('dlv', 1_700_000_000_000, random));
    expect(new Set(ids).size).toBe(2000);
  });
});
