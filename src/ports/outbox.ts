import type { Card } from '../card/card.ts';
import type { Audience } from '../domain/audience.ts';
import type { Campaign, CampaignProgress, Delivery } from '../domain/campaign.ts';
import type { CampaignId, DeliveryId, IncidentId, NoticeId, SubscriberId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Notice } from '../domain/notice.ts';
import type { ChatRef, Subscriber } from '../domain/subscriber.ts';
import type { Page, PageRequest } from './page.ts';

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
