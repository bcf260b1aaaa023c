import { fromKeys, toKeys } from './hangul.ts';

const CONJOINING_INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

/**
 * A text made plain: composed (NFC, never NFKC, which would turn a typed ㅈㅂ into letters that match
 * nothing), half width, lower case, without invisible signs, and with drawn-out letters shortened.
 */
export function normalise(text: string): string {
  return text
    .slice(0, 2000)
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e]|\ufe0f/gu, '')
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u1100-\u1112]/g, (c) => CONJOINING_INITIALS[c.charCodeAt(0) - 0x1100] ?? '')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/<[@#!][^>\s]*>/g, ' ')
    .toLowerCase()
    .replace(/([a-z])\1{2,}/g, '$1')
    .replace(/([가-힣])\1{2,}/g, '$1')
    .replace(/([ㄱ-ㅣ])\1{2,}/g, '$1$1')
    .replace(/\s+/g, ' ')
    .trim();
}

export type VariantKind = 'typed' | 'korean_keys' | 'english_keys' | 'romanised';

/** One way to read what was typed. */
export interface Variant {
  readonly kind: VariantKind;
  readonly text: string;
}

/** Shift matters on a Korean keyboard, so the keys are read before the case is folded; Caps Lock turns all of them round. */
function asKoreanKeys(raw: string): string {
  return raw.replace(/[a-zA-Z]+/g, (run) =>
    fromKeys(run.length > 1 && run === run.toUpperCase() ? run.toLowerCase() : run),
  );
}

/** The other keyboards it may have been meant for; whether one is worth more than what was typed is for the matcher to say. */
export function variantsOf(raw: string, plain: string): readonly Variant[] {
  const variants: Variant[] = [];
  const latin = (plain.match(/[a-z]/g) ?? []).length;
  const hangul = (plain.match(/[가-힣ㄱ-ㅣ]/g) ?? []).length;
  if (latin >= 3) {
    const composed = normalise(asKoreanKeys(raw.slice(0, 2000).normalize('NFC')));
    // English makes loose letters of most of its keys: is down is ㅑㄴ 애주.
    const loose = (composed.match(/[ㄱ-ㅣ]/g) ?? []).length;
    const whole = (composed.match(/[가-힣]/g) ?? []).length;
    if (loose <= whole) variants.push({ kind: 'korean_keys', text: composed });
  }
  // Only a loose vowel or a consonant that opens nothing tells of English typed in Korean mode.
  if (hangul >= 2 && /[ㄱ-ㅣ]/.test(plain)) {
    variants.push({ kind: 'english_keys', text: normalise(toKeys(plain)) });
    // Only the name in the wrong mode: ㅙㅡㄷㅅㅁㅌ 안됨.
    const some = plain.replace(/\S{3,}/g, (word) => (/[ㅏ-ㅣ]/.test(word) ? toKeys(word) : word));
    if (some !== plain && /[가-힣]/.test(some)) variants.push({ kind: 'typed', text: normalise(some) });
  }
  return variants;
}
