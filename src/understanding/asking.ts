import type { Strand } from './letters.ts';
import type { CueHit, Link } from './services.ts';

/*
 * A message in its clauses, and the one that asks. What is said in the others are circumstances: a
 * deadline, a list of papers, somebody who waits.
 */

/** Places of a strand, from `start` up to `end`. */
export interface Clause {
  readonly start: number;
  readonly end: number;
}

/** Where a clause ends: at a sign, or after a Korean ending that goes on. */
const END =
  /[.!?,;…\n]+|(는데|은데|인데|한데|던데|텐데|운데|니까|려고|라서|해서|아서|어서|워서|와서|거든요|거든|지만|면서|다가|느라)(?=\s)/g;
/** Where an English one begins. */
const BEGIN =
  /\b(but|because|cuz|coz|so|and|while|although|though|before|otherwise|i need|i have|i want|i've|i'm|i am|i was|i just|we need|my)\b/g;

const KOREAN_QUESTION =
  /(나|까|냐|니|죠|지|까요|나요|가요|가|죠|노|교|남|는지|은지|ㄴ지|건지|래요|대요|여|어요|아요|돼요|되요|요)$/;
const ENGLISH_QUESTION =
  /^\W*(is|are|was|does|do|did|can|could|may|will|would|has|have|should|am|isn't|aren't|doesn't|can't|won't|when|why|where|how|what|who|which|any|anyone|anything|whats|what's|hows)\b/;

/** Cues about the state of a service or what to do about it: what a question of ours asks with. */
const ASKING = new Set(['trouble', 'works', 'restored', 'restore', 'when', 'why', 'instead', 'since']);

/** The clauses of a text, in order; none is empty of letters. */
export function clausesOf(strand: Strand): readonly Clause[] {
  const { text, at, length } = strand;
  const cuts: number[] = [];
  for (const found of text.matchAll(END)) cuts.push(found.index + found[0].length);
  for (const found of text.matchAll(BEGIN)) if (found.index > 0) cuts.push(found.index);
  if (cuts.length === 0) return [{ start: 0, end: length }];
  cuts.sort((a, b) => a - b);
  const clauses: Clause[] = [];
  let start = 0;
  let place = 0;
  for (const cut of [...cuts, text.length]) {
    while (place < length && (at[place] ?? 0) < cut) place++;
    if (place - start < 3 && place < length) continue;
    if (place > start) clauses.push({ start, end: place });
    start = place;
  }
  return clauses.length === 0 ? [{ start: 0, end: length }] : clauses;
}

/** The clause that asks: by its form, its cues and the name in it; the last where nothing tells. */
export function askedClause(
  strand: Strand,
  clauses: readonly Clause[],
  links: readonly Link[],
  cues: readonly CueHit[],
): Clause {
  const [only] = clauses;
  if (only !== undefined && clauses.length === 1) return only;
  let best: Clause = { start: 0, end: strand.length };
  let most = -1;
  for (const [number, clause] of clauses.entries()) {
    const { start, end } = clause;
    const from = strand.at[start] ?? 0;
    const until = end < strand.length ? (strand.at[end] ?? 0) : strand.text.length;
    const text = strand.text.slice(from, until).trim();
    const words = text.replace(/[^\p{L}\p{N}' ]+/gu, '').trim();
    let score = number / clauses.length;
    if (text.endsWith('?')) score += 3;
    if (KOREAN_QUESTION.test(words)) score += 1;
    if (ENGLISH_QUESTION.test(words)) score += 2;
    if (links.some((link) => link.start >= start && link.end <= end && link.term.owners.services.length > 0))
      score += 1;
    if (cues.some((cue) => cue.start >= start && cue.end <= end && ASKING.has(cue.term.cue))) score += 1.5;
    if (score > most) {
      most = score;
      best = clause;
    }
  }
  return best;
}
