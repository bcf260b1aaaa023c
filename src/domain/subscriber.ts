import type { AgencyId, CategoryId, IncidentId, RegionId, ServiceId, SubscriberId } from './ids.ts';
import type { Instant } from './instant.ts';
import type { Language } from './language.ts';

export const PLATFORMS = ['telegram', 'slack'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Where a chat is. `workspace` is the Slack team, or the bot on Telegram; `thread` only steers where a reply goes. */
export interface ChatRef {
  readonly platform: Platform;
  readonly workspace: string;
  readonly id: string;
  readonly kind: 'private' | 'group' | 'channel';
}

/** The key of a chat in tables and queues. */
export const chatKey = (chat: Pick<ChatRef, 'platform' | 'workspace' | 'id'>): string =>
  `${chat.platform}:${chat.workspace}:${chat.id}`;

/** Whose limits a chat's messages count against: `telegram:BOT` or `slack:TEAM`. */
export const laneOf = ({ platform, workspace }: Pick<ChatRef, 'platform' | 'workspace'>): string =>
  `${platform}:${workspace}`;

/** `22:00-07:00`, `off`, `daily` or `weekly` for a digest, or null for the default of the house. */
export type QuietHours = string | null;

/** A chat that we know. Nothing else about a person is kept. */
export interface Subscriber {
  readonly id: SubscriberId;
  readonly chat: ChatRef;
  /** Chosen with /language; null follows each question, then the client. */
  readonly language: Language | null;
  /** What the client last said. */
  readonly hint: Language | null;
  readonly region: RegionId | null;
  readonly quietHours: QuietHours;
  /** Accepted at /start, can be turned off; null: never asked. */
  readonly announcements: boolean | null;
  readonly state: 'active' | 'ended';
  /** Why it ended: blocked, deactivated, kicked, left, forbidden, not_found, revoked … */
  readonly endedBecause: string | null;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
}

/** The language to write to a subscriber in, unasked. */
export const languageOf = (subscriber: Pick<Subscriber, 'language' | 'hint'>): Language =>
  subscriber.language ?? subscriber.hint ?? 'ko';

/** What a subscription is to. */
export type Target =
  | { readonly kind: 'service'; readonly id: ServiceId }
  | { readonly kind: 'agency'; readonly id: AgencyId }
  | { readonly kind: 'category'; readonly id: CategoryId }
  | { readonly kind: 'everything'; readonly id: '*' };

export interface Subscription {
  readonly subscriber: SubscriberId;
  readonly target: Target;
  readonly createdAt: Instant;
}

/** One-shot "tell me when it is back". Ends when it fires, or after `FOLLOW_DAYS`. */
export interface Follow {
  readonly subscriber: SubscriberId;
  readonly service: ServiceId;
  readonly incident: IncidentId | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export const FOLLOW_DAYS = 14;
