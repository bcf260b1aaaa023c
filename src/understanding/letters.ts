import { isLetter, split, takeApart } from './hangul.ts';

/*
 * The matching alphabet. A text becomes a strand of small numbers, one a letter, without spaces and
 * signs, folded so that spellings which sound alike are alike: 되=돼, 않=안, ㅐ=ㅔ, ㄲ=ㄱ.
 */

const CONSONANTS: Readonly<Record<string, number>> = {
  ㄱ: 1,
  ㄲ: 1,
  ㄴ: 2,
  ㄷ: 3,
  ㄸ: 3,
  ㄹ: 4,
  ㅁ: 5,
  ㅂ: 6,
  ㅃ: 6,
  ㅅ: 7,
  ㅆ: 7,
  ㅇ: 8,
  ㅈ: 9,
  ㅉ: 9,
  ㅊ: 10,
  ㅋ: 11,
  ㅌ: 12,
  ㅍ: 13,
  ㅎ: 14,
  // Clusters at the end of a syllable: what is heard of them.
  ㄳ: 1,
  ㄵ: 2,
  ㄶ: 2,
  ㄺ: 1,
  ㄻ: 5,
  ㄼ: 4,
  ㄽ: 4,
  ㄾ: 4,
  ㄿ: 13,
  ㅀ: 4,
  ㅄ: 6,
};
const VOWELS: Readonly<Record<string, number>> = {
  ㅏ: 15,
  ㅑ: 16,
  ㅓ: 17,
  ㅕ: 18,
  ㅗ: 19,
  ㅛ: 20,
  ㅜ: 21,
  ㅠ: 22,
  ㅡ: 23,
  ㅣ: 24,
  ㅐ: 25,
  ㅔ: 25,
  ㅖ: 26,
  ㅒ: 26,
  ㅘ: 27,
  ㅚ: 28,
  ㅙ: 28,
  ㅞ: 28,
  ㅝ: 29,
  ㅟ: 30,
  ㅢ: 31,
};
const DIGIT_0 = 32;
const LATIN_A = 42;
/** Letters of a romanised strand: a range of their own, so that they meet only romanised keys. */
const ROMAN_A = 68;
const OTHER = 94;
/** Lone consonants, as in ㅈㅂ24: they meet only keys of initial consonants. */
const INITIAL_BASE = 95;
export const ALPHABET_SIZE = 128;

export const isDigitCode = (code: number): boolean => code >= DIGIT_0 && code < LATIN_A;
export const isHangulCode = (code: number): boolean => code > 0 && code < DIGIT_0;
export const isLatinCode = (code: number): boolean => code >= DIGIT_0 && code < ROMAN_A;

export const MARK = {
  /** A syllable or character begins here. */
  character: 1,
  /** A word begins here: after a space, a sign, or where the script changes. */
  word: 2,
  /** A space or sign stands before. */
  gap: 4,
} as const;

/** A text as numbers. All arrays have `length` entries. */
export interface Strand {
  readonly text: string;
  readonly length: number;
  readonly codes: Uint8Array;
  /** Which character of `text` a code comes from. */
  readonly at: Uint16Array;
  readonly marks: Uint8Array;
}

const FIRST_SYLLABLE = 0xac00;
/** The three codes of every syllable (0 for no final), worked out once: this is read for every letter of every message. */
const SYLLABLE_CODES = new Uint8Array(11172 * 3);
for (let at = 0; at < 11172; at++) {
  const syllable = takeApart(String.fromCharCode(FIRST_SYLLABLE + at));
  if (syllable === null) continue;
  SYLLABLE_CODES[at * 3] = CONSONANTS[syllable.initial] ?? OTHER;
  SYLLABLE_CODES[at * 3 + 1] = VOWELS[syllable.vowel] ?? OTHER;
  SYLLABLE_CODES[at * 3 + 2] = syllable.final === '' ? 0 : (CONSONANTS[syllable.final] ?? OTHER);
}

/** Beyond this many characters nothing is read: a question is short. */
const LONGEST_TEXT = 600;

/** What kind of character came last: a word begins where it changes. */
const NONE = 0;
const HANGUL = 1;
const LOOSE = 2;
const LATIN = 3;
const FOREIGN = 4;

/** Where a text is written down before its length is known. */
const CODES = new Uint8Array(LONGEST_TEXT * 3);
const AT = new Uint16Array(LONGEST_TEXT * 3);
const MARKS = new Uint8Array(LONGEST_TEXT * 3);

