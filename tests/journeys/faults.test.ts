import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../src/config/environment.ts';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { deliveriesOf, subscribeTelegramCrowd, tally, withStore } from './crowd.ts';
import { type Api, administrator, apiOf, type Declared, finished, type Progress } from './officials.ts';
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts';

/** `FAULTS=long` strikes longer mailings more often, on each database with one replica and with two. */
const LONG = process.env.FAULTS === 'long';
const CHATS = LONG ? 600 : 60;
const RATE = 60;
const STRIKES = LONG ? 8 : 3;
const SERVICES = [
  'gov24',
  'hometax',
  'wetax',
  'nhis',
  'work24',
  'bokjiro',
  'q-net',
  'unipass',
  'ecfs',
  'epost',
];

const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

/** What the network and the platform can do, and whether a message can come twice by it. */
const FAULTS: readonly { readonly name: string; readonly effect: FaultEffect; readonly doubtful: boolean }[] =
  [
    { name: 'a short 429', effect: error(429, 1), doubtful: false },
    { name: 'an error of the platform (500)', effect: error(500), doubtful: true },
    { name: 'an error of a gateway (502)', effect: error(502), doubtful: true },
    {
      name: 'a connection broken before anything was done',
      effect: { kind: 'drop', when: 'before' },
      doubtful: true,
    },
    {
      name: 'a message taken, then the connection broken',
      effect: { kind: 'drop', when: 'after' },
      doubtful: true,
    },
    { name: 'an answer that takes two seconds', effect: { kind: 'delay', ms: 2_000 }, doubtful: false },
  ];

function error(code: number, retryAfter?: number): FaultEffect {
  return { kind: 'error', code, description: 'on order', retryAfter };
}

const SETTINGS = [
  { kind: 'sqlite', replicas: 1 },
  { kind: 'postgres', replicas: 2 },
  ...(LONG ? [{ kind: 'sqlite', replicas: 2 } as const, { kind: 'postgres', replicas: 1 } as const] : []),
] as const;

