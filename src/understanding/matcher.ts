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
import { LONGEST_KEY, stretch } from './stretch.ts';

/** A word or phrase to be found inside sentences, as typed or by sound. */
export interface Term {
  readonly text: string;
  /** `sound`: against Korean in Latin letters; the text is then its romanisation. `initials`: ㅎㅌㅅ. */
  readonly by: 'letters' | 'sound' | 'initials';
  /** How many letters may be missing, too many or wrong. Digits must always be right. */
  readonly edits: number;
  /** Must begin, must end a word. Latin terms always do both; see `open`. */
  readonly wordStart?: boolean;
  readonly wordEnd?: boolean;
  /** A Latin term that may go on: `crash` finds crashed. */
  readonly open?: boolean;
}

/** A term found. `start` and `end` index the strand's codes. */
export interface Hit<T extends Term = Term> {
  readonly term: T;
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

interface Entry<T extends Term> {
  readonly term: T;
  readonly key: Key;
}

/** What may hang on to an open last syllable: 홈택슨, 홈택슬. */
const HANGING: ReadonlySet<number> = new Set([...'난날'].map((s) => toStrand(s).codes.at(-1) ?? 0));

/** What stretching left and right costs; shared, since one find is verified at a time. */
const LEFT = new Int32Array(LONGEST_KEY + 8);
const RIGHT = new Int32Array(LONGEST_KEY + 8);
const NO_SPACES: ReadonlySet<number> = new Set();

/** Terms indexed once: exact terms as they are, inexact ones by pieces of which one must be right. */
export class Matcher<T extends Term> {
  readonly #entries: readonly Entry<T>[];
  readonly #automaton: Automaton;
  /** By pattern number: the entry, and the offset of a piece in it; -1 for the whole. */
  readonly #entryOf: number[] = [];
  readonly #offsetOf: number[] = [];
  readonly #lengthOf: number[] = [];

  constructor(terms: readonly T[]) {
    this.#entries = terms.map((term) => ({ term, key: keyOf(term) }));
    const letters = this.#entries.reduce((sum, { key }) => sum + key.codes.length, 0);
    // Names share their beginnings: about half of the letters need a node.
    this.#automaton = new Automaton(letters / 2);
    for (const [number, { term, key }] of this.#entries.entries()) {
      this.#register(number, key.codes, 0, key.codes.length, -1);
      if (term.edits === 0) continue;
      const pieces = term.edits + 1;
      for (let piece = 0; piece < pieces; piece++) {
        const from = Math.floor((piece * key.codes.length) / pieces);
        const to = Math.floor(((piece + 1) * key.codes.length) / pieces);
        this.#register(number, key.codes, from, to, from);
      }
    }
    this.#automaton.build();
  }

  #register(entry: number, codes: Uint8Array, from: number, to: number, offset: number): void {
    this.#automaton.add(codes, from, to, this.#entryOf.length);
    this.#entryOf.push(entry);
    this.#offsetOf.push(offset);
    this.#lengthOf.push(to - from);
  }

  /** Every occurrence, overlapping ones too; an inexact one only where no exact one of the term stands. */
  find(strand: Strand): Hit<T>[] {
    const hits: Hit<T>[] = [];
    let seen: Set<number> | null = null;
    this.#automaton.scan(strand.codes, (pattern, end) => {
      const number = this.#entryOf[pattern] ?? 0;
      const entry = this.#entries[number];
      if (entry === undefined) return;
      const offset = this.#offsetOf[pattern] ?? -1;
      const length = this.#lengthOf[pattern] ?? 0;
      if (offset < 0) {
        const hit = settle(strand, entry, end - length, end, 0);
        if (hit !== null) hits.push(hit);
        return;
      }
      const origin = end - length - offset;
      if (!mayBegin(strand, entry, origin)) return;
      const place = number * 4096 + origin + 64;
      seen ??= new Set();
      if (seen.has(place)) return;
      seen.add(place);
      const hit = verify(strand, entry, offset, end - length, length);
      if (hit !== null) hits.push(hit);
    });
    return hits;
  }
}

/** The first letter of the term, which is never wrong, begins a character where the term may begin. */
function mayBegin({ codes, marks, length }: Strand, { key, term }: Entry<Term>, origin: number): boolean {
  const limit = term.edits;
  if (origin + key.codes.length - limit > length) return false;
  const last = Math.min(length - 1, origin + limit);
  for (let at = Math.max(0, origin - limit); at <= last; at++)
    if (codes[at] === key.codes[0] && ((marks[at] ?? 0) & MARK.character) !== 0) return true;
  return false;
}

/** The piece stands at `position`; stretches both ways within the edits that the term allows. */
function verify<T extends Term>(
  strand: Strand,
  entry: Entry<T>,
  offset: number,
  position: number,
  length: number,
): Hit<T> | null {
  const { key } = entry;
  const limit = entry.term.edits;
  const { codes } = key;
  const end = position + length;
  const before = stretch(codes, key.firm, offset - 1, -1, strand.codes, position - 1, limit, LEFT);
  if (before < 0) return null;
  const after = stretch(codes, key.firm, offset + length, 1, strand.codes, end, limit, RIGHT);
  for (let edits = 1; edits <= limit; edits++) {
    for (let left = 0; left <= before; left++) {
      const rest = edits - (LEFT[left] ?? 0);
      if (rest < 0) continue;
      for (let right = 0; right <= after; right++) {
        if (RIGHT[right] !== rest) continue;
        const hit = settle(strand, entry, position - left, end + right, edits);
        if (hit !== null) return hit;
      }
    }
  }
  return null;
}

/** Judges the borders of a find. */
function settle<T extends Term>(
  strand: Strand,
  { term, key }: Entry<T>,
  start: number,
  end: number,
  edits: number,
): Hit<T> | null {
  if (start < 0 || end > strand.length || start >= end) return null;
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
  if (glued && (term.wordStart === true || key.latinStart)) return null;
  if (
    unfinished &&
    (term.wordEnd === true || (key.latinEnd && term.open !== true && !plural(strand, finish)))
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

/** Latin words take an s: kiosks. */
function plural(strand: Strand, at: number): boolean {
  const letter = strand.text.charAt(strand.at[at] ?? 0);
  return letter === 's' && (at + 1 >= strand.length || ((strand.marks[at + 1] ?? 0) & MARK.word) !== 0);
}

function keyOf(term: Term): Key {
  const strand = term.by === 'sound' ? toSoundStrand(term.text, () => false) : toStrand(term.text);
  let spaces: Set<number> | null = null;
  for (let i = 1; i < strand.length; i++) {
    if (((strand.marks[i] ?? 0) & (MARK.gap | MARK.word)) === 0) continue;
    spaces ??= new Set();
    spaces.add(i);
  }
  const wordy = (code: number): boolean => !isHangulCode(code) && (isLatinCode(code) || term.by === 'sound');
  const mixed = term.edits > 0 && strand.codes.some(isHangulCode) && strand.codes.some(isLatinCode);
  return {
    codes: strand.codes,
    spaces: spaces ?? NO_SPACES,
    firm: mixed ? isLatinCode : isDigitCode,
    latinStart: wordy(strand.codes[0] ?? 0),
    latinEnd: wordy(strand.codes.at(-1) ?? 0),
  };
}
