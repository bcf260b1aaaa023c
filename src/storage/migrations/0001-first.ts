import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { createOutbox } from './0001-outbox.ts';

const needed = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey().notNull();

/** The tables of the first release. */
export async function first(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  await createFacts(db, dialect);
  await createSubscribers(db, dialect);
  await createOfficials(db, dialect);
  await createOutbox(db, dialect);
  await createJournals(db, dialect);
}

async function createFacts(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema.createTable('meta').addColumn('key', text, key).addColumn('value', text, needed).execute();

  await db.schema
    .createTable('memo')
    .addColumn('namespace', text, needed)
    .addColumn('key', text, needed)
    .addColumn('value', text, needed)
    .addColumn('expires_at', text)
    .addPrimaryKeyConstraint('memo_key', ['namespace', 'key'])
    .execute();
  await db.schema.createIndex('memo_expiry').on('memo').column('expires_at').execute();

  await db.schema
    .createTable('incidents')
    .addColumn('id', text, key)
    .addColumn('agency', text, needed)
    .addColumn('state', text, needed)
    .addColumn('declared_at', text, needed)
    .addColumn('revision', 'integer', needed)
    .addColumn('body', text, needed)
    .execute();
  await db.schema
    .createIndex('incidents_open')
    .on('incidents')
    .column('declared_at')
    .where(sql<boolean>`state not in ('resolved', 'withdrawn')`)
    .execute();
  await db.schema.createIndex('incidents_by_time').on('incidents').columns(['declared_at', 'id']).execute();

  await db.schema
    .createTable('incident_services')
    .addColumn('incident', text, (c) => c.notNull().references('incidents.id'))
    .addColumn('service', text, needed)
    .addPrimaryKeyConstraint('incident_services_key', ['incident', 'service'])
    .execute();
  await db.schema
    .createIndex('incident_services_by_service')
    .on('incident_services')
    .columns(['service', 'incident'])
    .execute();

  await db.schema
    .createTable('incident_updates')
    .addColumn('incident', text, (c) => c.notNull().references('incidents.id'))
    .addColumn('sequence', 'integer', needed)
    .addColumn('body', text, needed)
    .addPrimaryKeyConstraint('incident_updates_key', ['incident', 'sequence'])
    .execute();

  await db.schema
    .createTable('maintenances')
    .addColumn('id', text, key)
    .addColumn('agency', text, needed)
    .addColumn('state', text, needed)
    .addColumn('starts_at', text, needed)
    .addColumn('created_at', text, needed)
    .addColumn('revision', 'integer', needed)
    .addColumn('body', text, needed)
    .execute();
  await db.schema
    .createIndex('maintenances_pending')
    .on('maintenances')
    .column('starts_at')
    .where(sql<boolean>`state in ('scheduled', 'in_progress')`)
    .execute();
  await db.schema
    .createIndex('maintenances_by_time')
    .on('maintenances')
    .columns(['created_at', 'id'])
    .execute();

  await db.schema
    .createTable('maintenance_services')
    .addColumn('maintenance', text, (c) => c.notNull().references('maintenances.id'))
    .addColumn('service', text, needed)
    .addPrimaryKeyConstraint('maintenance_services_key', ['maintenance', 'service'])
    .execute();
  await db.schema
    .createIndex('maintenance_services_by_service')
    .on('maintenance_services')
    .columns(['service', 'maintenance'])
    .execute();

  await db.schema
    .createTable('measurements')
    .addColumn('service', text, needed)
    .addColumn('source', text, needed)
    .addColumn('body', text, needed)
    .addPrimaryKeyConstraint('measurements_key', ['service', 'source'])
    .execute();
}

