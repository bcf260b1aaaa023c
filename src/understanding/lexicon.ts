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
  if (syllablesIn(plain) === 0) return NO_SLIPS;
  const stem = plain.replace(SHARED_WORD, '');
  const letters = lettersIn(stem);
  if (letters > 5 && (syllablesIn(stem) > 2 || (/\d{2}/.test(stem) && letters >= 7)))
    return { edits: letters <= 10 ? 1 : 2, stem: '' };
  return { edits: stem !== plain && letters > 3 && lettersIn(plain) > 8 ? 1 : 0, stem };
}

/** Names by their letters: the same letters are one name, whoever owns it. */
class NameTable {
  readonly byKey = new Map<string, Name>();

  /** The name that a text is, made where there is none yet. */
  of(text: string): Name {
    const plain = normalise(text);
    const key = keyOf(plain);
    let name = this.byKey.get(key);
    if (name === undefined) {
      const owners = { services: [], agencies: [], categories: [], regions: [] };
      name = { text: plain, owners, needsCue: false, heard: false };
      this.byKey.set(key, name);
    }
    return name;
  }
}

function give<T>(list: T[], id: T): void {
  if (!list.includes(id)) list.push(id);
}

/** `Hometax (national tax)`: what stands in brackets explains and is no name. */
const bare = (text: string): string => text.replace(/\([^)]*\)/g, ' ').trim();

function addServices(table: NameTable, catalogue: Catalogue): void {
  for (const { id, name, aliases, needsCue } of catalogue.services) {
    const common = new Set(needsCue.map(normalise));
    for (const text of [bare(name.ko), bare(name.en), ...aliases.ko, ...aliases.en]) {
      if (text === '') continue;
      const own = table.of(text);
      give(own.owners.services, id);
      if (common.has(own.text) || common.has(normalise(text))) own.needsCue = true;
    }
  }
  addSpokenForms(table);
  addShortForms(table);
  for (const { alias, candidates } of catalogue.ambiguous) {
    for (const id of candidates) give(table.of(alias).owners.services, id);
  }
}

/** 정부이십사 for 정부24, 에스알티 for SRT. */
function addSpokenForms(table: NameTable): void {
  for (const { text, owners, needsCue } of [...table.byKey.values()]) {
    for (const other of saidAloud(text)) {
      const isKnown = table.byKey.has(keyOf(other));
      const name = table.of(other);
      for (const id of owners.services) give(name.owners.services, id);
      if (isKnown) continue;
      name.heard = true;
      name.needsCue = needsCue;
    }
  }
}

/** 정24 for 정부24, where only one service has such a short form and no name is written so. */
function addShortForms(table: NameTable): void {
  const short = new Map<string, Set<ServiceId>>();
  for (const { text, owners } of table.byKey.values()) {
    const form = shortened(text);
    if (form === null || table.byKey.has(form)) continue;
    const services = short.get(form) ?? new Set<ServiceId>();
    for (const id of owners.services) services.add(id);
    short.set(form, services);
  }
  for (const [form, services] of short) {
    const [service, another] = [...services];
    if (service === undefined || another !== undefined) continue;
    const name = table.of(form);
    name.owners.services.push(service);
    name.needsCue = true;
  }
}

function addOthers(table: NameTable, catalogue: Catalogue): void {
  for (const { id, name, aliases } of catalogue.agencies) {
    // The name of two agencies together is nobody's.
    const own = name.ko.includes('·') ? [] : [bare(name.ko), bare(name.en)];
    for (const text of [...own, ...aliases.ko, ...aliases.en])
      if (text !== '') give(table.of(text).owners.agencies, id);
  }
  for (const { id, name } of catalogue.categories)
    for (const text of [name.ko, name.en]) give(table.of(text).owners.categories, id);
  for (const { id, name, aliases } of catalogue.regions)
    for (const text of [name.ko, name.en, ...aliases.ko, ...aliases.en])
      give(table.of(text).owners.regions, id);
  for (const text of DECOYS) table.of(text);
}

/** Every name of the catalogue as it is written; `writings.ts` has the other manners. */
export function nameTerms(catalogue: Catalogue): readonly NameTerm[] {
  const table = new NameTable();
  addServices(table, catalogue);
  addOthers(table, catalogue);
  return [...table.byKey].flatMap(([{ length: size }, { text, owners, needsCue, heard }]): NameTerm[] => {
    if (size < 2) return [];
    const bearsSlips = owners.services.length > 0 && !needsCue && !heard;
    const { edits, stem } = bearsSlips ? slipsOf(text) : NO_SLIPS;
    return [{ text, owners, needsCue, heard, size, stem, by: 'letters', edits, manner: 'name' }];
  });
}
