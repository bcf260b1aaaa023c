import type { Finding } from './finding.ts';

/**
 * An expected failure, as a value: what is wrong, where, and the facts its sentence needs.
 * The words stand in locales/…/officials.json under `problem.CODE`.
 */
export const PROBLEM_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'wrong_agency',
  'not_found',
  'unknown_service',
  'unknown_region',
  'unknown_agency',
  'duplicate_service',
  'missing_language',
  'illegal_move',
  'stale_revision',
  'time_order',
  'in_the_past',
  'in_the_future',
  'too_long',
  'contains_link',
  'already_done',
  'administrators_only',
  'own_draft',
  'approval_expired',
  'not_critical',
  'unsound_text',
  'key_reused',
  'key_under_way',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  readonly code: ProblemCode;
  /** A path such as `services[0].id`; null when no one field is at fault. */
  readonly field: string | null;
  readonly params: Readonly<Record<string, string>>;
  /** What was found in a text, where that is what is wrong. */
  readonly findings?: readonly Finding[];
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refused = (
  code: ProblemCode,
  field: string | null = null,
  params: Readonly<Record<string, string>> = {},
): { readonly ok: false; readonly problem: Problem } => ({ ok: false, problem: { code, field, params } });
