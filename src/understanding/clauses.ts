import type { Cue } from './cue.ts';
import type { Reading } from './reading.ts';

/* A message by clauses: 여권 신청해야 하는데 | 정부24 돼요? Only the second asks about a state. */

/** Where one clause ends and the next begins. */
const BREAK =
  /[.!?;]+\s|,\s|(는데|은데|인데|한데|던데|던디|는디|려고|려니|니까|니깐|지만|거든요?|면서|어서|아서|해서|라서|여서|돼서|서요|구요|고요|고)[,~.]*\s|\s(and|but|so|because|cause|cuz|since|while|though)\s/g;

/** Cues of a predicate about the state of a service. */
const STATE: ReadonlySet<Cue> = new Set<Cue>(['trouble', 'works', 'restored', 'access']);

export interface Clauses {
  /** The number of the clause that holds this place of the strand. */
  at(place: number): number;
  /** That clause asks or complains about the state of a service. */
  asks(clause: number): boolean;
}

/** The clauses of a message as read. */
export function clausesOf(reading: Reading): Clauses {
  const { strand } = reading;
  const ends: number[] = [];
  for (const match of strand.text.matchAll(BREAK)) ends.push(match.index + match[0].length);
  const at = (place: number): number => {
    const character = strand.at[place] ?? 0;
    let clause = 0;
    while (clause < ends.length && (ends[clause] ?? 0) <= character) clause++;
    return clause;
  };
  const asking = new Set<number>();
  for (const cue of reading.cues) if (STATE.has(cue.term.cue)) asking.add(at(cue.end - 1));
  return { at, asks: (clause) => asking.has(clause) };
}