/** Writes the codes of a text into the arrays above. @returns how many */
function write(text: string): number {
  const end = Math.min(text.length, LONGEST_TEXT);
  let length = 0;
  let last = NONE;
  let gap = false;
  for (let i = 0; i < end; i++) {
    const character = text.charCodeAt(i);
    const from = length;
    let script = NONE;
    if (character >= 97 && character <= 122) {
      script = LATIN;
      CODES[length++] = LATIN_A + character - 97;
    } else if (character >= 48 && character <= 57) {
      script = LATIN;
      CODES[length++] = DIGIT_0 + character - 48;
    } else if (character >= FIRST_SYLLABLE && character < FIRST_SYLLABLE + 11172) {
      const syllable = (character - FIRST_SYLLABLE) * 3;
      script = HANGUL;
      CODES[length++] = SYLLABLE_CODES[syllable] ?? OTHER;
      CODES[length++] = SYLLABLE_CODES[syllable + 1] ?? OTHER;
      const final = SYLLABLE_CODES[syllable + 2] ?? 0;
      if (final !== 0) CODES[length++] = final;
    } else if (character > 127) {
      const letter = text.charAt(i);
      if (isLetter(letter)) {
        script = LOOSE;
        const vowel = VOWELS[letter];
        if (vowel !== undefined) CODES[length++] = vowel;
        else for (const one of split(letter)) CODES[length++] = INITIAL_BASE + (CONSONANTS[one] ?? 0);
      } else if (/[\p{L}\p{N}]/u.test(letter)) {
        script = FOREIGN;
        CODES[length++] = OTHER;
      }
    }
    if (script === NONE) {
      gap = true;
      continue;
    }
    for (let j = from; j < length; j++) {
      AT[j] = i;
      MARKS[j] = 0;
    }
    MARKS[from] = MARK.character | (gap || script !== last ? MARK.word : 0) | (gap ? MARK.gap : 0);
    gap = false;
    last = script;
  }
  return length;
}

/** The strand of a text that `normalise` has made plain. */
export function toStrand(text: string): Strand {
  const length = write(text);
  return {
    text: text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text,
    length,
    codes: CODES.slice(0, length),
    at: AT.slice(0, length),
    marks: MARKS.slice(0, length),
  };
}

/** How many letters the strand of a text would have. */
export const lettersIn = (text: string): number => write(text);

/** Spellings people use for the same sound, longest first: hometaekseu, homtaeksu, hometex come together. */
const ROMAN_FOLDS: readonly (readonly [RegExp, string])[] = [
  [/wae|weh|wei|oe|we/g, 'W'],
  [/yeo|yuh/g, 'Y'],
  [/eui|ui/g, 'oi'],
  [/yae|ye/g, 'y'],
  [/ae|ai|ei|ea|eh/g, 'e'],
  [/eo|eu|oo|uh|ou|wo|au|u/g, 'o'],
  [/ee|ii/g, 'i'],
  [/ck|kk|gg|k|q|c(?!h)/g, 'g'],
  [/tt|dd|t/g, 'd'],
  [/pp|bb|p|v/g, 'b'],
  [/jj|ch|zz|z/g, 'j'],
  [/ss|sh|x/g, 's'],
  [/ll|rr|l/g, 'r'],
  [/(.)\1+/g, '$1'],
];

/** A Latin text by sound, for Korean written in Latin letters. */
export function foldRoman(text: string): string {
  let folded = text.replace(/x/g, 'gs');
  for (const [spelling, sound] of ROMAN_FOLDS) folded = folded.replace(spelling, sound);
  return folded.toLowerCase();
}

/** The strand of a text by sound, in the romanised range; words that `stays` knows keep their letters. */
export function toSoundStrand(plain: string, stays: (word: string) => boolean): Strand {
  let text = '';
  const kept: (readonly [number, number])[] = [];
  // an-dwaeyo: a hyphen between syllables is no border.
  for (const part of plain.replace(/(?<=[a-z])-(?=[a-z])/g, '').split(/([a-z]+)/)) {
    const keep = /^[a-z]/.test(part) && stays(part);
    if (keep) kept.push([text.length, text.length + part.length]);
    text += keep ? part : foldRoman(part);
  }
  const strand = toStrand(text);
  const codes = strand.codes.map((code, i) => {
    if (code < LATIN_A || code >= ROMAN_A) return code;
    const at = strand.at[i] ?? 0;
    return kept.some(([from, to]) => at >= from && at < to) ? code : code - LATIN_A + ROMAN_A;
  });
  return { ...strand, codes };
}
