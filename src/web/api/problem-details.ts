import type { Context as Call } from 'hono';
import type { z } from 'zod';
import type { Language } from '../../domain/language.ts';
import type { Problem, ProblemCode } from '../../domain/problem.ts';
import { sayIn } from '../../wording/i18n.ts';
import { findingText, problemText } from '../../wording/problem.ts';
import { fieldErrors } from './field-errors.ts';
import type { problemDetails } from './schemas.ts';

/** What goes wrong before an operation is reached. */
export type RequestFault =
  | 'no_route'
  | 'method_not_allowed'
  | 'malformed'
  | 'too_large'
  | 'unsupported_type'
  | 'too_many_failures'
  | 'internal';

const FAULT_STATUS: { readonly [F in RequestFault]: StatusCode } = {
  no_route: 404,
  method_not_allowed: 405,
  malformed: 400,
  too_large: 413,
  unsupported_type: 415,
  too_many_failures: 429,
  internal: 500,
};

/** What is not named here is about the content: 422. */
const PROBLEM_STATUS: { readonly [C in ProblemCode]?: StatusCode } = {
  unauthenticated: 401,
  forbidden: 403,
  wrong_agency: 403,
  administrators_only: 403,
  not_found: 404,
  illegal_move: 409,
  stale_revision: 409,
  already_done: 409,
  own_draft: 403,
  approval_expired: 409,
  key_under_way: 409,
};

type Details = z.infer<typeof problemDetails>;
type StatusCode = Parameters<Call['status']>[0];

/** The language that the caller reads: what Accept-Language ranks highest of ours, else English. */
function languageOf(call: Call): Language {
  const ranked = (call.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const quality = Number(rest.find((r) => r.trim().startsWith('q='))?.split('=')[1] ?? 1);
      return { primary: tag.split('-')[0], quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ primary, quality }) => (primary === 'ko' || primary === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.primary === 'ko' ? 'ko' : 'en';
}

/** A precondition that the caller set and that does not hold has a status of its own. */
const statusOf = (call: Call, { code }: Problem): StatusCode =>
  code === 'stale_revision' && call.req.header('if-match') !== undefined
    ? 412
    : (PROBLEM_STATUS[code] ?? 422);

/** A refusal by an operation. */
export function refuse(call: Call, problem: Problem): Response {
  const language = languageOf(call);
  const detail = problemText(problem, language);
  const causes = (problem.findings ?? []).map((finding) => ({
    field: finding.field,
    detail: findingText(finding, language),
  }));
  return answer(call, language, {
    code: problem.code,
    title: sayIn(language)(`web.title.${problem.code}`),
    status: statusOf(call, problem),
    detail,
    ...(problem.field === null
      ? {}
      : { field: problem.field, errors: causes.length > 0 ? causes : [{ field: problem.field, detail }] }),
  });
}

/** A body or query that is not what the schema says: every field at fault, the first one leading. */
export function refuseIssues(call: Call, issues: readonly z.core.$ZodIssue[]): Response {
  const language = languageOf(call);
  const errors = fieldErrors(issues, language);
  const [first] = errors;
  const code = first?.missingLanguage === true ? 'missing_language' : 'invalid';
  return answer(call, language, {
    code,
    title: sayIn(language)(`web.title.${code}`),
    status: 422,
    detail: first === undefined ? sayIn(language)('officials.problem.invalid') : first.detail,
    ...(first === undefined ? {} : { field: first.field }),
    errors: errors.map(({ field, detail }) => ({ field, detail })),
  });
}

/** A request that could not be taken up at all. */
export function fault(
  call: Call,
  code: RequestFault,
  params: Record<string, string | number> = {},
): Response {
  const language = languageOf(call);
  return answer(call, language, {
    code,
    title: sayIn(language)(`web.title.${code}`),
    status: FAULT_STATUS[code],
    detail: sayIn(language)(`web.detail.${code}`, params),
  });
}

function answer(
  call: Call,
  language: Language,
  said: Omit<Details, 'type' | 'instance'> & { readonly status: StatusCode },
): Response {
  const { code, ...rest } = said;
  const details: Details = {
    type: `urn:allim:problem:${code}`,
    ...rest,
    instance: call.req.path,
    code,
  };
  call.status(said.status);
  return call.body(JSON.stringify(details), undefined, {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    vary: 'Accept-Language',
  });
}
