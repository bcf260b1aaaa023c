import type { Availability } from '../../src/domain/availability.ts';
import { Catalogue } from '../../src/domain/catalogue.ts';
import type { Measurement } from '../../src/domain/detector.ts';
import type { Incident, Scope } from '../../src/domain/incident.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import type { Region, Service } from '../../src/domain/service.ts';
import type { CurrentFacts } from '../../src/domain/status.ts';

/** A moment of 17 November 2023 in UTC: `at('04:55')` is 13:55 in Seoul. */
export const at = (time: string): string => `2023-11-17T${time}:00.000Z`;

const both = (text: string) => ({ ko: text, en: text });

export const aService = (id: string, more: Partial<Service> = {}): Service => ({
  id,
  name: both(id),
  reading: null,
  agency: 'mois',
  kind: 'service',
  audience: 'citizen',
  category: 'civil-documents',
  aliases: { ko: [], en: [] },
  needsCue: [],
  url: null,
  helpline: null,
  parent: null,
  dependsOn: [],
  channels: [],
  tasks: [],
  alternatives: [],
  note: null,
  ...more,
});

export const instead = (via: string | null) => ({ text: both(via ?? 'by phone'), via });

const aRegion = (id: string, parent: string | null): Region => ({
  id,
  name: both(id),
  parent,
  aliases: { ko: [], en: [] },
});

/** A certificate offered on the web, at the counter and at a kiosk, and what these rest on. */
export const catalogue = new Catalogue({
  services: [
    aService('network', { kind: 'infrastructure' }),
    aService('saeol', { kind: 'infrastructure', dependsOn: ['network'] }),
    aService('gov24', {
      dependsOn: ['network'],
      alternatives: [instead('counter'), instead('kiosk'), instead(null)],
    }),
    aService('counter', { kind: 'channel', agency: 'local', category: 'contact', dependsOn: ['saeol'] }),
    aService('kiosk', { kind: 'channel', dependsOn: ['saeol', 'network'] }),
    aService('certificate', { kind: 'function', channels: ['gov24', 'counter', 'kiosk'] }),
    aService('move-in', { kind: 'function', channels: ['gov24', 'counter'] }),
    aService('hometax', { agency: 'nts', category: 'tax' }),
  ],
  agencies: [],
  regions: [
    aRegion('seoul', null),
    aRegion('seoul-mapo', 'seoul'),
    aRegion('busan', null),
    aRegion('busan-haeundae', 'busan'),
    aRegion('busan-suyeong', 'busan'),
  ],
  categories: [],
  ambiguous: [],
});

interface Given extends Partial<Omit<Incident, 'services'>> {
  readonly since?: string;
  readonly scope?: Scope;
}

/** An open incident that sets these statuses. */
export const incident = (statuses: Readonly<Record<string, Availability>>, given: Given = {}): Incident => {
  const { since = at('04:55'), ...more } = given;
  return {
    id: 'inc_1',
    agency: 'mois',
    state: 'investigating',
    title: both('title'),
    services: Object.entries(statuses).map(([service, status]) => ({ service, status, since })),
    scope: 'nationwide',
    limits: null,
    works: null,
    source: { name: both('MOIS'), at: since },
    deadlines: [],
    nextUpdateAt: null,
    critical: false,
    startedAt: since,
    declaredAt: since,
    updatedAt: since,
    resolvedAt: null,
    declaredBy: null,
    revision: 1,
    ...more,
  };
};

export const maintenance = (
  services: readonly string[],
  startsAt: string,
  endsAt: string,
  more: Partial<Maintenance> = {},
): Maintenance => ({
  id: 'mnt_1',
  agency: 'mois',
  services,
  state: 'scheduled',
  startsAt,
  endsAt,
  message: both('work'),
  emergency: false,
  createdAt: at('00:00'),
  createdBy: null,
  revision: 1,
  ...more,
});

export const measurement = (
  service: string,
  verdict: Availability,
  more: Partial<Measurement> = {},
): Measurement => ({
  service,
  source: 'http:example',
  verdict,
  since: at('05:00'),
  observedAt: at('05:59'),
  silentAfterSeconds: 600,
  run: { seen: 'ok', count: 5, since: at('05:00') },
  ...more,
});

/** What is on record at 06:00 UTC, 15:00 in Seoul. */
export const facts = (more: Partial<CurrentFacts> = {}): CurrentFacts => ({
  now: at('06:00'),
  incidents: [],
  maintenances: [],
  measurements: [],
  ...more,
});
