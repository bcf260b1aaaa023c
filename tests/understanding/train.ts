import { readFileSync, writeFileSync } from 'node:fs';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { heldOut, train } from '../../src/understanding/training/train.ts';

/*
 * `node tests/understanding/train.ts` writes the intent model. `--check` only tells whether it would be
 * the same; `--held-out` tells how a model does on templates it has not seen, and writes nothing.
 */

const FILE = new URL('../../src/understanding/intents.model', import.meta.url);
const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const started = performance.now();
const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const catalogue = readCatalogue(null);

if (process.argv.includes('--held-out')) {
  const { right, temperature } = heldOut(catalogue);
  print(`${(right * 100).toFixed(1)} % right on held-out templates, best at temperature ${temperature}`);
} else {
  const { bytes, examples } = train(catalogue);
  print(`${examples} sentences, ${bytes.length} bytes, ${seconds()}`);
  if (!process.argv.includes('--check')) writeFileSync(FILE, bytes);
  else if (Buffer.compare(readFileSync(FILE), bytes) !== 0) {
    process.stderr.write('The committed model differs from its texts. Run: npm run understand:train\n');
    process.exitCode = 1;
  }
}
