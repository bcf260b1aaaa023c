import type { Incident } from '../domain/incident.ts';
import type { ServiceStatus } from '../domain/status.ts';
import { ago, clockTime } from './dates.ts';
import { oneLine } from './official-text.ts';
import type { Telling } from './status-line.ts';

/** Where the answer comes from and how old it is: the small print under it. */
export function basisLine(status: ServiceStatus, telling: Telling): string {
  const { say, language, catalogue, now } = telling;
  const time = clockTime(status.asOf, now, language);
  const age = ago(status.asOf, now, language);
  const regional = newest(faultsElsewhere(status));
  if (status.availability === 'operational' && regional !== null) return sourceLine(regional, telling);
  switch (status.basis) {
    case 'none_declared':
      return say('status.basis.noneDeclared', { time });
    case 'measured':
      return say('status.basis.measured', { ago: age });
    case 'silent':
      return say('status.basis.silent', { time, ago: age });
    case 'maintenance': {
      const agency = status.maintenance === null ? undefined : catalogue.agency(status.maintenance.agency);
      if (agency === undefined || status.maintenance === null)
        return say('status.basis.collected', { time, ago: age });
      return say('status.basis.window', {
        source: oneLine(agency.name, language),
        time: clockTime(status.maintenance.createdAt, now, language),
      });
    }
    case 'declared':
    case 'overdue':
    case 'channels': {
      const incident = newest(status.incidents);
      if (incident === null) return say('status.basis.collected', { time, ago: age });
      return sourceLine(incident, telling);
    }
  }
}

const sourceLine = ({ source }: Incident, { say, language, now }: Telling): string =>
  say('status.basis.source', {
    source: oneLine(source.name, language),
    time: clockTime(source.at, now, language),
    ago: ago(source.at, now, language),
  });

/** Faults in other regions, of the service or of its channels. */
const faultsElsewhere = (status: ServiceStatus): readonly Incident[] => [
  ...status.elsewhere,
  ...status.channels.flatMap((c) => c.elsewhere),
];

const newest = (incidents: readonly Incident[]): Incident | null =>
  incidents.reduce<Incident | null>((a, b) => (a === null || b.updatedAt > a.updatedAt ? b : a), null);
