import type { Finding } from '../domain/finding.ts';
import type { Language } from '../domain/language.ts';
import type { Problem } from '../domain/problem.ts';
import { sayIn } from './i18n.ts';

/** What is wrong and what to do about it, in one or two sentences. The field is named by the caller, who knows its form. */
export function problemText(problem: Problem, language: Language): string {
  return sayIn(language)(`officials.problem.${problem.code}`, problem.params);
}

/** What was found in a text, and what to do about it. */
export const findingText = ({ code, params }: Finding, language: Language): string =>
  sayIn(language)(`officials.finding.${code}`, params);
