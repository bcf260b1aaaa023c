import type { Catalogue } from '../../domain/catalogue.ts';
import { INTENTS } from '../understanding.ts';
import { CONTEXTS } from './contexts.ts';
import { type Example, expand, namesOf, noisy, type Random, type Templates } from './generate.ts';
import { ENGLISH_MORE } from './more.en.ts';
import { KOREAN_MORE } from './more.ko.ts';
import { ENGLISH_FAR, ENGLISH_NEAR, ENGLISH_NEGATIVE_SLOTS } from './negatives.en.ts';
import { KOREAN_FAR, KOREAN_NEAR, KOREAN_NEGATIVE_SLOTS } from './negatives.ko.ts';
import { ENGLISH_SLOTS } from './slots.en.ts';
import { KOREAN_SLOTS } from './slots.ko.ts';
import { ENGLISH_TEMPLATES } from './templates.en.ts';
import { KOREAN_TEMPLATES } from './templates.ko.ts';

/** Sentences of each intent and language; what must not be answered weighs as much as all the rest. */
const PER_INTENT = 1000;
const STATUS = 3800;
const NEAR = 6400;
const FAR = 5600;

/** One in four questions comes with its circumstances, before or after; a few with several. */
function inContext(text: string, language: 'ko' | 'en', random: Random): string {
  let result = text;
  for (let chance = random(); chance < 0.26; chance = random() * 1.6) {
    const context = CONTEXTS[language][Math.floor(random() * CONTEXTS[language].length)] ?? '';
    const sign = ['', '.', ',', '...', ' '][Math.floor(random() * 5)] ?? '';
    result = random() < 0.65 ? `${context}${sign} ${result}` : `${result}${sign} ${context}`;
  }
  return result;
}

/** The whole training corpus, in both languages. */
export function corpusOf(catalogue: Catalogue, random: Random): Example[] {
  const examples: Example[] = [];
  let template = 0;
  const write = (
    intent: Example['intent'],
    templates: readonly string[],
    slots: Readonly<Record<string, string>>,
    language: 'ko' | 'en',
    wanted: number,
  ): void => {
    const names = namesOf(catalogue, language);
    const first = template;
    template += templates.length;
    const each = Math.max(1, Math.ceil(wanted / templates.length));
    for (const [at, source] of templates.entries()) {
      const open = /[{(]/.test(source);
      const seen = new Set<string>();
      for (let i = 0; i < (open ? each : Math.min(each, 4)); i++) {
        const framed = random() < 0.45 ? `{head} ${source}{tail}` : source;
        const text = noisy(inContext(expand(framed, slots, names, random), language, random), random);
        if (text === '' || seen.has(text)) continue;
        seen.add(text);
        examples.push({ text, intent, template: first + at });
      }
    }
  };
  const both = (
    language: 'ko' | 'en',
    writings: readonly Templates[],
    slots: Readonly<Record<string, string>>,
    near: readonly string[],
    far: readonly string[],
  ): void => {
    for (const intent of INTENTS) {
      if (intent === 'off_topic') continue;
      write(
        intent,
        writings.flatMap((writing) => writing[intent]),
        slots,
        language,
        intent === 'status' ? STATUS : PER_INTENT,
      );
    }
    write('off_topic', near, slots, language, NEAR);
    write('off_topic', far, slots, language, FAR);
  };
  both(
    'ko',
    [KOREAN_TEMPLATES, KOREAN_MORE],
    { ...KOREAN_SLOTS, ...KOREAN_NEGATIVE_SLOTS },
    KOREAN_NEAR,
    KOREAN_FAR,
  );
  both(
    'en',
    [ENGLISH_TEMPLATES, ENGLISH_MORE],
    { ...ENGLISH_SLOTS, ...ENGLISH_NEGATIVE_SLOTS },
    ENGLISH_NEAR,
    ENGLISH_FAR,
  );
  return examples;
}
