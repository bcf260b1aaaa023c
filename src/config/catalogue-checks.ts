import { LANGUAGES } from '../domain/language.ts';
import type {
  AgencyEntry,
  AmbiguousEntry,
  CategoryEntry,
  RegionEntry,
  ServiceEntry,
} from './catalogue-schema.ts';
import type { Findings, Placed } from './documents.ts';
import type { JsonPath } from './json-position.ts';

/** All records of a catalogue, with where each stands. */
export interface Records {
  readonly services: readonly Placed<ServiceEntry>[];
  readonly agencies: readonly Placed<AgencyEntry>[];
  readonly regions: readonly Placed<RegionEntry>[];
  readonly categories: readonly Placed<CategoryEntry>[];
  readonly ambiguous: readonly Placed<AmbiguousEntry>[];
}

/**
 * What no record can show by itself: that ids are unique, references resolve, nothing goes round in a circle,
 * and a name means one service or is declared to mean several.
 * @param mentioned ids of services that stand in the files but are wrong otherwise: no second complaint about them
 */
export function crossCheck(records: Records, mentioned: ReadonlySet<string>, findings: Findings): void {
  for (const list of [records.services, records.agencies, records.regions, records.categories]) {
    checkUnique(list, findings);
  }
  checkReferences(records, mentioned, findings);
  for (const edge of ['depends_on', 'channels', 'parent'] as const) {
    checkCircles(records.services, edge, ({ value }) => [value[edge] ?? []].flat(), findings);
  }
  checkCircles(records.regions, 'parent', ({ value }) => (value.parent ? [value.parent] : []), findings);
  checkNames(records, findings);
  checkAmbiguous(records, mentioned, findings);
}

function checkUnique(list: readonly Placed<{ id: string }>[], findings: Findings): void {
  const first = new Map<string, Placed<{ id: string }>>();
  for (const one of list) {
    const other = first.get(one.value.id);
    if (other === undefined) first.set(one.value.id, one);
    else {
      findings.add(
        one,
        `“${one.value.id}” is already the id of the entry at ${findings.where(other)}. Choose another, or remove one of the two`,
        'id',
      );
    }
  }
}

function checkReferences(records: Records, mentioned: ReadonlySet<string>, findings: Findings): void {
  const idsOf = (list: readonly Placed<{ id: string }>[]) => new Set(list.map(({ value }) => value.id));
  const services = new Set([...idsOf(records.services), ...mentioned]);
  const agencies = idsOf(records.agencies);
  const categories = idsOf(records.categories);
  const regions = idsOf(records.regions);

  for (const one of records.services) {
    const { value } = one;
    const need = (id: string, ...path: (string | number)[]) => {
      if (!services.has(id)) {
        findings.add(
          one,
          `names “${id}”, which is no service of this catalogue. Correct the id, or add the service`,
          ...path,
        );
      }
    };
    if (typeof value.agency === 'string' && !agencies.has(value.agency)) {
      findings.add(
        one,
        `“${value.agency}” is no agency. Add it under agencies, or write its names as {"ko": …, "en": …}`,
        'agency',
      );
    }
    if (!categories.has(value.category)) {
      findings.add(
        one,
        `“${value.category}” is no category. Add it under categories, or use one of ${[...categories].join(', ')}`,
        'category',
      );
    }
    if (value.parent) need(value.parent, 'parent');
    value.depends_on.forEach((id, index) => {
      need(id, 'depends_on', index);
    });
    value.channels.forEach((id, index) => {
      need(id, 'channels', index);
    });
    value.alternatives.forEach(({ via }, index) => {
      if (via === value.id) {
        findings.add(
          one,
          'names the service itself, which is down when this is told. Name another, or set it to null',
          'alternatives',
          index,
          'via',
        );
      } else if (via) need(via, 'alternatives', index, 'via');
    });
    value.needs_cue.forEach((alias, index) => {
      if (![...value.aliases.ko, ...value.aliases.en].includes(alias)) {
        findings.add(
          one,
          `“${alias}” is no alias of this service. Add it under aliases, or remove it here`,
          'needs_cue',
          index,
        );
      }
    });
  }
  for (const one of records.regions) {
    if (one.value.parent && !regions.has(one.value.parent)) {
      findings.add(one, `names “${one.value.parent}”, which is no region. Correct the id`, 'parent');
    }
  }
}

