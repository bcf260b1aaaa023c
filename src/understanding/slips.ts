/*
 * Latin words with one slip: a letter wrong, missing, too many, or two changed round. Words with a
 * letter left out are the index: two words one slip apart share one of them.
 */

/** Shorter words are too near to one another; in those below `SAFE` only the gentlest slips are believed. */
const SHORTEST = 4;
const SAFE = 6;

const withoutOne = (word: string): string[] => [
  word,
  ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1)),
];

/** How far a typed word is from the one meant: 1 for two letters changed round or one doubled, 2 for another slip, 0 for none or more. */
function slipOf(typed: string, meant: string): 0 | 1 | 2 {
  if (typed === meant || (typed[0] !== meant[0] && meant.length <= SAFE)) return 0;
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start++;
  if (/\d/.test(typed.slice(start, start + 2) + meant.slice(start, start + 2))) return 0;
  const isSwapped =
    typed.length === meant.length &&
    typed[start] === meant[start + 1] &&
    typed[start + 1] === meant[start] &&
    typed.slice(start + 2) === meant.slice(start + 2);
  if (isSwapped) return 1;
  const typedRest = typed.slice(start + (typed.length < meant.length ? 0 : 1));
  const meantRest = meant.slice(start + (typed.length > meant.length ? 0 : 1));
  if (typedRest !== meantRest) return 0;
  if (typed.length > meant.length && typed[start] === typed[start - 1]) return 1;
  // A first letter may be left out; it is not taken for another.
  if (start === 0 && typed.length >= meant.length) return 0;
  return meant.length >= SAFE ? 2 : 0;
}

/** A text with its slips put right. */
export interface Corrected {
  readonly text: string;
  /** Where the new words stand in it: from, and the place just after. */
  readonly places: readonly (readonly [number, number])[];
}

/** Puts slips in Latin words right, from a list of the words there are. */
export class Slips {
  readonly #byPart = new Map<string, string[]>();
  readonly #isKnown: (word: string) => boolean;

  /** `isKnown`: words that stand for themselves, and so are no slips of others. */
  constructor(words: Iterable<string>, isKnown: (word: string) => boolean) {
    this.#isKnown = isKnown;
    for (const word of words) {
      if (word.length < SHORTEST || !/^[a-z]{2}/.test(word)) continue;
      for (const part of new Set(withoutOne(word))) {
        const own = this.#byPart.get(part);
        if (own === undefined) this.#byPart.set(part, [word]);
        else own.push(word);
      }
    }
  }

  /** The text with every unknown word that is one slip from a known one put right; null where there is none. */
  correct(plain: string): Corrected | null {
    const places: [number, number][] = [];
    let text = '';
    let from = 0;
    for (const match of plain.matchAll(/[a-z][a-z0-9]{2,}/g)) {
      const [word] = match;
      if (match.index < from || this.#isKnown(word)) continue;
      const end = match.index + word.length;
      // hi koera, hik orea: a space may be part of the slip.
      const next = /^ ([a-z]{2,})/.exec(plain.slice(end))?.[1];
      const alone = this.#meant(word);
      const joined = alone === null && next !== undefined ? this.#meant(word + next) : null;
      const meant = alone ?? joined;
      if (meant === null) continue;
      text += plain.slice(from, match.index);
      places.push([text.length, text.length + meant.length]);
      text += meant;
      from = joined === null || next === undefined ? end : end + 1 + next.length;
    }
    return places.length === 0 ? null : { text: text + plain.slice(from), places };
  }

  /** The known word one slip away, the gentlest slip first. */
  #meant(typed: string): string | null {
    let best: string | null = null;
    for (const part of withoutOne(typed)) {
      for (const word of this.#byPart.get(part) ?? []) {
        const slip = slipOf(typed, word);
        if (slip === 1) return word;
        if (slip === 2) best ??= word;
      }
    }
    return best;
  }
}
