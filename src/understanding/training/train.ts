import { readFileSync, writeFileSync } from 'node:fs';
import type { Catalogue } from '../../domain/catalogue.ts';
import { type Features, featuresOf } from '../features.ts';
import { CELLS, cellOf, chancesOf, encodeModel, type Model, scoresOf, signOf } from '../model.ts';
import { createReader } from '../reading.ts';
import { INTENTS } from '../understanding.ts';
import { corpusOf, type Example } from './corpus.ts';
import { seeded } from './generate.ts';
import { chooseVocabulary } from './vocabulary.ts';
import { readTemplates, type Template } from './written.ts';

/*
 * Trains the intent model from the written templates, in seconds and always to the same bytes.
 * Run through tests/understanding/train.ts, which hands in the catalogue.
 */

const SEED = 20261123;
const L = { rounds: 6, rate: 0.3, decay: 2e-6, drop: 0, mass: 0, offBoost: 1.2, statusBoost: 1 };

/** What people ask is somewhat easier than held-out templates with their slips and circumstances. */
const EASIER = 0.85;

export interface Sample {
  readonly features: Features;
  readonly intent: number;
  readonly template: number;
  readonly weight: number;
}

/** e to the x by multiplication alone: the same bits on every machine. */
function exp(x: number): number {
  let power = 1 + Math.max(-60, x) / 4096;
  for (let i = 0; i < 12; i++) power *= power;
  return power;
}

/** The samples as the learner takes them: only what owns a cell. */
function packed(samples: readonly Sample[], signs: Uint8Array) {
  const starts = new Int32Array(samples.length + 1);
  let length = 0;
  for (const { features } of samples) length += features.hashes.length;
  const cells = new Int32Array(length);
  const values = new Float32Array(length);
  let at = 0;
  for (const [number, { features }] of samples.entries()) {
    const { hashes } = features;
    for (let i = 0; i < hashes.length; i++) {
      const hash = hashes[i] ?? 0;
      const cell = cellOf(hash);
      if (signs[cell] !== signOf(hash)) continue;
      cells[at] = cell * INTENTS.length;
      values[at] = features.values[i] ?? 0;
      at++;
    }
    starts[number + 1] = at;
  }
  return { starts, cells, values };
}

/** Of rare intents each sentence counts more, so that none is drowned; on the average 1. */
function balanced(samples: readonly Sample[]): Float32Array {
  const mass = new Float64Array(INTENTS.length);
  for (const { intent, weight } of samples) mass[intent] = (mass[intent] ?? 0) + weight;
  const factor = mass.map((m, k) =>
    m > 0 ? m ** -L.mass * (k === INTENTS.length - 1 ? L.offBoost : k === 0 ? L.statusBoost : 1) : 0,
  );
  const weights = Float32Array.from(samples, ({ intent, weight }) => weight * (factor[intent] ?? 0));
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => (weight * samples.length) / sum);
}

export function learn(samples: readonly Sample[], signs: Uint8Array): Float32Array {
  const random = seeded(SEED);
  const N = INTENTS.length;
  const { starts, cells, values } = packed(samples, signs);
  const importance = balanced(samples);
  const weights = new Float32Array(CELLS * N);
  const history = new Float32Array(CELLS * N).fill(1e-2);
  const order = Int32Array.from(samples, (_, at) => at);
  const scores = new Float64Array(N);
  const slopes = new Float64Array(N);
  for (let round = 0; round < L.rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const kept = order[i] ?? 0;
      order[i] = order[j] ?? 0;
      order[j] = kept;
    }
    for (const at of order) {
      const from = starts[at] ?? 0;
      const until = starts[at + 1] ?? 0;
      scores.fill(0);
      for (let i = from; i < until; i++) {
        const place = cells[i] ?? 0;
        const value = values[i] ?? 0;
        for (let k = 0; k < N; k++) scores[k] = (scores[k] ?? 0) + value * (weights[place + k] ?? 0);
      }
      let highest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < N; k++) highest = Math.max(highest, scores[k] ?? 0);
      let total = 0;
      for (let k = 0; k < N; k++) {
        const power = exp((scores[k] ?? 0) - highest);
        scores[k] = power;
        total += power;
      }
      const intent = samples[at]?.intent ?? 0;
      const weight = importance[at] ?? 1;
      for (let k = 0; k < N; k++) slopes[k] = weight * ((scores[k] ?? 0) / total - (k === intent ? 1 : 0));
      for (let k = 0; k < N; k++) {
        const slope = slopes[k] ?? 0;
        if (slope < 2e-3 && slope > -2e-3) continue;
        for (let i = from; i < until; i++) {
          if (L.drop > 0 && random() < L.drop) continue;
          const place = (cells[i] ?? 0) + k;
          const old = weights[place] ?? 0;
          const step = slope * (values[i] ?? 0) + L.decay * old;
          const past = (history[place] ?? 0) + step * step;
          history[place] = past;
          weights[place] = old - (L.rate * step) / Math.sqrt(past);
        }
      }
    }
  }
  return weights;
}

export function quantise(weights: Float32Array, signs: Uint8Array, temperature: number): Model {
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
  return { scales, temperature, signs, weights: bytes };
}

/** The temperature under which the chances of held-out sentences are nearest to the truth. */
export function calibrate(model: Model, samples: readonly Sample[]): number {
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  const scores = samples.map((sample) => scoresOf(model, sample.features));
  for (let temperature = 0.5; temperature <= 6; temperature += 0.1) {
    let loss = 0;
    for (const [at, sample] of samples.entries()) {
      const chances = chancesOf(scores[at] ?? new Float64Array(), temperature);
      loss -= sample.weight * Math.log(Math.max(1e-9, chances[INTENTS[sample.intent] ?? 'off_topic']));
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

/** The sentences of the templates, as read. */
export function samplesOf(catalogue: Catalogue, templates: readonly Template[]): Sample[] {
  const read = createReader(catalogue);
  return corpusOf(catalogue, templates, seeded(SEED)).map(({ text, intent, template, weight }: Example) => ({
    features: featuresOf(read(text)),
    intent: INTENTS.indexOf(intent),
    template,
    weight,
  }));
}

/** Trains once with a sixth of the templates held out, to measure and calibrate, then with all. */
export function train(catalogue: Catalogue): Training {
  const samples = samplesOf(catalogue, readTemplates());
  const isHeldOut = (sample: Sample): boolean => (sample.template * 7919) % 6 === 0;
  const kept = samples.filter((sample) => !isHeldOut(sample));
  const held = samples.filter(isHeldOut);
  const some = chooseVocabulary(kept);
  const first = quantise(learn(kept, some), some, 1);
  const temperature = Math.round(calibrate(first, held) * EASIER * 10) / 10;
  const right = held.filter((sample) => {
    const scores = scoresOf(first, sample.features);
    return scores.indexOf(Math.max(...scores)) === sample.intent;
  }).length;
  const signs = chooseVocabulary(samples);
  return {
    bytes: encodeModel(quantise(learn(samples, signs), signs, temperature)),
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
