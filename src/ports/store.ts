import type { Card } from '../card/card.ts';
import type { Audience } from '../domain/audience.ts';
import type { Campaign, CampaignProgress, Delivery } from '../domain/campaign.ts';
import type { Measurement } from '../domain/detector.ts';
import type {
  AgencyId,
  CampaignId,
  DeliveryId,
  IncidentId,
  MaintenanceId,
  NoticeId,
  OfficialId,
  ServiceId,
  SubscriberId,
} from '../domain/ids.ts';
import type { Incident, IncidentUpdate } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Notice } from '../domain/notice.ts';
import type { Official } from '../domain/official.ts';
import type { ChatRef, Follow, Platform, Subscriber, Subscription, Target } from '../domain/subscriber.ts';

/**
 * Durable state. Reads and writes outside a transaction are each their own; inside one, use only the tables it
 * hands out: a read beside them would wait for ever on a single connection.
 */
export interface Store extends Tables {
  /** All or nothing. Re-run on a serialisation failure, so `work` must only touch the tables it is given. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** True when the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface Tables {
  readonly incidents: Incidents;
  readonly maintenances: Maintenances;
  readonly measurements: Measurements;
  readonly notices: Notices;
  readonly campaigns: Campaigns;
  readonly deliveries: Deliveries;
  readonly lanes: Lanes;
  readonly leases: Leases;
  readonly subscribers: Subscribers;
  readonly subscriptions: Subscriptions;
  readonly follows: Follows;
  readonly officials: Officials;
  readonly reports: Reports;
  readonly inbound: Inbound;
  readonly audit: Audit;
  readonly meta: Meta;
}

/** A page of a list, newest first; `next` is the cursor of the following page, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number;
  readonly cursor: string | null;
}

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

export interface Notices {
  /** The number of the next notice of that day in Seoul, `YYYY-MM-DD`, counted up in this transaction. */
  nextNumber(day: string): Promise<number>;
  insert(notice: Notice, cards: { readonly [L in Language]: Card }): Promise<void>;
  get(id: NoticeId): Promise<Notice | null>;
  byCode(code: string): Promise<Notice | null>;
  card(id: NoticeId, language: Language): Promise<Card | null>;
  /** Of one incident, oldest first. */
  of(incident: IncidentId): Promise<readonly Notice[]>;
}

export interface Campaigns {
  insert(campaign: Campaign): Promise<void>;
  get(id: CampaignId): Promise<Campaign | null>;
  byNotice(notice: NoticeId): Promise<Campaign | null>;
  /** Those whose hold is over and whose fan-out is not, oldest first. */
  toFanOut(now: Instant): Promise<readonly Campaign[]>;
  /** Holding, fanning or sending. */
  active(): Promise<readonly Campaign[]>;
  /** Moves the cursor and state, if the campaign is still `holding` or `fanning`. False: it was stopped meanwhile. */
  advance(id: CampaignId, to: Pick<Campaign, 'state' | 'cursor' | 'startedAt'>): Promise<boolean>;
  /** `sending` campaigns that have no open delivery left become `finished`. Returns how many. */
  finish(now: Instant): Promise<number>;
  /** Stops the unfinished campaigns of an incident with a sequence below this, and turns their unsent deliveries `superseded`. Returns how many deliveries. */
  supersede(incident: IncidentId, belowSequence: number, now: Instant): Promise<number>;
  /** pause, resume, cancel: the legal ones are in domain/campaign. False when the state forbids it. Cancelling turns unsent deliveries `cancelled`. */
  control(id: CampaignId, act: 'pause' | 'resume' | 'cancel', now: Instant): Promise<boolean>;
  /** Audience = sum of the deliveries, at all times. Before and during fan-out the audience is what has been fanned out so far. */
  progress(notice: NoticeId, now: Instant): Promise<CampaignProgress | null>;
}

/** One row of an audience, with what is needed to address it. */
export interface Recipient {
  readonly subscriber: Subscriber;
  /** Asked to be told when it is back. */
  readonly follows: boolean;
}

/** A claimed delivery with all that sending needs. */
export interface Claim {
  readonly delivery: Delivery;
  readonly chat: ChatRef;
  readonly language: Language;
  /** The message id of the incident's opening notice in this chat, if it was sent. */
  readonly replyTo: string | null;
}