async function createSubscribers(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('subscribers')
    .addColumn('id', text, key)
    .addColumn('platform', text, needed)
    .addColumn('workspace', text, needed)
    .addColumn('chat', text, needed)
    .addColumn('kind', text, needed)
    .addColumn('language', text)
    .addColumn('hint', text)
    .addColumn('region', text)
    .addColumn('quiet_hours', text)
    .addColumn('announcements', 'integer')
    .addColumn('state', text, needed)
    .addColumn('ended_because', text)
    .addColumn('created_at', text, needed)
    .addColumn('seen_at', text, needed)
    .addUniqueConstraint('subscribers_chat', ['platform', 'workspace', 'chat'])
    .execute();

  await db.schema
    .createTable('subscriptions')
    .addColumn('subscriber', text, (c) => c.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('kind', text, needed)
    .addColumn('target', text, needed)
    .addColumn('created_at', text, needed)
    .addPrimaryKeyConstraint('subscriptions_key', ['subscriber', 'kind', 'target'])
    .execute();
  // An audience is read along this one.
  await db.schema
    .createIndex('subscriptions_by_target')
    .on('subscriptions')
    .columns(['kind', 'target', 'subscriber'])
    .execute();

  await db.schema
    .createTable('follows')
    .addColumn('subscriber', text, (c) => c.notNull().references('subscribers.id').onDelete('cascade'))
    .addColumn('service', text, needed)
    .addColumn('incident', text)
    .addColumn('created_at', text, needed)
    .addColumn('expires_at', text, needed)
    .addPrimaryKeyConstraint('follows_key', ['subscriber', 'service'])
    .execute();
  await db.schema
    .createIndex('follows_by_service')
    .on('follows')
    .columns(['service', 'subscriber'])
    .execute();
  await db.schema.createIndex('follows_expiry').on('follows').column('expires_at').execute();
}

async function createOfficials(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('officials')
    .addColumn('id', text, key)
    .addColumn('name', text, needed)
    .addColumn('agency', text, needed)
    .addColumn('roles', text, needed)
    .addColumn('created_at', text, needed)
    .addColumn('revoked_at', text)
    .execute();
  await db.schema
    .createTable('official_tokens')
    .addColumn('hash', text, key)
    .addColumn('official', text, (c) => c.notNull().references('officials.id'))
    .addColumn('created_at', text, needed)
    .execute();
  await db.schema
    .createTable('official_links')
    .addColumn('hash', text, key)
    .addColumn('official', text, (c) => c.notNull().references('officials.id'))
    .addColumn('expires_at', text, needed)
    .execute();
  await db.schema
    .createTable('official_identities')
    .addColumn('platform', text, needed)
    .addColumn('workspace', text, needed)
    .addColumn('person', text, needed)
    .addColumn('official', text, (c) => c.notNull().references('officials.id'))
    .addPrimaryKeyConstraint('official_identities_key', ['platform', 'workspace', 'person'])
    .execute();
}

async function createJournals(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const { text } = dialect;
  await dialect
    .withSequence(db.schema.createTable('reports'), 'id')
    .addColumn('service', text, needed)
    .addColumn('who', text, needed)
    .addColumn('region', text)
    .addColumn('at', text, needed)
    .execute();
  await db.schema.createIndex('reports_by_time').on('reports').columns(['at', 'service']).execute();
  // One row a person and service: the lock that lets one of two simultaneous reports through.
  await db.schema
    .createTable('report_marks')
    .addColumn('service', text, needed)
    .addColumn('who', text, needed)
    .addColumn('at', text, needed)
    .addPrimaryKeyConstraint('report_marks_key', ['service', 'who'])
    .execute();
  await db.schema.createIndex('report_marks_by_time').on('report_marks').column('at').execute();

  await dialect
    .withSequence(db.schema.createTable('inbound'), 'sequence')
    .addColumn('platform', text, needed)
    .addColumn('id', text, needed)
    .addColumn('chat', text, needed)
    .addColumn('body', text)
    .addColumn('received_at', text, needed)
    .addColumn('attempts', 'integer', needed)
    .addColumn('lease_until', text, needed)
    .addColumn('owner', text, needed)
    .addColumn('settled_at', text)
    .addUniqueConstraint('inbound_update', ['platform', 'id'])
    .execute();
  await db.schema
    .createIndex('inbound_unsettled')
    .on('inbound')
    .column('sequence')
    .where(sql<boolean>`settled_at is null`)
    .execute();
  await db.schema.createIndex('inbound_settled').on('inbound').column('settled_at').execute();

  await dialect
    .withSequence(db.schema.createTable('audit'), 'sequence')
    .addColumn('at', text, needed)
    .addColumn('actor', text, needed)
    .addColumn('door', text, needed)
    .addColumn('act', text, needed)
    .addColumn('subject', text, needed)
    .addColumn('before', text, needed)
    .addColumn('after', text, needed)
    .execute();
}
