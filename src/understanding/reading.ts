import type { Catalogue } from '../domain/catalogue.ts';
import { setAside } from './aside.ts';
import type { Cue } from './cue.ts';
import { type CueTerm, cueTerms } from './cues.ts';
import { createHints } from './hints.ts';
import { foldRoman, type Strand, toSoundStrand, toStrand } from './letters.ts';
import { type NameTerm, nameTerms } from './lexicon.ts';
import { type Hit, Matcher } from './matcher.ts';
import { normalise, type VariantKind, variantsOf } from './normalise.ts';
import { parted, SMALL_WORDS } from './segment.ts';
import { type CueHit, type Link, linksIn } from './services.ts';
import { Slips } from './slips.ts';
import { initialsTerms, LONG_SOUND, soundTerms, soundWords } from './writings.ts';

/** A text as read in one way, with the names and cues found in it. */
export interface Reading {
  readonly kind: VariantKind;
  readonly strand: Strand;
  readonly links: readonly Link[];
  /** Cues outside the names. */
  readonly cues: readonly CueHit[];
  readonly has: ReadonlySet<Cue>;
  /** Share of the letters that names and cues explain, 0 to 1. */
  readonly explained: number;
}

/** Another way of reading must explain this much more than what was typed. */
const WORTH_IT = 0.3;
/** So much explained, and there is nothing to gain by other ways of reading. */
const CLEAR = 0.85;

/** So much of the Latin letters is in no word we know, and they may be Korean. */
const STRANGE = 0.25;
/** A longer text is a story, with more words that we do not know. */
const STORY = 100;
const HANGUL_MOSTLY = /[가-힣]{2}.*[가-힣]{2}.*[가-힣]{2}/;

/** A shorter name with a slip in it counts only beside a word of trouble or access: drain is near to dbrain. */
const LONG_NAME = 8;

export type Read = (text: string) => Reading;

