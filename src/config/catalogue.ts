import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Catalogue } from '../domain/catalogue.ts';
import type { Agency, Region, Service } from '../domain/service.ts';
import { crossCheck, type Records } from './catalogue-checks.ts';
import {
  type AgencyEntry,
  agencySchema,
  ambiguousSchema,
  categorySchema,
  type RegionEntry,
  regionSchema,
  type ServiceEntry,
  serviceSchema,
} from './catalogue-schema.ts';
import { type Document, Findings, type Placed, readDocuments } from './documents.ts';
import { isObject, recordsIn } from './records.ts';

/** A catalogue that cannot be used. `lines` has one for each fault: `file:line path: what is wrong. Remedy`. */
export class CatalogueError extends Error {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'CatalogueError';
    this.lines = lines;
  }
}

const SHIPPED = join(import.meta.dirname, '..', 'catalogue');

/**
 * Reads a catalogue and checks all of it.
 * @param path a JSON file or a folder of them; null for the one shipped. What a file of one's own leaves out of
 *   agencies, regions and categories is taken from the shipped ones.
 * @throws CatalogueError with every fault found
 */
export function readCatalogue(path: string | null): Catalogue {
  const findings = new Findings();
  const shipped = recordsOf(
    readDocuments(SHIPPED, findings, { variable: 'CATALOGUE_FILE', thorough: false }),
    findings,
  );
  let records = shipped.records;
  let mentioned = shipped.mentioned;
  if (path !== null) {
    const documents = readDocuments(path, findings, { variable: 'CATALOGUE_FILE', thorough: true });
    const own = recordsOf(documents, findings);
    records = withAgenciesNamed(beside(own.records, shipped.records));
    mentioned = own.mentioned;
    const [first] = documents;
    if (first !== undefined && findings.none && own.mentioned.size === 0) {
      findings.add({ document: first, path: [] }, 'the catalogue has no services. Add them under "services"');
    }
  }
  crossCheck(records, mentioned, findings);
  const lines = findings.lines();
  if (lines.length > 0) throw new CatalogueError(lines);
  if (path !== null) records = namedOnly(records);
  return new Catalogue({
    services: records.services.map(({ value }) => toService(value)),
    agencies: records.agencies.map(({ value }) => toAgency(value)),
    regions: records.regions.map(({ value }) => toRegion(value)),
    categories: records.categories.map(({ value }) => value),
    ambiguous: records.ambiguous.map(({ value: { lang, ...rest } }) => ({ ...rest, language: lang })),
  });
}

const LISTS = ['services', 'agencies', 'regions', 'categories', 'ambiguous_aliases'];

function recordsOf(
  documents: readonly Document[],
  findings: Findings,
): { records: Records; mentioned: ReadonlySet<string> } {
  const mentioned = new Set<string>();
  for (const document of documents) {
    const { content } = document;
    if (!isObject(content)) {
      findings.add(
        { document, path: [] },
        `must be an object with one or more of ${LISTS.join(', ')}. Put the lists inside { and }`,
      );
      continue;
    }
    for (const key of Object.keys(content)) {
      if (LISTS.includes(key) || key === 'meta' || key === '$schema' || key.startsWith('x_')) continue;
      findings.add(
        { document, path: [key] },
        `is not a list known here. Use one of ${LISTS.join(', ')}, or begin it with x_`,
      );
    }
    for (const entry of Array.isArray(content.services) ? content.services : []) {
      if (isObject(entry) && typeof entry.id === 'string') mentioned.add(entry.id);
    }
  }
  const all = <T>(key: string, schema: Parameters<typeof recordsIn<T>>[2]) =>
    documents.flatMap((document) => recordsIn(document, key, schema, findings));
  return {
    mentioned,
    records: {
      services: all('services', serviceSchema),
      agencies: all('agencies', agencySchema),
      regions: all('regions', regionSchema),
      categories: all('categories', categorySchema),
      ambiguous: all('ambiguous_aliases', ambiguousSchema),
    },
  };
}

/** One's own records, and beside them the shipped agencies, regions and categories with other ids. */
function beside(own: Records, shipped: Records): Records {
  const joined = <T extends { id: string }>(mine: readonly Placed<T>[], theirs: readonly Placed<T>[]) => {
    const ids = new Set(mine.map(({ value }) => value.id));
    return [...mine, ...theirs.filter(({ value }) => !ids.has(value.id))];
  };
  return {
    ...own,
    agencies: joined(own.agencies, shipped.agencies),
    regions: joined(own.regions, shipped.regions),
    categories: joined(own.categories, shipped.categories),
  };
}

/** Without the agencies and categories that no service names: nobody could find anything under them. */
function namedOnly(records: Records): Records {
  const agencies = new Set(records.services.map(({ value }) => value.agency));
  const categories = new Set(records.services.map(({ value }) => value.category));
  return {
    ...records,
    agencies: records.agencies.filter(({ value }) => agencies.has(value.id)),
    categories: records.categories.filter(({ value }) => categories.has(value.id)),
  };
}

/** Agencies given by their names get their known id, or one made from the name. */
function withAgenciesNamed(records: Records): Records {
  const byName = new Map<string, string>();
  for (const { value } of records.agencies.toReversed()) {
    for (const name of [value.name.en, value.name.ko]) byName.set(name, value.id);
  }
  const made: Placed<AgencyEntry>[] = [];
  const services = records.services.map((one) => {
    const { agency } = one.value;
    if (typeof agency === 'string') return one;
    const known = byName.get(agency.ko) ?? byName.get(agency.en);
    const id = known ?? agencyIdFrom(agency);
    if (known === undefined) {
      byName.set(agency.ko, id);
      made.push({ ...one, value: { id, name: agency, aliases: { ko: [], en: [] }, phone: null } });
    }
    return { ...one, value: { ...one.value, agency: id } };
  });
  return { ...records, services, agencies: [...records.agencies, ...made] };
}

/** The same id for the same names at every start: subscriptions hold on to it. */
function agencyIdFrom(name: { readonly ko: string; readonly en: string }): string {
  const slug = name.en
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const mark = createHash('sha256').update(name.ko).digest('hex').slice(0, 6);
  return [slug.replace(/-$/, ''), mark].filter(Boolean).join('-');
}

const toService = (entry: ServiceEntry): Service => ({
  id: entry.id,
  name: entry.name,
  reading: entry.reading ?? null,
  agency: typeof entry.agency === 'string' ? entry.agency : '',
  kind: entry.kind,
  audience: entry.audience,
  category: entry.category,
  aliases: entry.aliases,
  needsCue: entry.needs_cue,
  url: entry.url ?? null,
  helpline: entry.helpline ?? null,
  parent: entry.parent ?? null,
  dependsOn: entry.depends_on,
  channels: entry.channels,
  tasks: entry.tasks,
  alternatives: entry.alternatives.map(({ ko, en, via }) => ({ text: { ko, en }, via: via ?? null })),
  note: entry.note ?? null,
});

const toAgency = (entry: AgencyEntry): Agency => ({ ...entry, phone: entry.phone ?? null });
const toRegion = (entry: RegionEntry): Region => ({ ...entry, parent: entry.parent ?? null });
