import type { Availability } from './availability.ts';
import { isWorse } from './availability.ts';
import type { AgencyId, IncidentId, OfficialId, RegionId, ServiceId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Bilingual } from './language.ts';

/*
 * An outage and its story.
 *
 *   investigating ⇄ identified ⇄ monitoring ──► resolved ──► investigating (reopened: false recovery is real)
 *        └──────────────┴─────────────┴──────────┴──► withdrawn (it was declared in error; final)
 */
export const INCIDENT_STATES = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'withdrawn',
] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Legal moves. Staying in an open state is legal: an update may carry only news. */
export const INCIDENT_MOVES: { readonly [S in IncidentState]: readonly IncidentState[] } = {
  investigating: ['investigating', 'identified', 'monitoring', 'resolved', 'withdrawn'],
  identified: ['identified', 'investigating', 'monitoring', 'resolved', 'withdrawn'],
  monitoring: ['monitoring', 'investigating', 'identified', 'resolved', 'withdrawn'],
  resolved: ['investigating', 'withdrawn'],
  withdrawn: [],
};

export const canMove = (from: IncidentState, to: IncidentState): boolean => INCIDENT_MOVES[from].includes(to);
export const isOpen = (state: IncidentState): boolean => state !== 'resolved' && state !== 'withdrawn';

/** Everywhere, or the named regions only. */
export type Scope = 'nationwide' | readonly RegionId[];

/** Who says so, and as of when. */
export interface Source {
  readonly name: Bilingual;
  readonly at: Instant;
}

/** A duty whose day moved because of the outage. Only from records: nothing is ever inferred. */
export interface Deadline {
  readonly duty: Bilingual;
  /** The law or notice it rests on. */
  readonly basis: Bilingual | null;
  /** Calendar days in Seoul, `YYYY-MM-DD`; null where not fixed yet. */
  readonly oldDate: string | null;
  readonly newDate: string | null;
  /** true: nobody needs to apply. */
  readonly automatic: boolean;
  readonly who: Bilingual | null;
}

export interface AffectedService {
  readonly service: ServiceId;
  readonly status: Availability;
  /** Since when it has had this status. */
  readonly since: Instant;
}

export interface Incident {
  readonly id: IncidentId;
  readonly agency: AgencyId;
  readonly state: IncidentState;
  readonly title: Bilingual;
  readonly services: readonly AffectedService[];
  readonly scope: Scope;
  readonly limits: Bilingual | null;
  readonly works: Bilingual | null;
  readonly source: Source;
  readonly deadlines: readonly Deadline[];
  readonly nextUpdateAt: Instant | null;
  readonly critical: boolean;
  /** When it began, which may be before anybody declared it. */
  readonly startedAt: Instant;
  readonly declaredAt: Instant;
  readonly updatedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly declaredBy: OfficialId | null;
  /** Counts changes; a writer that saw an older one is refused. */
  readonly revision: number;
}

/** One entry of the story, as told. */
export interface IncidentUpdate {
  readonly incident: IncidentId;
  /** 1 is the declaration. */
  readonly sequence: number;
  readonly state: IncidentState;
  readonly services: readonly AffectedService[];
  readonly message: Bilingual;
  readonly nextUpdateAt: Instant | null;
  readonly source: Source;
  readonly at: Instant;
  readonly by: OfficialId | null;
}

/** A change asked for on one service of an incident. */
export interface StatusChange {
  readonly service: ServiceId;
  readonly status: Availability;
}

/**
 * The services of an incident after changes. `since` starts anew with every status word: what was slow from 10:00
 * and stopped at 13:55 is unavailable since 13:55, and a false recovery reads "since 13:00".
 */
export function withChanges(
  services: readonly AffectedService[],
  changes: readonly StatusChange[],
  at: Instant,
): readonly AffectedService[] {
  const result = new Map(services.map((s) => [s.service, s]));
  for (const change of changes) {
    const before = result.get(change.service);
    result.set(change.service, { ...change, since: before?.status === change.status ? before.since : at });
  }
  return [...result.values()];
}

/** Working again, provisionally or for good. */
export const isBack = (status: Availability): boolean => status === 'recovering' || status === 'operational';

export type Turnaround = 'worse' | 'provisional' | 'same';

/** How an update changed things, which decides the kind of its notice. Worse outweighs better. */
export function turnaround(
  before: readonly AffectedService[],
  after: readonly AffectedService[],
): Turnaround {
  const was = new Map(before.map((s) => [s.service, s.status]));
  let better = false;
  for (const { service, status } of after) {
    const previous = was.get(service) ?? 'operational';
    if (isWorse(status, previous)) return 'worse';
    if (isBack(status) && !isBack(previous)) better = true;
  }
  return better ? 'provisional' : 'same';
}
