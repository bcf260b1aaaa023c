import type { Features } from './features.ts';
import { INTENTS, type Intent } from './understanding.ts';

/*
 * A softmax over the features worth knowing. On disk, all little endian: one float32 scale an intent,
 * one float32 temperature, then cell by cell a byte that tells which feature owns the cell, and one
 * signed byte an intent. What owns no cell counts for nothing.
 */

export const CELLS = 1 << 15;

export type Chances = { readonly [I in Intent]: number };

const HEADER = (INTENTS.length + 1) * 4;
const CELL_BYTES = 1 + INTENTS.length;
const MODEL_BYTES = HEADER + CELLS * CELL_BYTES;

export interface Model {
  readonly scales: Float32Array;
  readonly temperature: number;
  /** A sign of the feature that owns a cell; 0 where none does. */
  readonly signs: Uint8Array;
  readonly weights: Int8Array;
}

/** The only cell that a feature can own. */
export const cellOf = (hash: number): number => hash & (CELLS - 1);
/** What tells apart the features that could own the same cell, 1 to 255. */
export const signOf = (hash: number): number => ((hash >>> 15) % 255) + 1;

/** @throws RangeError when the bytes are not a model of this shape: train it again */
export function decodeModel(bytes: Uint8Array): Model {
  if (bytes.length !== MODEL_BYTES)
    throw new RangeError(`a model has ${MODEL_BYTES} bytes, not ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scales = Float32Array.from(INTENTS, (_, at) => view.getFloat32(at * 4, true));
  const temperature = view.getFloat32(INTENTS.length * 4, true);
  const signs = Uint8Array.from(bytes.subarray(HEADER, HEADER + CELLS));
  return {
    scales,
    temperature,
    signs,
    weights: new Int8Array(bytes.buffer, bytes.byteOffset + HEADER + CELLS, CELLS * INTENTS.length),
  };
}

export function encodeModel(model: Model): Uint8Array {
  const bytes = new Uint8Array(MODEL_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [at, scale] of model.scales.entries()) view.setFloat32(at * 4, scale, true);
  view.setFloat32(INTENTS.length * 4, model.temperature, true);
  bytes.set(model.signs, HEADER);
  new Int8Array(bytes.buffer, HEADER + CELLS).set(model.weights);
  return bytes;
}

/** Scores before the softmax, one an intent. */
export function scoresOf(model: Model, features: Features): Float64Array {
  const { signs, weights, scales } = model;
  const { hashes, values } = features;
  const scores = new Float64Array(INTENTS.length);
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] ?? 0;
    const cell = cellOf(hash);
    if (signs[cell] !== signOf(hash)) continue;
    const from = cell * INTENTS.length;
    const value = values[i] ?? 0;
    for (let k = 0; k < INTENTS.length; k++) scores[k] = (scores[k] ?? 0) + value * (weights[from + k] ?? 0);
  }
  for (let k = 0; k < INTENTS.length; k++) scores[k] = (scores[k] ?? 0) * (scales[k] ?? 0);
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
