import { describe, expect, it } from 'vitest';
import { gallery } from './gallery.ts';

describe.each(gallery())('$title ($language)', ({ language, text }) => {
  it('reads as finished text', () => {
    expect(text).not.toMatch(/\{\{|\}\}|undefined|NaN|Invalid Date| {2}| $|^ /mu);
    expect(text).not.toMatch(/먹통|https?:|www\./u);
    expect(text).not.toMatch(/\((?:은|는|이|가|을|를|와|과|으|로)\)/u);
  });

  it('is in one language', () => {
    if (language === 'en') expect(text).not.toMatch(/[가-힣]/u);
    else expect(text.split('\n')[0]).toMatch(/[가-힣]/u);
  });
});
