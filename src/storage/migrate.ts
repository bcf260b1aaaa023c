import type { Instant } from '../domain/instant.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection } from './dialect.ts';
import { inTransaction } from './handle.ts';
import { type Migration, migrations } from './migrations/list.ts';

/**
 * Brings the tables up to date, in one transaction; whoever starts at the same time waits and finds it done.
 * Returns the names of what was applied.
 * @throws DatabaseError when the database was made by a newer version of the program
 */
export async function migrate(
  connection: Connection,
  now: Instant,
  all: readonly Migration[] = migrations,
): Promise<readonly string[]> {
  const { dialect } = connection;
  return inTransaction(connection, async (db) => {
    await dialect.lockMigrations(db);
    await db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('name', dialect.text, (c) => c.primaryKey().notNull())
      .addColumn('applied_at', dialect.text, (c) => c.notNull())
      .execute();
    const applied = new Set((await db.selectFrom('migrations').select('name').execute()).map((m) => m.name));
    const unknown = [...applied].filter((name) => !all.some((m) => m.name === name));
    if (unknown.length > 0) {
      throw new DatabaseError(
        `The database was made by a newer version of Allim (it has ${unknown.join(', ')}). Start that version, or restore a backup from before it.`,
      );
    }
    const missing = all.filter((m) => !applied.has(m.name));
    for (const migration of missing) {
      await migration.up(db, dialect);
      await db.insertInto('migrations').values({ name: migration.name, applied_at: now }).execute();
    }
    return missing.map((m) => m.name);
  });
}