/** Reads texts against the catalogue and the cue tables, indexed once. */
export function createReader(catalogue: Catalogue): Read {
  const names = nameTerms(catalogue);
  const cues = cueTerms();
  const written = cues.filter((term) => term.by === 'letters');
  const letters = new Matcher<NameTerm | CueTerm>([...names, ...written]);
  const parents = new Set(catalogue.services.map((service) => service.parent));
  const words = wordsOf([...names, ...written]);
  const isWord = (word: string): boolean => words.has(word) || SMALL_WORDS.has(word);
  const initials = once(() => new Matcher(initialsTerms(names)));
  const sounds = once(() => {
    const terms = [...soundTerms(names), ...cues.filter((term) => term.by === 'sound')];
    return { matcher: new Matcher<NameTerm | CueTerm>(terms), words: soundWords(terms) };
  });
  const slips = once(() => new Slips(words, isWord));
  const hints = once(() => {
    const made = createHints(catalogue);
    return { ...made, matcher: new Matcher(made.terms) };
  });

  /** English words stay as they are, where they are not words of Korean names too: minwon. */
  const bySound = (plain: string): Strand =>
    toSoundStrand(
      plain,
      (word) => isWord(word) && (word.length < LONG_SOUND || !sounds().words.has(foldRoman(word))),
    );

  const hitsIn = (kind: VariantKind, strand: Strand): Hit<NameTerm | CueTerm>[] => {
    const hits = letters.find(strand);
    if (/[ㄱ-ㅎ]/.test(strand.text)) hits.push(...initials().find(strand));
    if (kind === 'romanised') hits.push(...sounds().matcher.find(strand));
    return hits;
  };

  /** Where no service is named: several words of a name or a task, each a link of its own. */
  const byWords = (strand: Strand): Link[] => {
    const found = hints().find(hints().matcher.find(strand));
    if (found === null) return [];
    const owners = { services: [...found.services], agencies: [], categories: [], regions: [] };
    return found.hits.map(({ term: { text }, start, end }) => {
      const term: NameTerm = {
        text,
        by: 'letters',
        edits: 0,
        owners,
        manner: 'words',
        size: text.length,
        needsCue: false,
        heard: false,
        stem: '',
      };
      return { term, start, end, edits: 0, weak: false, aside: false };
    });
  };

  /** A name that words elsewhere make the name of a service below its own. */
  const narrowed = (strand: Strand, link: Link, all: readonly Link[]): Link => {
    const [service, another] = link.term.owners.services;
    if (service === undefined || another !== undefined || !parents.has(service)) return link;
    const { matcher, below } = hints();
    const free = matcher
      .find(strand)
      .filter((hit) => all.every((one) => one === link || hit.end <= one.start || hit.start >= one.end));
    const services = below(service, link.start, link.end, free);
    if (services.length === 0) return link;
    return { ...link, term: { ...link.term, owners: { ...link.term.owners, services: [...services] } } };
  };

  const readAs = (kind: VariantKind, strand: Strand): Reading => {
    const found: Hit<NameTerm>[] = [];
    const cueHits: CueHit[] = [];
    for (const { term, ...hit } of hitsIn(kind, strand)) {
      if ('owners' in term) found.push({ term, ...hit });
      else if (hit.gaps === 0) cueHits.push({ term, start: hit.start, end: hit.end });
    }
    let links = setAside(strand, linksIn(strand, found, cueHits));
    if (!links.some((link) => link.term.owners.services.length > 0)) {
      const worded = byWords(strand);
      const free = links.filter(
        (link) => !worded.some((one) => one.start < link.end && link.start < one.end),
      );
      if (worded.length > 0) links = [...free, ...worded].sort((a, b) => a.start - b.start);
    }
    links = links.map((link) => narrowed(strand, link, links));
    const covered = new Uint8Array(strand.length);
    for (const link of links) covered.fill(2, link.start, link.end);
    const outside = cueHits.filter((cue) => !covered.subarray(cue.start, cue.end).includes(2));
    for (const cue of outside) covered.fill(1, cue.start, cue.end);
    const explained =
      strand.length === 0 ? 0 : covered.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0) / strand.length;
    return {
      kind,
      strand,
      links,
      cues: outside,
      has: new Set(outside.map((cue) => cue.term.cue)),
      explained,
    };
  };

  /** The message with its slips put right, where that names a service or tells more of one. */
  const withSlips = (plain: string, typed: Reading): Reading => {
    const corrected = /[a-z]{4}/.test(plain) ? slips().correct(plain) : null;
    if (corrected === null) return typed;
    const { strand, ...reading } = readAs('typed', toStrand(corrected.text));
    const links = reading.links.map((link) => {
      const from = strand.at[link.start] ?? 0;
      const to = strand.at[link.end - 1] ?? 0;
      const isNew = corrected.places.some(([start, end]) => start <= to && from < end);
      return isNew ? { ...link, edits: 1, weak: link.weak || link.term.size < LONG_NAME } : link;
    });
    const isBetter = servicesIn(links) > 0 && servicesIn(links) >= servicesIn(typed.links);
    return isBetter ? { ...reading, strand, links } : typed;
  };

  return (raw) => {
    const plain = normalise(raw);
    let best = readAs('typed', toStrand(plain));
    if (best.explained > CLEAR) return best;
    const spaced = parted(plain, isWord);
    if (spaced !== null) {
      const reading = readAs('typed', toStrand(spaced));
      if (reading.explained > best.explained + WORTH_IT) best = reading;
    }
    if (best.kind === 'typed') best = withSlips(plain, best);
    const strange = strangenessOf(plain, isWord) >= (plain.length > STORY ? 2 * STRANGE : STRANGE);
    const others = variantsOf(raw, plain, strange);
    if (strange && !HANGUL_MOSTLY.test(plain))
      others.push({ kind: 'romanised', strand: () => bySound(plain) });
    for (const { kind, strand } of others) {
      const reading = readAs(kind, strand());
      if (reading.explained > best.explained + WORTH_IT) best = reading;
    }
    return best;
  };
}

/** The share of its Latin letters that stand in words which neither English cues nor names have, 0 to 1. */
function strangenessOf(plain: string, isWord: (word: string) => boolean): number {
  let strange = 0;
  let all = 0;
  for (const word of plain.match(/[a-z]{2,}/g) ?? []) {
    all += word.length;
    if (!isWord(word)) strange += word.length;
  }
  return all < 3 ? 0 : strange / all;
}

/** The words of these terms in Latin letters, and the terms themselves without their spaces. */
function wordsOf(terms: readonly (NameTerm | CueTerm)[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const { text } of terms) {
    if (!/^[a-z0-9' .-]+$/.test(text)) continue;
    words.add(text.replace(/[^a-z0-9]/g, ''));
    for (const word of text.split(/[^a-z0-9]+/)) if (word.length >= 3) words.add(word);
  }
  return words;
}

const servicesIn = (links: readonly Link[]): number =>
  links.filter((link) => link.term.owners.services.length > 0 && link.term.manner !== 'words').length;

/** Made when first asked for: most messages never need it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
