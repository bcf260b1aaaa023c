import { expect, it } from 'vitest';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import { fuzz } from './fuzzing.ts';
import { catalogue, rowsOf } from './measure.ts';

const questions = ['dev.ko.jsonl', 'dev.en.jsonl'].flatMap(rowsOf).map((row) => row.text);
const understand = createUnderstanding(catalogue);

it('20,000 messages that nobody would write throw nothing, have a valid shape and take bounded time', {
  timeout: 300_000,
}, () => {
  expect(fuzz({ catalogue, understand }, questions, 20_000, 2026).count).toBe(20_000);
});

it.each([
  [
    'throws',
    () => {
      throw new RangeError('lost');
    },
    /Message 1 of seed 7 .*threw RangeError: lost/,
  ],
  [
    'answers with a service that is not in the catalogue',
    (text: string) => ({ ...understand(text, { language: null }), services: ['nowhere'] }),
    /services nowhere/,
  ],
  [
    'is sure beyond certainty',
    (text: string) => ({ ...understand(text, { language: null }), confidence: Number.NaN }),
    /confidence NaN/,
  ],
] as const)('a reader that %s is caught', (_, broken, complaint) => {
  expect(() => fuzz({ catalogue, understand: broken }, questions, 10, 7)).toThrow(complaint);
});
