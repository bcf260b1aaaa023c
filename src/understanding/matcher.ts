import { Automaton } from './automaton.ts';
import {
  isDigitCode,
  isHangulCode,
  isLatinCode,
  MARK,
  type Strand,
  toSoundStrand,
  toStrand,
} from './letters.ts';
import { normalise } from './normalise.ts';

/** What a term is compared with; each manner has a matcher of its own. */
export type Manner = 'letters' | 'sound' | 'initials';

/** A word or phrase to be found inside sentences, as typed or by sound. */
export interface Term {
  readonly text: string;
  /** `sound`: against Korean in Latin letters; the text is then its romanisation. `initials`: ㅎㅌㅅ. */
  readonly by: Manner;
  /** How many letters may be missing, too many or wrong. Digits must always be right. */
  readonly edits: number;
  /** Must begin, must end a word. Latin terms always do both; see `open`. */
  readonly wordStart?: boolean;
  readonly wordEnd?: boolean;
  /** A Latin term that may go on: `crash` finds crashed. */
  readonly open?: boolean;
}

/** A term found. `start` and `end` index the strand's codes. */
export interface Hit {
  readonly term: number;
  readonly start: number;
  readonly end: number;
  readonly edits: number;
  /** Spaces inside that the term does not have. */
  readonly gaps: number;
  /** It begins inside a word; it ends inside one. */
  readonly glued: boolean;
  readonly unfinished: boolean;
}

interface Key {
  readonly codes: Uint8Array;
  /** Where the term itself has a space or sign before a letter. */
  readonly spaces: ReadonlySet<number>;
  readonly latinStart: boolean;
  readonly latinEnd: boolean;
  /** Letters that must be right: digits, and Latin ones beside Hangul (e사람 is not 사람). */
  readonly firm: (code: number) => boolean;
}

/** What may hang on to an open last syllable: 홈택슨, 홈택슬. */
const HANGING: ReadonlySet<number> = new Set([...'난날'].map((s) => toStrand(s).codes.at(-1) ?? 0));

/** The terms of one manner, indexed once: exact terms as they are, inexact ones by pieces of which one must be right. */
export class Matcher {
  readonly terms: readonly Term[];
  readonly #keys: readonly (Key | null)[];
  readonly #automaton = new Automaton();
  /** By pattern number: the term, and the offset of a piece in it; -1 for the whole. */
  readonly #termOf: number[] = [];
  readonly #offsetOf: number[] = [];
  readonly #lengthOf: number[] = [];

  constructor(terms: readonly Term[], manner: Manner) {
    this.terms = terms;
    this.#keys = terms.map((term) => (term.by === manner ? keyOf(term) : null));
    for (const [number, key] of this.#keys.entries()) {
      if (key === null) continue;
      const edits = terms[number]?.edits ?? 0;
      this.#register(number, key.codes, -1);
      if (edits === 0) continue;
      const pieces = edits + 1;
      for (let piece = 0; piece < pieces; piece++) {
        const from = Math.floor((piece * key.codes.length) / pieces);
        const to = Math.floor(((piece + 1) * key.codes.length) / pieces);
        this.#register(number, key.codes.subarray(from, to), from);
      }
    }
    this.#automaton.build();
  }

  #register(term: number, codes: Uint8Array, offset: number): void {
    this.#automaton.add(codes, this.#termOf.length);
    this.#termOf.push(term);
    this.#offsetOf.push(offset);
    this.#lengthOf.push(codes.length);
  }

  /** Every occurrence, overlapping ones too; an inexact one only where no exact one of the term stands. */
  find(strand: Strand): Hit[] {
    const hits: Hit[] = [];
    const seen = new Set<number>();
    this.#automaton.scan(strand.codes, (pattern, end) => {
      const term = this.#termOf[pattern] ?? 0;
      const offset = this.#offsetOf[pattern] ?? -1;
      const length = this.#lengthOf[pattern] ?? 0;
      if (offset < 0) {
        const hit = this.#settle(strand, term, end - length, end, 0);
        if (hit !== null) hits.push(hit);
        return;
      }
      const origin = end - length - offset;
      const place = term * 4096 + origin + 64;
      if (seen.has(place)) return;
      seen.add(place);
      const hit = this.#verify(strand, term, offset, end - length, length);
      if (hit !== null) hits.push(hit);
    });
    return hits;
  }

  /** The piece stands at `position`; stretches both ways within the edits that the term allows. */
  #verify(strand: Strand, term: number, offset: number, position: number, length: number): Hit | null {
    const key = this.#keys[term];
    const limit = this.terms[term]?.edits ?? 0;
    if (key === undefined || key === null) return null;
    const left = stretch(key, offset - 1, -1, strand.codes, position - 1, limit);
    const right = stretch(key, offset + length, 1, strand.codes, position + length, limit);
    let best: Hit | null = null;
    for (const [before, costBefore] of left) {
      for (const [after, costAfter] of right) {
        const edits = costBefore + costAfter;
        if (edits === 0 || edits > limit || (best !== null && best.edits <= edits)) continue;
        best = this.#settle(strand, term, position - before, position + length + after, edits) ?? best;
      }
    }
    return best;
  }

  /** Judges the borders of a find. */
  #settle(strand: Strand, term: number, start: number, end: number, edits: number): Hit | null {
    const key = this.#keys[term];
    const rule = this.terms[term];
    if (
      key === undefined ||
      key === null ||
      rule === undefined ||
      start < 0 ||
      end > strand.length ||
      start >= end
    )
      return null;
    const { marks, codes } = strand;
    if (((marks[start] ?? 0) & MARK.character) === 0) return null;
    // People slip later in a word; its first letter is what they are sure of.
    if (edits > 0 && codes[start] !== key.codes[0]) return null;
    let finish = end;
    const atEnd = (i: number): boolean => i >= strand.length || ((marks[i] ?? 0) & MARK.character) !== 0;
    if (!atEnd(finish)) {
      if (edits > 0 || !HANGING.has(codes[finish] ?? 0) || !atEnd(finish + 1)) return null;
      finish++;
    }
    const glued = ((marks[start] ?? 0) & MARK.word) === 0;
    const unfinished = finish < strand.length && ((marks[finish] ?? 0) & MARK.word) === 0;
    if (glued && (rule.wordStart === true || key.latinStart)) return null;
    if (
      unfinished &&
      (rule.wordEnd === true || (key.latinEnd && rule.open !== true && !plural(strand, finish)))
    ) {
      return null;
    }
    let gaps = 0;
    for (let i = start + 1; i < finish; i++) {
      if (((marks[i] ?? 0) & MARK.gap) === 0 || (edits === 0 && key.spaces.has(i - start))) continue;
      // government 24: a number may stand apart.
      if (isDigitCode(codes[i] ?? 0) && !isDigitCode(codes[i - 1] ?? 0)) continue;
      gaps++;
    }
    if (edits > 0) {
      if (key.latinStart && gaps !== key.spaces.size && gaps > 0) return null;
      gaps = Math.max(0, gaps - key.spaces.size);
    }
    return { term, start, end: finish, edits, gaps, glued, unfinished };
  }
}

