import type { Announcement, AnnouncementState } from '../domain/announcement.ts';
import type { Audience } from '../domain/audience.ts';
import type { AgencyId, AnnouncementId, NoticeId, OfficialId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { ChatRef, Platform } from '../domain/subscriber.ts';
import type { Page, PageRequest } from './page.ts';

/** So many chats of one kind in one place that read one language. */
export interface Reached {
  readonly platform: Platform;
  readonly workspace: string;
  readonly kind: ChatRef['kind'];
  readonly language: Language;
  readonly chats: number;
}

export interface Announcements {
  insert(announcement: Announcement): Promise<void>;
  /** Writes it if its version is still `announcement.version - 1`. False: somebody was first. */
  advance(announcement: Announcement): Promise<boolean>;
  get(id: AnnouncementId): Promise<Announcement | null>;
  byNotice(notice: NoticeId): Promise<Announcement | null>;
  /** Those that the clock has to look at by now, oldest first. */
  due(now: Instant): Promise<readonly Announcement[]>;
  /** How many chats an audience holds now, by where and what they are. */
  reach(audience: Audience): Promise<readonly Reached[]>;
  /** Newest first. */
  list(
    filter: { states?: readonly AnnouncementState[]; agency?: AgencyId },
    page: PageRequest,
  ): Promise<Page<Announcement>>;
}

/** What an official has to know of: a kind and the id of what it is about. */
export interface Alert {
  readonly sequence: number;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly at: Instant;
  readonly seenAt: Instant | null;
}

/**
 * `submitted`: awaits approval; `returned`, `rejected`: what you wrote; `withdrawn`, `corrected`: by one person;
 * `glass_broken`: published by one; `review_overdue`: of that.
 */
export const ALERT_KINDS = [
  'submitted',
  'returned',
  'rejected',
  'withdrawn',
  'corrected',
  'glass_broken',
  'review_overdue',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export interface Alerts {
  add(officials: readonly OfficialId[], alert: Pick<Alert, 'kind' | 'subject' | 'at'>): Promise<void>;
  /** Newest first. */
  of(official: OfficialId, page: PageRequest): Promise<Page<Alert>>;
  /** Marks all up to this one as seen. */
  seen(official: OfficialId, upTo: number, at: Instant): Promise<void>;
}
