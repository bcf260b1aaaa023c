import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { classify } from './classify.ts';
import type { Cue } from './cue.ts';
import { createDecider } from './decide.ts';
import { languageOf } from './language.ts';
import type { Chances } from './model.ts';
import { normalise, type VariantKind, variantsOf } from './normalise.ts';
import { createReader, type Read } from './reading.ts';
import type { Understanding } from './understanding.ts';
import type { Weight } from './weighing.ts';

export type Understand = (text: string, hint: { readonly language: Language | null }) => Understanding;

const readers = new WeakMap<Catalogue, Read>();

/** One index a catalogue, however many ask. */
function readerOf(catalogue: Catalogue): Read {
  const known = readers.get(catalogue);
  if (known !== undefined) return known;
  const made = createReader(catalogue);
  readers.set(catalogue, made);
  return made;
}

/** What one message means, from the message alone. Pure and deterministic; throws on no string. */
export function createUnderstanding(catalogue: Catalogue): Understand {
  const read = readerOf(catalogue);
  const decide = createDecider(catalogue);
  return (text, hint) => {
    const reading = read(text);
    return decide(reading, classify(reading), languageOf(reading, hint.language)).understanding;
  };
}

/** A name found in a text: how it is written in the catalogue, whose it is, and how far it can be believed. */
export interface ExplainedLink {
  readonly alias: string;
  readonly services: readonly ServiceId[];
  readonly edits: number;
  /** It counts only beside a word of trouble or access. */
  readonly weak: boolean;
  /** Named only to be set aside. */
  readonly aside: boolean;
}

/** Why a text is understood as it is. */
export interface Explanation {
  /** The ways to read it, and the one that was taken. */
  readonly variants: readonly { readonly kind: VariantKind; readonly text: string }[];
  readonly taken: VariantKind;
  readonly links: readonly ExplainedLink[];
  /** Cues by group, with the words of the tables that were heard. */
  readonly cues: readonly { readonly cue: Cue; readonly words: readonly string[] }[];
  /** By the model alone, and after the weights; every intent. */
  readonly byModel: Chances;
  readonly weights: readonly Weight[];
  readonly chances: Chances;
  readonly understanding: Understanding;
}

/** Tells how a text is read, step by step; for people who want to know why. Throws on no string. */
export function createExplanation(catalogue: Catalogue): (text: string) => Explanation {
  const read = readerOf(catalogue);
  const decide = createDecider(catalogue);
  return (text) => {
    const reading = read(text);
    const byModel = classify(reading);
    const plain = normalise(text);
    return {
      variants: [
        { kind: 'typed', text: plain },
        ...variantsOf(text, plain, true).map(({ kind, strand }) => ({ kind, text: strand().text })),
      ],
      taken: reading.kind,
      links: reading.links.map(({ term, edits, weak, aside }) => ({
        alias: term.text,
        services: term.owners.services,
        edits,
        weak,
        aside,
      })),
      cues: [...reading.has].map((cue) => ({
        cue,
        words: [...new Set(reading.cues.flatMap(({ term }) => (term.cue === cue ? term.text : [])))],
      })),
      byModel,
      ...decide(reading, byModel, languageOf(reading, null)),
    };
  };
}

/** The services that a text names, in reading order, whatever it says of them: for what the bot itself has said. */
export function createMentions(catalogue: Catalogue): (text: string) => readonly ServiceId[] {
  const read = readerOf(catalogue);
  const preferred = new Map(catalogue.ambiguous.map((one) => [normalise(one.alias), one.prefer]));
  return (text) => {
    // Whoever wrote this can spell: a name that is only nearly there is another word.
    const exact = read(text).links.filter((link) => link.edits === 0);
    const services = exact.flatMap(({ term }) => {
      const owners = term.owners.services;
      return owners.length > 1 ? [preferred.get(term.text) ?? owners[0] ?? ''] : owners;
    });
    return [...new Set(services)].filter((id) => id !== '');
  };
}
