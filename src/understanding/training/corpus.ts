import type { Catalogue } from '../../domain/catalogue.ts';
import type { Intent } from '../understanding.ts';
import { expand, type Names, namesOf, noisy, opennessOf, type Random } from './generate.ts';
import { readCircumstances, readSlots, type Slots, type Template, type WrittenLanguage } from './written.ts';

/** One sentence of a template, and one more for each doubling of what it can be, up to so many. */
const MOST = 20;
/** What all sentences of a template count together: their number to this power. */
const SHARE = 0.7;
/** How often a sentence comes with its circumstances. */
const WITH_CIRCUMSTANCES = 0.42;

/** A sentence to learn from. */
export interface Example {
  readonly text: string;
  readonly intent: Intent;
  /** The number of its template, so that a part can be held out. */
  readonly template: number;
  /** What it counts: all sentences of a template together count little more than one. */
  readonly weight: number;
}

interface Writer {
  readonly slots: Slots;
  readonly names: Names;
  readonly circumstances: readonly string[];
}

/** Many questions come with their circumstances, before or after; a few with several. */
function inContext(text: string, circumstances: readonly string[], random: Random): string {
  let result = text;
  for (let chance = random(); chance < WITH_CIRCUMSTANCES; chance = random() * 1.6) {
    const context = circumstances[Math.floor(random() * circumstances.length)] ?? '';
    const sign = ['', '.', ',', '...', ' '][Math.floor(random() * 5)] ?? '';
    result = random() < 0.65 ? `${context}${sign} ${result}` : `${result}${sign} ${context}`;
  }
  return result;
}

/** The whole training corpus, in both languages. */
export function corpusOf(catalogue: Catalogue, templates: readonly Template[], random: Random): Example[] {
  const writerOf = (language: WrittenLanguage): Writer => ({
    slots: readSlots(language),
    names: namesOf(catalogue, language),
    circumstances: readCircumstances(language),
  });
  const writers = { ko: writerOf('ko'), en: writerOf('en') };
  const examples: Example[] = [];
  for (const [template, { text: source, intent, language }] of templates.entries()) {
    const { slots, names, circumstances } = writers[language];
    const wanted = Math.min(MOST, 1 + Math.floor(opennessOf(source, slots)));
    const own = new Set<string>();
    for (let i = 0; i < wanted; i++) {
      const framed = random() < 0.45 ? `{head} ${source}{tail}` : source;
      const sentence = expand(framed, slots, names, random);
      const text = noisy(inContext(sentence, circumstances, random), random);
      if (text !== '') own.add(text);
    }
    const weight = own.size ** (SHARE - 1);
    for (const text of own) examples.push({ text, intent, template, weight });
  }
  return examples;
}
