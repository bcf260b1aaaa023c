import { describe, expect, it } from 'vitest';
import { holdOf, isUnstable, SETTLED_AFTER_SECONDS, timesOut, type Word } from '../../src/domain/flapping.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { NOON } from '../support/context.ts';

const word = (kind: Word['kind'], minutes: number, cutShort = true): Word => ({
  kind,
  at: plusSeconds(NOON, minutes * 60),
  cutShort,
});

describe('how often a service went out', () => {
  it('counts each time once, however much is told of it', () => {
    const words = [
      word('outage', 0),
      word('update', 1),
      word('outage', 2),
      word('restoration', 3),
      word('outage', 5),
    ];
    expect(timesOut(words, plusSeconds(NOON, 300), 10)).toEqual([NOON, plusSeconds(NOON, 300)]);
  });

  it('counts a relapse after a provisional return', () => {
    const words = [word('outage', 0), word('provisional', 5), word('outage', 6)];
    expect(timesOut(words, plusSeconds(NOON, 360), 10)).toHaveLength(2);
  });

  it('counts none that everybody heard of from beginning to end, but the last', () => {
    const words = [word('outage', 0, false), word('restoration', 2, false), word('outage', 4, false)];
    expect(timesOut(words, plusSeconds(NOON, 240), 10)).toEqual([plusSeconds(NOON, 240)]);
    const slow = [word('outage', 0, false), word('restoration', 2, true), word('outage', 4, false)];
    expect(timesOut(slow, plusSeconds(NOON, 240), 10)).toHaveLength(2);
  });

  it('counts very many in a short time though everybody heard of each', () => {
    const words = [0, 0.5, 1, 1.5, 2, 2.5].flatMap((at) => [
      word('outage', at, false),
      word('restoration', at + 0.25, false),
    ]);
    expect(timesOut(words, plusSeconds(NOON, 165), 10)).toHaveLength(6);
    expect(timesOut(words, plusSeconds(NOON, 165), 3)).toHaveLength(1);
  });

  it('forgets what is more than an hour ago, but not that it is still out', () => {
    const words = [word('outage', -61), word('outage', -1)];
    expect(timesOut(words, NOON, 10)).toEqual([]);
  });
});

describe('how long a step is held', () => {
  it('an outage as long as is set, a second one longer, a restoration not at all', () => {
    expect(holdOf('outage', 1, 10)).toBe(10);
    expect(holdOf('outage', 2, 10)).toBe(30);
    expect(holdOf('restoration', 2, 10)).toBe(0);
  });

  it('of an unstable service until it has stood for a while, but a correction never', () => {
    expect(isUnstable(2)).toBe(false);
    expect(isUnstable(3)).toBe(true);
    for (const kind of ['outage', 'update', 'provisional', 'restoration'] as const)
      expect(holdOf(kind, 3, 10)).toBe(SETTLED_AFTER_SECONDS);
    expect(holdOf('correction', 3, 10)).toBe(0);
  });
});
