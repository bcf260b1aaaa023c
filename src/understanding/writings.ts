import { initialsOf, isSyllable, romanise } from './hangul.ts';
import { foldRoman } from './letters.ts';
import type { NameTerm } from './lexicon.ts';
import type { Term } from './matcher.ts';

/* The other manners of writing a Korean name: by its first letters, and by its sound in Latin ones. */

const syllablesOf = (text: string): number => [...text].filter(isSyllable).length;
const isOfService = (term: NameTerm): boolean => term.owners.services.length > 0;

/** Names by their first letters, as whole words only: ㅎㅌㅅ. */
export const initialsTerms = (names: readonly NameTerm[]): readonly NameTerm[] =>
  names
    .filter((term) => isOfService(term) && !term.heard && syllablesOf(term.text) >= 2)
    .map((term) => ({
      ...term,
      text: initialsOf(term.text),
      by: 'initials',
      edits: 0,
      manner: 'initials',
      wordStart: true,
      wordEnd: true,
    }));

/** A name of one word in Latin letters: neis, hometax. */
const isLatinName = (term: NameTerm): boolean => isOfService(term) && /^[a-z]{4,}$/.test(term.text);

/** Names by sound in the Revised Romanisation, short ones left out: they sound like English. Latin names stay as they are. */
export const soundTerms = (names: readonly NameTerm[]): readonly NameTerm[] =>
  names.flatMap((term): NameTerm[] => {
    if (isLatinName(term)) return [{ ...term, by: 'sound', edits: 0, wordStart: true, wordEnd: true }];
    if (!isOfService(term) || syllablesOf(term.text) < 2) return [];
    const text = romanise(term.text);
    const letters = text.replace(/[^a-z]/g, '').length;
    if (letters < 5) return [];
    const edits = term.heard || letters < 8 ? 0 : letters < 12 ? 1 : 2;
    return [{ ...term, text, by: 'sound', edits, manner: 'sound', open: true }];
  });

/** A shorter word is not known by its sound. */
export const LONG_SOUND = 4;

/** The words of these terms by sound, those that are long enough. */
export const soundWords = (terms: readonly Term[]): ReadonlySet<string> =>
  new Set(
    terms
      .flatMap(({ text }) => text.split(' ').filter((word) => word.length >= LONG_SOUND))
      .map((word) => foldRoman(word)),
  );
