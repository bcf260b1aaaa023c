import type { Catalogue } from '../../src/domain/catalogue.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { fromKeys, toKeys } from '../../src/understanding/hangul.ts';
import { type Random, seeded } from '../../src/understanding/training/generate.ts';
import type { Understand } from '../../src/understanding/understand.ts';
import { INTENTS, type Understanding } from '../../src/understanding/understanding.ts';

/* Seeded messages that no person would write, and some that one might, thrown at understanding. */

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)] as T;
const upTo = (most: number, random: Random): number => Math.floor(random() * (most + 1));
const many = (most: number, random: Random, one: () => string): string =>
  Array.from({ length: 1 + upTo(most, random) }, one).join('');

const JAMO = [
  ...'ㄱㄲㄳㄴㄵㄶㄷㄸㄹㄺㄻㅁㅂㅃㅄㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ',
];
const EMOJI = ['😀', '👨‍👩‍👧‍👦', '🇰🇷', '👍🏽', '1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️', '㊙️', '🧑🏿‍🚀', '\u200d', '\ufe0f'];
const RIGHT_TO_LEFT = ['\u202e', '\u2067', '\u2069', '\u200f', 'مرحبا', 'שלום', 'کارا'];
const MARKUP = [
  '<b>',
  '</b>',
  '<@U12345>',
  '<!channel>',
  '&lt;',
  '`',
  '```',
  '*_~',
  '](http://x)',
  '{{name}}',
  '$1',
  '$(x)',
  '\\u0000',
  "'; drop table",
  '%s%n',
  '<script>',
];
const COMBINING = ['\u0301', '\u0f39', '\u3099', '\u20dd', '\u0489', '\u1160', '\u11ff', '\ua960', '\ud7b0'];
const FILLER = ['ㅋ', 'ㅠ', 'a', '!', '?', ' ', '가', '뷁', '0', '\n', '🙏', '은'];

/** One ingredient of a message: how it is made, from chance and from questions that people ask. */
type Ingredient = (random: Random, questions: readonly string[]) => string;

const codePoint: Ingredient = (random) => String.fromCodePoint(upTo(0x10ffff, random));
const codeUnit: Ingredient = (random) => String.fromCharCode(upTo(0xffff, random));
const question: Ingredient = (random, questions) => pick(questions, random);

/** A question with letters changed, lost, doubled or moved. */
const mutated: Ingredient = (random, questions) => {
  const letters = [...pick(questions, random)];
  for (let slips = 1 + upTo(6, random); slips > 0 && letters.length > 0; slips--) {
    const at = upTo(letters.length - 1, random);
    const kind = upTo(3, random);
    if (kind === 0) letters.splice(at, 1);
    else if (kind === 1) letters.splice(at, 0, letters[at] ?? '');
    else if (kind === 2) letters[at] = pick(letters, random);
    else letters[at] = codeUnit(random, questions);
  }
  return letters.join('');
};

const INGREDIENTS: readonly Ingredient[] = [
  question,
  mutated,
  mutated,
  (random, questions) => toKeys(pick(questions, random)),
  (random, questions) => fromKeys(pick(questions, random)),
  (random, questions) => pick(questions, random).normalize(pick(['NFD', 'NFKC', 'NFKD'], random)),
  (random, questions) => pick(questions, random).toUpperCase(),
  (random, questions) => pick(questions, random).replace(/\s/g, ''),
  (random) => many(30, random, () => pick(JAMO, random)),
  (random) => many(20, random, () => String.fromCharCode(0x1100 + upTo(0xff, random))),
  (random) => many(20, random, () => String.fromCharCode(0xac00 + upTo(11171, random))),
  (random, questions) => many(30, random, () => codePoint(random, questions)),
  (random, questions) => many(30, random, () => codeUnit(random, questions)),
  (random) => many(8, random, () => String.fromCharCode(0xd800 + upTo(0x7ff, random))),
  (random) => many(20, random, () => String.fromCharCode(upTo(0x9f, random))),
  (random) => `${pick(['e', '가', '정', 'ㅎ'], random)}${many(40, random, () => pick(COMBINING, random))}`,
  (random) => many(12, random, () => pick(EMOJI, random)),
  (random) => many(6, random, () => pick(RIGHT_TO_LEFT, random)),
  (random) => many(6, random, () => pick(MARKUP, random)),
  (random) => many(25, random, () => String(upTo(9, random))),
];

