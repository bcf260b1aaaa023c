import type { Language } from './language.ts';

/*
 * What belongs to one person is taken out of a sentence before it is kept, and the sentence stays readable:
 * "내 번호 010-1234-5678" becomes "내 번호 [전화번호]". Order matters: what has a form of its own goes before
 * what is merely a long number.
 */

type Kind =
  | 'link'
  | 'mail'
  | 'resident'
  | 'licence'
  | 'phone'
  | 'card'
  | 'passport'
  | 'plate'
  | 'address'
  | 'name'
  | 'secret'
  | 'number';

const WORDS: { readonly [L in Language]: { readonly [K in Kind]: string } } = {
  ko: {
    link: '링크',
    mail: '전자우편',
    resident: '주민등록번호',
    licence: '면허번호',
    phone: '전화번호',
    card: '카드번호',
    passport: '여권번호',
    plate: '차량번호',
    address: '주소',
    name: '이름',
    secret: '비밀번호',
    number: '번호',
  },
  en: {
    link: 'link',
    mail: 'e-mail',
    resident: 'resident number',
    licence: 'licence number',
    phone: 'phone number',
    card: 'card number',
    passport: 'passport number',
    plate: 'plate number',
    address: 'address',
    name: 'name',
    secret: 'password',
    number: 'number',
  },
};

/** What may stand between the digits of one number. */
const GAP = String.raw`[\s.·‐-―−_-]*`;
const DASH = String.raw`[\s.·‐-―−_-]?`;
/** A digit, or the sign that already hides one. */
const HIDDEN = '[0-9*xX●•○＊]';
const SPOKEN = '[공영빵일이삼사오육륙칠팔구]';
const PLATE_LETTER = '[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자하허호배]';
const PROVINCE = '(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)';
/** After "로 3" these tell of a time or an amount, not of a house. */
const COUNTED = String.raw`(?![0-9]*\s?(?:시|분|초|일|월|년|주|달|개|명|번(?!지|길)|회|차|층|원|%|퍼센트|살|세|배|통|장|건))`;