/** Each circle is told once, at the entry where it closes. */
function checkCircles<T extends { id: string }>(
  list: readonly Placed<T>[],
  edge: string,
  next: (one: Placed<T>) => readonly string[],
  findings: Findings,
): void {
  const byId = new Map(list.map((one) => [one.value.id, one]));
  const settled = new Set<string>();
  const walk = (one: Placed<T>, line: readonly string[]): void => {
    if (settled.has(one.value.id)) return;
    const here = [...line, one.value.id];
    for (const id of next(one)) {
      const start = here.indexOf(id);
      if (start >= 0) {
        findings.add(
          one,
          `goes round in a circle: ${[...here.slice(start), id].join(' → ')}. Remove one of these references`,
          edge,
        );
        continue;
      }
      const target = byId.get(id);
      if (target !== undefined) walk(target, here);
    }
    settled.add(one.value.id);
  };
  for (const one of list) walk(one, []);
}

/** Case and spaces make no difference to people, so they make none here. */
const asHeard = (name: string): string => name.normalize('NFC').toLowerCase().replaceAll(' ', '');

function checkNames(records: Records, findings: Findings): void {
  const declared = new Map<string, Set<string>>();
  for (const { value } of records.ambiguous) {
    const known = declared.get(asHeard(value.alias)) ?? new Set();
    for (const id of value.candidates) known.add(id);
    declared.set(asHeard(value.alias), known);
  }
  const owners = new Map<string, { one: Placed<ServiceEntry>; path: JsonPath }>();
  const claim = (one: Placed<ServiceEntry>, name: string, ...path: JsonPath) => {
    const heard = asHeard(name);
    const owner = owners.get(heard);
    if (owner === undefined) {
      owners.set(heard, { one, path });
      return;
    }
    const { id } = owner.one.value;
    if (id === one.value.id) return;
    const together = declared.get(heard);
    if (together?.has(one.value.id) && together.has(id)) return;
    const other = { document: owner.one.document, path: [...owner.one.path, ...owner.path] };
    findings.add(
      one,
      `“${name}” is also a name of ${id} (${findings.where(other)}). Remove one, or declare it under ambiguous_aliases with the question to ask`,
      ...path,
    );
  };
  for (const one of records.services) {
    for (const language of LANGUAGES) {
      claim(one, one.value.name[language], 'name', language);
      one.value.aliases[language].forEach((alias, index) => {
        claim(one, alias, 'aliases', language, index);
      });
    }
  }
}

function checkAmbiguous(records: Records, mentioned: ReadonlySet<string>, findings: Findings): void {
  const services = new Set([...records.services.map(({ value }) => value.id), ...mentioned]);
  const first = new Map<string, Placed<AmbiguousEntry>>();
  for (const one of records.ambiguous) {
    const { value } = one;
    const key = `${value.lang} ${asHeard(value.alias)}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, one);
    else {
      findings.add(
        one,
        `“${value.alias}” is already declared at ${findings.where(other)}. Keep one of the two`,
        'alias',
      );
    }
    value.candidates.forEach((id, index) => {
      if (!services.has(id)) {
        findings.add(
          one,
          `names “${id}”, which is no service of this catalogue. Correct the id`,
          'candidates',
          index,
        );
      }
    });
    if (!value.candidates.includes(value.prefer)) {
      findings.add(
        one,
        `“${value.prefer}” is not among the candidates. Choose one of ${value.candidates.join(', ')}`,
        'prefer',
      );
    }
  }
}
