import { z } from 'zod';
import { ANNOUNCEMENT_STATES, type Announcement } from '../../domain/announcement.ts';
import { earlier, type Instant } from '../../domain/instant.ts';
import { SEVERITIES } from '../../domain/notice.ts';
import type { Announcements } from '../../ports/announcements.ts';
import type { Handle } from '../handle.ts';
import { NOTHING, pageOf } from '../page.ts';
import type { AnnouncementRow } from '../schema.ts';
import { bilingual, instant, narrowing, readStored } from '../stored-json.ts';
import { audienceReach } from './audience.ts';

const ids = z.array(z.string());

const shape = z.looseObject({
  id: z.string(),
  agency: z.string(),
  state: z.enum(ANNOUNCEMENT_STATES),
  title: bilingual,
  message: bilingual,
  audience: z.discriminatedUnion('to', [
    z.looseObject({ to: z.literal('everyone'), ...narrowing }),
    z.looseObject({ to: z.literal('services'), ids, ...narrowing }),
    z.looseObject({ to: z.literal('agencies'), ids, ...narrowing }),
    z.looseObject({ to: z.literal('categories'), ids, ...narrowing }),
  ]),
  severity: z.enum(SEVERITIES),
  scheduledFor: instant.nullable(),
  revision: z.number(),
  version: z.number(),
  authors: ids,
  createdAt: instant,
  updatedAt: instant,
  submittedAt: instant.nullable(),
  approval: z
    .looseObject({ by: z.string(), at: instant, revision: z.number(), expiresAt: instant })
    .nullable(),
  reason: z.string().nullable(),
  glass: z
    .looseObject({
      by: z.string(),
      at: instant,
      whyNow: z.string(),
      whyAlone: z.string(),
      reviewBy: instant,
      reviewed: z.looseObject({ by: z.string(), at: instant, remark: z.string() }).nullable(),
      nagged: z.boolean(),
    })
    .nullable(),
  publishedAt: instant.nullable(),
  notice: z.looseObject({ id: z.string(), code: z.string() }).nullable(),
}) satisfies z.ZodType<Announcement>;

const parse = (row: Pick<AnnouncementRow, 'id' | 'body'>): Announcement =>
  readStored(shape, row.body, `announcement ${row.id}`);

const columns = (announcement: Announcement) => ({
  agency: announcement.agency,
  state: announcement.state,
  created_at: announcement.createdAt,
  due_at: dueAt(announcement),
  notice: announcement.notice?.id ?? null,
  version: announcement.version,
  body: JSON.stringify(announcement),
});

/** When the clock has something to do: an approval runs out, a time comes, a fan-out ends, a review is late. */
function dueAt({ state, approval, scheduledFor, publishedAt, glass }: Announcement): Instant | null {
  const review = glass !== null && glass.reviewed === null && !glass.nagged ? glass.reviewBy : null;
  const step =
    (state === 'approved' && approval?.expiresAt) ||
    (state === 'scheduled' && scheduledFor) ||
    (state === 'publishing' && publishedAt) ||
    null;
  return step === null || review === null ? (step ?? review) : earlier(step, review);
}

export function announcementsOn({ db }: Handle): Announcements {
  const announcements = () => db.selectFrom('announcements').select(['id', 'created_at', 'body']);
  const one = (row: Pick<AnnouncementRow, 'id' | 'body'> | undefined) =>
    row === undefined ? null : parse(row);
  return {
    async insert(announcement) {
      await db
        .insertInto('announcements')
        .values({ id: announcement.id, ...columns(announcement) })
        .execute();
    },

    async advance(announcement) {
      const result = await db
        .updateTable('announcements')
        .set(columns(announcement))
        .where('id', '=', announcement.id)
        .where('version', '=', announcement.version - 1)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    async get(id) {
      return one(await announcements().where('id', '=', id).executeTakeFirst());
    },

    async byNotice(notice) {
      return one(await announcements().where('notice', '=', notice).executeTakeFirst());
    },

    async due(now) {
      const rows = await announcements().where('due_at', '<=', now).orderBy('due_at').orderBy('id').execute();
      return rows.map(parse);
    },

    reach: (audience) => audienceReach(db, audience),

    async list({ states, agency }, page) {
      if (states?.length === 0) return NOTHING;
      return pageOf(
        page,
        (after, limit) => {
          let query = announcements();
          if (agency !== undefined) query = query.where('agency', '=', agency);
          if (states !== undefined) query = query.where('state', 'in', states);
          if (after !== null) {
            query = query.where((e) => e(e.refTuple('created_at', 'id'), '<', e.tuple(after[0], after[1])));
          }
          return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
        },
        (row) => [row.created_at, row.id],
        parse,
      );
    },
  };
}