/** Latin words take an s: kiosks. */
function plural(strand: Strand, at: number): boolean {
  const letter = strand.text.charAt(strand.at[at] ?? 0);
  return letter === 's' && (at + 1 >= strand.length || ((strand.marks[at + 1] ?? 0) & MARK.word) !== 0);
}

function keyOf(term: Term): Key {
  const plain = normalise(term.text);
  const strand = term.by === 'sound' ? toSoundStrand(plain, () => false) : toStrand(plain);
  const spaces = new Set<number>();
  for (let i = 1; i < strand.length; i++) {
    const mark = strand.marks[i] ?? 0;
    if ((mark & MARK.gap) !== 0 || (mark & MARK.word) !== 0) spaces.add(i);
  }
  const wordy = (code: number): boolean => !isHangulCode(code) && (isLatinCode(code) || term.by === 'sound');
  const mixed = strand.codes.some(isHangulCode) && strand.codes.some(isLatinCode);
  return {
    codes: strand.codes,
    spaces,
    firm: mixed ? isLatinCode : isDigitCode,
    latinStart: wordy(strand.codes[0] ?? 0),
    latinEnd: wordy(strand.codes.at(-1) ?? 0),
  };
}

/**
 * The cheapest ways to match the rest of a key in one direction from a fixed point.
 * @returns pairs of letters of the text used up and edits needed, within the limit
 */
function stretch(
  { codes: key, firm }: Key,
  keyFrom: number,
  direction: 1 | -1,
  text: Uint8Array,
  textFrom: number,
  limit: number,
): readonly (readonly [number, number])[] {
  const needed = direction === 1 ? key.length - keyFrom : keyFrom + 1;
  if (needed <= 0) return [[0, 0]];
  const room = direction === 1 ? text.length - textFrom : textFrom + 1;
  const width = Math.min(room, needed + limit);
  if (width < needed - limit) return [];
  let row = new Int32Array(width + 1);
  for (let j = 0; j <= width; j++) {
    // Letters of the text that the key lacks; a digit is never one of them.
    row[j] = j === 0 ? 0 : (row[j - 1] ?? 0) + (firm(text[textFrom + direction * (j - 1)] ?? 0) ? 99 : 1);
  }
  for (let i = 1; i <= needed; i++) {
    const wanted = key[keyFrom + direction * (i - 1)] ?? 0;
    const wantedCost = firm(wanted) ? 99 : 1;
    const next = new Int32Array(width + 1);
    next[0] = (row[0] ?? 0) + wantedCost;
    let least = next[0] ?? 0;
    for (let j = 1; j <= width; j++) {
      const got = text[textFrom + direction * (j - 1)] ?? 0;
      const gotCost = firm(got) ? 99 : 1;
      const replace = (row[j - 1] ?? 0) + (got === wanted ? 0 : Math.max(wantedCost, gotCost));
      const value = Math.min(replace, (row[j] ?? 0) + wantedCost, (next[j - 1] ?? 0) + gotCost);
      next[j] = value;
      if (value < least) least = value;
    }
    if (least > limit) return [];
    row = next;
  }
  const found: [number, number][] = [];
  for (let j = Math.max(0, needed - limit); j <= width; j++) {
    const cost = row[j] ?? 99;
    if (cost <= limit) found.push([j, cost]);
  }
  return found.sort((a, b) => a[1] - b[1]);
}
