import type { Availability } from './availability.ts';
import { isDown, isUsable, isWorse, throughChannels, worst } from './availability.ts';
import type { Catalogue } from './catalogue.ts';
import type { Measurement } from './detector.ts';
import { isSilent } from './detector.ts';
import type { RegionId, ServiceId } from './ids.ts';
import type { Incident } from './incident.ts';
import { isOpen } from './incident.ts';
import type { Instant } from './instant.ts';
import { earlier, later } from './instant.ts';
import type { Maintenance } from './maintenance.ts';
import { phaseAt } from './maintenance.ts';
import type { Alternative } from './service.ts';

/** All that is on record at a moment: what every answer and notice is reckoned from. */
export interface CurrentFacts {
  readonly now: Instant;
  /** Open incidents. */
  readonly incidents: readonly Incident[];
  /** Windows that run or are still to come. */
  readonly maintenances: readonly Maintenance[];
  readonly measurements: readonly Measurement[];
}

/**
 * Why a status is what it is:
 * `declared` by an official; `maintenance` by a window; `channels` for a function; `measured` by a source;
 * `none_declared`: nothing says otherwise; `overdue`: a promised update did not come; `silent`: a source fell quiet.
 */
export type Basis =
  | 'declared'
  | 'maintenance'
  | 'channels'
  | 'measured'
  | 'none_declared'
  | 'overdue'
  | 'silent';

export interface ServiceStatus {
  readonly service: ServiceId;
  readonly availability: Availability;
  readonly basis: Basis;
  /** Before the promise or the source ran out; null unless the basis is `overdue` or `silent`. */
  readonly lastKnown: Availability | null;
  readonly since: Instant | null;
  /** How fresh: when the last record that decides this was made. */
  readonly asOf: Instant;
  /** The open incidents that decide it, the worst first. */
  readonly incidents: readonly Incident[];
  /** Open incidents in regions that were not asked about. */
  readonly elsewhere: readonly Incident[];
  readonly maintenance: Maintenance | null;
  /** The next window to come. */
  readonly upcoming: Maintenance | null;
  readonly measurement: Measurement | null;
  /** For a function: each channel with its own status. Empty otherwise. */
  readonly channels: readonly ServiceStatus[];
}

const statusIn = (incident: Incident, service: ServiceId) =>
  incident.services.find((s) => s.service === service);

/** Whether an incident concerns somebody who asks from `region`; with no region, only a nationwide one does. */
export function concerns(
  incident: Pick<Incident, 'scope'>,
  region: RegionId | null,
  catalogue: Catalogue,
): boolean {
  if (incident.scope === 'nationwide') return true;
  if (region === null) return false;
  const line = catalogue.regionLine(region);
  return incident.scope.some((named) => line.includes(named) || catalogue.regionLine(named).includes(region));
}

/**
 * What is true of a service now.
 * An official's word stands before a window, a window before a source, and a source before the default.
 * Dependencies take no part. A fault in another region is listed under `elsewhere` and changes nothing here.
 * @param region where the asker is, if known
 * @throws Error when the service is not in the catalogue
 */
export function statusOf(
  id: ServiceId,
  facts: CurrentFacts,
  catalogue: Catalogue,
  region: RegionId | null = null,
): ServiceStatus {
  const service = catalogue.service(id);
  if (service === undefined) throw new Error(`No service ${id} in the catalogue`);
  const naming = facts.incidents.filter((i) => isOpen(i.state) && statusIn(i, id) !== undefined);
  const here = naming.filter((i) => concerns(i, region, catalogue));
  const elsewhere = naming.filter((i) => !here.includes(i));
  const windows = facts.maintenances.filter((m) => m.services.includes(id));
  const running = windows.find((m) => phaseAt(m, facts.now) === 'in_progress') ?? null;
  const upcoming =
    windows
      .filter((m) => phaseAt(m, facts.now) === 'scheduled')
      .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))[0] ?? null;
  const measurement = measurementOf(id, facts);
  const channels = service.channels.map((channel) => statusOf(channel, facts, catalogue, region));
  const base = {
    service: id,
    elsewhere: [...new Set([...elsewhere, ...channels.flatMap((c) => c.elsewhere)])],
    maintenance: running,
    upcoming,
    measurement,
    channels,
  };

  if (here.length > 0) {
    const word = fromOfficials(id, here, facts.now);
    // A window hides a milder word, never a worse fault, not even one whose promise is overdue.
    if (running !== null && isWorse('maintenance', word.lastKnown ?? word.availability)) {
      return { ...base, ...fromWindow(running), incidents: word.incidents };
    }
    return { ...base, ...word };
  }
  if (running !== null) return { ...base, ...fromWindow(running), incidents: [] };
  if (service.kind === 'function' && channels.length > 0)
    return { ...base, ...fromChannels(channels, facts.now) };
  if (measurement !== null) {
    const measured = { ...base, incidents: [], asOf: measurement.observedAt };
    if (isSilent(measurement, facts.now)) {
      return {
        ...measured,
        availability: 'unknown',
        basis: 'silent',
        lastKnown: measurement.verdict,
        since: measurement.observedAt,
      };
    }
    const fine = measurement.verdict === 'operational';
    return {
      ...measured,
      availability: measurement.verdict,
      basis: 'measured',
      lastKnown: null,
      since: fine ? null : measurement.since,
    };
  }
  return {
    ...base,
    incidents: [],
    availability: 'operational',
    basis: 'none_declared',
    lastKnown: null,
    since: null,
    asOf: facts.now,
  };
}

