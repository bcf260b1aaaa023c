import { CUES, type Cue } from './cue.ts';
import { isLatinCode, MARK } from './letters.ts';
import type { Reading } from './reading.ts';

/*
 * What the model sees of a message: runs of letters with the names of services masked, words and word
 * pairs, cues alone and in pairs, and how much of the message the names are.
 */

const MASK = 120;
const WEAK_MASK = 121;
const GAP = 122;
const EDGE = 123;

/** What is to be seen of a message, each by its hash, and how strongly. */
export interface Features {
  readonly hashes: Int32Array;
  readonly values: Float32Array;
}

const START = 0x811c9dc5;
const mix = (hash: number, value: number): number => {
  const next = Math.imul(hash ^ value, 0x01000193);
  return next ^ (next >>> 13);
};
const finish = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
};

const CUE_NUMBER: ReadonlyMap<Cue, number> = new Map(CUES.map((cue, at) => [cue, at]));
const KIND = {
  run: 11,
  word: 13,
  pair: 17,
  cue: 19,
  cuePair: 23,
  shape: 29,
  cueLinked: 31,
} as const;

/** The fewest and most letters of a run. */
const SHORTEST = 2;
const LONGEST = 5;

/** Codes of the message with each name as one letter; spaces stay between Latin words, where they are reliable. */
function masked(reading: Reading): { readonly codes: readonly number[]; readonly words: readonly number[] } {
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
      words.push(mix(START, mask));
      i = link.end;
      continue;
    }
    const code = strand.codes[i] ?? 0;
    if ((mark & MARK.gap) !== 0 && (isLatinCode(code) || isLatinCode(codes.at(-1) ?? 0))) codes.push(GAP);
    codes.push(code);
    word = mix(word === 0 ? START : word, code);
    i++;
  }
  close();
  codes.push(EDGE);
  return { codes, words };
}

/** The features of a message as read. */
export function featuresOf(reading: Reading): Features {
  const { strand, links, has, explained } = reading;
  const { codes, words } = masked(reading);
  const hashes: number[] = [];
  const values: number[] = [];
  const put = (kind: number, hash: number, value: number): void => {
    hashes.push(finish(mix(mix(START, kind), hash)));
    values.push(value);
  };

  const runValue = 2 / Math.sqrt(Math.max(8, codes.length * (LONGEST - SHORTEST + 1)));
  for (let i = 0; i < codes.length; i++) {
    let hash = 0x1000193;
    for (let j = i; j < codes.length && j < i + LONGEST; j++) {
      hash = mix(hash, codes[j] ?? 0);
      if (j - i + 1 >= SHORTEST) put(KIND.run, hash, runValue);
    }
  }
  const wordValue = 1.2 / Math.sqrt(Math.max(2, words.length));
  for (const [at, word] of words.entries()) {
    put(KIND.word, word, wordValue);
    if (at > 0) put(KIND.pair, mix(words[at - 1] ?? 0, word), wordValue);
  }

  const linked = links.filter((link) => link.term.owners.services.length > 0);
  const strong = linked.filter((link) => !link.weak && !link.aside).length;
  // A life in danger is answered before anything is weighed: what is heard of it is not the model's affair.
  const cues = [...has]
    .filter((cue) => cue !== 'self_harm')
    .map((cue) => CUE_NUMBER.get(cue) ?? 0)
    .sort((a, b) => a - b);
  const cueValue = 1 / Math.sqrt(Math.max(1, cues.length));
  const pairValue = 0.8 / Math.sqrt(Math.max(1, (cues.length * (cues.length - 1)) / 2));
  for (const [at, cue] of cues.entries()) {
    put(KIND.cue, cue, cueValue);
    put(KIND.cueLinked, cue * 4 + Math.min(2, strong), cueValue * 0.7);
    for (const other of cues.slice(at + 1)) put(KIND.cuePair, cue * 64 + other, pairValue);
  }

  const shape = (number: number, value: number): void => put(KIND.shape, number, value);
  shape(1, 0.5);
  shape(10 + Math.min(3, strong), 0.8);
  shape(20 + Math.min(3, linked.length - strong), 0.5);
  const outside = strand.length - linked.reduce((sum, link) => sum + link.end - link.start, 0);
  shape(30 + (strong === 0 ? 9 : Math.min(8, Math.floor(outside / 4))), 0.6);
  shape(50 + Math.min(6, Math.floor(strand.length / 12)), 0.4);
  shape(60 + Math.min(4, Math.floor(explained * 5)), 0.4);
  if (links.some((link) => link.term.owners.regions.length > 0)) shape(70, 0.5);
  if (links.some((link) => link.term.owners.agencies.length > 0)) shape(71, 0.5);
  if (linked.some((link) => link.aside)) shape(72, 0.5);
  if (strand.text.includes('?')) shape(73, 0.3);
  return { hashes: Int32Array.from(hashes), values: Float32Array.from(values) };
}
