import type { Catalogue } from '../domain/catalogue.ts';
import type { Language } from '../domain/language.ts';
import { classify } from './classify.ts';
import { createDecider } from './decide.ts';
import { languageOf } from './language.ts';
import { createReader } from './reading.ts';
import type { Understanding } from './understanding.ts';

export type Understand = (text: string, hint: { readonly language: Language | null }) => Understanding;

/** What one message means, from the message alone. Pure and deterministic; throws on no string. */
export function createUnderstanding(catalogue: Catalogue): Understand {
  const read = createReader(catalogue);
  const decider = createDecider(catalogue);
  return (text, hint) => {
    const reading = read(text);
    return decider.decide(reading, classify(reading), languageOf(reading, hint.language));
  };
}
