import { z } from 'zod';
import type { Card } from '../../card/card.ts';
import type { Audience } from '../../domain/audience.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Notice, NoticeFact } from '../../domain/notice.ts';
import { NOTICE_KINDS, SEVERITIES } from '../../domain/notice.ts';
import type { Notices } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';
import type { NoticeRow } from '../schema.ts';
import {
  availability,
  bilingual,
  deadline,
  instant,
  narrowing,
  readStored,
  scope,
  source,
} from '../stored-json.ts';

const ids = z.array(z.string());

const audience = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('subscribers'),
    services: ids,
    agencies: ids,
    categories: ids,
    scope,
    untold: ids.optional(),
  }),
  z.looseObject({
    kind: z.literal('told'),
    incident: z.string(),
    services: ids,
    earlier: ids.optional(),
    restorations: ids.optional(),
    followScope: scope.optional(),
    waiting: z.boolean().optional(),
  }),
  z.looseObject({ kind: z.literal('everyone'), critical: z.boolean() }),
  z.looseObject({
    kind: z.literal('chosen'),
    subscribed: z.looseObject({ services: ids, agencies: ids, categories: ids }).nullable(),
    narrowed: z.looseObject(narrowing),
    critical: z.boolean(),
  }),
  z.looseObject({ kind: z.literal('recipients'), notices: ids }),
]) satisfies z.ZodType<Audience>;

const fact = z.looseObject({
  kind: z.enum(NOTICE_KINDS),
  code: z.string(),
  at: instant,
  services: z.array(
    z.looseObject({
      id: z.string(),
      name: bilingual,
      reading: z.string().nullable(),
      status: availability,
      since: instant,
    }),
  ),
  regions: z.union([z.literal('nationwide'), z.array(bilingual)]),
  title: bilingual.nullable(),
  message: bilingual.nullable(),
  limits: bilingual.nullable(),
  works: bilingual.nullable(),
  alternatives: z.array(bilingual),
  deadlines: z.array(deadline),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  nextUpdateAt: instant.nullable(),
  source,
  phone: z.string().nullable(),
  again: z.enum(['reopened', 'relapse', 'unstable']).nullable(),
  phase: z.enum(['scheduled', 'completed', 'cancelled']).nullable(),
  emergency: z.boolean(),
  corrects: z.string().nullable(),
  withdrawn: z.boolean().optional(),
}) satisfies z.ZodType<NoticeFact>;

const notice = z.looseObject({
  id: z.string(),
  code: z.string(),
  kind: z.enum(NOTICE_KINDS),
  severity: z.enum(SEVERITIES),
  agency: z.string(),
  incident: z.string().nullable(),
  sequence: z.number(),
  maintenance: z.string().nullable(),
  audience,
  scope,
  settles: ids.optional(),
  fact,
  createdAt: instant,
}) satisfies z.ZodType<Notice>;

const card = z.looseObject({
  headline: z.string(),
  tone: z.enum(['good', 'caution', 'bad', 'info', 'unknown']),
  sections: z.array(z.looseObject({ label: z.string().nullable(), lines: z.array(z.string()) })),
  footer: z.string().nullable(),
  buttons: z.array(
    z.array(
      z.looseObject({
        label: z.string(),
        action: z.string(),
        style: z.enum(['plain', 'primary', 'danger']),
      }),
    ),
  ),
}) satisfies z.ZodType<Card>;

const parse = (row: Pick<NoticeRow, 'id' | 'body'>): Notice =>
  readStored(notice, row.body, `notice ${row.id}`);

export function noticesOn({ db, atomically }: Handle): Notices {
  const notices = () => db.selectFrom('notices').select(['id', 'body']);
  return {
    // The row of the day stays locked until the transaction ends: two replicas cannot give one number twice.
    async nextNumber(day) {
      const { last } = await db
        .insertInto('notice_days')
        .values({ day, last: 1 })
        .onConflict((c) => c.column('day').doUpdateSet((e) => ({ last: e('notice_days.last', '+', 1) })))
        .returning('last')
        .executeTakeFirstOrThrow();
      return last;
    },

    insert: (notice, cards) =>
      atomically(async (db) => {
        await db
          .insertInto('notices')
          .values({
            id: notice.id,
            code: notice.code,
            incident: notice.incident,
            sequence: notice.sequence,
            created_at: notice.createdAt,
            body: JSON.stringify(notice),
          })
          .execute();
        await db
          .insertInto('notice_cards')
          .values(
            LANGUAGES.map((language) => ({
              notice: notice.id,
              language,
              body: JSON.stringify(cards[language]),
            })),
          )
          .execute();
      }),

    async get(id) {
      const row = await notices().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : parse(row);
    },

    async byCode(code) {
      const row = await notices().where('code', '=', code).executeTakeFirst();
      return row === undefined ? null : parse(row);
    },

    async card(id, language) {
      const row = await db
        .selectFrom('notice_cards')
        .select('body')
        .where('notice', '=', id)
        .where('language', '=', language)
        .executeTakeFirst();
      return row === undefined ? null : readStored(card, row.body, `card of notice ${id}`);
    },

    async since(at, limit) {
      const rows = await notices()
        .where('created_at', '>=', at)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(parse);
    },

    async withdraw(id, by, at) {
      const result = await db
        .insertInto('notice_withdrawals')
        .values({ notice: id, by_notice: by, at })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async withdrawnBy(id) {
      const row = await db
        .selectFrom('notice_withdrawals')
        .select('by_notice')
        .where('notice', '=', id)
        .executeTakeFirst();
      return row?.by_notice ?? null;
    },

    async of(incident) {
      const rows = await notices()
        .where('incident', '=', incident)
        .orderBy('sequence')
        .orderBy('created_at')
        .execute();
      return rows.map(parse);
    },
  };
}
