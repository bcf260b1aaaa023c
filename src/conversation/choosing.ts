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
    /(?<![\d.:])([1-9])(?=\s*(?:번(?!호)|\)|\.(?!\d)|요|이요|,|랑|하고|and|$))|(?:#|\bno\.?\s?|\bnumber\s|\boption\s)([1-9])\b/g,
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

const pairs = (text: string): Set<string> => {
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
  const result = new Set<string>();
  for (const word of plain.split(' ')) {
    if (/^[a-z0-9]+$/.test(word)) {
      if (word.length >= 3) result.add(word.replace(/s$/, ''));
    } else for (let i = 0; i + 2 <= word.length; i++) result.add(word.slice(i, i + 2));
  }
  return result;
};

/** The one option that shares most with the words of the answer; null where none or several do. */
export function pickByWords(
  text: string,
  options: readonly ServiceId[],
  catalogue: Catalogue,
): ServiceId | null {
  const said = pairs(text);
  const scores = options.map((id) => {
    const service = catalogue.service(id);
    if (service === undefined) return 0;
    const agency = catalogue.agency(service.agency);
    const own = pairs(
      [
        service.name.ko,
        service.name.en,
        ...service.aliases.ko,
        ...service.aliases.en,
        ...service.tasks.flatMap((task) => [task.ko, task.en]),
        agency?.name.ko ?? '',
        agency?.name.en ?? '',
      ].join(' '),
    );
    let score = 0;
    for (const pair of said) if (own.has(pair)) score++;
    return score;
  });
  const best = Math.max(0, ...scores);
  if (best === 0 || scores.filter((score) => score === best).length > 1) return null;
  return options[scores.indexOf(best)] ?? null;
}
