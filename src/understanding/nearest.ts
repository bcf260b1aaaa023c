import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import { likeness } from '../domain/unanswered.ts';
import type { Cue } from './cue.ts';
import { cueTerms } from './cues.ts';
import { normalise } from './normalise.ts';

/** What an official could write into the catalogue or the cues so that a message is reached. */
export interface Nearest {
  /** Names in the catalogue that some of its words nearly are, the nearest first. */
  readonly aliases: readonly {
    readonly service: ServiceId;
    readonly alias: string;
    readonly likeness: number;
  }[];
  readonly cues: readonly { readonly cue: Cue; readonly phrase: string; readonly likeness: number }[];
}

const NEAR = 0.55;
const MOST_SHOWN = 3;
/** Of so many that share the most letters the likeness is reckoned. */
const MOST_TRIED = 8;
const LONGEST_PHRASE = 3;
/** A phrase of one or two letters is near to everything. */
const SHORTEST = 3;

interface Entry<T> {
  readonly of: T;
  readonly text: string;
}

const unspaced = (text: string): string => normalise(text).replace(/[^\p{L}\p{N}]/gu, '');

const pairsIn = (text: string): ReadonlySet<string> => {
  const letters = text.normalize('NFD');
  return new Set(
    Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2)),
  );
};

/** Finds the entries that a phrase is most like, by the letter pairs they share. */
function indexOf<T>(entries: readonly Entry<T>[]) {
  const sharing = new Map<string, number[]>();
  for (const [number, { text }] of entries.entries()) {
    for (const pair of pairsIn(text)) {
      const numbers = sharing.get(pair);
      if (numbers === undefined) sharing.set(pair, [number]);
      else numbers.push(number);
    }
  }
  return (phrase: string): readonly (Entry<T> & { readonly likeness: number })[] => {
    const shared = new Map<number, number>();
    for (const pair of pairsIn(phrase)) {
      for (const number of sharing.get(pair) ?? []) shared.set(number, (shared.get(number) ?? 0) + 1);
    }
    return [...shared]
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_TRIED)
      .flatMap(([number]) => {
        const entry = entries[number];
        return entry === undefined ? [] : [{ ...entry, likeness: likeness(phrase, entry.text) }];
      })
      .filter((one) => one.likeness >= NEAR);
  };
}

/** One to three words that follow each other, without spaces. */
function phrasesOf(text: string): readonly string[] {
  const words = normalise(text.replace(/\[[^\]]*\]/g, ' ')).match(/[\p{L}\p{N}]+/gu) ?? [];
  const phrases = new Set<string>();
  for (let from = 0; from < words.length; from++) {
    for (let length = 1; length <= LONGEST_PHRASE; length++) {
      const phrase = words.slice(from, from + length).join('');
      if (phrase.length >= SHORTEST) phrases.add(phrase);
    }
  }
  return [...phrases];
}

/** The names and cues that texts come nearest to; indexed once. */
export function createNearest(catalogue: Catalogue): (texts: readonly string[]) => Nearest {
  const names = indexOf(
    catalogue.services.flatMap(({ id, name, aliases }) =>
      [...new Set([name.ko, name.en, ...aliases.ko, ...aliases.en])].map((alias) => ({
        of: { service: id, alias },
        text: unspaced(alias),
      })),
    ),
  );
  const cues = indexOf(
    cueTerms().flatMap(({ cue, text, by }) =>
      by === 'letters' && unspaced(text).length >= SHORTEST
        ? [{ of: { cue, phrase: text }, text: unspaced(text) }]
        : [],
    ),
  );
  const best = <T>(
    texts: readonly string[],
    find: ReturnType<typeof indexOf<T>>,
    keyOf: (of: T) => string,
  ): readonly (T & { readonly likeness: number })[] => {
    const found = new Map<string, T & { readonly likeness: number }>();
    for (const one of texts.flatMap(phrasesOf).flatMap(find)) {
      const known = found.get(keyOf(one.of));
      if (known === undefined || known.likeness < one.likeness)
        found.set(keyOf(one.of), { ...one.of, likeness: one.likeness });
    }
    return [...found.values()].sort((a, b) => b.likeness - a.likeness).slice(0, MOST_SHOWN);
  };
  return (texts) => ({
    aliases: best(texts, names, ({ service }) => service),
    cues: best(texts, cues, ({ cue }) => cue),
  });
}