/** Very long: one thing over and over, to the lengths that the platforms let through and beyond. */
const endless: Ingredient = (random, questions) =>
  pick([...FILLER, `${pick(questions, random)} `], random).repeat(1 + upTo(4096, random));

/** Messages without end, the same for the same seed. */
function* messages(questions: readonly string[], seed: number): Generator<string, never> {
  const random = seeded(seed);
  for (;;) {
    if (random() < 0.002) yield endless(random, questions);
    else {
      const parts = Array.from({ length: 1 + upTo(3, random) }, () =>
        pick(INGREDIENTS, random)(random, questions),
      );
      yield parts.join(pick(['', ' ', '\n', '\u00a0', '. '], random));
    }
  }
}

/** What is wrong with the shape of a reading; null when nothing is. */
function flawOf(read: Understanding, catalogue: Catalogue): string | null {
  const known = (ids: readonly string[], find: (id: string) => unknown): boolean =>
    ids.every((id) => find(id) !== undefined) && new Set(ids).size === ids.length;
  const { intent, leaning, services, candidates, confidence, language, mentions = [] } = read;
  if (!LANGUAGES.includes(language)) return `language ${language}`;
  if (intent !== 'clarify' && intent !== 'unknown' && !INTENTS.includes(intent)) return `intent ${intent}`;
  if (leaning !== null && !INTENTS.includes(leaning)) return `leaning ${leaning}`;
  if (!(confidence >= 0 && confidence <= 1)) return `confidence ${confidence}`;
  if (!known(services, (id) => catalogue.service(id))) return `services ${services.join()}`;
  if (!known(candidates, (id) => catalogue.service(id))) return `candidates ${candidates.join()}`;
  if (!known(mentions, (id) => catalogue.service(id))) return `mentions ${mentions.join()}`;
  if (!known(read.agencies, (id) => catalogue.agency(id))) return `agencies ${read.agencies.join()}`;
  if (!known(read.categories, (id) => catalogue.category(id))) return `categories ${read.categories.join()}`;
  if (!known(read.regions, (id) => catalogue.region(id))) return `regions ${read.regions.join()}`;
  if (intent === 'clarify' && candidates.length > 4) return `${candidates.length} choices`;
  if (intent === 'off_topic' && services.length > 0) return 'off the topic, yet of a service';
  return null;
}

/** How long one message may take, in ms: far above any honest work, far below what a hostile text could cost. */
const LONGEST_MS = 1000;

export interface Fuzzed {
  readonly count: number;
  /** Of understanding alone, making the messages not included. */
  readonly seconds: number;
  readonly worstMs: number;
  readonly worst: string;
}

/**
 * Reads so many messages; goes on after none that throws, has no valid shape or takes too long.
 * @throws Error with the message, its number and the seed, so that it can be had again
 */
export function fuzz(
  parts: { readonly catalogue: Catalogue; readonly understand: Understand },
  questions: readonly string[],
  count: number,
  seed: number,
): Fuzzed {
  const { catalogue, understand } = parts;
  const fail = (number: number, text: string, why: string, cause?: unknown): never => {
    throw new Error(`Message ${number} of seed ${seed} (${JSON.stringify(text.slice(0, 200))}): ${why}`, {
      cause,
    });
  };
  const timed = (text: string): { readonly read: Understanding; readonly ms: number } => {
    const from = performance.now();
    const read = understand(text, { language: null });
    return { read, ms: performance.now() - from };
  };
  let seconds = 0;
  let worstMs = 0;
  let worst = '';
  let number = 0;
  for (const text of messages(questions, seed)) {
    if (++number > count) break;
    let first: ReturnType<typeof timed>;
    try {
      first = timed(text);
    } catch (error) {
      return fail(number, text, `threw ${String(error)}`, error);
    }
    const flaw = flawOf(first.read, catalogue);
    if (flaw !== null) return fail(number, text, flaw);
    if (number % 100 === 0 && JSON.stringify(timed(text).read) !== JSON.stringify(first.read))
      return fail(number, text, 'was read in two ways');
    seconds += first.ms / 1000;
    if (first.ms <= worstMs) continue;
    // The machine may have paused: what counts is the best of three.
    const ms = Math.min(first.ms, timed(text).ms, timed(text).ms);
    if (ms > LONGEST_MS) return fail(number, text, `took ${ms.toFixed(0)} ms`);
    if (ms > worstMs) [worstMs, worst] = [ms, text];
  }
  return { count, seconds, worstMs, worst };
}
