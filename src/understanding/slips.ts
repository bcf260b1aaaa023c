import { MARK, type Strand } from './letters.ts';
import type { Hit } from './matcher.ts';

/*
 * Latin words and names with one slip: a letter wrong, missing, too many, or two changed round.
 * Words with a letter left out are the index: two words one slip apart share one of them.
 */

/** Longer names bear their slips in the matcher, which finds them inside a sentence. */
export const LONGEST_SLIP = 9;
const SHORTEST = 4;

/** A term by its number and its letters without spaces. */
export interface SlipTerm {
  readonly number: number;
  readonly text: string;
}

const withoutOne = (word: string): string[] => [
  word,
  ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1)),
];

/** One slip apart. In a short word only a doubled letter or two changed round are believed. */
function isSlip(typed: string, meant: string): boolean {
  if (typed === meant || typed[0] !== meant[0]) return false;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  const swapped =
    typed.length === meant.length &&
    typed[start] === meant[start + 1] &&
    typed[start + 1] === meant[start] &&
    typed.slice(start + 2) === meant.slice(start + 2);
  if (swapped) return !/\d/.test(typed.slice(start, start + 2));
  const more = typed.length > meant.length ? 1 : 0;
  const less = meant.length > typed.length ? 1 : 0;
  const typedRest = typed.slice(start + (less === 1 ? 0 : 1));
  if (typedRest !== meant.slice(start + (more === 1 ? 0 : 1))) return false;
  if (/\d/.test(`${typed[start] ?? ''}${meant[start] ?? ''}`)) return false;
  const doubled = more === 1 && typed[start] === typed[start - 1];
  return doubled || meant.length > 5;
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly known: boolean;
}

/** An index of short Latin terms that finds them misspelled. */
export class Slips {
  readonly #terms: readonly SlipTerm[];
  readonly #byPart = new Map<string, number[]>();
  readonly #isKnown: (word: string) => boolean;

  /** `isKnown`: words that stand for themselves, and so are no slips of others. */
  constructor(terms: readonly SlipTerm[], isKnown: (word: string) => boolean) {
    this.#isKnown = isKnown;
    this.#terms = terms.filter(
      ({ text }) =>
        text.length >= SHORTEST && text.length <= LONGEST_SLIP && /^[a-z]{2}[a-z0-9]*$/.test(text),
    );
    for (const [at, { text }] of this.#terms.entries()) {
      for (const part of new Set(withoutOne(text))) {
        const own = this.#byPart.get(part);
        if (own === undefined) this.#byPart.set(part, [at]);
        else own.push(at);
      }
    }
  }

  /** The terms that a word, or two beside each other, nearly are. */
  find(strand: Strand): Hit[] {
    const words = this.#wordsOf(strand);
    const hits: Hit[] = [];
    for (const [at, word] of words.entries()) {
      if (word.known) continue;
      this.#look(word.text, word.start, word.end, 0, hits);
      const before = words[at - 1];
      if (before?.end === word.start) this.#look(before.text + word.text, before.start, word.end, 1, hits);
      const after = words[at + 1];
      if (after?.start === word.end) this.#look(word.text + after.text, word.start, after.end, 1, hits);
    }
    return hits;
  }

  #look(typed: string, start: number, end: number, gaps: number, hits: Hit[]): void {
    if (typed.length < SHORTEST || typed.length > LONGEST_SLIP + 1) return;
    const seen = new Set<number>();
    for (const part of withoutOne(typed)) {
      for (const at of this.#byPart.get(part) ?? []) {
        const term = this.#terms[at];
        if (term === undefined || seen.has(at)) continue;
        seen.add(at);
        if (isSlip(typed, term.text))
          hits.push({ term: term.number, start, end, edits: 1, gaps, glued: false, unfinished: false });
      }
    }
  }

  /** The Latin words of a strand. */
  #wordsOf({ text, at, marks, length }: Strand): Word[] {
    const words: Word[] = [];
    for (let start = 0; start < length; ) {
      let end = start + 1;
      while (end < length && ((marks[end] ?? 0) & MARK.word) === 0) end++;
      const word = text.slice(at[start] ?? 0, (at[end - 1] ?? 0) + 1);
      if (/^[a-z][a-z0-9]*$/.test(word)) words.push({ text: word, start, end, known: this.#isKnown(word) });
      start = end;
    }
    return words;
  }
}
