import type { Features } from '../features.ts';
import { CELLS, cellOf, chancesOf, type Model, scoresOf, signOf } from '../model.ts';
import { INTENTS } from '../understanding.ts';
import type { Random } from './generate.ts';

/* A softmax learned by stochastic descent, each weight at its own pace (AdaGrad). */

const ROUNDS = 6;
/** The weights after each of the last rounds are averaged: less is left to the order of the sentences. */
const AVERAGED = 3;
const RATE = 0.3;
/** What an intent's sentence counts beside the others'; a false answer is worse than a needless question. */
const IMPORTANCE = INTENTS.map((intent) => (intent === 'off_topic' ? 1.6 : 1));
/** Smaller corrections than this are not worth their time; a sentence that wants none rests for a round. */
const NEGLIGIBLE = 3e-3;

export interface Sample {
  readonly features: Features;
  /** The place of its intent in `INTENTS`. */
  readonly intent: number;
  readonly template: number;
  readonly weight: number;
}

/** All samples in two long arrays: sample `i` is at `starts[i]` up to `starts[i + 1]`. */
interface Packed {
  readonly starts: Int32Array;
  /** Where the weights of a cell begin. */
  readonly places: Int32Array;
  readonly values: Float32Array;
}

/** Of each sample what owns a cell. */
function packed(samples: readonly Sample[], signs: Uint8Array): Packed {
  const starts = new Int32Array(samples.length + 1);
  const most = samples.reduce((sum, { features }) => sum + features.hashes.length, 0);
  const places = new Int32Array(most);
  const values = new Float32Array(most);
  let at = 0;
  for (const [number, { features }] of samples.entries()) {
    for (let i = 0; i < features.hashes.length; i++) {
      const hash = features.hashes[i] ?? 0;
      const cell = cellOf(hash);
      if (signs[cell] !== signOf(hash)) continue;
      places[at] = cell * INTENTS.length;
      values[at] = features.values[i] ?? 0;
      at++;
    }
    starts[number + 1] = at;
  }
  return { starts, places, values };
}

/** What each sample counts; on the average 1. */
function importanceOf(samples: readonly Sample[]): Float32Array {
  const raw = Float32Array.from(samples, ({ intent, weight }) => weight * (IMPORTANCE[intent] ?? 1));
  const total = raw.reduce((sum, one) => sum + one, 0);
  return raw.map((one) => (one * samples.length) / total);
}

/** e to the x by multiplication alone: the same bits on every machine. */
function exp(x: number): number {
  let power = 1 + Math.max(-60, x) / 4096;
  for (let i = 0; i < 12; i++) power *= power;
  return power;
}

function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
}

/** The weights of every cell, `INTENTS.length` a cell. */
export function learn(samples: readonly Sample[], signs: Uint8Array, random: Random): Float32Array {
  const many = INTENTS.length;
  const { starts, places, values } = packed(samples, signs);
  const importance = importanceOf(samples);
  const weights = new Float32Array(CELLS * many);
  const history = new Float32Array(CELLS * many).fill(1e-2);
  const order = Int32Array.from(samples, (_, at) => at);
  const rests = new Uint8Array(samples.length);
  const intents = Int32Array.from(samples, ({ intent }) => intent);
  const powers = new Float64Array(many);
  // The intents to correct, and by how much.
  const wrong = new Int32Array(many);
  const slopes = new Float64Array(many);
  const average = new Float32Array(CELLS * many);
  for (let round = 0; round < ROUNDS; round++) {
    shuffle(order, random);
    for (const at of order) {
      if (rests[at] === 1) {
        rests[at] = 0;
        continue;
      }
      const from = starts[at] ?? 0;
      const until = starts[at + 1] ?? 0;
      powers.fill(0);
      for (let i = from; i < until; i++) {
        const place = places[i] ?? 0;
        const value = values[i] ?? 0;
        for (let k = 0; k < many; k++) powers[k] = (powers[k] ?? 0) + value * (weights[place + k] ?? 0);
      }
      let highest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < many; k++) highest = Math.max(highest, powers[k] ?? 0);
      let total = 0;
      for (let k = 0; k < many; k++) {
        const power = exp((powers[k] ?? 0) - highest);
        powers[k] = power;
        total += power;
      }
      const counts = importance[at] ?? 1;
      const intent = intents[at] ?? 0;
      let corrections = 0;
      for (let k = 0; k < many; k++) {
        const slope = counts * ((powers[k] ?? 0) / total - (k === intent ? 1 : 0));
        if (Math.abs(slope) < NEGLIGIBLE) continue;
        wrong[corrections] = k;
        slopes[corrections] = slope;
        corrections++;
      }
      if (corrections === 0) rests[at] = 1;
      for (let i = from; i < until && corrections > 0; i++) {
        const cell = places[i] ?? 0;
        const value = values[i] ?? 0;
        for (let one = 0; one < corrections; one++) {
          const place = cell + (wrong[one] ?? 0);
          const step = (slopes[one] ?? 0) * value;
          const past = (history[place] ?? 0) + step * step;
          history[place] = past;
          weights[place] = (weights[place] ?? 0) - (RATE * step) / Math.sqrt(past);
        }
      }
    }
    if (round < ROUNDS - AVERAGED) continue;
    for (let at = 0; at < average.length; at++)
      average[at] = (average[at] ?? 0) + (weights[at] ?? 0) / AVERAGED;
  }
  return average;
}

/** The model of these weights in whole numbers from -127 to 127, with a scale for each intent. */
export function quantised(weights: Float32Array, signs: Uint8Array, temperature: number): Model {
  const many = INTENTS.length;
  const scales = new Float32Array(many);
  const bytes = new Int8Array(weights.length);
  for (let k = 0; k < many; k++) {
    let most = 1e-9;
    for (let at = k; at < weights.length; at += many) most = Math.max(most, Math.abs(weights[at] ?? 0));
    const scale = Math.fround(most / 127);
    scales[k] = scale;
    for (let at = k; at < weights.length; at += many) bytes[at] = Math.round((weights[at] ?? 0) / scale);
  }
  return { scales, temperature, signs, weights: bytes };
}

/** The temperature under which the chances of these sentences are nearest to the truth. */
export function bestTemperature(model: Model, samples: readonly Sample[]): number {
  const scored = samples.map((sample) => ({ ...sample, scores: scoresOf(model, sample.features) }));
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let tenths = 5; tenths <= 40; tenths++) {
    let loss = 0;
    for (const { scores, intent, weight } of scored) {
      const chances = chancesOf(scores, tenths / 10);
      loss -= weight * Math.log(Math.max(1e-9, chances[INTENTS[intent] ?? 'off_topic']));
    }
    if (loss < least) {
      least = loss;
      best = tenths / 10;
    }
  }
  return best;
}
