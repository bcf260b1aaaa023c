/**
 * What a look at an official's text found. Errors keep it from being submitted, warnings are shown.
 * The words stand in locales/…/officials.json under `finding.CODE`.
 */
export const FINDING_CODES = [
  'numbers_differ',
  'dates_differ',
  'times_differ',
  'phones_differ',
  'services_differ',
  'same_text',
  'wrong_script',
  'first_line_too_long',
  'first_line_incomplete',
  'slang',
  'internal_name',
  'promotion',
  'particle',
  'no_action',
  'no_next_update',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly weight: 'error' | 'warning';
  /** `title.ko`, `message.en` … */
  readonly field: string;
  readonly params: Readonly<Record<string, string>>;
}
