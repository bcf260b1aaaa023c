import type { Generated } from 'kysely';
import type { CampaignState } from '../domain/campaign.ts';

/*
 * The tables, the same on both databases. Instants are ISO text, truth values 0 or 1, JSON is text:
 * what both databases compare, index and bind alike. The outbox alone is made of numbers: it holds millions of rows.
 */

export interface Schema {
  migrations: { name: string; applied_at: string };
  meta: { key: string; value: string };
  memo: { namespace: string; key: string; value: string; expires_at: string | null };

  incidents: IncidentRow;
  incident_services: { incident: string; service: string };
  incident_updates: { incident: string; sequence: number; body: string };
  maintenances: MaintenanceRow;
  maintenance_services: { maintenance: string; service: string };
  measurements: { service: string; source: string; body: string };

  notice_days: { day: string; last: number };
  notices: NoticeRow;
  notice_cards: { notice: string; language: string; body: string };
  campaigns: CampaignRow;
  campaign_counts: CountsRow;
  stopped_renditions: { campaign: number; platform: string; language: number; why: string; at: string };
  deliveries: DeliveryRow;
  delivery_lines: DeliveryLineRow;
  lane_numbers: { number: Generated<number>; key: string; last: number };
  lanes: { key: string; paused_until: string | null; why: string | null };
  leases: { name: string; owner: string | null; epoch: number; until: string };

  subscribers: SubscriberRow;
  subscriptions: { subscriber: number; kind: string; target: string; created_at: string };
  follows: FollowRow;
  officials: OfficialRow;
  official_tokens: { hash: string; official: string; created_at: string };
  official_links: { hash: string; official: string; expires_at: string };
  official_identities: { platform: string; workspace: string; person: string; official: string };
  reports: { id: Generated<number>; service: string; who: string; region: string | null; at: string };
  report_marks: { service: string; who: string; at: string };
  questions: QuestionRow;
  question_days: { question: string; day: string; people: number };
  question_samples: { question: string; text: string; day: string };
  question_marks: { question: string; who: string; day: string };
  inbound: InboundRow;
  audit: AuditRow;
  audit_head: { id: number; sequence: number; hash: string };
  announcements: AnnouncementRow;
  notice_withdrawals: { notice: string; by_notice: string; at: string };
  alerts: AlertRow;
  api_requests: ApiRequestRow;

  slack_installations: { key: string; sealed: string };
  slack_workspaces: { workspace: string; organisation: string };
  slack_states: { once: string; expires_at: string };
}

/** What is searched or guarded stands in columns; the whole record is `body`. */
export interface IncidentRow {
  id: string;
  agency: string;
  state: string;
  declared_at: string;
  revision: number;
  body: string;
}

export interface MaintenanceRow {
  id: string;
  agency: string;
  state: string;
  starts_at: string;
  created_at: string;
  revision: number;
  body: string;
}

export interface NoticeRow {
  id: string;
  code: string;
  incident: string | null;
  sequence: number;
  created_at: string;
  body: string;
}

export interface CampaignRow {
  number: Generated<number>;
  id: string;
  notice: string;
  state: CampaignState;
  /** Where a paused one goes on. */
  resume_to: CampaignState | null;
  hold_until: string;
  /** The number of the last subscriber fanned out to. */
  cursor: number;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
  /** 2: all deliveries; 1: some were removed; 0: none is left, only the counts. */
  rows_kept: number;
}

/** How many deliveries of a campaign are in each state, moved in the transaction that moves the deliveries. */
export interface CountsRow {
  campaign: number;
  audience: number;
  ready: number;
  held: number;
  sending: number;
  sent: number;
  ended: number;
  failed: number;
  uncertain: number;
  superseded: number;
  cancelled: number;
  resent: number;
  /** The ten seconds, counted from 1970, in which something was settled last; how much; and how much in the ten before. */
  pulse_at: number;
  pulse: number;
  pulse_before: number;
  /** JSON: how many were sent after how long, in the steps of `delivery-times.ts`. */
  times: string;
}

/** Times are milliseconds since 1970. */
export interface DeliveryRow {
  campaign: number;
  /** A subscriber's number; below zero, a number that means nothing, once the person was erased. */
  subscriber: number;
  lane: number;
  priority: number;
  /** 0 Korean, 1 English, when it was promised: to pass by a rendition that was stopped. */
  language: number;
  /** One of `DELIVERY` in `delivery-state.ts`. */
  state: number;
  due_at: number;
  attempts: number;
  resent: number;
  silent: number;
  lease_until: number | null;
  started_at: number | null;
  message_id: string | null;
  error: string | null;
}

/** How far a lane has come along the deliveries that stand in line. */
interface DeliveryLineRow {
  campaign: number;
  lane: number;
  priority: number;
  head: number;
}

export interface SubscriberRow {
  /** Lane and place in it, see `lane-numbers.ts`. */
  number: number;
  id: string;
  platform: string;
  workspace: string;
  chat: string;
  kind: string;
  language: string | null;
  hint: string | null;
  region: string | null;
  quiet_hours: string | null;
  announcements: number | null;
  state: string;
  ended_because: string | null;
  /** When the platform first did not find it, until something is sent to it again. */
  suspected_at: string | null;
  created_at: string;
  seen_at: string;
}

export interface FollowRow {
  subscriber: number;
  service: string;
  incident: string | null;
  created_at: string;
  expires_at: string;
}

export interface OfficialRow {
  id: string;
  name: string;
  agency: string;
  roles: string;
  created_at: string;
  revoked_at: string | null;
}

/** Lists are joined by spaces, none is empty text: so clusters of one kind are found by one index. */
export interface QuestionRow {
  id: string;
  language: string;
  reason: string;
  services: string;
  leaning: string;
  cues: string;
  gist: string;
  /** Since it was made, whatever was forgotten of its days. */
  people: number;
  last_day: string;
}

export interface InboundRow {
  sequence: Generated<number>;
  platform: string;
  id: string;
  /** Empty once settled, as is the body: only the id is kept, to know a repeat. */
  chat: string;
  body: string | null;
  received_at: string;
  attempts: number;
  lease_until: string;
  owner: string;
  settled_at: string | null;
}

export interface AuditRow {
  sequence: Generated<number>;
  at: string;
  actor: string;
  door: string;
  act: string;
  subject: string;
  before: string;
  after: string;
  /** Of the entry before; of the first, of nothing. */
  previous: string;
  hash: string;
}

export interface AnnouncementRow {
  id: string;
  agency: string;
  state: string;
  created_at: string;
  /** When the clock has to look at it; null: never. */
  due_at: string | null;
  notice: string | null;
  version: number;
  body: string;
}

interface AlertRow {
  sequence: Generated<number>;
  official: string;
  kind: string;
  subject: string;
  at: string;
  seen_at: string | null;
}

export interface ApiRequestRow {
  official: string;
  key: string;
  fingerprint: string;
  begun_at: string;
  /** Null while it is under way. */
  status: number | null;
  location: string | null;
  body: string | null;
}
