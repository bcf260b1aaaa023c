import type { Kysely } from 'kysely';
import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import { type QuestionCluster, UNANSWERED_REASONS } from '../../domain/unanswered.ts';
import type { Questions } from '../../ports/questions.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';
import type { QuestionRow, Schema } from '../schema.ts';

const language = z.enum(LANGUAGES);
const reason = z.enum(UNANSWERED_REASONS);

/** Ids hold no space. */
const joined = (ids: readonly string[]): string => [...ids].sort().join(' ');
const parted = (ids: string): readonly string[] => (ids === '' ? [] : ids.split(' '));

type Found = QuestionRow & { readonly counted: number };

const parse = (row: Found): Omit<QuestionCluster, 'days' | 'samples'> => ({
  id: row.id,
  language: language.parse(row.language),
  reason: reason.parse(row.reason),
  services: parted(row.services),
  leaning: row.leaning === '' ? null : row.leaning,
  cues: parted(row.cues),
  gist: row.gist,
  people: Number(row.counted),
});

export function questionsOn({ db, atomically }: Handle): Questions {
  return {
    alike: ({ language, reason, services, leaning }, limit) =>
      db
        .selectFrom('questions')
        .select(['id', 'gist'])
        .where('language', '=', language)
        .where('reason', '=', reason)
        .where('services', '=', joined(services))
        .where('leaning', '=', leaning ?? '')
        .orderBy('last_day', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute(),

    add: ({ cluster, who, day, ...question }, most) =>
      atomically(async (db) => {
        await db
          .insertInto('questions')
          .values({
            id: cluster,
            language: question.language,
            reason: question.reason,
            services: joined(question.services),
            leaning: question.leaning ?? '',
            cues: joined(question.cues),
            gist: question.gist,
            people: 0,
            last_day: day,
          })
          .onConflict((c) => c.doNothing())
          .execute();
        const marked = await db
          .insertInto('question_marks')
          .values({ question: cluster, who, day })
          .onConflict((c) => c.doNothing())
          .returning('day')
          .executeTakeFirst();
        if (marked === undefined) return false;
        await db
          .updateTable('questions')
          .set((e) => ({ people: e('people', '+', 1), last_day: day }))
          .where('id', '=', cluster)
          .execute();
        await db
          .insertInto('question_days')
          .values({ question: cluster, day, people: 1 })
          .onConflict((c) =>
            c
              .columns(['question', 'day'])
              .doUpdateSet((e) => ({ people: e('question_days.people', '+', 1) })),
          )
          .execute();
        await keepSample(db, cluster, question.sample, day, most.samples);
        await dropOut(db, cluster, most.clusters);
        return true;
      }),

    async list({ language, since }, request) {
      const page = await pageOf(
        request,
        (after, limit) =>
          db
            .selectFrom('questions')
            .innerJoin('question_days as days', 'days.question', 'questions.id')
            .selectAll('questions')
            .select((e) => e.fn.sum<number>('days.people').as('counted'))
            .where('days.day', '>=', since)
            .$if(language !== null, (query) => query.where('questions.language', '=', language ?? ''))
            .groupBy('questions.id')
            .$if(after !== null, (query) =>
              query.having((e) => {
                const [counted, id] = [e.fn.sum<number>('days.people'), after?.[1] ?? ''];
                const last = Number(after?.[0]);
                return e.or([
                  e(counted, '<', last),
                  e.and([e(counted, '=', last), e('questions.id', '>', id)]),
                ]);
              }),
            )
            .orderBy('counted', 'desc')
            .orderBy('questions.id')
            .limit(limit)
            .execute(),
        (row) => [String(row.counted), row.id],
        parse,
      );
      if (page.items.length === 0) return { items: [], next: page.next };
      const ids = page.items.map(({ id }) => id);
      const days = await db
        .selectFrom('question_days')
        .selectAll()
        .where('question', 'in', ids)
        .where('day', '>=', since)
        .orderBy('day')
        .execute();
      const samples = await db
        .selectFrom('question_samples')
        .selectAll()
        .where('question', 'in', ids)
        .orderBy('day', 'desc')
        .orderBy('text')
        .execute();
      const of = <Row extends { readonly question: string }>(rows: readonly Row[], id: string) =>
        rows.filter(({ question }) => question === id);
      return {
        next: page.next,
        items: page.items.map((item) => ({
          ...item,
          days: of(days, item.id).map(({ day, people }) => ({ day, people })),
          samples: of(samples, item.id).map(({ text }) => text),
        })),
      };
    },

    purge: (day, today) =>
      atomically(async (db) => {
        await db.deleteFrom('question_marks').where('day', '<', today).execute();
        await db.deleteFrom('question_samples').where('day', '<', day).execute();
        const result = await db.deleteFrom('question_days').where('day', '<', day).executeTakeFirst();
        await db.deleteFrom('questions').where('last_day', '<', day).execute();
        return Number(result.numDeletedRows);
      }),
  };
}

/** The newest few stay; one that comes again is new again. */
async function keepSample(
  db: Kysely<Schema>,
  question: string,
  text: string,
  day: string,
  most: number,
): Promise<void> {
  await db
    .insertInto('question_samples')
    .values({ question, text, day })
    .onConflict((c) => c.columns(['question', 'text']).doUpdateSet({ day }))
    .execute();
  const kept = await db
    .selectFrom('question_samples')
    .select('text')
    .where('question', '=', question)
    .orderBy((e) => e.case().when('text', '=', text).then(1).else(0).end(), 'desc')
    .orderBy('day', 'desc')
    .orderBy('text')
    .limit(most)
    .execute();
  await db
    .deleteFrom('question_samples')
    .where('question', '=', question)
    .where(
      'text',
      'not in',
      kept.map((one) => one.text),
    )
    .execute();
}

/** What was asked once and long ago makes room first, so that a flood of nonsense drives out only itself. */
async function dropOut(db: Kysely<Schema>, added: string, most: number): Promise<void> {
  const { total } = await db
    .selectFrom('questions')
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const over = Number(total) - most;
  if (over <= 0) return;
  await db
    .deleteFrom('questions')
    .where('id', 'in', (e) =>
      e
        .selectFrom('questions')
        .select('id')
        .where('id', '!=', added)
        .orderBy((c) => c.case().when('people', '>', 1).then(1).else(0).end())
        .orderBy('last_day')
        .orderBy('id')
        .limit(over),
    )
    .execute();
}
