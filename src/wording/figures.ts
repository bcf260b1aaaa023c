import type { Language } from '../domain/language.ts';

/** What of a text must be the same in both languages. */
export interface Figures {
  /** Digits only. */
  readonly phones: readonly string[];
  /** `11-17`. */
  readonly dates: readonly string[];
  readonly times: readonly Time[];
  /** Those written in digits. */
  readonly numbers: readonly number[];
  /** Those in words, which may stand for digits on the other side. */
  readonly inWords: readonly number[];
}

/** Minutes after midnight; `half` when it was not said which half of the day. */
interface Time {
  readonly minutes: number;
  readonly half: boolean;
}

const PHONE = /(?<![\d-])(?:\+82[ -]?\d{1,2}|0\d{1,3}|1[5-9]\d\d)[ -]\d{3,4}(?:[ -]\d{4})?(?![\d-])/gu;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(?<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?`;
const DATES: { readonly [L in Language]: readonly RegExp[] } = {
  ko: [
    /(?:\d{4}년\s*)?(?<month>\d{1,2})월\s*(?<day>\d{1,2})일/gu,
    /(?<![\d.])\d{4}[.-]\s?(?<month>\d{1,2})[.-]\s?(?<day>\d{1,2})\.?(?!\d)/gu,
    /(?<![\d.:])(?<month>1[0-2]|[1-9])\.\s?(?<day>3[01]|[12]\d|[1-9])\.(?!\d)/gu,
  ],
  en: [
    new RegExp(`\\b(?<day>\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH}(?:,?\\s+\\d{4}\\b)?`, 'giu'),
    new RegExp(`\\b${MONTH}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,?\\s+\\d{4}\\b)?`, 'giu'),
    /(?<![\d.])\d{4}[.-](?<month>\d{1,2})[.-](?<day>\d{1,2})(?!\d)/gu,
  ],
};

const TIMES: { readonly [L in Language]: readonly RegExp[] } = {
  ko: [
    /(?<part>오전|오후|새벽|아침|낮|저녁|밤)?\s*(?<![\d:])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?![\d:])/gu,
    /(?<part>오전|오후|새벽|아침|낮|저녁|밤)?\s*(?<!\d)(?<hour>[01]?\d|2[0-4])시(?!간|[도군])(?:\s*(?:(?<minute>[0-5]?\d)분|(?<thirty>반)))?/gu,
    /(?<noon>정오)|(?<midnight>자정)/gu,
  ],
  en: [
    // The first of "9 to 11 a.m."
    /(?<![\d:])(?<hour>1?\d)(?=\s*(?:to|until|and|–|-)\s*1?\d(?:[:.]\d\d)?\s*[ap]\.?\s?m\b)/giu,
    /(?<![\d:])(?<hour>[01]?\d|2[0-4])(?:[:.](?<minute>[0-5]\d))?\s*(?<part>[ap])\.?\s?m\b\.?/giu,
    /(?<![\d:])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?![\d:])/gu,
    /(?<![\d:])(?<hour>[01]?\d|2[0-4])\s+o['’]clock/giu,
    /\b(?<noon>noon)\b|\b(?<midnight>midnight)\b/giu,
  ],
};

const SCALES: readonly (readonly [word: RegExp, times: number])[] = [
  [/^\s*(?:천|thousand\b)/iu, 1e3],
  [/^\s*만/u, 1e4],
  [/^\s*million\b/iu, 1e6],
  [/^\s*억/u, 1e8],
  [/^\s*billion\b/iu, 1e9],
  [/^\s*조(?![\p{L}])/u, 1e12],
];

const WORDS: { readonly [L in Language]: readonly (readonly [number, RegExp])[] } = {
  ko: (
    [
      [1, '한|하나|첫'],
      [2, '두|둘'],
      [3, '세|셋'],
      [4, '네|넷'],
      [5, '다섯'],
      [6, '여섯'],
      [7, '일곱'],
      [8, '여덟'],
      [9, '아홉'],
      [10, '열'],
      [2, '이틀'],
      [3, '사흘'],
      [1, '하루'],
      [7, '일주일'],
      [30, '반'],
    ] as const
  ).map(([value, words]) => [value, new RegExp(`(?<!\\p{L})(?:${words})`, 'gu')]),
  en: (
    [
      [1, 'one|first|once|a|an'],
      [2, 'two|second|twice|both'],
      [3, 'three|third'],
      [4, 'four|fourth'],
      [5, 'five|fifth'],
      [6, 'six|sixth'],
      [7, 'seven|seventh|week'],
      [8, 'eight|eighth'],
      [9, 'nine|ninth'],
      [10, 'ten|tenth'],
      [11, 'eleven'],
      [12, 'twelve'],
      [30, 'half'],
    ] as const
  ).map(([value, words]) => [value, new RegExp(`\\b(?:${words})\\b`, 'giu')]),
};

/** The telephone numbers, dates, times and other numbers of a text, each kind taken out before the next is looked for. */
export function figuresOf(text: string, language: Language): Figures {
  const rest = new Remainder(text.normalize('NFKC'));
  const phones = rest.take([PHONE], (match) => match[0].replace(/\D/gu, '').replace(/^82/u, '0'));
  const dates = rest.take(DATES[language], ({ groups = {} }) => {
    const month = groups.month ?? MONTHS.indexOf((groups.name ?? '').slice(0, 3).toLowerCase()) + 1;
    return `${Number(month)}-${Number(groups.day)}`;
  });
  const times = rest.take(TIMES[language], timeOf);
  const inWords = WORDS[language].flatMap(([value, word]) => (word.test(rest.text) ? [value] : []));
  for (const [, word] of WORDS[language]) word.lastIndex = 0;
  return { phones, dates, times, numbers: numbersOf(rest.text), inWords };
}

/** What is left of a text once something was taken out of it. */
class Remainder {
  #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  get text(): string {
    return this.#text;
  }
  take<T>(patterns: readonly RegExp[], read: (match: RegExpMatchArray) => T): readonly T[] {
    const found: T[] = [];
    for (const pattern of patterns) {
      found.push(...[...this.#text.matchAll(pattern)].map(read));
      this.#text = this.#text.replace(pattern, ' ');
    }
    return found;
  }
}

function timeOf({ groups = {} }: RegExpMatchArray): Time {
  if (groups.noon !== undefined) return { minutes: 12 * 60, half: false };
  if (groups.midnight !== undefined) return { minutes: 0, half: false };
  const hour = Number(groups.hour);
  const minute = groups.thirty === undefined ? Number(groups.minute ?? 0) : 30;
  const part = groups.part?.toLowerCase();
  // A bare 09:00 and anything past noon is told by the 24-hour clock.
  const bare =
    part === undefined && (groups.minute === undefined || !/^0/u.test(groups.hour ?? '')) && hour < 13;
  const afternoon = part !== undefined && /^(?:오후|저녁|p)$/u.test(part) && hour < 12;
  const night = part === '밤' && hour >= 6 && hour < 12;
  const midnight = part !== undefined && /^(?:오전|새벽|a|밤)$/u.test(part) && hour === 12;
  const noon = part === '낮' && hour < 6;
  const hours = midnight ? 0 : afternoon || night || noon ? hour + 12 : hour % 24;
  return { minutes: hours * 60 + minute, half: bare };
}

/** 1,234 and 1만 2천 and 3.5 million as what they are worth. */
function numbersOf(text: string): readonly number[] {
  const found: number[] = [];
  for (const match of text.matchAll(/(?<![\p{L}\d.])\d[\d,]*(?:\.\d+)?/gu)) {
    let value = Number(match[0].replaceAll(',', ''));
    let after = text.slice(match.index + match[0].length);
    for (const [word, times] of SCALES) {
      const scale = word.exec(after);
      if (scale === null) continue;
      value *= times;
      after = after.slice(scale[0].length);
    }
    if (Number.isFinite(value)) found.push(value);
  }
  return found;
}

const sameTime = (a: Time, b: Time): boolean =>
  a.half || b.half ? a.minutes % 720 === b.minutes % 720 : a.minutes === b.minutes;

const clock = ({ minutes }: Time): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The kinds in which two texts differ, with what only one of them says. */
export function differences(
  ko: Figures,
  en: Figures,
): readonly {
  readonly kind: 'phones' | 'dates' | 'times' | 'numbers';
  readonly ko: string;
  readonly en: string;
}[] {
  const missing = <T>(from: readonly T[], among: readonly T[], same: (a: T, b: T) => boolean = Object.is) =>
    from.filter((one) => !among.some((other) => same(one, other)));
  const told = (values: readonly unknown[]) => [...new Set(values)].join(', ') || '—';
  const both = [
    { kind: 'phones', ko: missing(ko.phones, en.phones), en: missing(en.phones, ko.phones) },
    { kind: 'dates', ko: missing(ko.dates, en.dates), en: missing(en.dates, ko.dates) },
    {
      kind: 'times',
      ko: missing(ko.times, en.times, sameTime).map(clock),
      en: missing(en.times, ko.times, sameTime).map(clock),
    },
    {
      kind: 'numbers',
      ko: missing(ko.numbers, [...en.numbers, ...en.inWords]),
      en: missing(en.numbers, [...ko.numbers, ...ko.inWords]),
    },
  ] as const;
  return both
    .filter((one) => one.ko.length + one.en.length > 0)
    .map(({ kind, ...sides }) => ({ kind, ko: told(sides.ko), en: told(sides.en) }));
}
