import type { AgencyId, CategoryId, RegionId, ServiceId } from './ids.ts';
import type { Scope } from './incident.ts';
import type { Agency, AmbiguousAlias, Category, Region, Service } from './service.ts';

/** The catalogue as read and validated: plain lists. */
export interface CatalogueData {
  readonly services: readonly Service[];
  readonly agencies: readonly Agency[];
  readonly regions: readonly Region[];
  readonly categories: readonly Category[];
  readonly ambiguous: readonly AmbiguousAlias[];
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> =>
  new Map(all.map((one) => [one.id, one]));

/** The catalogue with its look-ups. Immutable; a changed catalogue is a new one, taken up on restart. */
export class Catalogue {
  readonly services: readonly Service[];
  readonly agencies: readonly Agency[];
  readonly regions: readonly Region[];
  readonly categories: readonly Category[];
  readonly ambiguous: readonly AmbiguousAlias[];
  readonly #services: ReadonlyMap<ServiceId, Service>;
  readonly #agencies: ReadonlyMap<AgencyId, Agency>;
  readonly #regions: ReadonlyMap<RegionId, Region>;
  readonly #categories: ReadonlyMap<CategoryId, Category>;
  readonly #through: ReadonlyMap<ServiceId, readonly Service[]>;
  readonly #resting: ReadonlyMap<ServiceId, readonly Service[]>;

  constructor(data: CatalogueData) {
    this.services = data.services;
    this.agencies = data.agencies;
    this.regions = data.regions;
    this.categories = data.categories;
    this.ambiguous = data.ambiguous;
    this.#services = byId(data.services);
    this.#agencies = byId(data.agencies);
    this.#regions = byId(data.regions);
    this.#categories = byId(data.categories);
    this.#through = invert(data.services, (s) => s.channels);
    this.#resting = invert(data.services, (s) => s.dependsOn);
  }

  service(id: ServiceId): Service | undefined {
    return this.#services.get(id);
  }
  agency(id: AgencyId): Agency | undefined {
    return this.#agencies.get(id);
  }
  region(id: RegionId): Region | undefined {
    return this.#regions.get(id);
  }
  category(id: CategoryId): Category | undefined {
    return this.#categories.get(id);
  }

  /** The functions offered through this service. */
  functionsThrough(channel: ServiceId): readonly Service[] {
    return this.#through.get(channel) ?? [];
  }

  /** All that rests on this service, directly or through others, nearest first, without itself. */
  restingOn(id: ServiceId): readonly Service[] {
    const seen = new Set<ServiceId>([id]);
    const found: Service[] = [];
    const queue: ServiceId[] = [id];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      for (const service of this.#resting.get(next) ?? []) {
        if (seen.has(service.id)) continue;
        seen.add(service.id);
        found.push(service);
        queue.push(service.id);
      }
    }
    return found;
  }

  servicesOf(agency: AgencyId): readonly Service[] {
    return this.services.filter((s) => s.agency === agency);
  }
  servicesIn(category: CategoryId): readonly Service[] {
    return this.services.filter((s) => s.category === category);
  }

  /** The region itself and the ones that contain it, smallest first. */
  regionLine(id: RegionId): readonly RegionId[] {
    const line: RegionId[] = [];
    for (
      let at = this.#regions.get(id);
      at !== undefined;
      at = at.parent ? this.#regions.get(at.parent) : undefined
    ) {
      line.push(at.id);
    }
    return line;
  }

  /** Every region that a scope concerns: those named, the ones that contain them and the ones within them. */
  touchedBy(scope: Scope): Scope {
    if (scope === 'nationwide') return scope;
    const named = new Set(scope);
    const touched = new Set(scope.flatMap((id) => [id, ...this.regionLine(id)]));
    for (const { id } of this.regions) if (this.regionLine(id).some((at) => named.has(at))) touched.add(id);
    return [...touched];
  }
}

function invert(
  services: readonly Service[],
  edges: (s: Service) => readonly ServiceId[],
): ReadonlyMap<ServiceId, Service[]> {
  const result = new Map<ServiceId, Service[]>();
  for (const service of services) {
    for (const id of edges(service)) {
      const list = result.get(id);
      if (list) list.push(service);
      else result.set(id, [service]);
    }
  }
  return result;
}
