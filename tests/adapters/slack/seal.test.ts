import { describe, expect, it } from 'vitest';
import { createSeal } from '../../../src/adapters/slack/seal.ts';

const KEY = 'k'.repeat(40);
const OTHER = 'o'.repeat(40);

describe('what is sealed', () => {
  it('opens with its key and for what it is about', () => {
    const seal = createSeal(KEY);
    const sealed = seal.seal('비밀', 'T1');
    expect(sealed).not.toContain('비밀');
    expect(seal.open(sealed, 'T1')).toEqual({ plain: '비밀', current: true });
  });

  it('is never the same twice', () => {
    const seal = createSeal(KEY);
    expect(seal.seal('a', 'T1')).not.toBe(seal.seal('a', 'T1'));
  });

  it('stays shut to another key, for another place, and when a letter of it is changed', () => {
    const sealed = createSeal(KEY).seal('a', 'T1');
    expect(createSeal(OTHER).open(sealed, 'T1')).toBeNull();
    expect(createSeal(KEY).open(sealed, 'T2')).toBeNull();
    const middle = sealed.length - 10;
    const other = sealed[middle] === 'A' ? 'B' : 'A';
    expect(
      createSeal(KEY).open(`${sealed.slice(0, middle)}${other}${sealed.slice(middle + 1)}`, 'T1'),
    ).toBeNull();
    for (const broken of ['', 'v1', 'v2.x.y', sealed.slice(0, 20)])
      expect(createSeal(KEY).open(broken, 'T1')).toBeNull();
  });

  it('opens under an earlier key too, and says that it was', () => {
    const sealed = createSeal(KEY).seal('a', 'T1');
    expect(createSeal(OTHER, [KEY]).open(sealed, 'T1')).toEqual({ plain: 'a', current: false });
  });
});
