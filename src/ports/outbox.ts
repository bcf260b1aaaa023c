import type { Card } from '../card/card.ts';
import type { Audience } from '../domain/audience.ts';
import type { Campaign, CampaignProgress, Delivery, DeliveryCounts } from '../domain/campaign.ts';
import type { CampaignId, DeliveryId, IncidentId, NoticeId, SubscriberId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Notice } from '../domain/notice.ts';
import type { ChatRef, Platform, QuietHours, Subscriber } from '../domain/subscriber.ts';
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
  /** Made at this moment or later, newest first, at most `limit`. */
  since(at: Instant, limit: number): Promise<readonly Notice[]>;
  /** Notes that a notice was withdrawn by another. False: it was before. */
  withdraw(id: NoticeId, by: NoticeId, at: Instant): Promise<boolean>;
  /** The notice that withdrew this one, or null. */
  withdrawnBy(id: NoticeId): Promise<NoticeId | null>;
}

/** Proof of leadership: the epoch under which a lease was acquired. */
export interface Fence {
  readonly lease: string;
  readonly epoch: number;
}

/** Thrown by every fenced write, and nothing is written, once somebody else has taken the lease: stand down. */
export class Deposed extends Error {
  constructor({ lease, epoch }: Fence) {
    super(`The lease ${lease} has passed from epoch ${epoch} to another holder`);
    this.name = 'Deposed';
  }
}

/** How the deliveries of one campaign are made. */
export interface FanOutRule {
  readonly audience: Audience;
  readonly priority: number;
  /** Of those who follow one of the audience's services: they asked, so they go before who is merely told. */
  readonly followerPriority: number;
  readonly silent: boolean;
  /** When the quiet hours of this setting end, null when it is not quiet for this notice. Asked once for each distinct setting. */
  readonly quietUntil: (setting: QuietHours) => Instant | null;
  /** Followers hear of it even at night. */
  readonly wakesFollowers: boolean;
}

/** One page of a fan-out. */
export interface FanOutPage {
  /** How many deliveries were new. */
  readonly written: number;
  /** Everybody has been reached: the campaign is `sending`. */
  readonly done: boolean;
  /** A span for the next page that holds nothing else up, from how long this one took. */
  readonly nextSpan: number;
}

/** One text of a notice as one platform gets it. */
export interface Rendition {
  readonly platform: Platform;
  readonly language: Language;
}

/** What a check found wrong: kept counts on one side, rows on the other. */
export interface Imbalance {
  readonly campaign: CampaignId;
  readonly audience: number;
  readonly counted: DeliveryCounts;
  readonly rows: DeliveryCounts;
}

export interface Campaigns {
  insert(campaign: Campaign): Promise<void>;
  get(id: CampaignId): Promise<Campaign | null>;
  byNotice(notice: NoticeId): Promise<Campaign | null>;
  /** Those whose hold is over and whose fan-out is not, oldest first. */
  toFanOut(now: Instant): Promise<readonly Campaign[]>;
  /** Holding, fanning or sending. */
  active(): Promise<readonly Campaign[]>;
  /**
   * Writes the deliveries of the next `span` chats we know, whether the audience holds them or not, and moves the
   * cursor, all in one transaction. Null: the campaign was paused or stopped meanwhile.
   */
  fanOut(
    id: CampaignId,
    rule: FanOutRule,
    span: number,
    now: Instant,
    fence: Fence,
  ): Promise<FanOutPage | null>;
  /** `sending` campaigns that have no open delivery left become `finished`. Returns how many. */
  finish(now: Instant, fence: Fence): Promise<number>;
  /** Stops the unfinished campaigns of an incident with a sequence below this; their unsent deliveries are `superseded`. Returns how many deliveries. */
  supersede(incident: IncidentId, belowSequence: number, now: Instant): Promise<number>;
  /** The same for exactly these notices, whatever they belong to. */
  supersedeNotices(notices: readonly NoticeId[], now: Instant): Promise<number>;
  /** pause, resume, cancel: the legal ones are in domain/campaign. False when the state forbids it. What is unsent of a cancelled one is `cancelled`. Resuming also lifts the stops of renditions. */
  control(id: CampaignId, act: 'pause' | 'resume' | 'cancel', now: Instant): Promise<boolean>;
  /** Claims no more of this rendition until the campaign is resumed; the others go on. False when it was stopped already. */
  stopRendition(
    id: CampaignId,
    rendition: Rendition,
    why: string,
    now: Instant,
    fence: Fence,
  ): Promise<boolean>;
  /** Puts the `failed` deliveries back to `ready`, with their attempts at 0, whose chat is active, and a finished campaign back to `sending`. Returns how many. */
  redrive(id: CampaignId, now: Instant): Promise<number>;
  /** Audience = sum of the deliveries, at all times. Before and during fan-out the audience is what has been fanned out so far. */
  progress(notice: NoticeId, now: Instant): Promise<CampaignProgress | null>;
  /** The unfinished ones, and those that were over after this. */
  recent(since: Instant): Promise<readonly CampaignId[]>;
  /** Holds the kept counts against the rows. Null: they agree, or moved while they were counted. */
  check(id: CampaignId): Promise<Imbalance | null>;
  /** Campaigns over before this whose rows are still kept though nobody needs them, oldest first. */
  toCompact(before: Instant, limit: number): Promise<readonly CampaignId[]>;
  /** Removes up to `limit` rows of a campaign that is over; the counts stay. Returns how many; fewer than `limit`: it is compacted. */
  compact(id: CampaignId, limit: number): Promise<number>;
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
  /** What else was held for this chat and is due: claimed with it, to go as one message. */
  readonly also?: readonly Delivery[] | undefined;
}

