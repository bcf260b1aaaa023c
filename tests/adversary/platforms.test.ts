import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type Program, startProgram, until } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { MARK, type SlackPayload, signed, slackPayloads, telegramUpdates } from './platform-payloads.ts';

/** Few here, for CI; more by hand: FUZZ_RUNS=2000 vitest run tests/adversary. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 100);
const WEBHOOK_SECRET = 'webhook-secret-that-nobody-logs';

let folder = '';
let sandbox: RunningSandbox;
let program: Program;
let updateId = 1_000_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allim-adversary-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  sandbox = await startSandbox({ eventsUrl: `${url}/slack/events`, limits: false });
  program = await startProgram({
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: `sqlite:${join(folder, 'allim.db')}`,
    LOG_LEVEL: 'trace',
    QUIET_HOURS: 'off',
    TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
    TELEGRAM_API_ROOT: sandbox.telegramRoot,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    SLACK_BOT_TOKEN: CREDENTIALS.slackBotToken,
    SLACK_SIGNING_SECRET: CREDENTIALS.slackSigningSecret,
    SLACK_API_URL: sandbox.slackApiUrl,
  });
  await until('readiness', async () => (await fetch(`${url}/readyz`)).ok);
}, 60_000);
afterAll(async () => {
  await program.stop();
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200);
});

async function post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(program.url + path, { method: 'POST', body, headers });
  await response.text();
  return response.status;
}

const telegram = (body: string, secret = WEBHOOK_SECRET) =>
  post('/telegram/webhook', body, {
    'content-type': 'application/json',
    'x-telegram-bot-api-secret-token': secret,
  });
const update = (parts: Readonly<Record<string, unknown>>) =>
  telegram(JSON.stringify({ ...parts, update_id: ++updateId }));
const slack = (payload: SlackPayload) =>
  post('/slack/events', payload.body, signed(payload, CREDENTIALS.slackSigningSecret));

const says = (person: number, text: string) => ({
  message: {
    message_id: ++updateId,
    date: 1_700_000_000,
    chat: { id: person, type: 'private', first_name: 'x' },
    from: { id: person, is_bot: false, first_name: 'x', language_code: 'ko' },
    text,
  },
});
const heard = (person: number) =>
  sandbox.ledger.of('telegram', String(person)).filter(({ kind }) => kind === 'message');

/** How many stored updates nobody has settled. */
function unsettled(): number {
  const database = new DatabaseSync(join(folder, 'allim.db'), { readOnly: true });
  try {
    const row = database.prepare('select count(*) as n from inbound where settled_at is null').get();
    return Number(row?.n);
  } finally {
    database.close();
  }
}

