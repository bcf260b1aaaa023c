import { CELLS, cellOf, signOf } from '../model.ts';
import { INTENTS } from '../understanding.ts';
import type { Sample } from './train.ts';

/* Which features are worth knowing: those that several templates share and that lean to some intents. */

const V = { least: 3 };

/**
 * For each cell the sign of the feature that owns it, 0 for none: of all that could, the one whose
 * intents differ most from what is usual, counted by templates and not by sentences.
 */
export function chooseVocabulary(samples: readonly Sample[]): Uint8Array {
  const usual = new Float64Array(INTENTS.length);
  const counts = new Map<number, Uint16Array>();
  let template = -1;
  let seen = new Set<number>();
  let total = 0;
  for (const sample of samples) {
    if (sample.template !== template) {
      template = sample.template;
      seen = new Set();
      usual[sample.intent] = (usual[sample.intent] ?? 0) + 1;
      total++;
    }
    for (const hash of sample.features.hashes) {
      if (seen.has(hash)) continue;
      seen.add(hash);
      let own = counts.get(hash);
      if (own === undefined) {
        own = new Uint16Array(INTENTS.length);
        counts.set(hash, own);
      }
      own[sample.intent] = (own[sample.intent] ?? 0) + 1;
    }
  }
  const signs = new Uint8Array(CELLS);
  const worth = new Float64Array(CELLS);
  for (const [hash, own] of counts) {
    let all = 0;
    for (const one of own) all += one;
    if (all < V.least) continue;
    let difference = 0;
    for (let k = 0; k < INTENTS.length; k++) {
      const expected = (all * (usual[k] ?? 0)) / total;
      if (expected > 0) difference += ((own[k] ?? 0) - expected) ** 2 / (expected + 1);
    }
    const cell = cellOf(hash);
    if (difference > (worth[cell] ?? 0)) {
      worth[cell] = difference;
      signs[cell] = signOf(hash);
    }
  }
  return signs;
}
