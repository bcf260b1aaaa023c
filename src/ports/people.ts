import type { OfficialId, ServiceId, SubscriberId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Official } from '../domain/official.ts';
import type { ChatRef, Follow, Platform, Subscriber, Subscription, Target } from '../domain/subscriber.ts';

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
  /**
   * The platform did not find the chat, which may be our own mistake. True when that was so on an earlier day in Seoul
   * too, with nothing sent in between: then it is over.
   */
  suspect(id: SubscriberId, at: Instant): Promise<boolean>;
  /** Active again, with its subscriptions as they were. */
  revive(id: SubscriberId, at: Instant): Promise<void>;
  /** Ends every chat of a workspace. */
  endWorkspace(platform: Platform, workspace: string, because: string, at: Instant): Promise<number>;
  /** Undoes `endWorkspace` for every chat that ended for one of these reasons. Returns how many. */
  reviveWorkspace(
    platform: Platform,
    workspace: string,
    because: readonly string[],
    at: Instant,
  ): Promise<number>;
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
