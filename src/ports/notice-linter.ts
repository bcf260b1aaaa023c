import type { Finding } from '../domain/finding.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Severity } from '../domain/notice.ts';

/** Looks for what a careful colleague would find in an announcement before it goes out. Implemented by wording. */
export type NoticeLinter = (text: {
  readonly title: Bilingual;
  readonly message: Bilingual;
  readonly severity: Severity;
}) => readonly Finding[];
