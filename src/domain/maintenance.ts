import type { AgencyId, MaintenanceId, OfficialId, ServiceId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Bilingual } from './language.ts';

/*
 *   scheduled ──► in_progress ──► completed
 *       └──────────────┴──► cancelled
 * The clock moves it; `phaseAt` tells what is true at a moment even before the housekeeping tick has said so.
 */
export const MAINTENANCE_STATES = ['scheduled', 'in_progress', 'completed', 'cancelled'] as const;
export type MaintenanceState = (typeof MAINTENANCE_STATES)[number];

export const MAINTENANCE_MOVES: { readonly [S in MaintenanceState]: readonly MaintenanceState[] } = {
  scheduled: ['in_progress', 'completed', 'cancelled'],
  in_progress: ['completed', 'cancelled'],
  completed: [],
  cancelled: [],
};

export interface Maintenance {
  readonly id: MaintenanceId;
  readonly agency: AgencyId;
  readonly services: readonly ServiceId[];
  readonly state: MaintenanceState;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly message: Bilingual;
  readonly emergency: boolean;
  readonly createdAt: Instant;
  readonly createdBy: OfficialId | null;
  readonly revision: number;
}

/** The state the clock asks for at a moment. */
export function phaseAt(maintenance: Maintenance, now: Instant): MaintenanceState {
  if (maintenance.state === 'completed' || maintenance.state === 'cancelled') return maintenance.state;
  if (now >= maintenance.endsAt) return 'completed';
  return now >= maintenance.startsAt ? 'in_progress' : 'scheduled';
}
