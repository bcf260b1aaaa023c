import type { CampaignId, DeliveryId, NoticeId, SubscriberId } from './ids.ts';
import type { Instant } from './instant.ts';

/*
 * A notice on its way to its audience.
 *
 *   holding ──► fanning ──► sending ──► finished
 *      └──────────┴───────────┴──► superseded (a later notice made it untrue) | cancelled (by an official)
 *                 paused ⇄ fanning, sending
 */
const CAMPAIGN_STATES = [
  'holding',
  'fanning',
  'sending',
  'finished',
  'paused',
  'superseded',
  'cancelled',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export interface Campaign {
  readonly id: CampaignId;
  readonly notice: NoticeId;
  readonly state: CampaignState;
  /** Fan-out starts no earlier: an undo for the official, and a blip tells nobody. */
  readonly holdUntil: Instant;
  /** How far along the chats we know the fan-out has come; 0 before the first. */
  readonly cursor: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

/*
 * A campaign to one subscriber.
 *
 *   ready | held ──► claimed ──► sending ──► sent | ended | failed | uncertain
 *      └────┴──────────┴──► superseded | cancelled      uncertain ──► sending (resent once; again after a death)
 *                          sending ──► ready (certainly not sent: 429, refused connection, migrated chat)
 * `held` waits for the end of quiet hours. `claimed` is only a lease and counts as ready in reports.
 * `sending` is committed just before the request and settled just after, so only what was on the wire can be uncertain.
 */
export const DELIVERY_STATES = [
  'ready',
  'held',
  'claimed',
  'sending',
  'sent',
  'ended',
  'failed',
  'uncertain',
  'superseded',
  'cancelled',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One notice, one subscriber, one delivery: so its id is made of theirs. */
export const deliveryId = (campaign: CampaignId, subscriber: SubscriberId): DeliveryId =>
  `${campaign}.${subscriber}`;

export interface Delivery {
  readonly id: DeliveryId;
  readonly campaign: CampaignId;
  readonly notice: NoticeId;
  readonly subscriber: SubscriberId;
  /** `telegram:BOT` or `slack:TEAM`: whose limits it counts against. */
  readonly lane: string;
  /** 0 interactive … 4 digest; lower goes first. */
  readonly priority: number;
  readonly state: DeliveryState;
  readonly dueAt: Instant;
  readonly attempts: number;
  readonly resent: boolean;
  readonly silent: boolean;
  readonly leaseUntil: Instant | null;
  readonly startedAt: Instant | null;
  /** The platform's id of the message, once sent. */
  readonly messageId: string | null;
  readonly error: string | null;
}

export const PRIORITY = { interactive: 0, critical: 1, outage: 2, announcement: 3, digest: 4 } as const;

/** Deliveries by state; `ready` includes the claimed. Their sum is the audience, at all times. */
export type DeliveryCounts = { readonly [S in Exclude<DeliveryState, 'claimed'>]: number };

export interface CampaignProgress {
  readonly audience: number;
  readonly deliveries: DeliveryCounts;
  /** Uncertain ones that were sent again. */
  readonly resent: number;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /** Settled a second of late; null when nothing was. */
  readonly ratePerSecond: number | null;
  /** Seconds to the last one at the present rate; null when it cannot be told. */
  readonly etaSeconds: number | null;
  /** From the start, until half and until 95 % of what was sent had been; null when nothing was. */
  readonly halfWithinSeconds: number | null;
  readonly nearlyAllWithinSeconds: number | null;
}
