import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AVAILABILITIES,
  type Availability,
  isDown,
  isUsable,
  isWorse,
  throughChannels,
  worst,
} from '../../src/domain/availability.ts';

const availability = fc.constantFrom(...AVAILABILITIES);
const channels = fc.array(availability, { minLength: 1, maxLength: 6 });

describe('the order of the status words', () => {
  it('is total: of two different ones exactly one is worse', () => {
    fc.assert(
      fc.property(availability, availability, (a, b) => {
        expect([isWorse(a, b), isWorse(b, a)].filter(Boolean)).toHaveLength(a === b ? 0 : 1);
      }),
    );
  });

  it('has an outage as the worst and normal as the mildest', () => {
    expect(worst(AVAILABILITIES)).toBe('major_outage');
    expect(AVAILABILITIES.filter((a) => isWorse('operational', a))).toEqual([]);
    expect(worst([])).toBe('operational');
  });

  it('calls nothing both down and usable', () => {
    expect(AVAILABILITIES.filter((a) => isDown(a) && isUsable(a))).toEqual([]);
    expect(AVAILABILITIES.filter(isUsable)).toEqual(['operational', 'recovering', 'degraded']);
  });
});

describe('a function through its channels', () => {
  const cases: [Availability[], Availability, string][] = [
    [['major_outage', 'operational', 'operational'], 'partial_outage', 'the web is down, the counter works'],
    [['major_outage', 'major_outage'], 'major_outage', 'all are down'],
    [['maintenance', 'maintenance'], 'maintenance', 'all are in planned work'],
    [['maintenance', 'major_outage'], 'major_outage', 'all are out, some by a fault'],
    [['maintenance', 'operational'], 'partial_outage', 'one is in planned work'],
    [['degraded', 'operational'], 'degraded', 'one is slow'],
    [['recovering', 'operational'], 'recovering', 'one is provisionally back'],
    [['unknown', 'operational'], 'operational', 'one cannot be judged'],
    [['unknown', 'degraded'], 'degraded', 'one cannot be judged, one is slow'],
    [['unknown', 'unknown'], 'unknown', 'none can be judged'],
    [['major_outage', 'unknown'], 'partial_outage', 'one is down, one cannot be judged'],
    [['operational'], 'operational', 'the only one works'],
    [[], 'operational', 'it has none'],
  ];
  it.each(cases)('%j is %s: %s', (given, expected) => {
    expect(throughChannels(given)).toBe(expected);
  });

  it('is down only when every channel is', () => {
    fc.assert(fc.property(channels, (all) => isDown(throughChannels(all)) === all.every(isDown)));
  });

  it('is normal only when no known channel is impaired', () => {
    fc.assert(
      fc.property(channels, (all) => {
        if (throughChannels(all) !== 'operational') return;
        expect(all.filter((a) => a !== 'unknown' && a !== 'operational')).toEqual([]);
      }),
    );
  });

  it('does not depend on the order of the channels', () => {
    fc.assert(
      fc.property(channels, (all) => {
        expect(throughChannels([...all].reverse())).toBe(throughChannels(all));
      }),
    );
  });
});
