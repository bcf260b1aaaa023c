import type { Measurement } from '../domain/detector.ts';
import type { AgencyId, IncidentId, MaintenanceId, ServiceId } from '../domain/ids.ts';
import type { Incident, IncidentUpdate } from '../domain/incident.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Page, PageRequest } from './page.ts';

export interface Incidents {
  insert(incident: Incident, update: IncidentUpdate): Promise<void>;
  /** Writes the incident if its revision is still `incident.revision - 1`, and its update. False: somebody was first. */
  advance(incident: Incident, update: IncidentUpdate): Promise<boolean>;
  get(id: IncidentId): Promise<Incident | null>;
  /** Neither resolved nor withdrawn. */
  open(): Promise<readonly Incident[]>;
  updates(id: IncidentId): Promise<readonly IncidentUpdate[]>;
  /** By `declaredAt`, newest first. `services` narrows to incidents that name or named one of them. */
  list(
    filter: { services?: readonly ServiceId[]; states?: readonly Incident['state'][]; agency?: AgencyId },
    page: PageRequest,
  ): Promise<Page<Incident>>;
}

export interface Maintenances {
  insert(maintenance: Maintenance): Promise<void>;
  /** As `Incidents.advance`. */
  advance(maintenance: Maintenance): Promise<boolean>;
  get(id: MaintenanceId): Promise<Maintenance | null>;
  /** Scheduled or in progress, by start. */
  pending(): Promise<readonly Maintenance[]>;
  list(
    filter: { services?: readonly ServiceId[]; agency?: AgencyId },
    page: PageRequest,
  ): Promise<Page<Maintenance>>;
}

export interface Measurements {
  all(): Promise<readonly Measurement[]>;
  get(service: ServiceId, source: string): Promise<Measurement | null>;
  put(measurement: Measurement): Promise<void>;
}
