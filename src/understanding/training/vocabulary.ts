import { CELLS, cellOf, signOf } from '../model.ts';
import { INTENTS } from '../understanding.ts';
import type { Sample } from './learn.ts';

/* Which features are worth knowing: those that several templates share and that lean to some intents. */

/** Fewer templates than this say nothing. */
const FEWEST = 2;

/** How far the intents of a feature are from what is usual: a sum of squares as in a chi-squared test, which slightly trusts the usual. */
function worthOf(own: Uint16Array, usual: Float64Array): number {
  let all = 0;
  for (const one of own) all += one;
  if (all < FEWEST) return 0;
  let worth = 0;
  for (const [k, share] of usual.entries()) {
    const expected = all * share;
    worth += ((own[k] ?? 0) - expected) ** 2 / (expected + 1);
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
  const counts = new Map<number, { readonly own: Uint16Array; last: number }>();
  let template = -1;
  let templates = 0;
  for (const sample of samples) {
    if (sample.template !== template) {
      template = sample.template;
      templates++;
      usual[sample.intent] = (usual[sample.intent] ?? 0) + 1;
    }
    for (const hash of sample.features.hashes) {
      let count = counts.get(hash);
      if (count === undefined) {
        count = { own: new Uint16Array(INTENTS.length), last: -1 };
        counts.set(hash, count);
      }
      if (count.last === template) continue;
      count.last = template;
      count.own[sample.intent] = (count.own[sample.intent] ?? 0) + 1;
    }
  }
  const shares = usual.map((one) => one / Math.max(1, templates));
  const signs = new Uint8Array(CELLS);
  const best = new Float64Array(CELLS);
  for (const [hash, { own }] of counts) {
    const worth = worthOf(own, shares);
    const cell = cellOf(hash);
    if (worth <= (best[cell] ?? 0)) continue;
    best[cell] = worth;
    signs[cell] = signOf(hash);
  }
  return signs;
}
