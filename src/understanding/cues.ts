import { ENGLISH_CUES } from './cues.en.ts';
import { KOREAN_CUES } from './cues.ko.ts';
import { romanise } from './hangul.ts';
import type { Term } from './matcher.ts';

/** What a word or phrase tells. The same names in both languages. */
export const CUES = [
  'trouble',
  'works',
  'access',
  'action',
  'now',
  'only_me',
  'again',
  'restored',
  'restore',
  'when',
  'until',
  'since',
  'why',
  'instead',
  'past',
  'record',
  'tell_me',
  'when_back',
  'subscribe',
  'unsubscribe',
  'list',
  'report',
  'all',
  'maintenance',
  'language',
  'help',
  'human',
  'privacy',
  'forget',
  'mydata',
  'greeting',
  'thanks',
  'praise',
  'yes',
  'no',
  'price',
  'documents',
  'eligibility',
  'how_to',
  'hours',
  'period',
  'own_case',
  'content',
  'device',
  'company',
  'smalltalk',
  'injection',
  'self_harm',
  'fire',
  'crime',
  'quiet',
  'verify',
  'deadline',
  'one_shot',
  'aside',
  'both',
  'follow_up',
] as const;
export type Cue = (typeof CUES)[number];
export type CueTable = { readonly [C in Cue]: readonly string[] };

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
