import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Scope } from '../domain/incident.ts';
import type { Language } from '../domain/language.ts';
import type { Service } from '../domain/service.ts';
import { sayIn } from './i18n.ts';
import type { Named } from './korean.ts';
import { oneLine } from './official-text.ts';

/** A service's name as a value for a text: in Korean with its reading, so that particles come out right. */
export const serviceName = (service: Pick<Service, 'name' | 'reading'>, language: Language): Named => ({
  text: oneLine(service.name, language),
  reading: language === 'ko' ? service.reading : null,
});

/** A service's name as plain text; the id of one that has left the catalogue. */
export function nameOf(id: ServiceId, catalogue: Catalogue, language: Language): string {
  const service = catalogue.service(id);
  return service === undefined ? id : oneLine(service.name, language);
}

/** Names in a row, the first few and how many more: `정부24, 홈택스 외 3개`. */
export function listed(names: readonly string[], atMost: number, language: Language): string {
  const shown = names.slice(0, atMost).join(', ');
  const more = names.length - atMost;
  return more > 0 ? sayIn(language)('status.list.more', { names: shown, count: more }) : shown;
}

/** The names of the regions that a fault is confined to; null when it is nationwide. */
export function regionNames(scope: Scope, catalogue: Catalogue, language: Language): string | null {
  if (scope === 'nationwide') return null;
  const names = scope.map((id) => catalogue.region(id)?.name[language] ?? id);
  return listed([...new Set(names)], 5, language);
}
