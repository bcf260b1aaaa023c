import { CUES, type Cue } from './cue.ts';
import { isLatinCode, MARK } from './letters.ts';
import type { Reading } from './reading.ts';

/*
 * What the model sees of a message: runs of letters with the names of services masked, words and word
 * pairs, cues alone and in pairs, and how much of the message the names are. All hashed into cells.
 */

export const CELLS = 1 << 15;
const SHORTEST = 2;
const LONGEST = 5;

const MASK = 120;
const WEAK_MASK = 121;
const GAP = 122;
const EDGE = 123;

/** The cells of a message that are not zero, and their values. */
export interface Features {
  readonly cells: Int32Array;
  readonly values: Float32Array;
  readonly length: number;
}

const mix = (hash: number, value: number): number => {
  const next = Math.imul(hash ^ value, 0x01000193);
  return next ^ (next >>> 13);
};
const cellOf = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) & (CELLS - 1);
};

const CUE_NUMBER: ReadonlyMap<Cue, number> = new Map(CUES.map((cue, at) => [cue, at]));
const KIND = { run: 11, word: 13, pair: 17, cue: 19, cuePair: 23, shape: 29, cueLinked: 31 } as const;

/** Codes of the message with each name as one letter; spaces stay between Latin words, where they are reliable. */
function masked(reading: Reading): { codes: number[]; words: number[] } {
  const { strand, links } = reading;
  const codes: number[] = [EDGE];
  const words: number[] = [];
  let word = 0;
  const close = (): void => {
    if (word !== 0) words.push(word);
    word = 0;
  };
  let next = 0;
  for (let i = 0; i < strand.length; ) {
    while (next < links.length && (links[next]?.end ?? 0) <= i) next++;
    const link = links[next];
    const mark = strand.marks[i] ?? 0;
    if ((mark & MARK.gap) !== 0) close();
    if (link !== undefined && link.start === i && link.term.owners.services.length > 0) {
      if ((mark & MARK.gap) !== 0 && isLatinCode(codes.at(-1) ?? 0)) codes.push(GAP);
      close();
      const mask = link.weak ? WEAK_MASK : MASK;
      codes.push(mask);
      word = mix(0x811c9dc5, mask);
      close();
      i = link.end;
      continue;
    }
    const code = strand.codes[i] ?? 0;
    if ((mark & MARK.gap) !== 0 && (isLatinCode(code) || isLatinCode(codes.at(-1) ?? 0))) codes.push(GAP);
    codes.push(code);
    word = mix(word === 0 ? 0x811c9dc5 : word, code);
    i++;
  }
  close();
  codes.push(EDGE);
  return { codes, words };
}

/** The features of a message as read. */
export function featuresOf(reading: Reading): Features {
  const { codes, words } = masked(reading);
  const cells: number[] = [];
  const values: number[] = [];
  const put = (kind: number, hash: number, value: number): void => {
    cells.push(cellOf(mix(mix(0x811c9dc5, kind), hash)));
    values.push(value);
  };
  const runs: number[] = [];
  for (let i = 0; i < codes.length; i++) {
    let hash = 0x1000193;
    for (let j = i; j < codes.length && j < i + LONGEST; j++) {
      hash = mix(hash, codes[j] ?? 0);
      if (j - i + 1 >= SHORTEST) runs.push(hash);
    }
  }
  const each = 2 / Math.sqrt(Math.max(8, runs.length));
  for (const hash of runs) put(KIND.run, hash, each);
  const wordValue = 1.2 / Math.sqrt(Math.max(2, words.length));
  for (const [at, word] of words.entries()) {
    put(KIND.word, word, wordValue);
    if (at > 0) put(KIND.pair, mix(words[at - 1] ?? 0, word), wordValue);
  }
  const linked = reading.links.filter((link) => link.term.owners.services.length > 0);
  const strong = linked.filter((link) => !link.weak && !link.aside).length;
  const cues = [...reading.has].map((cue) => CUE_NUMBER.get(cue) ?? 0).sort((a, b) => a - b);
  const cueValue = 1 / Math.sqrt(Math.max(1, cues.length));
  const pairValue = 0.8 / Math.sqrt(Math.max(1, (cues.length * (cues.length - 1)) / 2));
  for (const [at, cue] of cues.entries()) {
    put(KIND.cue, cue, cueValue);
    put(KIND.cueLinked, cue * 4 + Math.min(2, strong), cueValue * 0.7);
    for (const other of cues.slice(at + 1)) put(KIND.cuePair, cue * 64 + other, pairValue);
  }
  put(KIND.shape, 1, 0.5);
  put(KIND.shape, 10 + Math.min(3, strong), 0.8);
  put(KIND.shape, 20 + Math.min(3, linked.length - strong), 0.5);
  const named = linked.reduce((sum, link) => sum + link.end - link.start, 0);
  const outside = reading.strand.length - named;
  put(KIND.shape, 30 + (strong === 0 ? 9 : Math.min(8, Math.floor(outside / 4))), 0.6);
  put(KIND.shape, 50 + Math.min(6, Math.floor(reading.strand.length / 12)), 0.4);
  put(KIND.shape, 60 + Math.min(4, Math.floor(reading.explained * 5)), 0.4);
  if (reading.links.some((link) => link.term.owners.regions.length > 0)) put(KIND.shape, 70, 0.5);
  if (reading.links.some((link) => link.term.owners.agencies.length > 0)) put(KIND.shape, 71, 0.5);
  if (linked.some((link) => link.aside)) put(KIND.shape, 72, 0.5);
  if (reading.strand.text.includes('?')) put(KIND.shape, 73, 0.3);
  return { cells: Int32Array.from(cells), values: Float32Array.from(values), length: cells.length };
}
