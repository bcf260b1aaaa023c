import { CELLS, cellOf, signOf } from '../model.ts';
import { INTENTS } from '../understanding.ts';
import type { Sample } from './learn.ts';

/* Which features are worth knowing: those that several templates share and that lean to some intents. */

/** Fewer templates than this say nothing. */
const FEWEST = 2;

/** How far the intents of a feature are from what is usual: a sum of squares as in a chi-squared test, which slightly trusts the usual. */
function worthOf(counts: Uint16Array, from: number, usual: Float64Array): number {
  let all = 0;
  for (let k = 0; k < usual.length; k++) all += counts[from + k] ?? 0;
  if (all < FEWEST) return 0;
  let worth = 0;
  for (let k = 0; k < usual.length; k++) {
    const expected = all * (usual[k] ?? 0);
    worth += ((counts[from + k] ?? 0) - expected) ** 2 / (expected + 1);
  }
  return worth;
}

/**
 * For each cell the sign of the feature that owns it, 0 for none: of all that could, the one whose
 * intents differ most from what is usual, counted by templates and not by sentences. The sentences of
 * a template must stand together.
 */
export function chooseVocabulary(samples: readonly Sample[]): Uint8Array {
  const usual = new Float64Array(INTENTS.length);
  const numbers = new Map<number, number>();
  for (const { features } of samples)
    for (const hash of features.hashes) if (!numbers.has(hash)) numbers.set(hash, numbers.size);
  // Of each feature in how many templates of each intent it is, and the template last counted.
  const counts = new Uint16Array(numbers.size * INTENTS.length);
  const last = new Int32Array(numbers.size).fill(-1);
  let template = -1;
  let templates = 0;
  for (const sample of samples) {
    if (sample.template !== template) {
      template = sample.template;
      templates++;
      usual[sample.intent] = (usual[sample.intent] ?? 0) + 1;
    }
    for (const hash of sample.features.hashes) {
      const number = numbers.get(hash) ?? 0;
      if (last[number] === template) continue;
      last[number] = template;
      const place = number * INTENTS.length + sample.intent;
      counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  const shares = usual.map((one) => one / Math.max(1, templates));
  const signs = new Uint8Array(CELLS);
  const best = new Float64Array(CELLS);
  for (const [hash, number] of numbers) {
    const worth = worthOf(counts, number * INTENTS.length, shares);
    const cell = cellOf(hash);
    if (worth <= (best[cell] ?? 0)) continue;
    best[cell] = worth;
    signs[cell] = signOf(hash);
  }
  return signs;
}
