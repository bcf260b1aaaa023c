import type { Audience } from './audience.ts';
import type { Availability } from './availability.ts';
import type { AgencyId, IncidentId, MaintenanceId, NoticeId, ServiceId } from './ids.ts';
import type { Deadline, Scope, Source } from './incident.ts';
import type { Instant } from './instant.ts';
import { seoulClock } from './instant.ts';
import type { Bilingual } from './language.ts';

/**
 * `outage` opens (or reopens, or worsens) an incident; `update` carries news; `provisional` says it is back with limits;
 * `restoration` ends it; `correction` takes a wrong declaration back or mends a notice;
 * `maintenance` announces, ends or calls off a window; `announcement` is an official's own text.
 */
export const NOTICE_KINDS = [
  'outage',
  'update',
  'provisional',
  'restoration',
  'correction',
  'maintenance',
  'announcement',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const SEVERITIES = ['info', 'important', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A service as the notice tells of it: named in full, so that the notice stands alone for ever. */
export interface ToldService {
  readonly id: ServiceId;
  readonly name: Bilingual;
  readonly reading: string | null;
  readonly status: Availability;
  readonly since: Instant;
}

/** Everything a notice says, with nothing left to look up. */
export interface NoticeFact {
  readonly kind: NoticeKind;
  readonly code: string;
  readonly at: Instant;
  readonly services: readonly ToldService[];
  /** Region names for a fault that is not nationwide. */
  readonly regions: readonly Bilingual[] | 'nationwide';
  readonly title: Bilingual | null;
  readonly message: Bilingual | null;
  readonly limits: Bilingual | null;
  readonly works: Bilingual | null;
  /** Alternatives that worked when the notice was written. */
  readonly alternatives: readonly Bilingual[];
  readonly deadlines: readonly Deadline[];
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly nextUpdateAt: Instant | null;
  readonly source: Source;
  /** Whom to call. */
  readonly phone: string | null;
  /** An outage told anew: `reopened` after a resolution, `relapse` after a provisional recovery, `unstable` over and over. */
  readonly again: 'reopened' | 'relapse' | 'unstable' | null;
  /** For maintenance. */
  readonly phase: 'scheduled' | 'completed' | 'cancelled' | null;
  readonly emergency: boolean;
  /** The code of the notice that this one corrects. */
  readonly corrects: string | null;
  /** What `corrects` names no longer holds at all. */
  readonly withdrawn?: boolean | undefined;
}

/** An immutable fact to tell. */
export interface Notice {
  readonly id: NoticeId;
  readonly code: string;
  readonly kind: NoticeKind;
  readonly severity: Severity;
  readonly agency: AgencyId;
  readonly incident: IncidentId | null;
  /** Its place in the incident's story; later ones make earlier unsent ones untrue. */
  readonly sequence: number;
  readonly maintenance: MaintenanceId | null;
  readonly audience: Audience;
  readonly scope: Scope;
  /** What is unsent of these notices is no longer true once this one is told, and not before. */
  readonly settles?: readonly NoticeId[] | undefined;
  readonly fact: NoticeFact;
  readonly createdAt: Instant;
}

/** The public code of the nth notice of a day in Seoul: `2023-1117-2`. */
export function noticeCode(at: Instant, nth: number): string {
  const { year, month, day } = seoulClock(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${year}-${two(month)}${two(day)}-${nth}`;
}
