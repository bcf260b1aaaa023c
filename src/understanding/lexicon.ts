import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, CategoryId, RegionId, ServiceId } from '../domain/ids.ts';
import { DECOYS } from './decoys.ts';
import { initialsOf, isSyllable, romanise } from './hangul.ts';
import { toStrand } from './letters.ts';
import type { Term } from './matcher.ts';
import { normalise } from './normalise.ts';
import { saidAloud, shortened } from './numbers.ts';
import { LONGEST_SLIP } from './slips.ts';

/** Whom a name may stand for. */
export interface Owners {
  readonly services: ServiceId[];
  readonly agencies: AgencyId[];
  readonly categories: CategoryId[];
  readonly regions: RegionId[];
}

/** How a name was written: in full, by its first letters (ㅎㅌㅅ), by sound (homtaekseu), or by several of its words. */
export type Manner = 'name' | 'initials' | 'sound' | 'words';

/** A name as the matcher takes it, with its owners. */
export interface NameTerm extends Term {
  readonly owners: Owners;
  readonly manner: Manner;
  /** Syllables of Hangul, or characters of another script: how much the name weighs. */
  readonly size: number;
  /** A common word: it counts only beside a word of trouble or access. */
  readonly needsCue: boolean;
}

interface Name {
  readonly text: string;
  readonly owners: Owners;
  needsCue: boolean;
  /** As it is heard: every letter must be right, and nobody writes its first letters. */
  firm: boolean;
}

const sizeOf = (plain: string): number => [...plain.replace(/[^\p{L}\p{N}]/gu, '')].length;

/** Words that many names share; a slip is counted on what is left without them. */
const SHARED_WORD =
  /\s?(사이트|홈페이지|홈피|누리집|앱|어플|접수|신청|조회|발급|신고|시스템|시험|센터|예약)$/;

/** How many slips a name bears: none when it is short, one or two when it is long. */
function editsFor(plain: string): number {
  const letters = toStrand(plain).length;
  const syllables = [...plain].filter(isSyllable).length;
  if (syllables > 0) {
    const own = plain.replace(SHARED_WORD, '');
    const ownLetters = toStrand(own).length;
    if ([...own].filter(isSyllable).length <= 2 && !(/\d{2}/.test(own) && ownLetters >= 7)) return 0;
    if (ownLetters <= 5) return 0;
    return ownLetters <= 10 ? 1 : 2;
  }
  // A shorter one is left to `slips.ts`, which knows where words begin and end.
  if (!/[a-z]/.test(plain) || letters <= LONGEST_SLIP) return 0;
  return plain.includes(' ') ? 1 : 2;
}

/** Every name of the catalogue in every manner of writing it. */
export function nameTerms(catalogue: Catalogue): readonly NameTerm[] {
  const names = new Map<string, Name>();
  const owned = (text: string): Name => {
    const plain = normalise(text);
    const key = plain.replace(/[^\p{L}\p{N}]/gu, '');
    let name = names.get(key);
    if (name === undefined) {
      name = {
        text: plain,
        owners: { services: [], agencies: [], categories: [], regions: [] },
        needsCue: false,
        firm: false,
      };
      names.set(key, name);
    }
    return name;
  };
  const give = <T>(list: T[], id: T): void => {
    if (!list.includes(id)) list.push(id);
  };
  /** `Hometax (national tax)`: what stands in brackets explains and is no name. */
  const bare = (text: string): string => text.replace(/\([^)]*\)/g, ' ').trim();

  for (const service of catalogue.services) {
    const common = new Set(service.needsCue.map(normalise));
    const texts = [
      bare(service.name.ko),
      bare(service.name.en),
      ...service.aliases.ko,
      ...service.aliases.en,
    ];
    for (const text of texts) {
      if (text === '') continue;
      const name = owned(text);
      give(name.owners.services, service.id);
      if (common.has(normalise(text))) name.needsCue = true;
    }
  }
  for (const { text, owners, needsCue } of [...names.values()]) {
    const spelled = spelledOut(text);
    for (const other of [...(spelled === null ? [] : [spelled]), ...saidAloud(text)]) {
      const known = names.has(other.replace(/[^\p{L}\p{N}]/gu, ''));
      const name = owned(other);
      for (const id of owners.services) give(name.owners.services, id);
      if (!known) name.firm = true;
      if (needsCue) name.needsCue = true;
    }
  }
  addShortForms(names, owned);
  for (const { alias, candidates } of catalogue.ambiguous) {
    for (const id of candidates) give(owned(alias).owners.services, id);
  }
  for (const agency of catalogue.agencies) {
    const parts = agency.name.ko.includes('·') ? [] : [bare(agency.name.ko), bare(agency.name.en)];
    for (const text of [...parts, ...agency.aliases.ko, ...agency.aliases.en]) {
      if (text !== '') give(owned(text).owners.agencies, agency.id);
    }
  }
  for (const category of catalogue.categories) {
    for (const text of [category.name.ko, category.name.en]) give(owned(text).owners.categories, category.id);
  }
  for (const region of catalogue.regions) {
    for (const text of [region.name.ko, region.name.en, ...region.aliases.ko, ...region.aliases.en]) {
      give(owned(text).owners.regions, region.id);
    }
  }
  for (const text of DECOYS) owned(text);
  return [...names.values()].flatMap(writings);
}

/** 정24 for 정부24, where only one service has such a short form and no name is written so. */
function addShortForms(names: ReadonlyMap<string, Name>, owned: (text: string) => Name): void {
  const short = new Map<string, Set<ServiceId>>();
  for (const { text, owners } of names.values()) {
    const form = shortened(text);
    if (form === null || names.has(form)) continue;
    const services = short.get(form) ?? new Set<ServiceId>();
    for (const id of owners.services) services.add(id);
    short.set(form, services);
  }
  for (const [form, [service, another]] of [...short].map(([form, ids]) => [form, [...ids]] as const)) {
    if (service === undefined || another !== undefined) continue;
    const name = owned(form);
    name.owners.services.push(service);
    name.needsCue = true;
  }
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

function writings(name: Name): NameTerm[] {
  const { text, owners, needsCue, firm } = name;
  const size = sizeOf(text);
  if (size < 2) return [];
  const common = { owners, needsCue, size };
  const services = owners.services.length > 0;
  const edits = services && !needsCue && !firm ? editsFor(text) : 0;
  const terms: NameTerm[] = [{ ...common, text, by: 'letters', edits, manner: 'name' }];
  const syllables = [...text].filter(isSyllable).length;
  if (!services || syllables < 2) return terms;
  if (!firm) {
    const edge = { wordStart: true, wordEnd: true };
    terms.push({ ...common, ...edge, text: initialsOf(text), by: 'initials', edits: 0, manner: 'initials' });
  }
  const roman = romanise(text);
  const letters = roman.replace(/[^a-z]/g, '').length;
  if (letters >= 5) {
    const soundEdits = letters >= 12 ? 2 : letters >= 8 ? 1 : 0;
    terms.push({ ...common, text: roman, by: 'sound', edits: soundEdits, manner: 'sound', open: true });
  }
  return terms;
}
