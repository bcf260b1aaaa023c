import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floorFigures } from './floor.ts';

const floor = JSON.parse(readFileSync(new URL('floor.json', import.meta.url), 'utf8')) as Record<
  string,
  number
>;

describe('the figures of understanding', () => {
  const now = floorFigures();
  it.each(Object.entries(floor))('%s does not fall below %d', (name, least) => {
    expect(now[name]).toBeGreaterThanOrEqual(least);
  });
  it('every figure has its floor', () => {
    expect(Object.keys(floor).sort()).toEqual(Object.keys(now).sort());
  });
});
