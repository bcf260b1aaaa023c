import { readCatalogue } from '../../src/config/catalogue.ts';
import type { Availability } from '../../src/domain/availability.ts';
import type { Measurement } from '../../src/domain/detector.ts';
import type { RegionId, ServiceId } from '../../src/domain/ids.ts';
import type { Incident, IncidentUpdate } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import { type CurrentFacts, explainedBy, statusOf, workingAlternatives } from '../../src/domain/status.ts';
import { type StatusView, statusCard } from '../../src/wording/status-card.ts';

/** The catalogue that ships. */
export const catalogue = readCatalogue(null);

/** A moment in Seoul, `2023-11-17 14:03`. */
export const seoul = (clock: string): Instant =>
  new Date(`${clock.replace(' ', 'T')}:00+09:00`).toISOString();

/** Three minutes after the ministry's word of 14:00. */
export const NOW = seoul('2023-11-17 14:03');

export const MINISTRY = { ko: '행정안전부', en: 'Ministry of the Interior and Safety' };

export function incident(
  services: Readonly<Record<ServiceId, Availability>>,
  since: string,
  rest: Partial<Incident> = {},
): Incident {
  return {
    id: 'inc_1',
    agency: 'mois',
    state: 'investigating',
    title: { ko: '정부24 장애', en: 'Government24 outage' },
    services: Object.entries(services).map(([service, status]) => ({ service, status, since: seoul(since) })),
    scope: 'nationwide',
    limits: null,
    works: null,
    source: { name: MINISTRY, at: seoul('2023-11-17 14:00') },
    deadlines: [],
    nextUpdateAt: null,
    critical: false,
    startedAt: seoul(since),
    declaredAt: seoul(since),
    updatedAt: seoul('2023-11-17 14:00'),
    resolvedAt: null,
    declaredBy: null,
    revision: 1,
    ...rest,
  };
}

export const update = (of: Incident, ko: string, en: string): IncidentUpdate => ({
  incident: of.id,
  sequence: 1,
  state: of.state,
  services: of.services,
  message: { ko, en },
  nextUpdateAt: of.nextUpdateAt,
  source: of.source,
  at: of.updatedAt,
  by: null,
});

export const measurement = (
  service: ServiceId,
  verdict: Availability,
  since: string,
  observed: string,
): Measurement => ({
  service,
  source: 'probe',
  verdict,
  since: seoul(since),
  observedAt: seoul(observed),
  silentAfterSeconds: 600,
  run: { seen: verdict === 'operational' ? 'ok' : 'failed', count: 3, since: seoul(since) },
});

export const maintenance = (
  services: readonly ServiceId[],
  startsAt: string,
  endsAt: string,
  rest: Partial<Maintenance> = {},
): Maintenance => ({
  id: 'mnt_1',
  agency: 'mois',
  services,
  state: 'scheduled',
  startsAt: seoul(startsAt),
  endsAt: seoul(endsAt),
  message: { ko: '시스템을 점검해요.', en: 'System maintenance.' },
  emergency: false,
  createdAt: seoul('2023-11-16 10:00'),
  createdBy: null,
  revision: 1,
  ...rest,
});

export interface Situation {
  readonly service: ServiceId;
  readonly now?: Instant;
  readonly region?: RegionId;
  readonly incidents?: readonly Incident[];
  readonly maintenances?: readonly Maintenance[];
  readonly measurements?: readonly Measurement[];
  readonly latest?: IncidentUpdate;
}

const factsOf = (situation: Situation): CurrentFacts => ({
  now: situation.now ?? NOW,
  incidents: situation.incidents ?? [],
  maintenances: situation.maintenances ?? [],
  measurements: situation.measurements ?? [],
});

/** Looks everything up as conversation does. */
export function viewOf(situation: Situation): StatusView {
  const facts = factsOf(situation);
  const service = catalogue.service(situation.service);
  if (service === undefined) throw new Error(`No ${situation.service}`);
  const region = situation.region ?? null;
  const behind = service.kind === 'infrastructure' || service.kind === 'internal';
  return {
    service,
    status: statusOf(service.id, facts, catalogue, region),
    alternatives: workingAlternatives(service.id, facts, catalogue, region),
    explainedBy: explainedBy(service.id, facts, catalogue),
    resting: behind
      ? catalogue
          .restingOn(service.id)
          .filter((s) => s.kind !== 'infrastructure' && s.kind !== 'internal')
          .map((s) => statusOf(s.id, facts, catalogue, region))
      : [],
    region,
    latest: situation.latest ?? null,
  };
}

export const cardOf = (situation: Situation, language: Language) =>
  statusCard(viewOf(situation), catalogue, language, situation.now ?? NOW);

export const statusesOf = (services: readonly ServiceId[], situation: Omit<Situation, 'service'>) => {
  const facts = factsOf({ ...situation, service: '' });
  return services.map((id) => statusOf(id, facts, catalogue, situation.region ?? null));
};
