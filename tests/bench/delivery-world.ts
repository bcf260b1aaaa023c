import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Config, readConfig } from '../../src/config/environment.ts';
import { openCore, systemClock } from '../../src/core.ts';
import { newId } from '../../src/domain/ids.ts';
import { DELIVERY } from '../../src/storage/repositories/delivery-state.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { type Api, administrator, apiOf } from '../journeys/officials.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { CREDENTIALS } from '../support/sandbox.ts';
import { type Emulator, startEmulator } from './delivery-emulator.ts';
import type { Delivered } from './delivery-emulator-process.ts';

/** The services that a crowd subscribed to, so that a notice to one crowd is none to another. */
export type Crowd = 'gov24' | 'hometax';

export interface Published {
  /** Stands in every message of it. */
  readonly text: string;
  readonly at: number;
  /** The id of the notice. */
  readonly notice: string;
}

export interface DeliveryWorld {
  readonly emulator: Emulator;
  readonly api: Api;
  /** Tells a crowd, and what was told can be found by the answer's code. Answers when the API did. */
  publish(crowd: Crowd, critical?: boolean): Promise<Published>;
  /** Looks at what was delivered until there is as much, or for so long. */
  delivered(text: string, count: number, withinMs: number): Promise<Delivered>;
  /** `kill -9`, and what was on the wire at that moment; then it starts again. */
  crash(): Promise<number>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** How many follow each service. */
  readonly crowds: Readonly<Partial<Record<Crowd, number>>>;
  readonly ratePerSecond: number;
  readonly latencyMs: number;
  /** One in so many has blocked the bot. */
  readonly blockedEvery?: number;
}

const FREE_RATE = 30;
const AT_ONCE = 2_000;
const LOOK_EVERY_MS = 200;

/** The whole program in a process, the stand-in in another, and the crowds in its database before it starts. */
export async function startDeliveryWorld(options: WorldOptions): Promise<DeliveryWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-bench-'));
  const path = join(folder, 'allim.db');
  const emulator = await startEmulator();
  const config: Config = { ...readConfig({ DATABASE_URL: `sqlite:${path}` }), sandbox: false };
  const token = await administrator(config);
  for (const [crowd, count] of Object.entries(options.crowds)) {
    const blockedEvery = options.blockedEvery ?? null;
    await subscribe(config, crowd, await emulator.ask('people', { count, blockedEvery }));
  }
  await emulator.ask('latency', options.latencyMs);
  await emulator.ask('limits', {
    perSecond: Math.min(options.ratePerSecond, FREE_RATE),
    paidPerSecond: options.ratePerSecond,
  });
  const port = String(await freePort());
  const env = {
    DATABASE_URL: `sqlite:${path}`,
    TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
    TELEGRAM_API_ROOT: emulator.telegramRoot,
    TELEGRAM_RATE: String(options.ratePerSecond),
    TELEGRAM_PAID_BROADCAST: String(options.ratePerSecond > FREE_RATE),
    QUIET_HOURS: 'off',
    OUTAGE_HOLD_SECONDS: '0',
    PORT: port,
  };
  let program: Program = await startProgram(env);
  const api = apiOf(program.url, token);
  let published = 0;
  return {
    emulator,
    api,
    async publish(crowd, critical = false) {
      const text = `측정 ${++published}호`;
      const { notice } = await api('POST', '/incidents', {
        services: [{ id: crowd, status: 'major_outage' }],
        state: 'investigating',
        message: { ko: `${text} 접속이 되지 않습니다.`, en: `${text} It cannot be reached.` },
        critical,
      });
      return { text, at: Date.now(), notice: notice.id };
    },
    async delivered(text, count, withinMs) {
      const until = Date.now() + withinMs;
      for (;;) {
        const seen = await emulator.ask('delivered', { text });
        if (seen.count >= count || Date.now() > until) return seen;
        await pause(LOOK_EVERY_MS);
      }
    },
    async crash() {
      await program.kill();
      const out = await onTheWire(path);
      program = await startProgram(env);
      return out;
    },
    async stop() {
      await program.stop();
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How many deliveries a dead process left between `sending` and their answer. */
async function onTheWire(path: string): Promise<number> {
  const { db } = await openSqlite(path);
  try {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from deliveries where state = ${DELIVERY.sending}`.execute(db);
    return rows[0]?.n ?? 0;
  } finally {
    await db.destroy();
  }
}

async function subscribe(config: Config, service: string, people: readonly number[]): Promise<void> {
  const { database } = await openCore(config, systemClock);
  const workspace = CREDENTIALS.telegramToken.split(':')[0] ?? '';
  const at = systemClock.now();
  for (let from = 0; from < people.length; from += AT_ONCE)
    await database.store.transaction(async ({ subscribers, subscriptions }) => {
      for (const person of people.slice(from, from + AT_ONCE)) {
        const id = newId('sub', Date.parse(at), Math.random);
        const chat = { platform: 'telegram', workspace, id: String(person), kind: 'private' } as const;
        await subscribers.ensure(chat, { id, hint: 'ko', at });
        await subscriptions.add({ subscriber: id, target: { kind: 'service', id: service }, createdAt: at });
      }
    });
  await database.close();
}
