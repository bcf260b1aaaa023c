import { CELLS, type Features } from './features.ts';
import { INTENTS, type Intent } from './understanding.ts';

/*
 * A softmax over hashed features. On disk: `CELLS` times `INTENTS` signed bytes, cell by cell,
 * after one float32 scale an intent and one float32 temperature, all little endian.
 */

export type Chances = { readonly [I in Intent]: number };

const HEADER = (INTENTS.length + 1) * 4;
const MODEL_BYTES = HEADER + CELLS * INTENTS.length;

export interface Model {
  readonly scales: Float32Array;
  readonly temperature: number;
  readonly weights: Int8Array;
}

/** @throws RangeError when the bytes are not a model of this shape: train it again */
export function decodeModel(bytes: Uint8Array): Model {
  if (bytes.length !== MODEL_BYTES)
    throw new RangeError(`a model has ${MODEL_BYTES} bytes, not ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scales = Float32Array.from(INTENTS, (_, at) => view.getFloat32(at * 4, true));
  const temperature = view.getFloat32(INTENTS.length * 4, true);
  return {
    scales,
    temperature,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + HEADER, CELLS * INTENTS.length),
  };
}

export function encodeModel(model: Model): Uint8Array {
  const bytes = new Uint8Array(MODEL_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [at, scale] of model.scales.entries()) view.setFloat32(at * 4, scale, true);
  view.setFloat32(INTENTS.length * 4, model.temperature, true);
  new Int8Array(bytes.buffer, HEADER).set(model.weights);
  return bytes;
}

/** Scores before the softmax, one an intent. */
export function scoresOf(model: Model, features: Features): Float64Array {
  const scores = new Float64Array(INTENTS.length);
  for (let i = 0; i < features.length; i++) {
    const from = (features.cells[i] ?? 0) * INTENTS.length;
    const value = features.values[i] ?? 0;
    for (let k = 0; k < INTENTS.length; k++)
      scores[k] = (scores[k] ?? 0) + value * (model.weights[from + k] ?? 0);
  }
  for (let k = 0; k < INTENTS.length; k++) scores[k] = (scores[k] ?? 0) * (model.scales[k] ?? 0);
  return scores;
}

/** The chance of each intent; sums to 1. */
export function chancesOf(scores: Float64Array, temperature: number): Chances {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  const powers = INTENTS.map((_, k) => Math.exp(((scores[k] ?? 0) - highest) / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return Object.fromEntries(
    INTENTS.map((intent, k) => [intent, (powers[k] ?? 0) / total]),
  ) as unknown as Chances;
}