const patterns: readonly (readonly [Kind, RegExp])[] = [
  ['mail', /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]+/giu],
  [
    'mail',
    /[\w.+-]{1,64}\s?(?:골뱅이|\(at\)|\[at\])\s?[\w-]+\s?(?:\.|점|닷|dot)\s?[a-z]{2,}(?:\.[a-z]{2,})?/giu,
  ],
  [
    'mail',
    /\b[\w+-]+(?:\s(?:dot|underscore)\s[\w+-]+)*\sat\s[\w-]+\sdot\s[a-z]{2,}(?:\sdot\s[a-z]{2,})?\b/giu,
  ],
  // Told as one, and with a digit in it: "비밀번호는 어떻게" names none.
  [
    'secret',
    /(?<=(?:비밀번호|비번|암호|password|passcode|\bpin)(?:은|는|이|가|:| is)?\s?)(?=[!-~]*[0-9])[!-~]{4,}/giu,
  ],
  [
    'link',
    /\b(?:https?:\/\/|www\.)\S+|\b[a-z0-9-]+\.(?:com|net|org|kr|io|me|ly|gl|link|shop|xyz|site|top|info)(?:\/\S*)?/giu,
  ],
  // Birth date and seven more, the first of them 0 to 9; also read out digit by digit, also half hidden.
  ['resident', new RegExp(`(?<![0-9])(?:[0-9]${GAP}){6}[0-9*●](?:${GAP}${HIDDEN}){6}(?![0-9])`, 'gu')],
  [
    'resident',
    new RegExp(`(?<![0-9])[0-9]{6}${DASH}[0-9](?:${HIDDEN})*(?=[\\s,.]|$)(?<=[*xX●•○＊]|-[0-9])`, 'gu'),
  ],
  [
    'licence',
    new RegExp(`(?:${PROVINCE}\\s?)?(?<![0-9])[0-9]{2}-(?:[0-9]{2}-)?[0-9]{6}-[0-9]{2}(?![0-9])`, 'gu'),
  ],
  [
    'card',
    new RegExp(`(?<![0-9])[0-9]{4}${DASH}${HIDDEN}{4}${DASH}${HIDDEN}{4}${DASH}[0-9]{4}(?![0-9])`, 'gu'),
  ],
  ['card', /(?<![0-9])3[47][0-9]{2}[\s-]?[0-9]{6}[\s-]?[0-9]{5}(?![0-9])/gu],
  [
    'phone',
    new RegExp(
      `(?:\\+|00)\\s?82${DASH}\\(?0?\\)?${DASH}[0-9]{1,2}${DASH}[0-9]{3,4}${DASH}[0-9]{4}(?![0-9])`,
      'gu',
    ),
  ],
  ['phone', new RegExp(`(?<![0-9])\\(?0[0-9]{1,2}\\)?${DASH}[0-9]{3,4}${DASH}[0-9]{4}(?![0-9])`, 'gu')],
  ['phone', new RegExp(`(?<![0-9])\\(?01[016-9]\\)?(?:${GAP}${HIDDEN}){7,8}(?![0-9])`, 'gu')],
  ['resident', new RegExp(`(?<!${SPOKEN})${SPOKEN}(?:[\\s,-]*${SPOKEN}){12}(?!${SPOKEN})`, 'gu')],
  [
    'phone',
    new RegExp(
      `(?<![0-9])(?:01[016-9]|[공영]일[공영일육칠팔구])(?:[\\s,.-]*(?:[0-9]|${SPOKEN})){7,8}(?![0-9])`,
      'gu',
    ),
  ],
  ['phone', new RegExp(`[공영]일[공영일육칠팔구](?:[\\s,-]*${SPOKEN}){7,8}`, 'gu')],
  ['phone', /(?<![\p{L}\p{N}])\+[0-9](?:[\s().-]*[0-9]){7,13}(?![0-9])/gu],
  ['phone', /\([0-9]{3}\)\s?[0-9]{3}[\s.-][0-9]{4}(?![0-9])/gu],
  [
    'passport',
    /(?<![\p{L}\p{N}])(?:[A-Z][0-9]{8}|[A-Z][0-9]{3}[A-Z][0-9]{4}|[A-Z]{2}[0-9]{7})(?![\p{L}\p{N}])/giu,
  ],
  [
    'plate',
    new RegExp(
      `(?:${PROVINCE}\\s?|(?<![\\p{L}\\p{N}]))[0-9]{2,3}\\s?${PLATE_LETTER}\\s?[0-9]{4}(?![0-9])`,
      'gu',
    ),
  ],
  [
    'address',
    new RegExp(
      `[가-힣0-9]{1,12}(?:대로|로|길)\\s?${COUNTED}[0-9]{1,4}(?:번길\\s?[0-9]{1,4})?(?:-[0-9]{1,4})?(?:번지)?(?![0-9])`,
      'gu',
    ),
  ],
  ['address', /[0-9]{1,4}\s?동\s?[0-9]{1,4}\s?호|[가-힣]{1,6}[동리]\s?[0-9]{1,4}(?:-[0-9]{1,4})?\s?번지/gu],
  [
    'address',
    /[가-힣]{1,6}[동리읍면]\s?[0-9]{1,4}-[0-9]{1,4}(?![0-9-])|(?:지하\s?)?[0-9]{1,2}층\s?[0-9]{2,4}호|(?<![0-9])[0-9]{3,4}호(?!선|기|차)/gu,
  ],
  [
    'address',
    /\b[0-9]{1,5}-(?:dong|ho)\b|\b[0-9]{1,5}(?:-[0-9]{1,4})?,?\s[A-Za-z]+-(?:daero|ro|gil)\b|\b[A-Za-z]+-(?:daero|ro|gil)\s[0-9]{1,5}(?:-[0-9]{1,4})?\b/giu,
  ],
  [
    'address',
    /\b[0-9]{1,5}\s+(?:[A-Za-z][\w'-]*\s+){1,3}(?:street|st|road|rd|avenue|ave|lane|drive|ro|gil|daero)\b\.?|\b(?:apt|apartment|unit|room)\.?\s?#?[0-9]{1,5}[a-z]?\b/giu,
  ],
  [
    'name',
    /(?<=(?:이름|성함|성명)(?:은|는|이|가|:)?\s?)(?!뭐|무엇|어떻|바꾸|변경|틀리|잘못|안 |못 )[가-힣]{2,4}?(?=(?:이고|이에요|예요|입니다|인데|이라고|라고|이며|임|,|\.|\s|$))/gu,
  ],
  ['name', /(?<=(?<![가-힣])(?:저는|나는|전|난|제가|내가)\s)[가-힣]{2,4}?(?=이?라고\s?(?:합|해|하|불))/gu],
  [
    'name',
    /(?<=(?:\b[Nn]ame(?: is|['’]s|:)|\bI(?: am|['’]m) called)\s+)(?!(?:not|wrong|spelled|misspelled|missing|incorrect)\b)\p{L}[\p{L}'-]*(?:\s+(?!(?:and|but|i|I|it|is|my|the|in|on|at|so|or|from|with|please|what|why|can|when|how|not|cannot|to|for|of)\b)\p{L}[\p{L}'-]*)?(?:\s+\p{Lu}[\p{L}'-]+)?/gu,
  ],
  // Accounts and references: groups of digits that are ten or more together.
  ['number', /(?<![\p{L}\p{N}-])(?=(?:[0-9]-?){10,})[0-9]{2,6}(?:-[0-9]{1,7}){1,4}(?![0-9])/gu],
  ['number', /[0-9](?:[\s.-]?[0-9]){9,}/gu],
  ['number', /[0-9]{6,}/gu],
];

/** Full-width digits and letters as plain ones; no other normalisation, which would take lone jamo apart. */
const narrowed = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** The sentence without resident, licence, passport, card, account, plate and telephone numbers, addresses, links and names that are told as such. */
export function maskPersonal(text: string, language: Language): string {
  let masked = narrowed(text);
  for (const [kind, pattern] of patterns) masked = masked.replace(pattern, `[${WORDS[language][kind]}]`);
  return masked;
}
