import { askedClause, type Clause, clausesOf } from './asking.ts';
import { CUES, type Cue } from './cue.ts';
import { isLatinCode, MARK } from './letters.ts';
import type { Reading } from './reading.ts';

/*
 * What the model sees of a message: runs of letters with the names of services masked, words and word
 * pairs, cues alone, in pairs and by the clause they stand in, and how much of the message the names are.
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
  askedRun: 37,
  askedCue: 41,
  besideCue: 43,
  askedPair: 47,
  after: 53,
  before: 59,
  wordAsked: 61,
} as const;

const F = { askedRun: 0, asked: 1, after: 1, skip: 0, wordAsked: 0, cue: 1, run: 1, shortest: 2, longest: 5 };

interface Masked {
  readonly codes: readonly number[];
  /** The place in the strand of each code; -1 for those put in between. */
  readonly places: readonly number[];
  readonly words: readonly number[];
  readonly wordPlaces: readonly number[];
}

/** Codes of the message with each name as one letter; spaces stay between Latin words, where they are reliable. */
function masked(reading: Reading): Masked {
  const { strand, links } = reading;
  const codes: number[] = [EDGE];
  const places: number[] = [0];
  const words: number[] = [];
  const wordPlaces: number[] = [];
  let word = 0;
  let wordAt = 0;
  const close = (): void => {
    if (word !== 0) {
      words.push(word);
      wordPlaces.push(wordAt);
    }
    word = 0;
  };
  const put = (code: number, place: number): void => {
    codes.push(code);
    places.push(place);
  };
  let next = 0;
  for (let i = 0; i < strand.length; ) {
    while (next < links.length && (links[next]?.end ?? 0) <= i) next++;
    const link = links[next];
    const mark = strand.marks[i] ?? 0;
    if ((mark & MARK.gap) !== 0) close();
    if (link !== undefined && link.start === i && link.term.owners.services.length > 0) {
      if ((mark & MARK.gap) !== 0 && isLatinCode(codes.at(-1) ?? 0)) put(GAP, i);
      close();
      const mask = link.weak ? WEAK_MASK : MASK;
      put(mask, i);
      word = mix(START, mask);
      wordAt = i;
      close();
      i = link.end;
      continue;
    }
    const code = strand.codes[i] ?? 0;
    if ((mark & MARK.gap) !== 0 && (isLatinCode(code) || isLatinCode(codes.at(-1) ?? 0))) put(GAP, i);
    put(code, i);
    if (word === 0) wordAt = i;
    word = mix(word === 0 ? START : word, code);
    i++;
  }
  close();
  put(EDGE, strand.length);
  return { codes, places, words, wordPlaces };
}

