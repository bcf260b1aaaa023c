import { readCatalogue } from '../../src/config/catalogue.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import { fuzz } from './fuzzing.ts';
import { rowsOf } from './measure.ts';

/* `npm run understand:fuzz -- COUNT [SEED]` throws so many messages at understanding, and prints what it took. */

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
if (!Number.isInteger(count) || !Number.isInteger(seed) || count < 1) {
  throw new Error('Whole numbers are needed: how many messages, and a seed if you like.');
}
const catalogue = readCatalogue(null);
const understand = createUnderstanding(catalogue);
const questions = ['dev.ko.jsonl', 'dev.en.jsonl'].flatMap(rowsOf).map((row) => row.text);
const { seconds, worstMs, worst } = fuzz({ catalogue, understand }, questions, count, seed);
process.stdout.write(
  [
    `${count.toLocaleString('en')} messages of seed ${seed}: none threw, all were read into a valid shape.`,
    `${Math.round(count / seconds).toLocaleString('en')} messages a second on one core, ${((seconds / count) * 1000).toFixed(3)} ms each.`,
    `The slowest took ${worstMs.toFixed(1)} ms: ${worst.length} characters, beginning ${JSON.stringify(worst.slice(0, 40))}.`,
    '',
  ].join('\n'),
);
