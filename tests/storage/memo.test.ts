import keyvTestSuite from '@keyv/test-suite';
import { Keyv } from 'keyv';
import * as vitest from 'vitest';
import type { Instant } from '../../src/domain/instant.ts';
import { fromEpoch, plusSeconds } from '../../src/domain/instant.ts';
import type { Connection } from '../../src/storage/dialect.ts';
import { MemoStorage, memosOn } from '../../src/storage/memo.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { T0 } from '../contracts/store-samples.ts';
import { type DatabaseKind, eachDatabase, emptyDatabase } from '../support/databases.ts';

const { afterAll, beforeAll, beforeEach, describe, expect, it } = vitest;

async function connect(kind: DatabaseKind): Promise<Connection> {
  const setting = await emptyDatabase(kind);
  const connection = setting.kind === 'sqlite' ? await openSqlite(setting.path) : openPostgres(setting.url);
  await migrate(connection, T0);
  return connection;
}

eachDatabase('the storage of Keyv', (kind) => {
  // The suite moves the machine's clock itself.
  const machine = { now: (): Instant => fromEpoch(Date.now()), random: () => 0.5 };
  let connection: Connection;
  beforeAll(async () => {
    connection = await connect(kind);
  });
  afterAll(() => connection.db.destroy());
  // It was written for the Vitest before ours, and uses nothing that changed.
  keyvTestSuite(
    vitest as unknown as Parameters<typeof keyvTestSuite>[0],
    Keyv,
    () => new MemoStorage(connection, machine),
  );
});

eachDatabase('a memo', (kind) => {
  let now = T0;
  let connection: Connection;
  const clock = { now: () => now, random: () => 0.5 };
  beforeAll(async () => {
    connection = await connect(kind);
  });
  beforeEach(() => {
    now = T0;
  });
  afterAll(() => connection.db.destroy());

  it('gives back what it was told, until it is forgotten', async () => {
    const memo = memosOn(connection, clock)<{ readonly services: readonly string[] }>('session');
    await memo.set('chat', { services: ['gov24'] }, 900);
    await memo.set('chat', { services: ['saeol'] }, 900);
    expect(await memo.get('chat')).toEqual({ services: ['saeol'] });
    await memo.delete('chat');
    await memo.delete('chat');
    expect(await memo.get('chat')).toBeUndefined();
  });

  it('lives as long as our clock says, whatever the clock of the machine', async () => {
    const memo = memosOn(connection, clock)<string>('session');
    await memo.set('chat', '정부24', 900);
    now = plusSeconds(T0, 899);
    expect(await memo.get('chat')).toBe('정부24');
    now = plusSeconds(T0, 900);
    expect(await memo.get('chat')).toBeUndefined();
  });

  it('keeps namespaces apart, whatever their keys look like', async () => {
    const memoOf = memosOn(connection, clock);
    await memoOf<number>('a').set('b:c', 1, 60);
    await memoOf<number>('a:b').set('c', 2, 60);
    await memoOf<number>('a').set('a:b:c', 3, 60);
    expect(await memoOf<number>('a').get('b:c')).toBe(1);
    expect(await memoOf<number>('a:b').get('c')).toBe(2);
    expect(await memoOf<number>('b').get('c')).toBeUndefined();
  });

  it('lets another process on the same database read it', async () => {
    await memosOn(connection, clock)<number>('shared').set('key', 5, 60);
    expect(await memosOn(connection, clock)<number>('shared').get('key')).toBe(5);
  });

  it('sweeps away what has run out', async () => {
    const memo = memosOn(connection, clock)<number>('swept');
    await memo.set('old', 1, 30);
    now = plusSeconds(T0, 61);
    await memo.set('new', 2, 30);
    const rows = await connection.db
      .selectFrom('memo')
      .select('key')
      .where('namespace', '=', 'swept')
      .execute();
    expect(rows.map((row) => row.key)).toEqual(['new']);
  });

  it('says so when the database is away', async () => {
    const gone = await connect(kind);
    const memo = memosOn(gone, clock)<number>('x');
    await gone.db.destroy();
    await expect(memo.get('key')).rejects.toThrow();
    await expect(memo.set('key', 1, 60)).rejects.toThrow();
  });
});

describe('a memo in a long life', () => {
  it('holds no more than is alive', async () => {
    const connection = await connect('sqlite');
    let now = T0;
    const memo = memosOn(connection, { now: () => now, random: () => 0.5 })<number>('x');
    for (let n = 0; n < 200; n++) {
      now = plusSeconds(now, 30);
      await memo.set(String(n), n, 60);
    }
    const rows = await connection.db.selectFrom('memo').select('key').execute();
    expect(rows.length).toBeLessThanOrEqual(4);
    await connection.db.destroy();
  });
});
