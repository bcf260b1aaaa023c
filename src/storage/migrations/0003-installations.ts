import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

/** Where the Slack app is installed, when it serves many workspaces. */
export async function installations(db: Kysely<Schema>, { text }: Dialect): Promise<void> {
  await db.schema
    .createTable('slack_installations')
    .addColumn('key', text, (c) => c.primaryKey().notNull())
    .addColumn('sealed', text, (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('slack_workspaces')
    .addColumn('workspace', text, (c) => c.primaryKey().notNull())
    .addColumn('organisation', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('slack_workspaces_by_organisation')
    .on('slack_workspaces')
    .column('organisation')
    .execute();

  await db.schema
    .createTable('slack_states')
    .addColumn('once', text, (c) => c.primaryKey().notNull())
    .addColumn('expires_at', text, (c) => c.notNull())
    .execute();
}