export interface ClaimRequest {
  readonly lane: string;
  readonly limit: number;
  readonly now: Instant;
  readonly leaseUntil: Instant;
  /** Of the limit, so many places go to less urgent priorities than the most urgent that waits, if they have any. */
  readonly floor?: number;
  /** Only what is more urgent than this priority. */
  readonly moreUrgentThan?: number;
}

/** The outcome's state and what goes with it; what is left out stays as it was. */
export interface Settlement
  extends Partial<Pick<Delivery, 'dueAt' | 'messageId' | 'error' | 'attempts' | 'resent' | 'silent'>> {
  readonly id: DeliveryId;
  readonly state: 'ready' | 'held' | 'sent' | 'ended' | 'failed' | 'uncertain';
}

export interface Deliveries {
  /** The audience after `cursor`, in the order in which we met them, at most `limit`. An ended chat is never in it. Each subscriber once. */
  audience(audience: Audience, after: SubscriberId | null, limit: number): Promise<readonly Recipient[]>;
  /** How many the audience holds now. */
  reach(audience: Audience): Promise<number>;
  /** Adds deliveries beside the fan-out, each in the state it says; a second one for the same notice and subscriber is ignored. Returns how many were new. */
  insertMany(rows: readonly Delivery[]): Promise<number>;
  /**
   * Claims rows of a lane that are ready (or held, and due), by priority then due time, at most one a chat, none for a
   * chat that has one in `sending` or claimed, none of a paused or stopped campaign, none of a stopped rendition.
   */
  claim(request: ClaimRequest, fence: Fence): Promise<readonly Claim[]>;
  /**
   * claimed → sending, committed before the requests, all in one transaction. Those that are not in the answer must
   * not be sent: superseded, cancelled, paused, or the lease ran out.
   */
  begin(
    ids: readonly DeliveryId[],
    now: Instant,
    leaseUntil: Instant,
    fence: Fence,
  ): Promise<ReadonlySet<DeliveryId>>;
  /**
   * Settles what is `sending` or `uncertain`, and gives back as `ready` what is claimed; anything else is passed by.
   * All in one transaction. What comes back for a stopped campaign or an ended chat is not ready again.
   */
  settle(settlements: readonly Settlement[], now: Instant, fence: Fence): Promise<void>;
  /**
   * Leases that ran out: `claimed` goes back to ready, `sending` becomes uncertain. Returns both numbers.
   * With a lane: everything that is out in it, whatever its lease, since its sender is dead.
   */
  sweep(
    now: Instant,
    fence: Fence,
    lane?: string,
  ): Promise<{ readonly released: number; readonly uncertain: number }>;
  /** Uncertain rows of a lane that were never resent since their sender last died, as claims: to look for them on the platform. Settle each. */
  uncertain(lane: string, limit: number): Promise<readonly Claim[]>;
  /** All of these, to be sent again once, silently. Returns how many were requeued. */
  requeueUncertain(lane: string, now: Instant, fence: Fence): Promise<number>;
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
