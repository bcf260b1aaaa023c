import type { Language } from '../domain/language.ts';
import { normalise } from './normalise.ts';

/* What a message says beside the names in it, so that spellings of one question come out alike. */

const PARTICLES =
  /(?<=..)(?:으로|에서|에게|한테|이랑|까지|부터|은|는|이|가|을|를|에|의|로|와|과|랑|도|만|좀|요)$/;
/** How a Korean question or request ends, whatever it is about. */
const ENDINGS = new RegExp(
  `(?:${[
    '(?:이|가)?(?:뭐|뭔|무엇|무슨|어떤)(?:예요|에요|야|임|죠|지|가요|인가요|입니까|인지)?',
    '(?:이|가)?(?:어떻게|어찌|어떡해|어케|어떠케)(?:되|해|하|돼|됩)?(?:나요|요|니까|는지|죠|지)?',
    '(?:좀)?(?:알려|가르쳐|말해|설명해|보여)(?:줘|줘요|주세요|주실래요|주십시오|줄래|달라|주셈|주라)?',
    '(?:해야|되야|돼야)(?:하|되|돼|해|됩|합)?(?:나요|요|니까|죠|함|나|는지)?',
    '(?:인가요|인가|이에요|예요|에요|입니까|입니다|인지|이야|일까요|거예요|건가요|나요|습니까|ㅂ니까|는지요|는지|을까요|ㄹ까요|까요|죠|지요|네요|군요|는데요|는데)',
    '(?:하|되|돼|해|됩|합|됨|함)(?:나요|요|니까|니다|죠|지|는지|까요|ㄹ까요|냐|누)?',
    '(?:싶어|싶은데|싶습니다|싶음|원해|궁금)(?:요|합니다|해요|함)?',
    '(?:있|없)(?:나요|어요|습니까|음|냐|을까요|는지|어)',
    '(?:해)?(?:주세요|줘요|줘|주실래요|줄래|주셈)',
  ].join('|')})$`,
);
const FILLERS =
  /^(?:저기|저기요|혹시|그럼|근데|그런데|안녕|안녕하세요|지금|제발|진짜|정말|좀|제가|저는|나는|내|제|그|이|저|수|것|거|게|건|걸|요|뭐|왜|아|어|음|네)$/;
const SMALL_WORDS = new Set(
  'a an and any are am as at be been by can could did do does for from get got had has have hello hey hi how i if im in is it its let me my no not of oh ok on or our out please pls so some tell that the their them then there this to up us was we were what whats when where which who why will with would you your yes know want need just about'.split(
    ' ',
  ),
);

/** A Korean word without the endings that make it a question and the particles that make it a part of one. */
function koreanStem(word: string): string {
  let stem = word;
  for (let round = 0; round < 4; round++) {
    const shorter = stem.replace(ENDINGS, '').replace(PARTICLES, '');
    if (shorter === stem) break;
    stem = shorter;
  }
  return FILLERS.test(stem) ? '' : stem;
}

const englishStem = (word: string): string =>
  SMALL_WORDS.has(word) ? '' : word.replace(/(?<=...)(?:ing|ed|es|s)$/, '').replace(/(?<=..)(.)\1$/, '$1');

/** Names as they may stand in a text, longest first; a space within one may be left out. */
function withoutNames(text: string, names: readonly string[]): string {
  const patterns = names
    .map((name) => normalise(name).replace(/\s/g, ''))
    .filter((name) => name.length > 1)
    .sort((a, b) => b.length - a.length)
    .map((name) => [...name].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')).join('\\s?'));
  return patterns.length === 0 ? text : text.replace(new RegExp(patterns.join('|'), 'gu'), ' ');
}

/**
 * The words of a message that tell what it asks: Korean in their order without spaces, English sorted.
 * Without the names given, digits, endings, small words and what is masked in [brackets].
 */
export function gistOf(text: string, language: Language, names: readonly string[]): string {
  const plain = normalise(text.replace(/\[[^\]]*\]/g, ' ')).replace(/'/g, '');
  const words = withoutNames(plain, names).match(/\p{L}+/gu) ?? [];
  if (language === 'ko') return words.map(koreanStem).join('');
  return [...new Set(words.map(englishStem))]
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}