export interface Deliveries {
  /** The audience after `cursor`, by subscriber id, at most `limit`. An ended chat is never in it. Each subscriber once. */
  audience(audience: Audience, after: SubscriberId | null, limit: number): Promise<readonly Recipient[]>;
  /** How many the audience holds now. */
  reach(audience: Audience): Promise<number>;
  /** Inserts rows; a second one for the same notice and subscriber is ignored. Returns how many were new. */
  insertMany(rows: readonly Delivery[]): Promise<number>;
  /**
   * Claims up to `limit` rows of a lane that are ready (or held, and due), by priority then due time, at most one a
   * chat, none for a chat that has one in `sending` or claimed, none of a paused, superseded or cancelled campaign.
   */
  claim(lane: string, limit: number, now: Instant, leaseUntil: Instant): Promise<readonly Claim[]>;
  /** claimed → sending, committed before the request. False: it was superseded, cancelled or the lease ran out. */
  begin(id: DeliveryId, now: Instant, leaseUntil: Instant): Promise<boolean>;
  /** Settles one that is `sending`: the outcome's state and what goes with it. Also gives a claimed one back as `ready`. */
  settle(
    id: DeliveryId,
    to: Partial<Pick<Delivery, 'messageId' | 'error' | 'attempts' | 'resent' | 'silent'>> & {
      readonly state: Delivery['state'];
      readonly dueAt?: Instant;
    },
    now: Instant,
  ): Promise<void>;
  /**
   * Leases that ran out: `claimed` goes back to ready, `sending` becomes uncertain. Returns both numbers.
   * With a lane: everything that is out in it, whatever its lease, since its sender is dead.
   */
  sweep(now: Instant, lane?: string): Promise<{ readonly released: number; readonly uncertain: number }>;
  /** Uncertain rows of a lane that were never resent since their sender last died, to be sent again once, silently. Returns how many were requeued. */
  requeueUncertain(lane: string, now: Instant): Promise<number>;
  /** When a row of the lane next becomes due; null when none waits. */
  nextDue(lane: string): Promise<Instant | null>;
  lanes(): Promise<readonly string[]>;
  /** Ends a subscriber's unsent deliveries as `ended`. */
  endFor(subscriber: SubscriberId, because: string): Promise<number>;
  get(id: DeliveryId): Promise<Delivery | null>;
  /** For reports and tests: the rows of a notice, by subscriber. */
  of(notice: NoticeId, page: PageRequest): Promise<Page<Delivery>>;
  /** The last notices that a subscriber was sent, newest first. */
  sentTo(subscriber: SubscriberId, limit: number): Promise<readonly Delivery[]>;
}

/** A lane's standing: shared by all replicas, so a long wait survives a restart. */
export interface Lane {
  readonly key: string;
  readonly pausedUntil: Instant | null;
  readonly why: string | null;
}
export interface Lanes {
  get(key: string): Promise<Lane | null>;
  /** Never shortens a standing pause. */
  pause(key: string, until: Instant, why: string): Promise<void>;
  all(): Promise<readonly Lane[]>;
}

/** Leadership, one holder a name. */
export interface Leases {
  /** Takes or renews it. The epoch grows with each new holder; null: somebody else holds it. */
  acquire(name: string, owner: string, now: Instant, until: Instant): Promise<number | null>;
  release(name: string, owner: string): Promise<void>;
  /** Who took it last and did not release it, be its time over or not. */
  holder(name: string): Promise<string | null>;
}

export interface Subscribers {
  get(id: SubscriberId): Promise<Subscriber | null>;
  byChat(chat: Pick<ChatRef, 'platform' | 'workspace' | 'id'>): Promise<Subscriber | null>;
  /** Finds the chat or makes it; revives nothing. */
  ensure(
    chat: ChatRef,
    fresh: { readonly id: SubscriberId; readonly hint: Language | null; readonly at: Instant },
  ): Promise<Subscriber>;
  change(
    id: SubscriberId,
    to: Partial<Pick<Subscriber, 'language' | 'hint' | 'region' | 'quietHours' | 'announcements' | 'seenAt'>>,
  ): Promise<void>;
  end(id: SubscriberId, because: string, at: Instant): Promise<void>;
  /** Active again, with its subscriptions as they were. */
  revive(id: SubscriberId, at: Instant): Promise<void>;
  /** Ends every chat of a workspace. */
  endWorkspace(platform: Platform, workspace: string, because: string, at: Instant): Promise<number>;
  /** The chat lives on under another id: renamed, or merged into the one already there. */
  move(from: Pick<ChatRef, 'platform' | 'workspace' | 'id'>, toId: string, at: Instant): Promise<void>;
  /** Erases the chat and everything stored of it (subscriptions, follows, reports, deliveries' link to it). Counts by kind. */
  erase(id: SubscriberId): Promise<Readonly<Record<string, number>>>;
  count(): Promise<{ readonly active: number; readonly ended: number }>;
}