describe('the webhooks, met with anything', () => {
  it('Telegram: every update is taken and settled', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(telegramUpdates, async (parts) => {
      expect(await update(parts)).toBe(200);
    });
    await fc.assert(property, { numRuns: RUNS });
    await until('everything settled', () => unsettled() === 0, 30_000);
  });

  // What Bolt cannot read is a 500 of its own: Slack brings an event again three times and leaves it then.
  it('Slack: every payload is taken or refused, and settled', { timeout: 120_000 }, async () => {
    const many = fc.array(slackPayloads, { minLength: 50, maxLength: 50 });
    const property = fc.asyncProperty(many, async (payloads) => {
      const statuses = await Promise.all(payloads.map(slack));
      for (const status of statuses) expect([200, 400, 404, 500]).toContain(status);
    });
    await fc.assert(property, { numRuns: Math.ceil(RUNS / 50), endOnFailure: true });
    await until('everything settled', () => unsettled() === 0, 30_000);
  });

  it('bodies that are no update, too large or too deep are refused', async () => {
    expect(await telegram('')).toBe(400);
    expect(await telegram('{"update_id":')).toBe(400);
    expect(await telegram('[]')).toBe(200);
    expect(await telegram(`{"update_id":1,"x":"${'a'.repeat(2_000_000)}"}`)).toBe(413);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(await telegram(`{"update_id":${++updateId},"message":${deep}}`)).toBe(200);
    for (const body of ['', '{', deep, `{"x":"${'a'.repeat(2_000_000)}"}`]) {
      expect([400, 404, 413]).toContain(await slack({ type: 'application/json', body }));
    }
  });

  it('a wrong secret or signature is refused, and so is an old one', async () => {
    const body = JSON.stringify({ update_id: ++updateId, ...says(1001, MARK) });
    for (const secret of ['', 'wrong', `${WEBHOOK_SECRET}x`]) expect(await telegram(body, secret)).toBe(401);
    const event = {
      type: 'message',
      channel_type: 'im',
      user: 'U0SEOYEON',
      channel: 'D0',
      text: MARK,
      ts: '1.1',
    };
    const payload: SlackPayload = {
      type: 'application/json',
      body: JSON.stringify({ type: 'event_callback', team_id: 'T0', event_id: 'Ev1', event }),
    };
    const headers = signed(payload, CREDENTIALS.slackSigningSecret);
    const old = signed(payload, CREDENTIALS.slackSigningSecret, Math.floor(Date.now() / 1000) - 600);
    for (const wrong of [
      signed(payload, 'wrong'),
      old,
      { ...headers, 'x-slack-signature': '' },
      { ...headers, 'x-slack-signature': 'v0=00' },
      { ...headers, 'x-slack-request-timestamp': 'NaN' },
    ]) {
      expect(await post('/slack/events', payload.body, wrong)).toBe(401);
    }
  });

  it('what comes again is answered once', async () => {
    const person = sandbox.telegram.people.add('한 번', 'ko', { started: true });
    const before = heard(person).length;
    const body = JSON.stringify({ update_id: ++updateId, ...says(person, '정부24 되나요?') });
    expect(await Promise.all([1, 2, 3, 4].map(() => telegram(body)))).toEqual([200, 200, 200, 200]);
    await until('the answer', () => heard(person).length > before);
    await until('everything settled', () => unsettled() === 0);
    expect(heard(person).length).toBe(before + 1);
  });

  it('a flood is answered a little and told once; another chat is answered at once', {
    timeout: 60_000,
  }, async () => {
    const many = sandbox.telegram.people.add('많이', 'ko', { started: true });
    const one = sandbox.telegram.people.add('하나', 'ko', { started: true });
    const before = heard(many).length;
    const other = heard(one).length;
    const flood = Array.from({ length: 1000 }, (_, n) => `정부24 되나요? ${n}`);
    const work = async () => {
      for (let text = flood.pop(); text !== undefined; text = flood.pop()) {
        expect(await update(says(many, text))).toBe(200);
      }
    };
    const flooding = Promise.all(Array.from({ length: 20 }, work));
    await update(says(one, '홈택스 되나요?'));
    await until('the answer to the other chat', () => heard(one).length > other, 5_000);
    await flooding;
    await until('everything settled', () => unsettled() === 0, 30_000);
    const answers = heard(many).slice(before);
    const told = answers.filter(({ text }) => text.includes('잠시 뒤'));
    expect(answers.length).toBeGreaterThan(10);
    expect(answers.length).toBeLessThan(120);
    expect(told.length).toBeGreaterThanOrEqual(1);
    expect(told.length).toBeLessThanOrEqual(4);
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]);
    expect(kilobytes).toBeLessThan(500_000);
  });

  it('nothing of it is in the log, and no call of ours was wrong', () => {
    const log = program.output();
    expect(log.length).toBeGreaterThan(100);
    const secrets = [...Object.values(CREDENTIALS), WEBHOOK_SECRET, MARK, '7000000001:'];
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/could not be answered|could not be worked on|a platform route failed/);
    expect(sandbox.violations.all.filter(({ rule }) => rule !== 'unknown-chat')).toEqual([]);
  });
});
