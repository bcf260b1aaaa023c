import type { Catalogue } from '../../domain/catalogue.ts';
import { fromKeys, isSyllable, takeApart, toKeys } from '../hangul.ts';
import { CHOICES, SLOT, type Slots } from './written.ts';

/* Sentences from templates: choices, slots, names from the catalogue, and slips of the hand. Seeded, so always the same. */

export type Random = () => number;

/** A small generator of chance that is the same everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)] as T;

export interface Names {
  readonly sites: readonly string[];
  readonly tasks: readonly string[];
}

const KOREAN_TASK =
  /(신청|발급|신고|예약|증명서|등록|증명원|확인서|조회|접수|등본|초본|인감|여권|면허|청약|세$|검사|장학금|급여|바우처|신청서|출원|입찰|부호|전입|확정일자|연말정산|갱신|민증|등록증|택배)/;
const ENGLISH_TASK =
  /(certificate|registration|renewal|report|passport|visa|licen[cs]e|benefit|booking|application|tax|registry|card|permit|inspection|settlement|code|proof|extension|scholarship|pension|voucher|ticket|filing|search)/;

/** Names to fill templates with: of sites, and of things to be done there. */
export function namesOf(catalogue: Catalogue, language: 'ko' | 'en'): Names {
  const sites: string[] = [];
  const tasks: string[] = [];
  const isTask = language === 'ko' ? KOREAN_TASK : ENGLISH_TASK;
  for (const service of catalogue.services) {
    const common = new Set(service.needsCue);
    const all = [service.name[language].replace(/\([^)]*\)/g, '').trim(), ...service.aliases[language]];
    for (const name of all) {
      if (name.length < 2 || common.has(name)) continue;
      if (service.kind === 'function' || isTask.test(name)) tasks.push(name);
      else sites.push(name);
    }
  }
  return { sites, tasks };
}

const PARTICLES: Readonly<Record<string, readonly [string, string]>> = {
  은: ['은', '는'],
  이: ['이', '가'],
  을: ['을', '를'],
  로: ['으로', '로'],
  랑: ['이랑', '랑'],
  이랑: ['이랑', '랑'],
  에서: ['에서', '에서'],
  에: ['에', '에'],
};

function withParticle(name: string, particle: string): string {
  const last = name.at(-1) ?? '';
  const final = takeApart(last)?.final ?? (/[013678lmnr]/.test(last) ? 'ㄱ' : '');
  const pair = PARTICLES[particle] ?? [particle, particle];
  if (particle === '로' && final === 'ㄹ') return `${name}로`;
  return name + (final === '' ? pair[1] : pair[0]);
}

/** One sentence of a template. */
export function expand(template: string, slots: Slots, names: Names, random: Random): string {
  let text = template;
  for (let before = ''; before !== text; ) {
    before = text;
    // Innermost choices first, so that a choice may hold another.
    text = text.replace(CHOICES, (_, choices: string) => pick(choices.split('|'), random));
    text = text.replace(SLOT, (whole, slot: string, particle: string) => {
      if (slot === 'S' || slot === 'SITE' || slot === 'TASK') {
        const tasks = slot === 'TASK' || (slot === 'S' && random() < 0.3);
        const name = pick(tasks && names.tasks.length > 0 ? names.tasks : names.sites, random);
        return particle === '' ? name : withParticle(name, particle);
      }
      const filled = slots[slot];
      return filled === undefined ? whole : `(${filled})`;
    });
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** How many different sentences a template can be, as a power of two. */
export function opennessOf(template: string, slots: Slots): number {
  let bits = 0;
  for (const [, choices = ''] of template.matchAll(CHOICES)) bits += Math.log2(choices.split('|').length);
  for (const [, slot = ''] of template.matchAll(SLOT))
    bits += Math.log2(slots[slot]?.split('|').length ?? 100);
  return bits;
}

const NEIGHBOURS: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qes',
  e: 'wrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'ol',
  a: 'qsz',
  s: 'awdx',
  d: 'sefc',
  f: 'drgv',
  g: 'fthb',
  h: 'gyjn',
  j: 'hukm',
  k: 'jil',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};

/** A slip: one key wrong, missing, doubled or swapped. Korean syllables slip as they do on a keyboard. */
function slip(text: string, random: Random): string {
  const places = [...text].flatMap((c, at) => (/[a-zA-Z가-힣]/.test(c) ? [at] : []));
  if (places.length < 4) return text;
  const characters = [...text];
  const at = pick(places, random);
  const character = characters[at] ?? '';
  const keys = isSyllable(character) ? [...toKeys(character)] : [character.toLowerCase()];
  const key = Math.floor(random() * keys.length);
  const kind = random();
  if (kind < 0.25 && !isSyllable(character) && /[a-zA-Z]/.test(characters[at + 1] ?? '')) {
    keys[key] = characters[at + 1] ?? '';
    characters[at + 1] = character;
  } else if (kind < 0.5) keys[key] = pick([...(NEIGHBOURS[keys[key]?.toLowerCase() ?? ''] ?? 'a')], random);
  else if (kind < 0.75) keys.splice(key, 1);
  else keys.splice(key, 0, keys[key] ?? '');
  characters[at] = isSyllable(character) ? fromKeys(keys.join('')) : keys.join('');
  return characters.join('');
}

/** How people type: spaces dropped, a slip, no capital letters. */
export function noisy(text: string, random: Random): string {
  let result = text;
  if (/[가-힣]/.test(text)) {
    const spacing = random();
    if (spacing < 0.12) result = result.replace(/ /g, '');
    else if (spacing < 0.3) result = result.replace(/ /g, () => (random() < 0.4 ? '' : ' '));
  } else if (random() < 0.6) result = result.toLowerCase();
  if (random() < (/[가-힣]/.test(text) ? 0.14 : 0.22)) result = slip(result, random);
  if (random() < 0.03) result = slip(result, random);
  return result;
}
