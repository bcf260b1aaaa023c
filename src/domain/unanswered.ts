import type { ServiceId } from './ids.ts';
import type { Language } from './language.ts';

/** What came of a message that was not simply answered: kindly declined, asked back about, or called misread by whoever wrote it. */
export const UNANSWERED_REASONS = ['declined', 'asked_back', 'misread'] as const;
export type UnansweredReason = (typeof UNANSWERED_REASONS)[number];

/** A message that was not answered, without anything that belongs to a person. */
export interface UnansweredQuestion {
  readonly language: Language;
  readonly reason: UnansweredReason;
  /** What it was, or may have been, about. */
  readonly services: readonly ServiceId[];
  /** The intent that it leaned to; null where none was near. */
  readonly leaning: string | null;
  /** The groups of cues heard in it. */
  readonly cues: readonly string[];
  /** Its own words: no names of services, no digits, no endings. */
  readonly gist: string;
  /** As written, with personal data masked. */
  readonly sample: string;
}

/** Questions that are one question in several spellings. */
export interface QuestionCluster extends Omit<UnansweredQuestion, 'sample'> {
  readonly id: string;
  /** People a day, summed over the days asked for. */
  readonly people: number;
  /** The days with any, oldest first, `YYYY-MM-DD` in Seoul. */
  readonly days: readonly { readonly day: string; readonly people: number }[];
  /** At most three, the newest first. */
  readonly samples: readonly string[];
}

/** Pairs of neighbouring letters; Hangul by its jamo, so that one wrong letter costs little. */
function pairsOf(gist: string): ReadonlyMap<string, number> {
  const letters = gist.normalize('NFD').replace(/\s/g, '');
  const pairs = new Map<string, number>();
  for (let at = 0; at < letters.length - 1; at++) {
    const pair = letters.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** How alike two gists are, 0 to 1: the share of letter pairs that they have in common. */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [ours, theirs] = [pairsOf(one), pairsOf(other)];
  let common = 0;
  let all = 0;
  for (const [pair, count] of ours) {
    common += Math.min(count, theirs.get(pair) ?? 0);
    all += count;
  }
  for (const count of theirs.values()) all += count;
  return all === 0 ? 0 : (2 * common) / all;
}
