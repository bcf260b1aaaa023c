import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const needed = (c: ColumnDefinitionBuilder) => c.notNull();
const ofQuestion = (c: ColumnDefinitionBuilder) => c.notNull().references('questions.id').onDelete('cascade');

/** Questions that were not answered: clusters, with their counts by day, a few samples, and who was counted today. */
export async function unanswered(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('questions')
    .addColumn('id', text, (c) => c.primaryKey().notNull())
    .addColumn('language', text, needed)
    .addColumn('reason', text, needed)
    .addColumn('services', text, needed)
    .addColumn('leaning', text, needed)
    .addColumn('cues', text, needed)
    .addColumn('gist', text, needed)
    .addColumn('people', 'integer', needed)
    .addColumn('last_day', text, needed)
    .execute();
  await db.schema
    .createIndex('questions_alike')
    .on('questions')
    .columns(['language', 'reason', 'services', 'leaning', 'last_day'])
    .execute();

  await db.schema
    .createTable('question_days')
    .addColumn('question', text, ofQuestion)
    .addColumn('day', text, needed)
    .addColumn('people', 'integer', needed)
    .addPrimaryKeyConstraint('question_days_key', ['question', 'day'])
    .execute();
  await db.schema.createIndex('question_days_by_day').on('question_days').column('day').execute();

  await db.schema
    .createTable('question_samples')
    .addColumn('question', text, ofQuestion)
    .addColumn('text', text, needed)
    .addColumn('day', text, needed)
    .addPrimaryKeyConstraint('question_samples_key', ['question', 'text'])
    .execute();
  await db.schema.createIndex('question_samples_by_day').on('question_samples').column('day').execute();

  await db.schema
    .createTable('question_marks')
    .addColumn('question', text, ofQuestion)
    .addColumn('who', text, needed)
    .addColumn('day', text, needed)
    .addPrimaryKeyConstraint('question_marks_key', ['question', 'who'])
    .execute();
  await db.schema.createIndex('question_marks_by_day').on('question_marks').column('day').execute();
}
