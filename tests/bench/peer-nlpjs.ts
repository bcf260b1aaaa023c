import { dockStart } from '@nlpjs/basic';
import { LangEn } from '@nlpjs/lang-en';
import { LangKo } from '@nlpjs/lang-ko';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { Example } from '../../src/understanding/training/corpus.ts';
import { seeded } from '../../src/understanding/training/generate.ts';
import type { Contender } from './contender.ts';

/** What of nlp.js is used here; the packages carry no types. */
interface Nlp {
  addLanguage(language: string): void;
  addNerRuleOptionTexts(locale: string, entity: string, option: string, texts: readonly string[]): void;
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(
    locale: string,
    text: string,
  ): Promise<{
    readonly intent: string;
    readonly score: number;
    readonly entities: readonly { readonly entity: string; readonly option: string }[];
  }>;
}

/** Sentences of each intent and language that it learns; more take it hours. Off the topic there are several times more. */
const EACH = 120;
const OFF_TOPIC = 600;
const THRESHOLDS = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99];

const languageOf = (text: string): 'ko' | 'en' => (/[가-힣ㄱ-ㅎㅏ-ㅣ]/u.test(text) ? 'ko' : 'en');

/** So many of each intent and language, evenly from the whole corpus; the same each time. */
function sampled(examples: readonly Example[]): readonly Example[] {
  const random = seeded(1);
  const shuffled = examples
    .map((example) => ({ example, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ example }) => example);
  const taken = new Map<string, number>();
  return shuffled.filter(({ text, intent }) => {
    const key = `${languageOf(text)} ${intent}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    return count <= (intent === 'off_topic' ? OFF_TOPIC : EACH);
  });
}

/** nlp.js with its language packs: services as enum entities, our own training sentences, its default matching. */
export async function createNlpjs(catalogue: Catalogue, examples: readonly Example[]): Promise<Contender> {
  const nlu = { log: false };
  const nlp = {
    autoSave: false,
    autoLoad: false,
    calculateSentiment: false,
    threshold: 0,
    forceNER: true,
    nlu,
  };
  const dock = await dockStart({ settings: { nlp }, use: ['Basic'] });
  dock.getContainer().use(LangEn);
  dock.getContainer().use(LangKo);
  const engine = dock.get('nlp') as Nlp;
  for (const locale of ['ko', 'en'] as const) {
    engine.addLanguage(locale);
    for (const { id, name, aliases } of catalogue.services) {
      engine.addNerRuleOptionTexts(locale, 'service', id, [name[locale], ...aliases[locale]]);
    }
  }
  for (const { text, intent } of sampled(examples)) engine.addDocument(languageOf(text), text, intent);
  await engine.train();
  return {
    settings: THRESHOLDS.map((threshold) => `refuses below ${threshold}`),
    async read(text) {
      const { intent, score, entities } = await engine.process(languageOf(text), text);
      const services = [...new Set(entities.flatMap((one) => (one.entity === 'service' ? one.option : [])))];
      return (setting) =>
        intent === 'None' || intent === 'off_topic' || score < (THRESHOLDS[setting] ?? 0)
          ? { intent: 'off_topic', services: [] }
          : { intent, services };
    },
  };
}
