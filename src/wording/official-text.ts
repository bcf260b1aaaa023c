import type { Bilingual, Language } from '../domain/language.ts';

/*
 * What officials wrote, made fit to stand in a card. Operations refuse links; this is the second lock: even a text
 * that slipped in through a catalogue or an old record never turns into something to tap.
 */

const SCHEME = /\b[a-z][a-z0-9+.-]{0,30}:\/\//giu;
/** The dots inside a host name: before a letter that may begin a label or a top-level domain, or inside four numbers. */
const HOST_DOT = /(?<=[\p{L}\p{N}_-])[.。．](?=\p{Script=Latin}|한국|닷컴|닷넷)/giu;
const FOUR_NUMBERS = /\d{1,3}(?:\.\d{1,3}){3}/gu;
/** Invisible and without width; no client reads a host name across it. */
const WORD_JOINER = '\u2060';
/** Control characters except the line feed, and marks that turn the direction of writing. */
const UNPRINTABLE =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** The text with its internet addresses made untappable: the scheme goes, the name stays readable. */
export const unlinked = (text: string): string =>
  text
    .replace(SCHEME, '')
    .replace(HOST_DOT, `.${WORD_JOINER}`)
    .replace(FOUR_NUMBERS, (address) => address.replaceAll('.', `.${WORD_JOINER}`));

/** One clean line. */
export const oneLine = (text: Bilingual, language: Language): string => linesOf(text, language).join(' ');

/** The lines of a text, trimmed, without empty ones. */
export const linesOf = (text: Bilingual, language: Language): readonly string[] =>
  unlinked(text[language].replace(/\r\n?/gu, '\n').replace(UNPRINTABLE, ' '))
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/gu, ' ').trim())
    .filter((line) => line !== '');
