import { isSyllable } from './hangul.ts';

/*
 * Names as they are said: 정부24 is 정부이십사, to an English ear government twenty four, and SRT is
 * 에스알티.
 */

const DIGITS = [...'영일이삼사오육칠팔구'];
const ENGLISH_DIGITS = 'zero one two three four five six seven eight nine'.split(' ');
const TENS = 'ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A number as Koreans read it: below a hundred as a number, longer ones digit by digit (일일공, 일삼사오). */
function inKorean(number: string): readonly string[] {
  const [tens, ones] = number;
  if (number.length === 2 && tens !== undefined && ones !== undefined && tens !== '0') {
    const ten = tens === '1' ? '십' : `${DIGITS[Number(tens)]}십`;
    return [ones === '0' ? ten : ten + DIGITS[Number(ones)]];
  }
  const read = [...number].map((digit) => DIGITS[Number(digit)] ?? '').join('');
  return number.includes('0') ? [read.replaceAll('영', '공')] : [read];
}

/** The same in English: twenty four, one three four five. */
function inEnglish(number: string): string {
  const [tens, ones] = number;
  if (number.length === 2 && tens !== undefined && ones !== undefined && tens !== '0' && tens !== '1') {
    const ten = TENS[Number(tens) - 1] ?? '';
    return ones === '0' ? ten : `${ten} ${ENGLISH_DIGITS[Number(ones)]}`;
  }
  return [...number].map((digit) => ENGLISH_DIGITS[Number(digit)] ?? '').join(' ');
}

/**
 * A name with its number in words, in the language of its other letters, or an abbreviation by the
 * names of its letters; none where there is nothing to spell out.
 */
export function saidAloud(name: string): readonly string[] {
  const spelled = spelledOut(name);
  if (spelled !== null) return [spelled];
  const number = /\d{2,4}/.exec(name)?.[0];
  if (number === undefined) return [];
  const korean = inKorean(number).map((words) => name.replace(number, ` ${words}`).trim());
  const english = name
    .replace(number, ` ${inEnglish(number)} `)
    .replace(/\s+/g, ' ')
    .trim();
  if ([...name].some(isSyllable)) return korean;
  return /[a-z]/.test(name) ? [english] : [...korean, english];
}

const LETTER_NAMES: Readonly<Record<string, string>> = {
  a: '에이',
  b: '비',
  c: '씨',
  d: '디',
  e: '이',
  f: '에프',
  g: '지',
  h: '에이치',
  i: '아이',
  j: '제이',
  k: '케이',
  l: '엘',
  m: '엠',
  n: '엔',
  o: '오',
  p: '피',
  q: '큐',
  r: '알',
  s: '에스',
  t: '티',
  u: '유',
  v: '브이',
  w: '더블유',
  x: '엑스',
  y: '와이',
  z: '제트',
};

/** An abbreviation by the names of its letters, as people write what they hear: srt to 에스알티. Null for other names. */
function spelledOut(text: string): string | null {
  if (!/^[a-z]{3,5}$/i.test(text)) return null;
  return [...text.toLowerCase()].map((letter) => LETTER_NAMES[letter] ?? '').join('');
}

/** The short form of a word with a number: 정부24 to 정24. Null for other names. */
export function shortened(name: string): string | null {
  const match = /^([가-힣])[가-힣]{1,3}\s?(\d{2})$/.exec(name);
  return match === null ? null : `${match[1]}${match[2]}`;
}
