import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { PROBLEM_CODES } from '../../src/domain/problem.ts';
import { problemText } from '../../src/wording/problem.ts';

describe.each(LANGUAGES)('a problem (%s)', (language) => {
  it.each(PROBLEM_CODES)('%s has a sentence that needs no more than the code', (code) => {
    const text = problemText({ code, field: null, params: {} }, language);
    expect(text).toMatch(/[.다요]$|\.$/u);
    expect(text).not.toMatch(/\{\{|undefined/u);
  });
});

it('tells two problems apart', () => {
  const texts = PROBLEM_CODES.map((code) => problemText({ code, field: null, params: {} }, 'ko'));
  expect(new Set(texts).size).toBe(PROBLEM_CODES.length);
});