/**
 * What the open incidents say together. Each keeps or breaks its own promise: one that is overdue counts as
 * unknown, and neither hides a worse word that still stands nor is shielded by a milder one.
 */
function fromOfficials(id: ServiceId, here: readonly Incident[], now: Instant) {
  const words = here.map((incident) => {
    const { status, since } = statusIn(incident, id) ?? { status: 'operational', since: incident.startedAt };
    const overdue = incident.nextUpdateAt !== null && incident.nextUpdateAt < now;
    return { incident, status, since, overdue, told: overdue ? ('unknown' as const) : status };
  });
  const availability = worst(words.map((w) => w.told));
  const deciding = words.filter((w) => w.told === availability);
  const declared = worst(words.map((w) => w.status));
  const begun = words.filter((w) => w.status === declared);
  const overdue = deciding.every((w) => w.overdue);
  const ranked = words.toSorted((a, b) => {
    if (a.told !== b.told) return isWorse(a.told, b.told) ? -1 : 1;
    return a.incident.updatedAt > b.incident.updatedAt ? -1 : 1;
  });
  return {
    availability,
    basis: overdue ? ('overdue' as const) : ('declared' as const),
    lastKnown: overdue ? declared : null,
    since: begun.map((w) => w.since).reduce(earlier),
    asOf: deciding.map((w) => w.incident.updatedAt).reduce(later),
    incidents: ranked.map((w) => w.incident),
  };
}

const fromWindow = (running: Maintenance) => ({
  availability: 'maintenance' as const,
  basis: 'maintenance' as const,
  lastKnown: null,
  since: running.startsAt,
  asOf: later(running.createdAt, running.startsAt),
});

/**
 * The measurement that counts: of the sources that still speak and have a verdict the worst; else one that fell
 * silent. A source that has not seen enough for a verdict says nothing yet.
 */
function measurementOf(id: ServiceId, facts: CurrentFacts): Measurement | null {
  const all = facts.measurements.filter((m) => m.service === id);
  const judged = all.filter((m) => !isSilent(m, facts.now) && m.verdict !== 'unknown');
  const silent = all.filter((m) => isSilent(m, facts.now));
  const pool = judged.length > 0 ? judged : silent;
  return pool.reduce<Measurement | null>((chosen, m) => {
    if (chosen === null) return m;
    if (judged.length > 0 && m.verdict !== chosen.verdict) {
      return isWorse(m.verdict, chosen.verdict) ? m : chosen;
    }
    return m.observedAt > chosen.observedAt ? m : chosen;
  }, null);
}

function fromChannels(channels: readonly ServiceStatus[], now: Instant) {
  const availability = throughChannels(channels.map((c) => c.availability));
  const impaired = channels.filter((c) => c.availability !== 'operational');
  // What nobody can judge did not begin the fault, unless it is all there is to say.
  const starts = impaired
    .filter((c) => c.availability !== 'unknown' || availability === 'unknown')
    .map((c) => c.since)
    .filter((at) => at !== null);
  const incidents = [...new Set(impaired.flatMap((c) => c.incidents))];
  if (impaired.length === 0) {
    const measured = channels.filter((c) => c.basis === 'measured').map((c) => c.asOf);
    return {
      incidents,
      availability,
      basis: measured.length === channels.length ? ('measured' as const) : ('none_declared' as const),
      lastKnown: null,
      since: null,
      asOf: measured.length === channels.length ? measured.reduce(earlier) : now,
    };
  }
  return {
    incidents,
    availability,
    basis: 'channels' as const,
    lastKnown: null,
    // All down: since the last way closed. Some down: since the first did.
    since: starts.length > 0 ? starts.reduce(isDown(availability) ? later : earlier) : null,
    asOf: impaired.map((c) => c.asOf).reduce(later),
  };
}

/** An alternative with the status it has just now; null for one that is not in the catalogue. */
export interface CheckedAlternative {
  readonly alternative: Alternative;
  readonly status: ServiceStatus | null;
}

/** What a citizen can do instead, checked now: what is itself down, unjudged or half down is withheld; the best comes first. */
export function workingAlternatives(
  id: ServiceId,
  facts: CurrentFacts,
  catalogue: Catalogue,
  region: RegionId | null = null,
): readonly CheckedAlternative[] {
  const service = catalogue.service(id);
  if (service === undefined) throw new Error(`No service ${id} in the catalogue`);
  const checked = service.alternatives.map((alternative) => ({
    alternative,
    status: alternative.via === null ? null : statusOf(alternative.via, facts, catalogue, region),
  }));
  const usable = checked.filter(({ status }) => status === null || isUsable(status.availability));
  const weight = ({ status }: CheckedAlternative) =>
    status === null || status.availability === 'operational' ? 0 : 1;
  return usable.sort((a, b) => weight(a) - weight(b));
}

const fails = (incident: Incident, service: ServiceId): boolean =>
  (statusIn(incident, service)?.status ?? 'operational') !== 'operational';

/** Open incidents on what this service rests on: an explanation, not a status. */
export function explainedBy(id: ServiceId, facts: CurrentFacts, catalogue: Catalogue): readonly ServiceId[] {
  const service = catalogue.service(id);
  if (service === undefined) return [];
  const seen = new Set<ServiceId>([id]);
  const queue = [...service.dependsOn];
  const failing: ServiceId[] = [];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (facts.incidents.some((i) => isOpen(i.state) && fails(i, next))) failing.push(next);
    queue.push(...(catalogue.service(next)?.dependsOn ?? []));
  }
  return failing;
}
