import type { Catalogue } from '../domain/catalogue.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Bilingual, Language } from '../domain/language.ts';
import type { Intent, Understanding } from '../understanding/understanding.ts';
import type { Request } from './request.ts';
import { namesSomething, request } from './request.ts';

export interface NamingParts {
  readonly catalogue: Catalogue;
  readonly understand: (text: string, hint: { language: Language | null }) => Understanding;
  readonly hint: Language | null;
}

const EVERYTHING = /^(전체|전부|모두|모든\s*(서비스|것|거)|다|everything|all|\*)$/iu;

/**
 * The argument of a command as what it names: ids, the exact name or alias of a service, an agency or a kind of
 * service, "all", or any name citizens use. Where several could be meant, or none is found, it asks.
 */
export function readNamed(what: Intent, text: string, parts: NamingParts): Request {
  const { catalogue } = parts;
  const ids = text.toLowerCase().split(/[\s,]+/u);
  if (ids.every((id) => catalogue.service(id) !== undefined)) return request(what, { text, services: ids });
  if (EVERYTHING.test(text))
    return request(what === 'status' ? 'status_all' : what, { text, topic: 'everything' });

  const named = <T extends { readonly id: string; readonly name: Bilingual }>(all: readonly T[]) =>
    all.filter((one) => isSpelled(text, one.id, one.name)).map((one) => one.id);
  const services = named(catalogue.services);
  if (services.length === 1) return request(what, { text, services });
  const agencies = named(catalogue.agencies).slice(0, 1);
  if (agencies.length > 0) return request(what, { text, agencies });
  const categories = named(catalogue.categories).slice(0, 1);
  if (categories.length > 0) return request(what, { text, categories });

  const known = servicesCalled(text, catalogue);
  if (known.length === 1) return request(what, { text, services: known });
  if (known.length > 1) return asking(what, text, parts, known);
  return understood(what, text, parts);
}

/** Spelling as people vary it: case, spaces and dots between syllables. */
const folded = (text: string): string => text.toLowerCase().replace(/[\s·・ㆍ\-_.]+/gu, '');

type Aliases = { readonly ko: readonly string[]; readonly en: readonly string[] };

const isSpelled = (
  text: string,
  id: string,
  name: Bilingual,
  aliases: Aliases = { ko: [], en: [] },
): boolean =>
  [id, name.ko, name.en, ...aliases.ko, ...aliases.en].some((spelling) => folded(spelling) === folded(text));

/** What a region's name ends in and people leave out: 화성시 is 화성. */
const KIND_OF_PLACE = /(?:특별자치시|특별자치도|특별시|광역시|시|군|구|도)$/u;

/** The regions of just this name, with or without what kind of place it is and the province before it. */
export function regionsCalled(text: string, catalogue: Catalogue): readonly RegionId[] {
  const wanted = text.trim().split(/\s+/u).at(-1) ?? '';
  const exact = catalogue.regions.filter((one) => isSpelled(text, one.id, one.name, one.aliases));
  if (exact.length > 0 || text.trim() !== wanted) return exact.map((one) => one.id);
  const short = (name: string) => (name.split(' ').at(-1) ?? '').replace(KIND_OF_PLACE, '');
  return catalogue.regions.filter((one) => short(one.name.ko) === wanted).map((one) => one.id);
}

/** The services that go by this alias; where several share it, those the catalogue asks about. */
function servicesCalled(text: string, catalogue: Catalogue): readonly ServiceId[] {
  const shared = catalogue.ambiguous.find((one) => folded(one.alias) === folded(text));
  if (shared !== undefined) return shared.candidates;
  return catalogue.services
    .filter((one) => isSpelled(text, one.id, one.name, one.aliases))
    .map((one) => one.id);
}

function asking(
  what: Intent,
  text: string,
  { catalogue }: NamingParts,
  candidates: readonly ServiceId[],
): Request {
  const shared = catalogue.ambiguous.find((one) => folded(one.alias) === folded(text));
  // A shared name may be guessed at for an answer, never for a change.
  if (shared !== undefined && what === 'status')
    return request(what, { text, services: [shared.prefer], candidates });
  return request('clarify', { text, candidates, question: shared?.ask ?? null, leaning: what });
}

function understood(what: Intent, text: string, { understand, hint }: NamingParts): Request {
  // A bare name says nothing of what is wanted; asked as a question it is read for what it names.
  const question = /[가-힣ㄱ-ㅎ]/u.test(text) ? `${text} 되나요?` : `is ${text} working?`;
  const readings = [text, question].map((one) => understand(one, { language: hint }));
  const reading =
    readings.find(({ services, agencies, categories, candidates }) =>
      [services, agencies, categories, candidates].some((some) => some.length > 0),
    ) ?? readings[0];
  if (reading === undefined) return request('clarify', { text, leaning: what, missed: true });
  const { services, agencies, categories, regions, candidates, question: ask } = reading;
  const found = request(what, { text, services, agencies, categories, regions, candidates });
  if (namesSomething(found) && (what === 'status' || candidates.length < 2)) return found;
  const missed = candidates.length === 0;
  return request('clarify', { text, regions, candidates, question: ask, leaning: what, missed });
}
