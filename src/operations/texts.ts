import type { Bilingual } from '../domain/language.ts';
import { LANGUAGES } from '../domain/language.ts';
import { type Problem, refused } from '../domain/problem.ts';

/** Characters, each language. */
export const LENGTHS = {
  title: 120,
  message: 1500,
  limits: 600,
  works: 600,
  name: 120,
  duty: 200,
  reason: 500,
} as const;

/** One form of each letter; no control, direction-changing or unseen characters but those inside emoji; no blanks around. */
const cleaned = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/[\u00ad\u200b\u2060-\u2064\ufeff]/g, '')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    // Hangul fillers: letters by name, blanks by looks.
    .replace(/[\u115f\u1160\u3164\uffa0]/g, ' ')
    .trim();

/** For what stands in a line with others: a title, a name. */
export const cleanedLine = (text: string): string => cleaned(text).replace(/\s+/g, ' ');

export const cleanedBoth = (text: Bilingual): Bilingual => ({
  ko: cleaned(text.ko),
  en: cleaned(text.en),
});

export const cleanedLines = (text: Bilingual): Bilingual => ({
  ko: cleanedLine(text.ko),
  en: cleanedLine(text.en),
});

const SOMETHING_SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Endings that chat clients turn into links, in one case throughout: "restored.To apply" is a slip and not a link. */
const ENDINGS =
  'kr|com|net|org|info|biz|io|me|co|app|dev|ly|gl|gd|to|gg|cc|tv|xyz|top|site|shop|link|click|online|page|web|store|live|club|vip|cn|jp|ru|us|uk|eu|de|gov|edu|asia';
const LINK = new RegExp(
  [
    '[A-Za-z][A-Za-z0-9+.-]*://',
    '(?:www|WWW)\\.',
    `[\\p{L}\\p{N}-]\\.(?:${ENDINGS}|${ENDINGS.toUpperCase()})(?![A-Za-z0-9-])`,
    '[A-Za-z0-9-]\\.[A-Za-z]{2,}/\\S',
    '(?:\\d{1,3}\\.){3}\\d{1,3}/',
  ].join('|'),
  'u',
);

/** An address of any kind. Notices carry none, so that whatever carries one is known to be a fraud. */
export const containsLink = (text: string): boolean => LINK.test(text.normalize('NFKC'));

/** The first thing wrong with a text that citizens will read, or null. */
export function textProblem(text: Bilingual | null | undefined, field: string, max: number): Problem | null {
  if (text === null || text === undefined) return null;
  for (const language of LANGUAGES) {
    const at = `${field}.${language}`;
    const seen = cleaned(text[language]);
    if (!SOMETHING_SEEN.test(seen)) return refused('missing_language', at, { language }).problem;
    if (text[language].length > max) return refused('too_long', at, { max: String(max) }).problem;
    if (containsLink(seen)) return refused('contains_link', at).problem;
  }
  return null;
}
