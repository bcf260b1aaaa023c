import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earlier,
  fromEpoch,
  later,
  plusSeconds,
  secondsBetween,
  seoulClock,
  seoulDay,
  toEpoch,
} from '../../src/domain/instant.ts';

const epoch = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });

describe('an instant', () => {
  it('compares as text as it compares in time', () => {
    fc.assert(
      fc.property(epoch, epoch, (a, b) => {
        expect(fromEpoch(a) < fromEpoch(b)).toBe(a < b);
        expect(toEpoch(earlier(fromEpoch(a), fromEpoch(b)))).toBe(Math.min(a, b));
        expect(toEpoch(later(fromEpoch(a), fromEpoch(b)))).toBe(Math.max(a, b));
      }),
    );
  });

  it('adds and measures seconds, forwards and backwards', () => {
    fc.assert(
      fc.property(epoch, fc.integer({ min: -1e6, max: 1e6 }), (start, seconds) => {
        const instant = fromEpoch(start);
        expect(secondsBetween(instant, plusSeconds(instant, seconds))).toBe(seconds);
      }),
    );
  });

  it('refuses a number that is no time', () => {
    expect(() => fromEpoch(Number.NaN)).toThrow(RangeError);
  });
});

describe('the clock in Seoul', () => {
  it('is nine hours ahead, over midnight, month and year', () => {
    expect(seoulClock('2023-12-31T15:00:00.000Z')).toEqual({
      year: 2024,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      weekday: 1,
    });
    expect(seoulDay('2023-11-17T14:59:59.999Z')).toBe('2023-11-17');
    expect(seoulDay('2023-11-17T15:00:00.000Z')).toBe('2023-11-18');
  });

  it('agrees with the zone data of the platform', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Seoul',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(epoch, (at) => {
        const { hour, minute } = seoulClock(fromEpoch(at));
        const two = (n: number) => String(n).padStart(2, '0');
        expect(`${seoulDay(fromEpoch(at))} ${two(hour)}:${two(minute)}`).toBe(format.format(at));
      }),
    );
  });
});
