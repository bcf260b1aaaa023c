import { sql } from 'kysely';
import { beforeEach, expect, it } from 'vitest';
import type { Connection } from '../../src/storage/dialect.ts';
import { direct } from '../../src/storage/handle.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { migrations } from '../../src/storage/migrations/list.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { auditOn } from '../../src/storage/repositories/audit.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { T0 } from '../contracts/store-samples.ts';
import { eachDatabase, emptyDatabase } from '../support/databases.ts';

eachDatabase('tampering with the audit', (kind) => {
  let connection: Connection;
  beforeEach(async () => {
    const setting = await emptyDatabase(kind);
    connection = setting.kind === 'sqlite' ? await openSqlite(setting.path) : openPostgres(setting.url);
    return () => connection.db.destroy();
  });

  const audit = () => auditOn(direct(connection));
  const append = async (...acts: string[]) => {
    for (const act of acts) {
      await audit().append({
        at: T0,
        actor: 'o',
        door: 'api',
        act,
        subject: 's',
        before: null,
        after: { act },
      });
    }
    return (await audit().after(0, 100)).map(({ sequence }) => sequence);
  };

  it.each([
    ['an act renamed', (at: number) => sql`update audit set act = 'other' where sequence = ${at}`],
    ['a person swapped', (at: number) => sql`update audit set actor = 'p' where sequence = ${at}`],
    [
      'a time moved',
      (at: number) => sql`update audit set at = '2024-01-01T00:00:00.000Z' where sequence = ${at}`,
    ],
    ['what it led to changed', (at: number) => sql`update audit set after = '{}' where sequence = ${at}`],
    ['its hash made anew', (at: number) => sql`update audit set hash = 'f' where sequence = ${at}`],
  ] as const)('%s is found at its entry', async (_, tamper) => {
    await migrate(connection, T0);
    const [, second = 0] = await append('a', 'b', 'c');
    await tamper(second).execute(connection.db);
    expect(await audit().verify()).toEqual({ entries: 1, broken: second });
  });

  it('an entry left out is found at the one after, the last at itself', async () => {
    await migrate(connection, T0);
    const [, second = 0, third = 0] = await append('a', 'b', 'c');
    await sql`delete from audit where sequence = ${second}`.execute(connection.db);
    expect(await audit().verify()).toEqual({ entries: 1, broken: third });
    await sql`delete from audit where sequence = ${third}`.execute(connection.db);
    expect(await audit().verify()).toEqual({ entries: 1, broken: third });
  });

  it('what was written before there was a chain is chained as it stood', async () => {
    const before = migrations.slice(
      0,
      migrations.findIndex(({ name }) => name === '0006-desk'),
    );
    await migrate(connection, T0, before);
    for (const act of ['a', 'b']) {
      await sql`insert into audit (at, actor, door, act, subject, before, after)
        values (${T0}, 'o', 'api', ${act}, 's', 'null', '{"x": 1}')`.execute(connection.db);
    }
    await migrate(connection, T0);
    expect(await audit().verify()).toEqual({ entries: 2, broken: null });
    await append('c');
    expect(await audit().verify()).toEqual({ entries: 3, broken: null });
  });
});
