import type { Catalogue } from '../../domain/catalogue.ts';
import { featuresOf } from '../features.ts';
import { encodeModel, type Model, scoresOf } from '../model.ts';
import { createReader } from '../reading.ts';
import { INTENTS } from '../understanding.ts';
import { corpusOf } from './corpus.ts';
import { seeded } from './generate.ts';
import { bestTemperature, learn, quantised, type Sample } from './learn.ts';
import { chooseVocabulary } from './vocabulary.ts';
import { readTemplates } from './written.ts';

/*
 * Trains the intent model from the written templates, in seconds and always to the same bytes.
 * Run through tests/understanding/train.ts, which hands in the catalogue.
 */

const SEED = 20261123;
/** How sure the model may be, divided out of its scores: what `heldOut` advises, less what tomorrow's questions are easier than its templates. */
const TEMPERATURE = 1.1;

/** The sentences of all templates, as read. */
function samplesOf(catalogue: Catalogue): readonly Sample[] {
  const read = createReader(catalogue);
  return corpusOf(catalogue, readTemplates(), seeded(SEED)).map(({ text, intent, template, weight }) => ({
    features: featuresOf(read(text)),
    intent: INTENTS.indexOf(intent),
    template,
    weight,
  }));
}

function modelOf(samples: readonly Sample[], temperature: number): Model {
  const signs = chooseVocabulary(samples);
  return quantised(learn(samples, signs, seeded(SEED)), signs, temperature);
}

export interface Training {
  readonly bytes: Uint8Array;
  readonly examples: number;
}

/** The model of all templates. */
export function train(catalogue: Catalogue): Training {
  const samples = samplesOf(catalogue);
  return { bytes: encodeModel(modelOf(samples, TEMPERATURE)), examples: samples.length };
}

export interface HeldOut {
  /** Share right among the sentences of templates that the model never saw. */
  readonly right: number;
  /** The temperature under which its chances of them are nearest to the truth. */
  readonly temperature: number;
}

/** Trains without a sixth of the templates, and measures on that. */
export function heldOut(catalogue: Catalogue): HeldOut {
  const samples = samplesOf(catalogue);
  const isHeld = ({ template }: Sample): boolean => (template * 7919) % 6 === 0;
  const held = samples.filter(isHeld);
  const model = modelOf(
    samples.filter((sample) => !isHeld(sample)),
    1,
  );
  const right = held.filter(({ features, intent }) => {
    const scores = scoresOf(model, features);
    return scores.indexOf(Math.max(...scores)) === intent;
  }).length;
  return { right: right / Math.max(1, held.length), temperature: bestTemperature(model, held) };
}
