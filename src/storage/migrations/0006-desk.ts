import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import { GENESIS, hashOf } from '../audit-chain.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const needed = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey().notNull();

/** The officials' desk: announcements, alerts, what was withdrawn, requests with a key, and the audit as a chain. */
export async function desk(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  await createAnnouncements(db, dialect);
  await createRequests(db, dialect);
  await chainAudit(db, dialect);
}

async function createAnnouncements(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const { text } = dialect;
  await db.schema
    .createTable('announcements')
    .addColumn('id', text, key)
    .addColumn('agency', text, needed)
    .addColumn('state', text, needed)
    .addColumn('created_at', text, needed)
    .addColumn('due_at', text)
    .addColumn('notice', text, (c) => c.unique().references('notices.id'))
    .addColumn('version', 'integer', needed)
    .addColumn('body', text, needed)
    .execute();
  await db.schema
    .createIndex('announcements_due')
    .on('announcements')
    .column('due_at')
    .where(sql<boolean>`due_at is not null`)
    .execute();
  await db.schema
    .createIndex('announcements_by_time')
    .on('announcements')
    .columns(['created_at', 'id'])
    .execute();
  await db.schema.createIndex('notices_by_time').on('notices').columns(['created_at', 'id']).execute();
  await db.schema
    .createTable('notice_withdrawals')
    .addColumn('notice', text, (c) => c.primaryKey().notNull().references('notices.id'))
    .addColumn('by_notice', text, (c) => c.notNull().references('notices.id'))
    .addColumn('at', text, needed)
    .execute();
  await dialect
    .withSequence(db.schema.createTable('alerts'), 'sequence')
    .addColumn('official', text, (c) => c.notNull().references('officials.id'))
    .addColumn('kind', text, needed)
    .addColumn('subject', text, needed)
    .addColumn('at', text, needed)
    .addColumn('seen_at', text)
    .execute();
  await db.schema.createIndex('alerts_by_official').on('alerts').columns(['official', 'sequence']).execute();
}

async function createRequests(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('api_requests')
    .addColumn('official', text, needed)
    .addColumn('key', text, needed)
    .addColumn('fingerprint', text, needed)
    .addColumn('begun_at', text, needed)
    .addColumn('status', 'integer')
    .addColumn('location', text)
    .addColumn('body', text)
    .addPrimaryKeyConstraint('api_requests_key', ['official', 'key'])
    .execute();
  await db.schema.createIndex('api_requests_by_time').on('api_requests').column('begun_at').execute();
}

/** What was written before is chained as it stands. */
async function chainAudit(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('audit_head')
    .addColumn('id', 'integer', key)
    .addColumn('sequence', 'bigint', needed)
    .addColumn('hash', text, needed)
    .execute();
  for (const column of ['previous', 'hash']) {
    await db.schema
      .alterTable('audit')
      .addColumn(column, text, (c) => c.notNull().defaultTo(''))
      .execute();
  }
  let previous = GENESIS;
  let last = 0;
  for (let more = true; more; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('sequence', '>', last)
      .orderBy('sequence')
      .limit(1_000)
      .execute();
    for (const row of rows) {
      const hash = hashOf({ ...row, previous });
      await db.updateTable('audit').set({ previous, hash }).where('sequence', '=', row.sequence).execute();
      previous = hash;
      last = row.sequence;
    }
    more = rows.length > 0;
  }
  await db.insertInto('audit_head').values({ id: 1, sequence: last, hash: previous }).execute();
}