export interface Subscriptions {
  /** False when it was there already. */
  add(subscription: Subscription): Promise<boolean>;
  /** False when there was none. */
  remove(subscriber: SubscriberId, target: Target): Promise<boolean>;
  removeAll(subscriber: SubscriberId): Promise<number>;
  of(subscriber: SubscriberId): Promise<readonly Subscription[]>;
  /** How many there are to each target: for reports of orphans after a catalogue change. */
  targets(): Promise<readonly { readonly target: Target; readonly subscribers: number }[]>;
}

export interface Follows {
  add(follow: Follow): Promise<boolean>;
  of(subscriber: SubscriberId, now: Instant): Promise<readonly Follow[]>;
  remove(subscriber: SubscriberId, service: ServiceId): Promise<boolean>;
  /** Ends the follows of these services that a sent restoration has answered. */
  fired(subscriber: SubscriberId, services: readonly ServiceId[]): Promise<void>;
  expire(now: Instant): Promise<number>;
}

/** An official with what only sign-in needs. */
export interface Officials {
  insert(official: Official): Promise<void>;
  get(id: OfficialId): Promise<Official | null>;
  list(): Promise<readonly Official[]>;
  /** Also ends every token and link. False when unknown or revoked already. */
  revoke(id: OfficialId, at: Instant): Promise<boolean>;
  /** @param hash SHA-256 of the token, hex */
  addToken(hash: string, official: OfficialId, at: Instant): Promise<void>;
  byToken(hash: string): Promise<Official | null>;
  addLinkCode(hash: string, official: OfficialId, expiresAt: Instant): Promise<void>;
  /** Uses a code up, once, and links the identity. Null: unknown, used or expired. */
  link(
    hash: string,
    identity: { readonly platform: Platform; readonly workspace: string; readonly person: string },
    now: Instant,
  ): Promise<Official | null>;
  byIdentity(identity: {
    readonly platform: Platform;
    readonly workspace: string;
    readonly person: string;
  }): Promise<Official | null>;
}

/** "I have a problem too": counts only. `who` is a keyed hash that changes daily. */
export interface Reports {
  /** False when this person reported this service less than `windowSeconds` ago. */
  add(
    report: {
      readonly service: ServiceId;
      readonly who: string;
      readonly region: string | null;
      readonly at: Instant;
    },
    windowSeconds: number,
  ): Promise<boolean>;
  /** Reports since then, by service, most first. */
  counts(
    since: Instant,
  ): Promise<readonly { readonly service: ServiceId; readonly reports: number; readonly lastAt: Instant }[]>;
  purge(before: Instant): Promise<number>;
}

/** One update of a platform, as it came. */
export interface InboundUpdate {
  readonly platform: Platform;
  /** Unique on its platform: Telegram's update_id, Slack's event_id or what stands for it. */
  readonly id: string;
  /** Updates of one chat are worked on one after another. */
  readonly chat: string;
  readonly body: unknown;
  readonly receivedAt: Instant;
  readonly attempts: number;
}
export interface Inbound {
  /** Stores what is new, in order, claimed by the caller until the lease ends. Returns the new ones only; repeats are dropped. */
  accept(
    updates: readonly Omit<InboundUpdate, 'attempts'>[],
    leaseUntil: Instant,
    owner: string,
  ): Promise<readonly InboundUpdate[]>;
  /** Erases the body; the id stays, to know a repeat. */
  settle(platform: Platform, id: string, at: Instant): Promise<void>;
  /** Unsettled ones whose lease ran out, in order of arrival, claimed anew; those tried more than `maxAttempts` times are settled and counted instead. */
  reclaim(
    now: Instant,
    leaseUntil: Instant,
    maxAttempts: number,
    limit: number,
    owner: string,
  ): Promise<{ readonly updates: readonly InboundUpdate[]; readonly abandoned: number }>;
  /** The processes that have unsettled ones. */
  owners(): Promise<readonly string[]>;
  /** Ends the leases of a process that is dead. */
  orphan(owner: string, now: Instant): Promise<void>;
  /** Forgets the ids of what was settled before. */
  purge(before: Instant): Promise<number>;
}

/** One act: who, what, when, from where, before and after. Appended in the transaction of the act. */
export interface AuditEntry {
  readonly at: Instant;
  readonly actor: string;
  readonly door: string;
  readonly act: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}
export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  list(page: PageRequest): Promise<Page<AuditEntry & { readonly sequence: number }>>;
}

/** A handful of facts of the database itself: its mode, catalogue version. */
export interface Meta {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}