/** The features of a message as read. */
export function featuresOf(reading: Reading): Features {
  const { strand, cues: hits } = reading;
  const { codes, places, words, wordPlaces } = masked(reading);
  const hashes: number[] = [];
  const values: number[] = [];
  const put = (kind: number, hash: number, value: number): void => {
    hashes.push(finish(mix(mix(START, kind), hash)));
    values.push(value);
  };
  const linked = reading.links.filter((link) => link.term.owners.services.length > 0);
  const clauses = clausesOf(strand);
  const asked: Clause = askedClause(strand, clauses, reading.links, hits);
  const isAsked = (place: number): boolean => place >= asked.start && place < asked.end;

  const LONGEST = F.longest,
    SHORTEST = F.shortest;
  const each = (F.run * 2) / Math.sqrt(Math.max(8, codes.length * (LONGEST - SHORTEST + 1)));
  for (let i = 0; i < codes.length; i++) {
    let hash = 0x1000193;
    const inside = F.askedRun > 0 && isAsked(places[i] ?? 0);
    for (let j = i; j < codes.length && j < i + LONGEST; j++) {
      hash = mix(hash, codes[j] ?? 0);
      if (j - i + 1 < SHORTEST) continue;
      put(KIND.run, hash, each);
      if (inside && j - i + 1 > 2) put(KIND.askedRun, hash, each * F.askedRun);
    }
  }
  const wordValue = 1.2 / Math.sqrt(Math.max(2, words.length));
  for (const [at, word] of words.entries()) {
    put(KIND.word, word, wordValue);
    if (F.wordAsked > 0 && isAsked(wordPlaces[at] ?? 0)) put(KIND.wordAsked, word, wordValue * F.wordAsked);
    if (at > 0) put(KIND.pair, mix(words[at - 1] ?? 0, word), wordValue);
    if (F.skip > 0 && at > 1) put(KIND.pair, mix(mix(words[at - 2] ?? 0, word), 77), wordValue * F.skip);
  }
  const strong = linked.filter((link) => !link.weak && !link.aside).length;
  const numbers = (of: Iterable<Cue>): number[] =>
    [...new Set([...of].map((cue) => CUE_NUMBER.get(cue) ?? 0))].sort((a, b) => a - b);
  const cues = numbers(reading.has);
  const cueValue = (F.cue * 1) / Math.sqrt(Math.max(1, cues.length));
  const pairValue = (F.cue * 0.8) / Math.sqrt(Math.max(1, (cues.length * (cues.length - 1)) / 2));
  for (const [at, cue] of cues.entries()) {
    put(KIND.cue, cue, cueValue);
    put(KIND.cueLinked, cue * 4 + Math.min(2, strong), cueValue * 0.7);
    for (const other of cues.slice(at + 1)) put(KIND.cuePair, cue * 64 + other, pairValue);
  }
  if (F.asked > 0) {
    const inside = numbers(hits.filter((hit) => isAsked(hit.start)).map((hit) => hit.term.cue));
    const beside = numbers(hits.filter((hit) => !isAsked(hit.start)).map((hit) => hit.term.cue));
    const insideValue = F.asked / Math.sqrt(Math.max(1, inside.length));
    for (const [at, cue] of inside.entries()) {
      put(KIND.askedCue, cue * 4 + Math.min(2, strong), insideValue);
      for (const other of inside.slice(at + 1))
        put(
          KIND.askedPair,
          cue * 64 + other,
          (insideValue * 0.8) / Math.sqrt(Math.max(1, inside.length / 2)),
        );
    }
    for (const cue of beside)
      put(KIND.besideCue, cue, (F.asked * 0.7) / Math.sqrt(Math.max(1, beside.length)));
  }
  if (F.after > 0) {
    for (const link of linked.slice(0, 2)) {
      const following = hits.find((hit) => hit.start >= link.end);
      const leading = hits.findLast((hit) => hit.end <= link.start);
      const near = (gap: number): number => (gap <= 3 ? 0 : gap <= 10 ? 1 : 2);
      put(
        KIND.after,
        following === undefined
          ? 0
          : 1 + (CUE_NUMBER.get(following.term.cue) ?? 0) * 4 + near(following.start - link.end),
        0.6 * F.after,
      );
      put(
        KIND.before,
        leading === undefined
          ? 0
          : 1 + (CUE_NUMBER.get(leading.term.cue) ?? 0) * 4 + near(link.start - leading.end),
        0.5 * F.after,
      );
    }
  }
  put(KIND.shape, 1, 0.5);
  put(KIND.shape, 10 + Math.min(3, strong), 0.8);
  put(KIND.shape, 20 + Math.min(3, linked.length - strong), 0.5);
  const named = linked.reduce((sum, link) => sum + link.end - link.start, 0);
  const outside = strand.length - named;
  put(KIND.shape, 30 + (strong === 0 ? 9 : Math.min(8, Math.floor(outside / 4))), 0.6);
  put(KIND.shape, 50 + Math.min(6, Math.floor(strand.length / 12)), 0.4);
  put(KIND.shape, 60 + Math.min(4, Math.floor(reading.explained * 5)), 0.4);
  if (reading.links.some((link) => link.term.owners.regions.length > 0)) put(KIND.shape, 70, 0.5);
  if (reading.links.some((link) => link.term.owners.agencies.length > 0)) put(KIND.shape, 71, 0.5);
  if (linked.some((link) => link.aside)) put(KIND.shape, 72, 0.5);
  if (strand.text.includes('?')) put(KIND.shape, 73, 0.3);
  if (linked.length > 0) put(KIND.shape, linked.some((link) => isAsked(link.start)) ? 80 : 81, 0.6);
  put(KIND.shape, 90 + Math.min(4, clauses.length), 0.3);
  return { hashes: Int32Array.from(hashes), values: Float32Array.from(values) };
}
