import { readCatalogue } from '../../src/config/catalogue.ts';
import { train, writeModel } from '../../src/understanding/training/train.ts';

/* `node tests/understanding/train.ts` writes the intent model; `--check` only tells whether it would be the same. */

const check = process.argv.includes('--check');
const started = performance.now();
const training = train(readCatalogue(null));
const same = writeModel(
  new URL('../../src/understanding/intents.model', import.meta.url),
  training.bytes,
  check,
);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `${training.examples} sentences, ${(training.heldOut * 100).toFixed(1)} % right on held-out templates, temperature ${training.temperature}, ${training.bytes.length} bytes, ${seconds} s\n`,
);
if (!same) {
  process.stderr.write(
    'The committed model differs from its templates. Run: node tests/understanding/train.ts\n',
  );
  process.exitCode = 1;
}
