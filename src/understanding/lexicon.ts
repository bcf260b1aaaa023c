import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, CategoryId, RegionId, ServiceId } from '../domain/ids.ts';
import { saidAloud, shortened } from './aloud.ts';
import { DECOYS } from './decoys.ts';
import { isSyllable } from './hangul.ts';
import { lettersIn } from './letters.ts';
import type { Term } from './matcher.ts';
import { normalise } from './normalise.ts';

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
  /** The start of it that must be as it is where the rest has a slip: 전입 of 전입신고. */
  readonly stem: string;
  /** Spelled out as it is heard: every letter must be right, and nobody writes its first letters. */
  readonly heard: boolean;
}

interface Name {
  readonly text: string;
  readonly owners: Owners;
  needsCue: boolean;
  heard: boolean;
}

/** Without spaces and signs: 정부 24 and 정부24 are one name. */
const keyOf = (plain: string): string =>
  /^[가-힣a-z0-9]*$/.test(plain) ? plain : plain.replace(/[^\p{L}\p{N}]/gu, '');

function syllablesIn(text: string): number {
  let count = 0;
  for (const character of text) if (isSyllable(character)) count++;
  return count;
}

const NO_SLIPS = { edits: 0, stem: '' };

/** Words that many names share; they do not make a short name long. */
const SHARED_WORD =
  /\s?(사이트|홈페이지|홈피|누리집|앱|어플|접수|신청|조회|발급|신고|시스템|시험|센터|예약)$/;

/**
 * How many slips a Korean name bears, none when it is short, one or two when it is long; and the start
 * of it that bears none. Slips in Latin letters are put right in `slips.ts`.
 */
function slipsOf(plain: string): { readonly edits: number; readonly stem: string } {
  const stem = plain.replace(SHARED_WORD, '');
  const letters = lettersIn(stem);
  if (syllablesIn(plain) === 0) return { edits: 0, stem };
  if (letters > 5 && (syllablesIn(stem) > 2 || (/\d{2}/.test(stem) && letters >= 7)))
    return { edits: letters <= 10 ? 1 : 2, stem: '' };
  return { edits: stem !== plain && letters > 3 && lettersIn(plain) > 8 ? 1 : 0, stem };
}

/** Every name of the catalogue as it is written; `writings.ts` has the other manners. */
export function nameTerms(catalogue: Catalogue): readonly NameTerm[] {
  const names = new Map<string, Name>();
  const owned = (text: string): Name => {
    const plain = normalise(text);
    const key = keyOf(plain);
    let name = names.get(key);
    if (name === undefined) {
      name = {
        text: plain,
        owners: { services: [], agencies: [], categories: [], regions: [] },
        needsCue: false,
        heard: false,
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
    for (const other of saidAloud(text)) {
      const known = names.has(keyOf(other));
      const name = owned(other);
      for (const id of owners.services) give(name.owners.services, id);
      if (known) continue;
      name.heard = true;
      name.needsCue = needsCue;
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
  return [...names].flatMap(([key, { text, owners, needsCue, heard }]) => {
    const size = key.length;
    if (size < 2) return [];
    const bears = owners.services.length > 0 && !needsCue && !heard;
    const { edits, stem } = bears ? slipsOf(text) : NO_SLIPS;
    return [{ text, owners, needsCue, heard, size, stem, by: 'letters', edits, manner: 'name' }];
  });
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
