import { fromKeys, toKeys } from './hangul.ts';
import { type Strand, toStrand } from './letters.ts';

const CONJOINING_INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

const LONGEST = 2000;
/** Plain already, but for what is drawn out: most names. */
const SIMPLE = /^[가-힣a-z0-9 ]*$/;
const REPEATS = /(.)\1\1| {2}/;
/** Nothing to compose or to take out: nearly every message, and every name. */
const PLAIN = /^[가-힣ㄱ-ㅣa-zA-Z0-9 !-/:;=?@[-_{-~]*$/;

/**
 * A text made plain: composed (NFC, never NFKC, which would turn a typed ㅈㅂ into letters that match
 * nothing), half width, lower case, without invisible signs, and with drawn-out letters shortened.
 */
export function normalise(text: string): string {
  if (SIMPLE.test(text) && text.length <= LONGEST && !REPEATS.test(text)) return text.trim();
  const cut = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  return (PLAIN.test(cut) ? cut : composed(cut))
    .toLowerCase()
    .replace(/([a-z])\1{2,}|([가-힣])\2{2,}/g, '$1$2')
    .replace(/([ㄱ-ㅣ])\1{2,}/g, '$1$1')
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .trim();
}

/** Composed, half width, without invisible signs, typographic quotes and the chat's own tags. */
const composed = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]|\ufe0f/gu, '')
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u1100-\u1112]/g, (c) => CONJOINING_INITIALS[c.charCodeAt(0) - 0x1100] ?? '')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/<[@#!][^>\s]*>/g, ' ');

export type VariantKind = 'typed' | 'korean_keys' | 'english_keys' | 'romanised';

/** One way to read what was typed. */
export interface Variant {
  readonly kind: VariantKind;
  readonly strand: () => Strand;
}

/** Shift matters on a Korean keyboard, so the keys are read before the case is folded; Caps Lock turns all of them round. */
function asKoreanKeys(raw: string): string {
  return raw.replace(/[a-zA-Z]+/g, (run) =>
    fromKeys(run.length > 1 && run === run.toUpperCase() ? run.toLowerCase() : run),
  );
}

/**
 * The other keyboards it may have been meant for; whether one is worth more than what was typed is for
 * the matcher to say. `strange`: its Latin letters make words that are not English.
 */
export function variantsOf(raw: string, plain: string, strange: boolean): Variant[] {
  const variants: Variant[] = [];
  const add = (kind: VariantKind, text: string): void => {
    variants.push({ kind, strand: () => toStrand(text) });
  };
  if (strange) {
    const composed = normalise(asKoreanKeys(raw.slice(0, LONGEST).normalize('NFC')));
    // English makes loose letters of most of its keys: is down is ㅑㄴ 애주.
    const loose = composed.match(/[ㄱ-ㅣ]/g)?.length ?? 0;
    if (loose <= (composed.match(/[가-힣]/g)?.length ?? 0)) add('korean_keys', composed);
  }
  // Only a loose vowel or a consonant that opens nothing tells of English typed in Korean mode.
  if (/[ㄱ-ㅣ]/.test(plain) && /[가-힣ㄱ-ㅣ].*[가-힣ㄱ-ㅣ]/.test(plain)) {
    add('english_keys', normalise(toKeys(plain)));
    // Only the name in the wrong mode: ㅙㅡㄷㅅㅁㅌ 안됨.
    const some = plain.replace(/\S{3,}/g, (word) => (/[ㅏ-ㅣ]/.test(word) ? toKeys(word) : word));
    if (some !== plain && /[가-힣]/.test(some)) add('typed', normalise(some));
  }
  return variants;
}
