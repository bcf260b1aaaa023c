import { describe, expect, it } from 'vitest';
import { holdOf, isUnstable, SETTLED_AFTER_SECONDS, timesOut, type Word } from '../../src/domain/flapping.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { NOON } from '../support/context.ts';

const word = (kind: Word['kind'], minutes: number): Word => ({ kind, at: plusSeconds(NOON, minutes * 60) });

describe('how often a service went out', () => {
  it('counts each time once, however much is told of it', () => {
    const words = [
      word('outage', 0),
      word('update', 1),
      word('outage', 2),
      word('restoration', 3),
      word('outage', 5),
    ];
    expect(timesOut(words, plusSeconds(NOON, 300))).toEqual([NOON, plusSeconds(NOON, 300)]);
  });

  it('counts a relapse after a provisional return', () => {
    const words = [word('outage', 0), word('provisional', 5), word('outage', 6)];
    expect(timesOut(words, plusSeconds(NOON, 360))).toHaveLength(2);
  });

  it('forgets what is more than an hour ago, but not that it is still out', () => {
    const words = [word('outage', -61), word('outage', -1)];
    expect(timesOut(words, NOON)).toEqual([]);
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
