import { readFileSync } from 'node:fs';
import { CUES, type Cue } from './cue.ts';
import { romanise } from './hangul.ts';
import type { Term } from './matcher.ts';

/** A phrase of the tables as the matcher takes it. */
export interface CueTerm extends Term {
  readonly cue: Cue;
}

function termOf(phrase: string, cue: Cue): CueTerm {
  const text = phrase.replace(/^\||[|*]$/g, '');
  return {
    cue,
    text,
    by: 'letters',
    edits: 0,
    wordStart: phrase.startsWith('|'),
    wordEnd: phrase.endsWith('|'),
    open: phrase.endsWith('*'),
  };
}

/** The cues that people write in Latin letters beside a romanised service name. */
const ROMANISED: readonly Cue[] = [
  'trouble',
  'works',
  'when',
  'why',
  'instead',
  'tell_me',
  'when_back',
  'subscribe',
  'unsubscribe',
  'restore',
  'restored',
  'now',
  'access',
  'list',
  'report',
  'all',
  'thanks',
  'greeting',
  'human',
  'help',
  'language',
];

/** The phrases of a table by cue. @throws Error naming the line that belongs to no cue */
export function parseCues(text: string, file: string): ReadonlyMap<Cue, readonly string[]> {
  const table = new Map<Cue, string[]>();
  let phrases: string[] | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' || line.startsWith('#')) continue;
    const section = /^\[(.*)\]$/.exec(line)?.[1];
    if (section !== undefined) {
      const cue = CUES.find((one) => one === section);
      if (cue === undefined) throw new Error(`${file}:${at + 1}: no cue is called ${section}`);
      phrases = table.get(cue) ?? [];
      table.set(cue, phrases);
    } else if (phrases === undefined) throw new Error(`${file}:${at + 1}: a phrase before the first [cue]`);
    else phrases.push(line);
  }
  return table;
}

const readCues = (language: 'ko' | 'en'): ReadonlyMap<Cue, readonly string[]> => {
  const file = `cues.${language}.txt`;
  return parseCues(readFileSync(new URL(file, import.meta.url), 'utf8'), file);
};

/** All phrases of both languages, and the Korean ones by sound too. */
export function cueTerms(): readonly CueTerm[] {
  const korean = readCues('ko');
  const english = readCues('en');
  const terms: CueTerm[] = [];
  for (const cue of CUES) {
    const spoken = korean.get(cue) ?? [];
    for (const phrase of [...spoken, ...(english.get(cue) ?? [])]) terms.push(termOf(phrase, cue));
    if (!ROMANISED.includes(cue)) continue;
    for (const phrase of spoken) {
      const text = phrase.replace(/\||\?/g, '').trim();
      if (text.length < 2 || !/^[가-힣 ]+$/.test(text)) continue;
      terms.push({ cue, text: romanise(text), by: 'sound', edits: 0, open: true });
    }
  }
  return terms;
}
