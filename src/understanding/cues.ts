import { CUES, type Cue } from './cue.ts';
import { ENGLISH_CUES } from './cues.en.ts';
import { KOREAN_CUES } from './cues.ko.ts';
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

/** All phrases of both languages, and the Korean ones by sound too. */
export function cueTerms(): readonly CueTerm[] {
  const terms: CueTerm[] = [];
  for (const cue of CUES) {
    for (const phrase of KOREAN_CUES[cue]) terms.push(termOf(phrase, cue));
    for (const phrase of ENGLISH_CUES[cue]) terms.push(termOf(phrase, cue));
    if (!ROMANISED.includes(cue)) continue;
    for (const phrase of KOREAN_CUES[cue]) {
      const text = phrase.replace(/\||\?/g, '').trim();
      if (text.length < 2 || !/^[가-힣 ]+$/.test(text)) continue;
      terms.push({ cue, text: romanise(text), by: 'sound', edits: 0, open: true });
    }
  }
  return terms;
}
