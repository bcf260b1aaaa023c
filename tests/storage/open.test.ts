import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { type DatabaseSetting, openDatabase } from '../../src/storage/open.ts';
import { clock } from '../contracts/store-samples.ts';
import { eachDatabase, emptyDatabase, openTestDatabase, openTestStore } from '../support/databases.ts';

const run = promisify(execFile);

/** A replica: opens the database, counts up a number many times and leaves. */
const REPLICA = `
  const { openDatabase } = await import(process.argv[1]);
  const clock = { now: () => '2023-11-17T00:00:00.000Z', random: () => 0.5 };
  const { store, close } = await openDatabase(JSON.parse(process.argv[2]), { mode: 'sandbox', clock });
  for (let n = 0; n < 20; n++) {
    await store.transaction(async (tables) => tables.notices.nextNumber('2023-11-17'));
    await store.meta.set('last', process.argv[3]);
  }
  await close();
`;

function startReplica(setting: DatabaseSetting, name: string) {
  const open = new URL('../../src/storage/open.ts', import.meta.url).href;
  return run(process.execPath, ['--input-type=module', '-e', REPLICA, open, JSON.stringify(setting), name]);
}

eachDatabase('opening a database', (kind) => {
  it('makes it, and finds it again with everything in it', async () => {
    const setting = await emptyDatabase(kind);
    const first = await openTestDatabase(setting, clock);
    await first.store.meta.set('catalogue', '7');
    await first.close();
    await first.close();
    expect(await first.store.ping()).toBe(false);
    const second = await openTestDatabase(setting, clock);
    expect(await second.store.meta.get('catalogue')).toBe('7');
    expect(await second.store.ping()).toBe(true);
    await second.store.close();
  });

  it('by several processes at once makes it once, and they work side by side', async () => {
    const setting = await emptyDatabase(kind);
    await Promise.all(['a', 'b', 'c'].map((name) => startReplica(setting, name)));
    const { store } = await openTestDatabase(setting, clock);
    expect(await store.notices.nextNumber('2023-11-17')).toBe(61);
  });

  it('twice in one process lets both write', async () => {
    const setting = await emptyDatabase(kind);
    const replicas = await Promise.all([1, 2].map(() => openTestDatabase(setting, clock)));
    const numbers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => replicas[n % 2]?.store.notices.nextNumber('2023-11-17')),
    );
    expect(new Set(numbers).size).toBe(10);
  });

  it('of the other mode is refused with what to do', async () => {
    const setting = await emptyDatabase(kind);
    await openTestDatabase(setting, clock);
    await expect(openDatabase(setting, { mode: 'live', clock })).rejects.toThrow(
      /belongs to the sandbox bot and cannot be used in live mode\. Set DATABASE_URL/,
    );
    const live = await emptyDatabase(kind);
    await (await openDatabase(live, { mode: 'live', clock })).close();
    await expect(openDatabase(live, { mode: 'sandbox', clock })).rejects.toThrow(
      /belongs to the live bot.*Set DATABASE_URL/,
    );
  });

  it('refuses what cannot be bound, and goes on', async () => {
    const { store } = await openTestStore(kind, clock);
    const wrong = { id: 'a' } as unknown as string;
    if (kind === 'sqlite')
      await expect(store.meta.set('key', wrong)).rejects.toThrow(/Only text, numbers and null/);
    await expect(store.meta.set('key', null as unknown as string)).rejects.toThrow();
    expect(await store.ping()).toBe(true);
  });
});

it('an SQLite file gets the folder it needs', async () => {
  const { path } = (await emptyDatabase('sqlite')) as { path: string };
  const deep = join(dirname(path), 'a', 'b', 'allim.db');
  await openTestDatabase({ kind: 'sqlite', path: deep }, clock);
  expect(existsSync(deep)).toBe(true);
});

it('a database that cannot be opened is named, with the variable and without the password', async () => {
  const options = { mode: 'sandbox', clock } as const;
  const { path } = (await emptyDatabase('sqlite')) as { path: string };
  const folder = dirname(path);
  await expect(openDatabase({ kind: 'sqlite', path: folder }, options)).rejects.toThrow(
    `The database ${folder} cannot be opened`,
  );
  const refused = openDatabase(
    { kind: 'postgres', url: 'postgres://allim:secret@127.0.0.1:1/allim' },
    options,
  );
  await expect(refused).rejects.toThrow(
    /^The database postgres:\/\/127\.0\.0\.1:1\/allim cannot be opened: .*ECONNREFUSED.*Check DATABASE_URL\.$/,
  );
  await expect(openDatabase({ kind: 'postgres', url: 'not a url' }, options)).rejects.toThrow(/DATABASE_URL/);
});
