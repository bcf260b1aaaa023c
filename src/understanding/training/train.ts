import { readFileSync, writeFileSync } from 'node:fs';
import type { Catalogue } from '../../domain/catalogue.ts';
import { CELLS, type Features, featuresOf } from '../features.ts';
import { chancesOf, encodeModel, type Model, scoresOf } from '../model.ts';
import { createReader } from '../reading.ts';
import { INTENTS } from '../understanding.ts';
import { corpusOf } from './corpus.ts';
import { seeded } from './generate.ts';

/*
 * Trains the intent model from the written templates, in seconds and always to the same bytes.
 * Run through tests/understanding/train.ts, which hands in the catalogue.
 */

const SEED = 20261123;
const ROUNDS = 6;
const RATE = 0.35;
const DECAY = 2e-6;

interface Sample {
  readonly features: Features;
  readonly intent: number;
  readonly template: number;
}

/** e to the x by multiplication alone: the same bits on every machine. */
function exp(x: number): number {
  let power = 1 + Math.max(-60, x) / 4096;
  for (let i = 0; i < 12; i++) power *= power;
  return power;
}

function learn(samples: readonly Sample[]): Float32Array {
  const random = seeded(SEED);
  const weights = new Float32Array(CELLS * INTENTS.length);
  const history = new Float32Array(CELLS * INTENTS.length).fill(1e-3);
  const order = Int32Array.from(samples, (_, at) => at);
  const scores = new Float64Array(INTENTS.length);
  const slopes = new Float64Array(INTENTS.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    for (const at of order) {
      const sample = samples[at];
      if (sample === undefined) continue;
      const { cells, values, length } = sample.features;
      scores.fill(0);
      for (let i = 0; i < length; i++) {
        const from = (cells[i] ?? 0) * INTENTS.length;
        const value = values[i] ?? 0;
        for (let k = 0; k < INTENTS.length; k++)
          scores[k] = (scores[k] ?? 0) + value * (weights[from + k] ?? 0);
      }
      const highest = Math.max(...scores);
      let total = 0;
      for (let k = 0; k < INTENTS.length; k++) {
        scores[k] = exp((scores[k] ?? 0) - highest);
        total += scores[k] ?? 0;
      }
      for (let k = 0; k < INTENTS.length; k++) {
        slopes[k] = (scores[k] ?? 0) / total - (k === sample.intent ? 1 : 0);
      }
      for (let i = 0; i < length; i++) {
        const from = (cells[i] ?? 0) * INTENTS.length;
        const value = values[i] ?? 0;
        for (let k = 0; k < INTENTS.length; k++) {
          const slope = slopes[k] ?? 0;
          if (slope < 1e-3 && slope > -1e-3) continue;
          const place = from + k;
          const step = slope * value + DECAY * (weights[place] ?? 0);
          history[place] = (history[place] ?? 0) + step * step;
          weights[place] = (weights[place] ?? 0) - (RATE * step) / Math.sqrt(history[place] ?? 1);
        }
      }
    }
  }
  return weights;
}

function quantise(weights: Float32Array, temperature: number): Model {
  const scales = new Float32Array(INTENTS.length);
  const bytes = new Int8Array(weights.length);
  for (let k = 0; k < INTENTS.length; k++) {
    let most = 1e-9;
    for (let at = k; at < weights.length; at += INTENTS.length)
      most = Math.max(most, Math.abs(weights[at] ?? 0));
    const scale = Math.fround(most / 127);
    scales[k] = scale;
    for (let at = k; at < weights.length; at += INTENTS.length)
      bytes[at] = Math.round((weights[at] ?? 0) / scale);
  }
  return { scales, temperature, weights: bytes };
}

/** The temperature under which the chances of held-out sentences are nearest to the truth. */
function calibrate(model: Model, samples: readonly Sample[]): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let temperature = 0.5; temperature <= 6; temperature += 0.1) {
    let loss = 0;
    for (const sample of samples) {
      const chances = chancesOf(scoresOf(model, sample.features), temperature);
      loss -= Math.log(Math.max(1e-9, chances[INTENTS[sample.intent] ?? 'off_topic']));
    }
    if (loss < least) {
      least = loss;
      best = Math.round(temperature * 10) / 10;
    }
  }
  return best;
}

export interface Training {
  readonly bytes: Uint8Array;
  readonly examples: number;
  /** Share right among sentences of templates that were held out, from a first training without them. */
  readonly heldOut: number;
  readonly temperature: number;
}

/** Trains once with a fifth of the templates held out, to measure and calibrate, then with all. */
export function train(catalogue: Catalogue): Training {
  const read = createReader(catalogue);
  const samples: Sample[] = corpusOf(catalogue, seeded(SEED)).map(({ text, intent, template }) => ({
    features: featuresOf(read(text)),
    intent: INTENTS.indexOf(intent),
    template,
  }));
  const isHeldOut = (sample: Sample): boolean => (sample.template * 7919) % 5 === 0;
  const first = quantise(learn(samples.filter((sample) => !isHeldOut(sample))), 1);
  const held = samples.filter(isHeldOut);
  const temperature = calibrate(first, held);
  const right = held.filter((sample) => {
    const scores = scoresOf(first, sample.features);
    return scores.indexOf(Math.max(...scores)) === sample.intent;
  }).length;
  const model = quantise(learn(samples), temperature);
  return {
    bytes: encodeModel(model),
    examples: samples.length,
    heldOut: right / Math.max(1, held.length),
    temperature,
  };
}

/** Writes the model, or with `check` compares it with the one on disk. @returns whether they were the same */
export function writeModel(file: URL, bytes: Uint8Array, check: boolean): boolean {
  if (check) return Buffer.compare(readFileSync(file), bytes) === 0;
  writeFileSync(file, bytes);
  return true;
}
