import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Connection } from '../../src/storage/dialect.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { type Migration, migrations } from '../../src/storage/migrations/list.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { T0 } from '../contracts/store-samples.ts';
import { type DatabaseKind, eachDatabase, emptyDatabase } from '../support/databases.ts';

async function connect(kind: DatabaseKind): Promise<Connection> {
  const setting = await emptyDatabase(kind);
  return setting.kind === 'sqlite' ? openSqlite(setting.path) : openPostgres(setting.url);
}

const adds = (column: string): Migration => ({
  name: `0002-${column}`,
  up: async (db) => {
    await sql`alter table meta add column ${sql.ref(column)} text`.execute(db);
  },
});

eachDatabase('migrations', (kind) => {
  it('apply in order, once', async () => {
    const connection = await connect(kind);
    const first = migrations.map((m) => m.name);
    expect(await migrate(connection, T0)).toEqual(first);
    expect(await migrate(connection, T0)).toEqual([]);
    expect(await migrate(connection, T0, [...migrations, adds('a'), adds('b')])).toEqual([
      '0002-a',
      '0002-b',
    ]);
    await sql`select a, b from meta`.execute(connection.db);
    await connection.db.destroy();
  });

  it('that fail leave the database as it was', async () => {
    const connection = await connect(kind);
    await migrate(connection, T0);
    const broken: Migration = {
      name: '0003-broken',
      up: async (db) => {
        await sql`insert into nowhere values (1)`.execute(db);
      },
    };
    await expect(migrate(connection, T0, [...migrations, adds('a'), broken])).rejects.toThrow(/nowhere/);
    await expect(sql`select a from meta`.execute(connection.db)).rejects.toThrow();
    expect(await migrate(connection, T0, [...migrations, adds('a')])).toEqual(['0002-a']);
    await connection.db.destroy();
  });

  it('refuse a database that a newer version made, and say so', async () => {
    const connection = await connect(kind);
    await migrate(connection, T0, [...migrations, adds('future')]);
    await expect(migrate(connection, T0)).rejects.toThrow(/newer version of Allim \(it has 0002-future\)/);
    await connection.db.destroy();
  });
});
