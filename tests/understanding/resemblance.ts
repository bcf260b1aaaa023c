import { toStrand } from '../../src/understanding/letters.ts';
import { normalise } from '../../src/understanding/normalise.ts';

/*
 * How much a written template resembles a sentence of the development set: the share of runs of three
 * letters that both have, of all that either has, with spaces, signs and slots left out.
 */

/** From this on, a template resembles a sentence. */
const RESEMBLES = 0.5;
/** So many letters or fewer are nobody's wording: hello, thank you, 안녕하세요. */
const COMMON = 12;

interface Wording {
  readonly text: string;
  readonly runs: ReadonlySet<string>;
}

function wordingOf(text: string): Wording {
  const plain = `^${text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')}$`;
  const runs = new Set<string>();
  for (let at = 0; at + 3 <= plain.length; at++) runs.add(plain.slice(at, at + 3));
  return { text, runs };
}

/** The alternatives of a template's choices that are written out, its slots left empty. */
export function writtenOut(template: string): readonly string[] {
  const whole = /^\(([^()]*)\)$/.exec(template);
  const parts = whole === null ? [template] : (whole[1] ?? '').split('|');
  return parts
    .map((part) => part.replace(/\{[^}]*\}/g, ' ').trim())
    .filter((part) => toStrand(normalise(part)).length > COMMON);
}

/** Finds the sentence that a wording resembles most; null where none is near. */
export function createResemblance(
  sentences: readonly string[],
): (text: string) => { readonly sentence: string; readonly share: number } | null {
  const wordings = sentences.map(wordingOf);
  const having = new Map<string, number[]>();
  for (const [at, { runs }] of wordings.entries()) {
    for (const run of runs) {
      const list = having.get(run);
      if (list === undefined) having.set(run, [at]);
      else list.push(at);
    }
  }
  return (text) => {
    const { runs } = wordingOf(text);
    const common = new Map<number, number>();
    for (const run of runs) for (const at of having.get(run) ?? []) common.set(at, (common.get(at) ?? 0) + 1);
    let best: { sentence: string; share: number } | null = null;
    for (const [at, shared] of common) {
      const other = wordings[at];
      if (other === undefined) continue;
      const share = shared / (runs.size + other.runs.size - shared);
      if (share >= RESEMBLES && share > (best?.share ?? 0)) best = { sentence: other.text, share };
    }
    return best;
  };
}
