import { z } from 'zod';
import { ANNOUNCEMENT_STATES } from '../../domain/announcement.ts';
import { FINDING_CODES } from '../../domain/finding.ts';
import { LANGUAGES } from '../../domain/language.ts';
import { SEVERITIES } from '../../domain/notice.ts';
import { PLATFORMS } from '../../domain/subscriber.ts';
import { LENGTHS } from '../../operations/texts.ts';
import { ALERT_KINDS } from '../../ports/announcements.ts';
import {
  bilingual,
  bilingualIn,
  id,
  instant,
  instantIn,
  noticeProgress,
  noticeRef,
  pageOf,
} from './schemas.ts';

/** What the officials' API takes and gives about announcements. */

const ids = z.array(id).max(300);
const narrowing = {
  languages: z.array(z.enum(LANGUAGES)).max(LANGUAGES.length).optional(),
  platforms: z.array(z.enum(PLATFORMS)).max(PLATFORMS.length).optional(),
  regions: ids.optional(),
};
/** One of the first four; the others narrow it. */
const audienceIn = z.strictObject({
  everyone: z.literal(true).optional(),
  services: ids.optional(),
  agencies: ids.optional(),
  categories: ids.optional(),
  ...narrowing,
});
export type AudienceBody = z.output<typeof audienceIn>;

const content = {
  title: bilingualIn(LENGTHS.title),
  message: bilingualIn(LENGTHS.message),
  audience: audienceIn,
  severity: z.enum(SEVERITIES),
};
export const announcementBody = z.strictObject({ ...content, scheduledFor: instantIn.nullable().optional() });
export const announcementChange = z.strictObject({
  title: content.title.optional(),
  message: content.message.optional(),
  audience: content.audience.optional(),
  severity: content.severity.optional(),
  scheduledFor: instantIn.nullable().optional(),
});

const reason = z.string().max(10_000).meta({ maxLength: LENGTHS.reason });
const revision = z.int().min(1);
export const approvalBody = z.strictObject({ revision, hold: z.boolean().optional() });
export const reasonBody = z.strictObject({ reason });
export const glassBody = z.strictObject({ revision, whyNow: reason, whyAlone: reason });
export const reviewBody = z.strictObject({ remark: reason });
export const correctionBody = z.strictObject({ message: bilingualIn(LENGTHS.message) });
export const retractionBody = z.strictObject({ message: bilingualIn(LENGTHS.message).optional() });
export const seenBody = z.strictObject({ upTo: z.int().min(0) });

const named = z.object({
  everyone: z.literal(true).optional(),
  services: z.array(z.string()).optional(),
  agencies: z.array(z.string()).optional(),
  categories: z.array(z.string()).optional(),
  languages: z.array(z.enum(LANGUAGES)).optional(),
  platforms: z.array(z.enum(PLATFORMS)).optional(),
  regions: z.array(z.string()).optional(),
});

export const announcement = z.object({
  id: z.string(),
  agency: z.string(),
  state: z.enum(ANNOUNCEMENT_STATES),
  revision: z.int(),
  title: bilingual,
  message: bilingual,
  audience: named,
  severity: z.enum(SEVERITIES),
  scheduledFor: instant.nullable(),
  authors: z.array(z.string()),
  createdAt: instant,
  updatedAt: instant,
  submittedAt: instant.nullable(),
  approval: z.object({ by: z.string(), at: instant, revision: z.int(), expiresAt: instant }).nullable(),
  reason: z.string().nullable(),
  breakGlass: z
    .object({
      by: z.string(),
      at: instant,
      whyNow: z.string(),
      whyAlone: z.string(),
      reviewBy: instant,
      reviewed: z.object({ by: z.string(), at: instant, remark: z.string() }).nullable(),
    })
    .nullable(),
  publishedAt: instant.nullable(),
  notice: noticeRef.nullable(),
});
export const announcementWithdrawn = announcement.extend({ retraction: noticeRef });
export const announcementList = pageOf(announcement);

export const announcementQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(200).nullable().default(null),
  state: z.enum(ANNOUNCEMENT_STATES).optional(),
  agency: z.string().max(200).optional(),
});

const counts = z.array(z.object({ is: z.string(), chats: z.int() }));
export const announcementPreview = z.object({
  id: z.string(),
  revision: z.int(),
  cards: z.object({ ko: z.string(), en: z.string() }),
  reach: z.object({ chats: z.int(), byPlatform: counts, byKind: counts, byLanguage: counts }),
  seconds: z.number(),
  stars: z.number(),
  findings: z.array(
    z.object({
      code: z.enum(FINDING_CODES),
      weight: z.enum(['error', 'warning']),
      field: z.string(),
      detail: bilingual,
    }),
  ),
  alike: z.array(z.object({ code: z.string(), at: instant, similarity: z.number() })),
});

/** The notice that was taken back, as it stands now, and the one that tells of it. */
export const noticeTakenBack = noticeProgress.extend({ by: noticeRef });

export const alertList = pageOf(
  z.object({
    sequence: z.int(),
    kind: z.enum(ALERT_KINDS),
    subject: z.string(),
    at: instant,
    seenAt: instant.nullable(),
  }),
);
