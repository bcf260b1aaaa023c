import type { Catalogue } from '../domain/catalogue.ts';
import type { Language } from '../domain/language.ts';
import type { Service } from '../domain/service.ts';

/** A name of the catalogue as it stands in a text; several services may share it. */
export interface Mention {
  readonly text: string;
  readonly at: number;
  readonly services: readonly Service[];
  /** It is how the catalogue spells one of them, not only what some call it. */
  readonly official: boolean;
}

/** What is shorter may be part of any word. */
const SHORTEST = 3;

interface Name {
  readonly services: Service[];
  official: boolean;
}

/** Finds the catalogue's services in a text: the longest name at each place, none inside another. */
export function createMentions(
  catalogue: Catalogue,
): (text: string, language: Language) => readonly Mention[] {
  const finders = { ko: finder(catalogue, 'ko'), en: finder(catalogue, 'en') };
  return (text, language) => finders[language](text);
}

function finder(catalogue: Catalogue, language: Language): (text: string) => readonly Mention[] {
  const names = new Map<string, Name>();
  const add = (name: string, service: Service, official: boolean) => {
    const key = name.normalize('NFC').toLowerCase();
    if (key.length < SHORTEST) return;
    const known = names.get(key) ?? { services: [], official: false };
    known.services.push(service);
    known.official ||= official;
    names.set(key, known);
  };
  for (const service of catalogue.services) {
    add(service.name[language], service, true);
    for (const alias of service.aliases[language]) {
      if (!service.needsCue.includes(alias)) add(alias, service, false);
    }
  }
  const longestFirst = [...names.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${longestFirst.map(escaped).join('|')})${END[language]}`,
    'giu',
  );
  return (text) =>
    [...text.normalize('NFC').matchAll(pattern)].flatMap((match) => {
      const name = names.get(match[0].toLowerCase());
      return name === undefined ? [] : [{ text: match[0], at: match.index, ...name }];
    });
}

/** A Korean name runs on into its particle; an English one ends where its word ends. */
const END: { readonly [L in Language]: string } = { ko: '(?![A-Za-z0-9])', en: '(?![\\p{L}\\p{N}])' };

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
