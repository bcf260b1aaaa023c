import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Hit, Term } from './matcher.ts';
import { normalise } from './normalise.ts';

/*
 * When no name is found: the words of names and tasks, wherever they stand. "Seoul tennis court
 * reservation" has both words of "Seoul reservation"; rare words weigh more than common ones.
 */

/** A word of names and tasks. */
export interface HintTerm extends Term {
  readonly number: number;
}

interface Phrase {
  readonly service: ServiceId;
  readonly words: readonly number[];
}

/** The share of a phrase, by weight, that must be there, and how much its words must weigh in all. */
const SHARE = 0.85;
const ENOUGH = 5.2;
/** The best service must be this much ahead of the next. */
const AHEAD = 0.8;

export interface Hints {
  readonly terms: readonly HintTerm[];
  /** The service the words point to with the words that did; null where none or several do. */
  find(hits: readonly Hit<HintTerm>[]): {
    readonly services: readonly ServiceId[];
    readonly hits: readonly Hit<HintTerm>[];
  } | null;
  /**
   * The services below `parent` that a name of it from `from` to `to` means together with words elsewhere:
   * 우체국 앱으로 송금 is 우체국 송금.
   */
  below(parent: ServiceId, from: number, to: number, hits: readonly Hit<HintTerm>[]): readonly ServiceId[];
}

const wordsOf = (text: string): string[] =>
  normalise(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => (/[가-힣]/.test(word) ? word.length >= 2 : word.length >= 4))
    .map((word) => (/^[a-z]+s$/.test(word) && !word.endsWith('ss') ? word.slice(0, -1) : word));

/** The words of a catalogue, weighed. */
export function createHints(catalogue: Catalogue): Hints {
  const numbers = new Map<string, number>();
  const owners: Set<ServiceId>[] = [];
  const phrases: Phrase[] = [];
  for (const service of catalogue.services) {
    const texts = [
      service.name.ko,
      service.name.en,
      ...service.aliases.ko,
      ...service.aliases.en,
      ...service.tasks.flatMap((task) => [...task.ko.split(/[,;]/), ...task.en.split(/[,;]/)]),
    ];
    for (const text of texts) {
      const words = new Set<number>();
      for (const word of wordsOf(text)) {
        let number = numbers.get(word);
        if (number === undefined) {
          number = owners.length;
          numbers.set(word, number);
          owners.push(new Set());
        }
        owners[number]?.add(service.id);
        words.add(number);
      }
      if (words.size > 0) phrases.push({ service: service.id, words: [...words] });
    }
  }
  const weights = owners.map((of) => Math.log(catalogue.services.length / of.size));
  const phrasesWith: Phrase[][] = owners.map(() => []);
  for (const phrase of phrases) for (const word of phrase.words) phrasesWith[word]?.push(phrase);
  const weigh = (words: readonly number[]): number =>
    words.reduce((sum, word) => sum + (weights[word] ?? 0), 0);

  return {
    terms: [...numbers].map(([text, number]) => ({
      number,
      text,
      by: 'letters',
      edits: 0,
      wordStart: true,
      open: false,
    })),
    find(hits) {
      const present = new Map<number, Hit<HintTerm>>();
      for (const hit of hits)
        if (hit.gaps === 0 && !present.has(hit.term.number)) present.set(hit.term.number, hit);
      const best = new Map<ServiceId, { score: number; words: readonly number[] }>();
      for (const word of present.keys()) {
        for (const phrase of phrasesWith[word] ?? []) {
          const found = phrase.words.filter((one) => present.has(one));
          const score = weigh(found);
          if (found.length < 2 || score < ENOUGH || score < SHARE * weigh(phrase.words)) continue;
          if (score > (best.get(phrase.service)?.score ?? 0))
            best.set(phrase.service, { score, words: found });
        }
      }
      const ranked = [...best].sort((a, b) => b[1].score - a[1].score);
      const [first] = ranked;
      if (first === undefined) return null;
      const near = ranked.filter(([, { score }]) => first[1].score - score < AHEAD);
      if (near.length > 4) return null;
      return {
        services: near.map(([service]) => service),
        hits: first[1].words.flatMap((word) => present.get(word) ?? []),
      };
    },
    below(parent, from, to, hits) {
      const children = catalogue.services.filter((service) => service.parent === parent);
      if (children.length === 0) return [];
      const inside = (hit: Hit<HintTerm>): boolean => hit.start >= from && hit.end <= to;
      const within = new Map(hits.filter(inside).map((hit) => [hit.term.number, hit.end - hit.start]));
      const beside = new Set(hits.filter((hit) => !inside(hit)).map((hit) => hit.term.number));
      const isMeant = ({ words }: Phrase): boolean => {
        const named = words.reduce((sum, word) => sum + (within.get(word) ?? 0), 0);
        const others = words.filter((word) => !within.has(word));
        return named === to - from && others.length > 0 && others.every((word) => beside.has(word));
      };
      return children
        .filter(({ id }) => phrases.some((phrase) => phrase.service === id && isMeant(phrase)))
        .map(({ id }) => id);
    },
  };
}
