import type { Card } from '../card/card.ts';
import type { Language } from '../domain/language.ts';
import type { NoticeFact } from '../domain/notice.ts';

/** Writes a notice once, in both languages, from its fact alone. Implemented by wording. */
export type NoticeWriter = (fact: NoticeFact) => { readonly [L in Language]: Card };
