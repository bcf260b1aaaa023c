import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';

/* Which of several that were offered: by number, or by a word of its name. */

const ORDINALS: readonly (readonly [RegExp, number])[] = [
  [
    /첫 ?번째|첫째|맨 ?위|맨 ?처음|처음 ?거|(?<![십\d])일번|하나 ?번째|\bfirst\b|\bthe 1st\b|\btop one\b|\bformer\b|앞에 ?거|앞엣거|전자/,
    0,
  ],
  [/두 ?번째|둘째|이번 ?거(?!\s)|\bsecond\b|\b2nd\b|\blatter\b|뒤에 ?거|뒤엣거|후자/, 1],
  [/세 ?번째|셋째|\bthird\b|\b3rd\b/, 2],
  [/네 ?번째|넷째|\bfourth\b|\b4th\b/, 3],
  [/다섯 ?번째|다섯째|\bfifth\b|\b5th\b/, 4],
];
const LAST = /마지막|맨 ?끝|맨 ?아래|맨 ?밑|끝에 ?거|\blast one\b|\bthe last\b|\bbottom one\b/;
const MIDDLE = /가운데|중간 ?거|\bmiddle\b/;

/** What a text points at in a list of so many. */
export interface Pointing {
  /** The places named, from 0, in order. */
  readonly places: readonly number[];
  /** It names a place that the list does not have. */
  readonly beyond: boolean;
}

/** The places that a short text names in a list of so many. */
export function placesIn(text: string, among: number): Pointing {
  const plain = text.toLowerCase().normalize('NFC');
  const found = new Set<number>();
  for (const match of plain.matchAll(
    /(?<![\d.:])([1-9])(?=\s*(?:번(?!호)|[은는도만]|\)|\.(?!\d)|요|이요|,|랑|하고|and|$))|(?:#|\bno\.?\s?|\bnumber\s|\boption\s)([1-9])\b/g,
  )) {
    found.add(Number(match[1] ?? match[2]) - 1);
  }
  const word = /\b(?:number|option|no\.?) (one|two|three|four|five)\b/.exec(plain)?.[1];
  if (word !== undefined) found.add(['one', 'two', 'three', 'four', 'five'].indexOf(word));
  for (const [pattern, at] of ORDINALS) if (pattern.test(plain)) found.add(at);
  // "Twice a day" and long numbers are no choice; a choice is a short message.
  if (plain.length > 60) return { places: [], beyond: false };
  const firsts = /\bfirst (two|three)\b|앞(에)? ?(두|세) ?(개|가지|거)/.exec(plain);
  if (firsts !== null) for (const at of /three|세/.test(firsts[0]) ? [0, 1, 2] : [0, 1]) found.add(at);
  if (LAST.test(plain)) found.add(among - 1);
  if (MIDDLE.test(plain) && among % 2 === 1) found.add((among - 1) / 2);
  const places = [...found].filter((at) => at >= 0 && at < among).sort((a, b) => a - b);
  return { places, beyond: found.size > places.length };
}

/** Words and pairs of syllables that tell nothing apart. */
const COMMON: ReadonlySet<string> = new Set(
  `the and for you are one this that with what was not can please about your thing its have has just want need mean
  인가 가요 거요 에서 으로 하는 이요 입니 니다 습니 어요 아요 해요 세요 주세 이에 에요 예요 는거 하고 그거 이거 인지
  신청 조회 발급 예약 납부 접수 확인 서비 비스 사이 이트 홈페 페이 이지 되나 나요 service site website system work working`.split(
    /\s+/,
  ),
);

/** What two texts are compared by: words of Latin letters, pairs of syllables of Korean ones. */
const partsOf = (text: string): Set<string> => {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  const result = new Set<string>();
  for (const word of plain.split(' ')) {
    if (/^[a-z0-9]+$/.test(word)) {
      if (word.length >= 3) result.add(word.replace(/s$/, ''));
    } else for (let i = 0; i + 2 <= word.length; i++) result.add(word.slice(i, i + 2));
  }
  for (const word of COMMON) result.delete(word);
  return result;
};

/**
 * What the catalogue's own questions say of an option: "A traffic fine, or a fine from a court?" The preferred reading
 * stands first in them, the others follow in their order.
 */
function askedAs(id: ServiceId, catalogue: Catalogue): readonly string[] {
  return catalogue.ambiguous.flatMap(({ ask, prefer, candidates }) => {
    const at = [prefer, ...candidates.filter((one) => one !== prefer)].indexOf(id);
    if (at < 0 || ask === null || ask === undefined) return [];
    const halves = [ask.ko.split(/인가요,?/), ask.en.split(/, or |, | or /)].map((parts) =>
      parts.filter((part) => /[\p{L}]/u.test(part)),
    );
    return halves.flatMap((parts) => (parts.length === candidates.length ? (parts[at] ?? []) : []));
  });
}

/** The one option that shares most with the words of the answer; null where none or several do. */
export function pickByWords(
  text: string,
  options: readonly ServiceId[],
  catalogue: Catalogue,
): ServiceId | null {
  const said = partsOf(text);
  const scores = options.map((id) => {
    const service = catalogue.service(id);
    if (service === undefined) return 0;
    const agency = catalogue.agency(service.agency);
    const own = partsOf(
      [
        service.name.ko,
        service.name.en,
        ...service.aliases.ko,
        ...service.aliases.en,
        ...service.tasks.flatMap((task) => [task.ko, task.en]),
        agency?.name.ko ?? '',
        agency?.name.en ?? '',
        ...askedAs(id, catalogue),
      ].join(' '),
    );
    let score = 0;
    for (const part of said) if (own.has(part)) score++;
    return score;
  });
  const best = Math.max(0, ...scores);
  if (best === 0 || scores.filter((score) => score === best).length > 1) return null;
  return options[scores.indexOf(best)] ?? null;
}
