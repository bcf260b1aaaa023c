import type { z } from 'zod';
import type { Language } from '../../domain/language.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { sayIn } from '../../wording/i18n.ts';

export interface FieldError {
  /** `services[0].id`; the whole body is `(body)`. */
  readonly field: string;
  readonly detail: string;
  readonly missingLanguage: boolean;
}

/** What zod found wrong, said to a person, one entry a field, in the order of the fields. */
export const fieldErrors = (
  issues: readonly z.core.$ZodIssue[],
  language: Language,
): readonly FieldError[] => {
  const byField = new Map<string, FieldError>();
  for (const error of issues.flatMap((issue) => errorsOf(issue, language))) {
    if (!byField.has(error.field)) byField.set(error.field, error);
  }
  return [...byField.values()];
};

function errorsOf(issue: z.core.$ZodIssue, language: Language): readonly FieldError[] {
  const say = sayIn(language);
  const said = (detail: string, missingLanguage = false): readonly FieldError[] => [
    { field: pathText(issue.path), detail, missingLanguage },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        field: pathText([...issue.path, key]),
        detail: say('web.issue.unknown_field'),
        missingLanguage: false,
      }));
    case 'invalid_type': {
      if (issue.input !== undefined) return said(say('web.issue.type', { expected: issue.expected }));
      const isLanguage = LANGUAGES.some((one) => one === issue.path.at(-1)) && issue.path.length > 1;
      return isLanguage
        ? said(say('officials.problem.missing_language'), true)
        : said(say('web.issue.required'));
    }
    case 'invalid_value':
      return issue.input === undefined
        ? said(say('web.issue.required'))
        : said(say('web.issue.choice', { values: issue.values.map(String).join(', ') }));
    case 'invalid_format':
      return said(say(issue.format === 'date' ? 'web.issue.date' : 'web.issue.format'));
    case 'too_small':
      return said(say('web.issue.too_small', { min: String(issue.minimum) }));
    case 'too_big':
      return said(say('web.issue.too_big', { max: String(issue.maximum) }));
    case 'invalid_union':
      // The scope is the only choice between shapes.
      return said(say('web.issue.scope'));
    case 'custom':
      // How a time is written is the only rule of our own.
      return said(say('web.issue.instant'));
    default:
      return said(say('web.issue.format'));
  }
}

/** `services[0].id`, as a person would write it. */
const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '') || '(body)';