describe.each(SETTINGS)('$kind, replicas: $replicas', ({ kind, replicas }) => {
  let folder: string;
  let postgres: OwnPostgres | null = null;
  let sandbox: RunningSandbox;
  let config: Config;
  let env: Record<string, string>;
  let chats: readonly ChatRef[];
  let api: Api;
  let programs: Program[] = [];
  let told = 0;

  const start = async (port: string): Promise<Program> => startProgram({ ...env, PORT: port });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'allim-faults-'));
    postgres = kind === 'postgres' ? await startOwnPostgres() : null;
    sandbox = await startSandbox();
    env = {
      DATABASE_URL: postgres?.url ?? `sqlite:${join(folder, 'allim.db')}`,
      TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
      TELEGRAM_API_ROOT: sandbox.telegramRoot,
      TELEGRAM_WEBHOOK_SECRET: 'a-webhook-secret',
      PUBLIC_URL: 'http://127.0.0.1:1',
      TELEGRAM_RATE: String(RATE),
      TELEGRAM_PAID_BROADCAST: 'true',
      QUIET_HOURS: 'off',
      OUTAGE_HOLD_SECONDS: '0',
      LOG_LEVEL: 'fatal',
    };
    config = readConfig(env);
    const token = await administrator(config);
    chats = await subscribeTelegramCrowd(sandbox, config, CHATS);
    for (let i = 0; i < replicas; i++) programs.push(await start(String(await freePort())));
    api = apiOf(programs.at(-1)?.url ?? '', token);
  });
  afterEach(() => sandbox.faults.clear());
  afterAll(async () => {
    expect(sandbox.violations.all).toEqual([]);
    expect(sandbox.violations.floods.telegram.whilePaused).toBe(0);
    await Promise.all(programs.map((program) => program.kill()));
    programs = [];
    await sandbox.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const declare = (): Promise<Declared> =>
    api('POST', '/incidents', {
      services: [{ id: SERVICES[told++ % SERVICES.length], status: 'major_outage' }],
      state: 'investigating',
      message,
    });

  const shown = (code: string): number =>
    [...tally(sandbox, chats, code).values()].reduce((sum, times) => sum + times, 0);

  /** The longest that nobody was told anything while the notice went out. */
  const longestPauseMs = ({ notice }: Declared): number => {
    const at = sandbox.ledger.all
      .filter(({ text }) => text.includes(notice.code))
      .map((e) => Date.parse(e.at));
    return Math.max(...at.slice(1).map((time, i) => time - (at[i] ?? time)));
  };

  const reached = async (code: string, share: number): Promise<void> => {
    while (shown(code) < CHATS * share) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  /** Nobody was left out; whoever heard twice is on record as sent again; the books agree. */
  async function truth({ notice }: Declared, mostTwice: number): Promise<Progress> {
    const progress = await finished(api, notice.id, 45_000);
    for (const { url } of programs) expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const times = [...tally(sandbox, chats, notice.code).values()];
    expect(times.filter((n) => n === 0)).toEqual([]);
    const surplus = times.reduce((sum, n) => sum + n - 1, 0);
    expect(surplus).toBeLessThanOrEqual(mostTwice);
    expect(progress.resent).toBeGreaterThanOrEqual(surplus);
    expect(progress.audience).toBe(CHATS);
    expect(Object.values(progress.deliveries).reduce((sum, n) => sum + n, 0)).toBe(CHATS);
    await withStore(config, async (store) => {
      const campaign = await store.campaigns.byNotice(notice.id);
      expect(await store.campaigns.check(campaign?.id ?? '')).toBeNull();
      const rows = await deliveriesOf(store, notice.id);
      expect(rows.filter(({ resent }) => resent)).toHaveLength(progress.resent);
    });
    return progress;
  }

  it('every trouble of the network in one mailing: nobody is left out, and what may come twice is on record', {
    timeout: 90_000,
  }, async () => {
    sandbox.faults.setLatency('telegram', 30);
    for (const { effect } of FAULTS)
      sandbox.faults.arm({ platform: 'telegram', method: 'sendMessage', times: STRIKES, effect });
    const doubtful = FAULTS.filter((fault) => fault.doubtful).length * STRIKES;
    const progress = await truth(await declare(), STRIKES);
    expect(progress.resent).toBeLessThanOrEqual(doubtful);
  });

  it('a platform that cannot be reached for a while: everybody is told once it can', {
    timeout: 60_000,
  }, async () => {
    await sandbox.refuse();
    const notice = await declare();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(shown(notice.notice.code)).toBe(0);
    await sandbox.admit();
    // Nothing was on the wire, so nothing is in doubt.
    expect((await truth(notice, 0)).resent).toBe(0);
  });

  it('`kill -9` of the sender in the middle: another goes on, and at most what was on the wire comes twice', {
    timeout: 90_000,
  }, async () => {
    sandbox.faults.setLatency('telegram', 40);
    const notice = await declare();
    await reached(notice.notice.code, 0.3);
    const ports = programs.map(({ url }) => new URL(url).port);
    await Promise.all(programs.map((program) => program.kill()));
    const out = await withStore(config, async (store) =>
      (await deliveriesOf(store, notice.notice.id)).filter(({ state }) => state === 'sending'),
    );
    programs = await Promise.all(ports.map(start));
    const progress = await truth(notice, out.length);
    expect(progress.resent).toBe(out.length);
  });

  it('a rolling restart loses nothing and doubles nothing', { timeout: 90_000 }, async () => {
    sandbox.faults.setLatency('telegram', 20);
    const notice = await declare();
    await reached(notice.notice.code, 0.2);
    for (const [i, program] of programs.entries()) {
      const { port } = new URL(program.url);
      await program.stop();
      programs[i] = await start(port);
    }
    expect((await truth(notice, 0)).resent).toBe(0);
    console.log(
      `rolling restart, ${kind}, replicas: ${replicas}: longest pause of sending ${longestPauseMs(notice)} ms`,
    );
  });

  it.runIf(kind === 'postgres')(
    'a database that goes away in the middle and comes back: nobody is left out, and what was on the wire is on record',
    { timeout: 90_000 },
    async () => {
      sandbox.faults.setLatency('telegram', 30);
      const notice = await declare();
      await reached(notice.notice.code, 0.3);
      await postgres?.pause(1_000);
      // What was sent is written down when the database is back, or is in doubt: at most what may be out at once.
      await truth(notice, RATE);
    },
  );
});
