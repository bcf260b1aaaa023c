import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const needed = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey().notNull();

/** Notices and their way out. */
export async function createOutbox(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  await createNotices(db, dialect);
  await createCampaigns(db, dialect);
  await createDeliveries(db, dialect);
}

async function createNotices(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('notice_days')
    .addColumn('day', text, key)
    .addColumn('last', 'integer', needed)
    .execute();
  await db.schema
    .createTable('notices')
    .addColumn('id', text, key)
    .addColumn('code', text, (c) => c.notNull().unique())
    .addColumn('incident', text)
    .addColumn('sequence', 'integer', needed)
    .addColumn('created_at', text, needed)
    .addColumn('body', text, needed)
    .execute();
  await db.schema
    .createIndex('notices_by_incident')
    .on('notices')
    .columns(['incident', 'sequence', 'created_at'])
    .execute();
  await db.schema
    .createTable('notice_cards')
    .addColumn('notice', text, (c) => c.notNull().references('notices.id'))
    .addColumn('language', text, needed)
    .addColumn('body', text, needed)
    .addPrimaryKeyConstraint('notice_cards_key', ['notice', 'language'])
    .execute();
}

async function createCampaigns(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('campaigns')
    .addColumn('id', text, key)
    .addColumn('notice', text, (c) => c.notNull().unique().references('notices.id'))
    .addColumn('state', text, needed)
    .addColumn('resume_to', text)
    .addColumn('hold_until', text, needed)
    .addColumn('cursor', text)
    .addColumn('created_at', text, needed)
    .addColumn('started_at', text)
    .addColumn('finished_at', text)
    .execute();
  await db.schema
    .createIndex('campaigns_unfinished')
    .on('campaigns')
    .column('state')
    .where(sql<boolean>`state in ('holding', 'fanning', 'sending', 'paused')`)
    .execute();

  await db.schema
    .createTable('lanes')
    .addColumn('key', text, key)
    .addColumn('paused_until', text)
    .addColumn('why', text)
    .execute();
  await db.schema
    .createTable('leases')
    .addColumn('name', text, key)
    .addColumn('owner', text)
    .addColumn('epoch', 'integer', needed)
    .addColumn('until', text, needed)
    .execute();
}

/**
 * No foreign keys from deliveries: the insert itself locks and checks both ends, and an erased person's rows stay,
 * so that the counts of a notice never change.
 */
async function createDeliveries(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', text, key)
    .addColumn('campaign', text, needed)
    .addColumn('notice', text, needed)
    .addColumn('subscriber', text, needed)
    .addColumn('lane', text, needed)
    .addColumn('priority', 'integer', needed)
    .addColumn('state', text, needed)
    .addColumn('due_at', text, needed)
    .addColumn('attempts', 'integer', needed)
    .addColumn('resent', 'integer', needed)
    .addColumn('silent', 'integer', needed)
    .addColumn('lease_until', text)
    .addColumn('started_at', text)
    .addColumn('message_id', text)
    .addColumn('error', text)
    .addUniqueConstraint('deliveries_once', ['notice', 'subscriber'])
    .execute();

  const index = (name: string) => db.schema.createIndex(`deliveries_${name}`).on('deliveries');
  // Counts of a notice, and who was told of it.
  await index('by_state').columns(['notice', 'state', 'subscriber']).execute();
  // What a chat got, has coming, and whether something is under way to it.
  await index('by_chat').columns(['subscriber', 'state']).execute();
  // The queue itself: only what is unsent stands in it, so claiming does not slow as history grows.
  await index('waiting')
    .columns(['campaign', 'lane', 'priority', 'due_at', 'id'])
    .where(sql<boolean>`state in ('ready', 'held')`)
    .execute();
  await index('under_way')
    .columns(['lease_until'])
    .where(sql<boolean>`state in ('claimed', 'sending')`)
    .execute();
  await index('uncertain')
    .columns(['lane', 'campaign'])
    .where(sql<boolean>`state = 'uncertain' and resent = 0`)
    .execute();
  await index('resent').columns(['notice']).where(sql<boolean>`resent = 1`).execute();

  // Which campaigns have anything in which lane: lets a claim pass by a paused one however long its queue.
  await db.schema
    .createTable('delivery_queues')
    .addColumn('campaign', text, needed)
    .addColumn('lane', text, needed)
    .addColumn('priority', 'integer', needed)
    .addPrimaryKeyConstraint('delivery_queues_key', ['campaign', 'lane', 'priority'])
    .execute();
}
