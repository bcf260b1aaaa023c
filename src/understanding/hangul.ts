/*
 * Hangul as letters: syllables taken apart and put together, the two-set (두벌식) keyboard both
 * ways, initial consonants, romanisation. Knows no word of our domain and throws on no string.
 */

const INITIALS = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];
const VOWELS = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ'];
const FINALS = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ'];

const FIRST_SYLLABLE = 0xac00;
const SYLLABLES = INITIALS.length * VOWELS.length * FINALS.length;

/** One compound letter and the two that make it, in typing order. */
const COMPOUNDS: Readonly<Record<string, string>> = {
  ㅘ: 'ㅗㅏ',
  ㅙ: 'ㅗㅐ',
  ㅚ: 'ㅗㅣ',
  ㅝ: 'ㅜㅓ',
  ㅞ: 'ㅜㅔ',
  ㅟ: 'ㅜㅣ',
  ㅢ: 'ㅡㅣ',
  ㄳ: 'ㄱㅅ',
  ㄵ: 'ㄴㅈ',
  ㄶ: 'ㄴㅎ',
  ㄺ: 'ㄹㄱ',
  ㄻ: 'ㄹㅁ',
  ㄼ: 'ㄹㅂ',
  ㄽ: 'ㄹㅅ',
  ㄾ: 'ㄹㅌ',
  ㄿ: 'ㄹㅍ',
  ㅀ: 'ㄹㅎ',
  ㅄ: 'ㅂㅅ',
};
const JOINED: ReadonlyMap<string, string> = new Map(
  Object.entries(COMPOUNDS).map(([one, pair]) => [pair, one]),
);

/** Key by key, the letters of the two-set keyboard; capitals are the shifted keys. */
const KEYS: Readonly<Record<string, string>> = {
  q: 'ㅂ',
  w: 'ㅈ',
  e: 'ㄷ',
  r: 'ㄱ',
  t: 'ㅅ',
  y: 'ㅛ',
  u: 'ㅕ',
  i: 'ㅑ',
  o: 'ㅐ',
  p: 'ㅔ',
  a: 'ㅁ',
  s: 'ㄴ',
  d: 'ㅇ',
  f: 'ㄹ',
  g: 'ㅎ',
  h: 'ㅗ',
  j: 'ㅓ',
  k: 'ㅏ',
  l: 'ㅣ',
  z: 'ㅋ',
  x: 'ㅌ',
  c: 'ㅊ',
  v: 'ㅍ',
  b: 'ㅠ',
  n: 'ㅜ',
  m: 'ㅡ',
  Q: 'ㅃ',
  W: 'ㅉ',
  E: 'ㄸ',
  R: 'ㄲ',
  T: 'ㅆ',
  O: 'ㅒ',
  P: 'ㅖ',
};
const KEY_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(KEYS).map(([key, letter]) => [letter, key]),
);

const VOWEL_SET: ReadonlySet<string> = new Set(VOWELS);
const INITIAL_SET: ReadonlySet<string> = new Set(INITIALS);
const FINAL_SET: ReadonlySet<string> = new Set(FINALS);

export interface Syllable {
  readonly initial: string;
  readonly vowel: string;
  /** Empty when the syllable is open. */
  readonly final: string;
}

/** The letters of one syllable block (U+AC00 to U+D7A3); null for any other character. */
export function takeApart(character: string): Syllable | null {
  const index = (character.codePointAt(0) ?? 0) - FIRST_SYLLABLE;
  if (index < 0 || index >= SYLLABLES) return null;
  return {
    initial: INITIALS[Math.floor(index / 588)] ?? '',
    vowel: VOWELS[Math.floor((index % 588) / 28)] ?? '',
    final: FINALS[index % 28] ?? '',
  };
}

/** The block of these letters, or the letters side by side where they make none. */
export function putTogether(initial: string, vowel: string, final: string): string {
  const i = INITIALS.indexOf(initial);
  const v = VOWELS.indexOf(vowel);
  const f = FINALS.indexOf(final);
  if (i < 0 || v < 0 || f < 0) return initial + vowel + final;
  return String.fromCodePoint(FIRST_SYLLABLE + i * 588 + v * 28 + f);
}

export const isSyllable = (character: string): boolean => character >= '가' && character <= '힣';
/** A letter on its own, as in ㅋㅋ or ㅈㅂ24. */
export const isLetter = (character: string): boolean => character >= 'ㄱ' && character <= 'ㅣ';

/** The two letters of a compound, else the letter itself: ㅄ to ㅂㅅ. */
export const split = (letter: string): string => COMPOUNDS[letter] ?? letter;

/** Text with its syllables as letters, compounds kept; other characters stay. */
function toLetters(text: string): string {
  let out = '';
  for (const character of text) {
    const s = takeApart(character);
    out += s ? s.initial + s.vowel + s.final : character;
  }
  return out;
}

