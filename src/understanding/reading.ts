import type { Catalogue } from '../domain/catalogue.ts';
import { setAside } from './aside.ts';
import type { Cue } from './cue.ts';
import { type CueTerm, cueTerms } from './cues.ts';
import { createHints } from './hints.ts';
import { type Strand, toSoundStrand, toStrand } from './letters.ts';
import { type NameTerm, nameTerms } from './lexicon.ts';
import { type Hit, Matcher } from './matcher.ts';
import { normalise, type VariantKind, variantsOf } from './normalise.ts';
import { parted, SMALL_WORDS } from './segment.ts';
import { type CueHit, type Link, linksIn } from './services.ts';
import { Slips } from './slips.ts';

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

export type Read = (text: string) => Reading;

/** Reads texts against the catalogue and the cue tables, indexed once. */
export function createReader(catalogue: Catalogue): Read {
  const names: readonly NameTerm[] = nameTerms(catalogue);
  const cues: readonly CueTerm[] = cueTerms();
  const hints = createHints(catalogue);
  const terms = [...names, ...cues, ...hints.terms];
  const letters = new Matcher(terms, 'letters');
  const initials = once(() => new Matcher(terms, 'initials'));
  const sounds = once(() => new Matcher(terms, 'sound'));
  const firstHint = names.length + cues.length;
  const nameAt = (term: number): NameTerm | null => names[term] ?? null;

  /** The English words and names we know, without their spaces. */
  const words = new Set<string>();
  for (const { text, by } of [...names, ...cues]) {
    if (by !== 'letters' || !/^[a-z0-9' .-]+$/.test(text)) continue;
    words.add(text.replace(/[^a-z0-9]/g, ''));
    for (const word of text.split(/[^a-z0-9]+/)) if (word.length >= 3) words.add(word);
  }
  const isWord = (word: string): boolean => words.has(word) || SMALL_WORDS.has(word);
  const slips = new Slips(
    [...names.entries()].flatMap(([number, { text, by, owners }]) =>
      by === 'letters' && owners.services.length > 0
        ? [{ number, text: text.replace(/[^\p{L}\p{N}]/gu, '') }]
        : [],
    ),
    isWord,
  );

  const hitsIn = (kind: VariantKind, strand: Strand): Hit[] => {
    const hits = letters.find(strand);
    if (/[ㄱ-ㅎ]/.test(strand.text)) hits.push(...initials().find(strand));
    if (kind === 'romanised') hits.push(...sounds().find(strand));
    else if (/[a-z]{3}/.test(strand.text)) hits.push(...slips.find(strand));
    return hits;
  };

  /** Where no service is named: several words of a name or a task, each a link of its own. */
  const byWords = (hits: readonly Hit[]): Link[] => {
    const found = hints.find(
      hits.filter((hit) => hit.term >= firstHint).map((hit) => ({ ...hit, term: hit.term - firstHint })),
    );
    if (found === null) return [];
    const owners = { services: [...found.services], agencies: [], categories: [], regions: [] };
    return found.hits.map((hit) => {
      const text = hints.terms[hit.term]?.text ?? '';
      const term: NameTerm = {
        text,
        by: 'letters',
        edits: 0,
        owners,
        manner: 'words',
        size: text.length,
        needsCue: false,
      };
      return { term, start: hit.start, end: hit.end, edits: 0, weak: false, aside: false };
    });
  };

  const readAs = (kind: VariantKind, strand: Strand): Reading => {
    const hits = hitsIn(kind, strand);
    const cueHits: CueHit[] = [];
    for (const hit of hits) {
      const term = cues[hit.term - names.length];
      if (term !== undefined && hit.gaps === 0) cueHits.push({ term, start: hit.start, end: hit.end });
    }
    let links = setAside(strand, linksIn(strand, hits, nameAt, cueHits));
    if (!links.some((link) => link.term.owners.services.length > 0)) {
      const worded = byWords(hits);
      const free = links.filter(
        (link) => !worded.some((one) => one.start < link.end && link.start < one.end),
      );
      if (worded.length > 0) links = [...free, ...worded].sort((a, b) => a.start - b.start);
    }
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

  return (raw) => {
    const plain = normalise(raw);
    let best = readAs('typed', toStrand(plain));
    if (best.explained > CLEAR) return best;
    const spaced = parted(plain, isWord);
    if (spaced !== null) {
      const reading = readAs('typed', toStrand(spaced));
      if (reading.explained > best.explained + WORTH_IT) best = reading;
    }
    const others = variantsOf(raw, plain).map(({ kind, text }) => ({ kind, strand: () => toStrand(text) }));
    // Korean in Latin letters is made of words that English and our names do not have.
    if (plain.match(/[a-z]{2,}/g)?.some((word) => !isWord(word)) === true)
      others.push({ kind: 'romanised', strand: () => toSoundStrand(plain, isWord) });
    for (const { kind, strand } of others) {
      const reading = readAs(kind, strand());
      if (reading.explained > best.explained + WORTH_IT) best = reading;
    }
    return best;
  };
}

/** Made when first asked for: most messages never need it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
