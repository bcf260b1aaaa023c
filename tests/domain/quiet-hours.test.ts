import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plusSeconds, secondsBetween } from '../../src/domain/instant.ts';
import {
  formatQuietHours,
  parseNewsTime,
  parseQuietHours,
  quietUntil,
} from '../../src/domain/quiet-hours.ts';

const read = (text: string) => {
  const window = parseQuietHours(text);
  if (window === undefined) throw new Error(`${text} is not understood`);
  return window;
};

describe('quiet hours', () => {
  it('are read as people write them and stored in one form', () => {
    for (const text of ['21:00-08:00', '21:00 - 8:00', '21:00~08:00', ' 21:00–08:00 ']) {
      expect(formatQuietHours(read(text))).toBe('21:00-08:00');
    }
    expect(formatQuietHours(read('OFF'))).toBe('off');
  });

  it.each(['', '21-8', '24:00-08:00', '21:60-08:00', '21:00', '21:00-21:00', 'tonight'])(
    'cannot be %j',
    (text) => {
      expect(parseQuietHours(text)).toBeUndefined();
    },
  );

  it('last over midnight in Seoul until their end', () => {
    const night = read('21:00-08:00');
    expect(quietUntil(night, '2023-11-17T12:00:00.000Z')).toBe('2023-11-17T23:00:00.000Z');
    expect(quietUntil(night, '2023-11-17T22:59:59.999Z')).toBe('2023-11-17T23:00:00.000Z');
    expect(quietUntil(night, '2023-11-17T23:00:00.000Z')).toBeNull();
    expect(quietUntil(night, '2023-11-17T11:59:59.999Z')).toBeNull();
  });

  it('are no hours at all for who wants a digest: it comes at eight, daily or on Mondays', () => {
    const [daily, weekly] = [parseNewsTime('daily'), parseNewsTime('weekly')];
    if (daily === undefined || weekly === undefined) throw new Error('not understood');
    // A Friday, 13:00 in Seoul; then the last moment before eight, and eight itself, of a Monday.
    expect(quietUntil(daily, '2023-11-17T04:00:00.000Z')).toBe('2023-11-17T23:00:00.000Z');
    expect(quietUntil(weekly, '2023-11-17T04:00:00.000Z')).toBe('2023-11-19T23:00:00.000Z');
    expect(quietUntil(weekly, '2023-11-19T22:59:59.999Z')).toBe('2023-11-19T23:00:00.000Z');
    expect(quietUntil(daily, '2023-11-19T23:00:00.000Z')).toBe('2023-11-20T23:00:00.000Z');
    expect(quietUntil(weekly, '2023-11-19T23:00:00.000Z')).toBe('2023-11-26T23:00:00.000Z');
    expect(parseNewsTime('22:00-07:00')).toEqual(parseQuietHours('22:00-07:00'));
    expect(parseNewsTime('hourly')).toBeUndefined();
  });

  it('can lie within one day', () => {
    expect(quietUntil(read('13:00-14:00'), '2023-11-17T04:30:00.000Z')).toBe('2023-11-17T05:00:00.000Z');
    expect(quietUntil(read('13:00-14:00'), '2023-11-17T05:00:00.000Z')).toBeNull();
    expect(quietUntil('off', '2023-11-17T15:00:00.000Z')).toBeNull();
  });

  it('always end within a day, and are over when they end', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 86_399 }), (from, to, second) => {
        fc.pre(from !== to);
        const now = plusSeconds('2023-11-17T00:00:00.000Z', second);
        const end = quietUntil({ from, to }, now);
        if (end === null) return;
        expect(secondsBetween(now, end)).toBeGreaterThan(0);
        expect(secondsBetween(now, end)).toBeLessThanOrEqual(86_400);
        expect(quietUntil({ from, to }, end)).toBeNull();
      }),
    );
  });
});
