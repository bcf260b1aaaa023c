import type { Language } from '../domain/language.ts';
import type { Reading } from './reading.ts';

/** The language to answer in: any Korean word means Korean, however it was typed; else the saved one where the letters do not tell. */
export function languageOf(reading: Reading, hint: Language | null): Language {
  if (reading.kind === 'english_keys') return 'en';
  // jeongbu24 not opening: a name by its sound in an English sentence.
  const english = reading.cues.some((cue) => cue.term.by === 'letters' && /^[a-z]/.test(cue.term.text));
  if (reading.kind === 'romanised' && english) return 'en';
  if (reading.kind !== 'typed') return 'ko';
  const { text } = reading.strand;
  if (/[가-힣ㄱ-ㅎ]/.test(text)) return 'ko';
  const latin = (text.match(/[a-z]/g) ?? []).length;
  const words = text.match(/[a-z']{2,}/g) ?? [];
  const namesOnly =
    reading.links.reduce((sum, link) => sum + link.end - link.start, 0) >= reading.strand.length;
  // A bare `ktx` or `119` says nothing about the language of its writer.
  if (latin === 0 || words.length === 0 || namesOnly) return hint ?? (latin > 0 ? 'en' : 'ko');
  return 'en';
}
