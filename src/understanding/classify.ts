import { readFileSync } from 'node:fs';
import { featuresOf } from './features.ts';
import { type Chances, chancesOf, decodeModel, scoresOf } from './model.ts';
import type { Reading } from './reading.ts';

/** The committed model, read once. */
const MODEL = decodeModel(readFileSync(new URL('./intents.model', import.meta.url)));

/** How probable each intent is, by the trained model. */
export const classify = (reading: Reading): Chances =>
  chancesOf(scoresOf(MODEL, featuresOf(reading)), MODEL.temperature);
