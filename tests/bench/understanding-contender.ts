/*
 * One contender in a process of its own, so that its start and memory are its own:
 * `node tests/bench/understanding-contender.ts NAME IN OUT` reads texts (a JSON array) and writes its `Performance`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readCatalogue } from '../../src/config/catalogue.ts';
import type { Catalogue } from '../../src/domain/catalogue.ts';
import type { Contender, Performance, Said } from './contender.ts';

const WARM_UP = 100;

async function create(name: string, catalogue: Catalogue): Promise<() => Contender | Promise<Contender>> {
  switch (name) {
    case 'allim':
      return async () => {
        const { createUnderstanding } = await import('../../src/understanding/understand.ts');
        const understand = createUnderstanding(catalogue);
        return {
          settings: ['as released'],
          read: (text) => {
            const { intent, services } = understand(text, { language: null });
            return () => ({ intent, services });
          },
        };
      };
    case 'nlp.js': {
      const { corpusOf } = await import('../../src/understanding/training/corpus.ts');
      const { seeded } = await import('../../src/understanding/training/generate.ts');
      const { readTemplates } = await import('../../src/understanding/training/written.ts');
      const examples = corpusOf(catalogue, readTemplates(), seeded(1));
      return async () => (await import('./peer-nlpjs.ts')).createNlpjs(catalogue, examples);
    }
    case 'keywords':
      return async () => (await import('./peer-keywords.ts')).createKeywords(catalogue);
    default:
      throw new Error(`There is no contender called ${name}.`);
  }
}

const [name = '', input = '', output = ''] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(input, 'utf8')) as readonly string[];
const catalogue = readCatalogue(null);
const make = await create(name, catalogue);
const megabytes = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};

const before = megabytes();
const from = performance.now();
const contender = await make();
(await contender.read(texts[0] ?? ''))(0);
const startMs = performance.now() - from;

// What is compiled and cached in the first moments is no part of the time of a message.
for (const text of texts.slice(0, WARM_UP)) (await contender.read(text))(0);
const said: Said[][] = contender.settings.map(() => []);
const times: number[] = [];
for (const text of texts) {
  const began = performance.now();
  const say = await contender.read(text);
  const first = say(0);
  times.push(performance.now() - began);
  for (const [setting, all] of said.entries()) all.push(setting === 0 ? first : say(setting));
}
const addedMb = megabytes() - before;
times.sort((a, b) => a - b);
const at = (share: number): number => times[Math.floor(times.length * share)] ?? Number.NaN;
const result: Performance = {
  settings: contender.settings,
  said,
  startMs,
  addedMb,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
};
writeFileSync(output, JSON.stringify(result));
