import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import { classify } from './classify.ts';
import { createDecider } from './decide.ts';
import { languageOf } from './language.ts';
import { normalise } from './normalise.ts';
import { createReader, type Read } from './reading.ts';
import type { Understanding } from './understanding.ts';

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
  const decider = createDecider(catalogue);
  return (text, hint) => {
    const reading = read(text);
    return decider.decide(reading, classify(reading), languageOf(reading, hint.language));
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
