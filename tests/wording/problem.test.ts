import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { PROBLEM_CODES, type Problem } from '../../src/domain/problem.ts';
import { problemText } from '../../src/wording/problem.ts';

/** The facts that come with a refusal, as operations give them. */
const PARAMS: Readonly<Record<string, Problem['params']>> = {
  illegal_move: { from: 'withdrawn', to: 'resolved', allowed: 'investigating, withdrawn' },
  stale_revision: { current: '4' },
  too_long: { max: '1500' },
  unsound_text: { count: '2' },
};
const problem = (code: Problem['code']): Problem => ({ code, field: null, params: PARAMS[code] ?? {} });

describe.each(LANGUAGES)('a problem (%s)', (language) => {
  it.each(PROBLEM_CODES)('%s has a sentence of its own, with its facts', (code) => {
    const text = problemText(problem(code), language);
    expect(text).toMatch(/\.$/u);
    expect(text).not.toMatch(/\{\{|undefined/u);
    for (const value of Object.values(PARAMS[code] ?? {})) expect(text).toContain(value);
    const others = PROBLEM_CODES.filter((other) => other !== code);
    expect(others.map((other) => problemText(problem(other), language))).not.toContain(text);
  });
});