/** What was pressed on a two-set keyboard in English mode: 홈택스 to ghaxortm. */
export function toKeys(text: string): string {
  let out = '';
  for (const letter of toLetters(text)) {
    for (const one of split(letter)) out += KEY_OF.get(one) ?? one;
  }
  return out;
}

/** The first letters: 홈택스 to ㅎㅌㅅ; other characters stay. */
export function initialsOf(text: string): string {
  let out = '';
  for (const character of text) out += takeApart(character)?.initial ?? character;
  return out;
}

/** What a two-set input method shows for a run of keys: `ghaxortm` to 홈택스, `gov24` to 햎24. */
export function fromKeys(keys: string): string {
  let out = '';
  let initial = '';
  let vowel = '';
  let final = '';
  const flush = (): void => {
    out += vowel === '' ? initial : putTogether(initial, vowel, final);
    initial = '';
    vowel = '';
    final = '';
  };
  for (const key of keys) {
    // Own keys only: `KEYS` has a prototype, and the text may say "constructor".
    const letter = Object.hasOwn(KEYS, key) ? KEYS[key] : KEYS[key.toLowerCase()];
    if (letter === undefined || key.length !== 1 || !/[a-zA-Z]/.test(key)) {
      flush();
      out += key;
    } else if (VOWEL_SET.has(letter)) {
      if (final !== '') {
        // The last consonant opens the next syllable.
        const pair = split(final);
        const moved = pair.length === 2 ? pair.charAt(1) : final;
        final = pair.length === 2 ? pair.charAt(0) : '';
        flush();
        initial = moved;
        vowel = letter;
      } else if (vowel !== '') {
        const joined = JOINED.get(vowel + letter);
        if (joined !== undefined) vowel = joined;
        else {
          flush();
          vowel = letter;
        }
      } else {
        const pair = split(initial);
        if (pair.length === 2) {
          out += pair.charAt(0);
          initial = pair.charAt(1);
        }
        vowel = letter;
      }
    } else if (vowel === '') {
      const joined = initial === '' ? undefined : JOINED.get(initial + letter);
      if (joined !== undefined) initial = joined;
      else {
        flush();
        initial = letter;
      }
    } else if (!INITIAL_SET.has(initial)) {
      flush();
      initial = letter;
    } else if (final === '' && FINAL_SET.has(letter)) {
      final = letter;
    } else {
      const joined = final === '' ? undefined : JOINED.get(final + letter);
      if (joined !== undefined) final = joined;
      else {
        flush();
        initial = letter;
      }
    }
  }
  flush();
  return out;
}

const ROMAN_INITIAL = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ');
const ROMAN_VOWEL = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ');
const ROMAN_FINAL: Readonly<Record<string, string>> = {
  '': '',
  ㄱ: 'k',
  ㄲ: 'k',
  ㄳ: 'k',
  ㄴ: 'n',
  ㄵ: 'n',
  ㄶ: 'n',
  ㄷ: 't',
  ㄹ: 'l',
  ㄺ: 'k',
  ㄻ: 'm',
  ㄼ: 'l',
  ㄽ: 'l',
  ㄾ: 'l',
  ㄿ: 'p',
  ㅀ: 'l',
  ㅁ: 'm',
  ㅂ: 'p',
  ㅄ: 'p',
  ㅅ: 't',
  ㅆ: 't',
  ㅇ: 'ng',
  ㅈ: 't',
  ㅊ: 't',
  ㅋ: 'k',
  ㅌ: 't',
  ㅍ: 'p',
  ㅎ: 't',
};

/** Letter by letter in the Revised Romanisation, as people type it, without sound changes between syllables: 정부24 to jeongbu24. */
export function romanise(text: string): string {
  let out = '';
  const characters = [...text];
  for (const [at, character] of characters.entries()) {
    const s = takeApart(character);
    if (s === null) {
      out += character;
      continue;
    }
    const next = takeApart(characters[at + 1] ?? '');
    out += ROMAN_INITIAL[INITIALS.indexOf(s.initial)] ?? '';
    out += ROMAN_VOWEL[VOWELS.indexOf(s.vowel)] ?? '';
    // Before a vowel a single final is said with the next syllable: 접속이 is jeopsogi.
    const carried =
      next?.initial === 'ㅇ' && s.final !== '' && s.final !== 'ㅇ' && split(s.final).length === 1;
    out += carried ? (ROMAN_INITIAL[INITIALS.indexOf(s.final)] ?? '') : (ROMAN_FINAL[s.final] ?? '');
  }
  return out;
}

/** Insertions, deletions and replacements between two strings; `limit + 1` as soon as it is more than `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const value = Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      next.push(value);
      if (value < best) best = value;
    }
    if (best > limit) return limit + 1;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, limit + 1);
}
