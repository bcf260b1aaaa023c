import type { Catalogue } from '../domain/catalogue.ts';
import { type Cue, type CueTerm, cueTerms } from './cues.ts';
import { type Strand, toRomanStrand, toStrand } from './letters.ts';
import { type NameTerm, nameTerms } from './lexicon.ts';
import { Matcher } from './matcher.ts';
import { normalise, type VariantKind, variantsOf } from './normalise.ts';
import { type CueHit, type Link, linksIn } from './services.ts';

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

export type Read = (text: string) => Reading;

/** Reads texts against the catalogue and the cue tables, indexed once. */
export function createReader(catalogue: Catalogue): Read {
  const names: readonly NameTerm[] = nameTerms(catalogue);
  const cues: readonly CueTerm[] = cueTerms();
  const matcher = new Matcher([...names, ...cues]);
  const nameAt = (term: number): NameTerm | null => names[term] ?? null;

  const readAs = (kind: VariantKind, strand: Strand): Reading => {
    const hits = matcher.find(strand);
    const cueHits: CueHit[] = [];
    for (const hit of hits) {
      const term = cues[hit.term - names.length];
      if (term !== undefined && hit.gaps === 0) cueHits.push({ term, start: hit.start, end: hit.end });
    }
    const links = linksIn(strand, hits, nameAt, cueHits);
    const covered = new Uint8Array(strand.length);
    for (const link of links) covered.fill(2, link.start, link.end);
    const outside = cueHits.filter((cue) => {
      for (let i = cue.start; i < cue.end; i++) if (covered[i] === 2) return false;
      return true;
    });
    for (const cue of outside) covered.fill(1, cue.start, cue.end);
    const explained =
      strand.length === 0 ? 0 : covered.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0) / strand.length;
    return { kind, strand, links, cues: outside, has: new Set(outside.map((c) => c.term.cue)), explained };
  };

  return (raw) => {
    const plain = normalise(raw);
    let best = readAs('typed', toStrand(plain));
    if (best.explained > 0.85) return best;
    for (const variant of variantsOf(raw, plain)) {
      const strand = variant.kind === 'romanised' ? toRomanStrand(variant.text) : toStrand(variant.text);
      const reading = readAs(variant.kind, strand);
      if (reading.explained > best.explained + WORTH_IT) best = reading;
    }
    return best;
  };
}
