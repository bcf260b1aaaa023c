import { Api, GrammyError } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SlidingWindow } from '../../src/sandbox/window.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let api: Api;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-17T05:00:00Z');
  sandbox = await startSandbox({ now: () => now });
  api = new Api(CREDENTIALS.telegramToken, { apiRoot: sandbox.telegramRoot });
});
afterEach(() => sandbox.stop());

const attempt = (chat: number, options = {}) =>
  api.sendMessage(chat, '알림', options).then(
    () => 200,
    (error: unknown) => (error instanceof GrammyError ? error.error_code : 0),
  );

describe('the bulk limit', () => {
  it('refuses the 31st message within any second', async () => {
    const chats = sandbox.telegram.people.addMany(40, 'ko', { started: true });
    const codes: number[] = [];
    for (const chat of chats.slice(0, 30)) codes.push(await attempt(chat));
    now += 999;
    codes.push(await attempt(chats[30] ?? 0));
    expect(codes.filter((code) => code === 200)).toHaveLength(30);
    expect(codes.at(-1)).toBe(429);
    expect(sandbox.violations.floods.telegram).toEqual({ refused: 1, whilePaused: 0 });
  });

  it('sees a naive sender go on while told to wait', async () => {
    const chats = sandbox.telegram.people.addMany(60, 'ko', { started: true });
    for (const chat of chats) {
      await attempt(chat);
      now += 25;
    }
    const { refused, whilePaused } = sandbox.violations.floods.telegram;
    expect(refused).toBeGreaterThan(10);
    expect(whilePaused).toBeGreaterThan(5);
  });

  it('lets a paced sender through', async () => {
    const chats = sandbox.telegram.people.addMany(90, 'ko', { started: true });
    for (const chat of chats) {
      expect(await attempt(chat)).toBe(200);
      now += 34;
    }
    expect(sandbox.violations.floods.telegram.refused).toBe(0);
  });

  it('does not count what it refuses because the person blocked the bot', async () => {
    const chats = sandbox.telegram.people.addMany(60, 'ko', { started: true });
    for (const chat of chats.slice(0, 30)) sandbox.telegram.people.block(chat);
    for (const chat of chats.slice(0, 30)) expect(await attempt(chat)).toBe(403);
    for (const chat of chats.slice(30)) expect(await attempt(chat)).toBe(200);
  });

  it('does not count answers to those who just wrote', async () => {
    const chats = sandbox.telegram.people.addMany(60, 'ko', { started: true });
    for (const chat of chats) {
      sandbox.telegram.people.say(chat, chat, '되나요?');
      expect(await attempt(chat)).toBe(200);
    }
  });

  it('can drop without a word', async () => {
    sandbox.telegram.limits.perSecond = 20;
    const chats = sandbox.telegram.people.addMany(21, 'ko', { started: true });
    for (const chat of chats.slice(0, 20)) expect(await attempt(chat)).toBe(200);
    expect(await attempt(chats[20] ?? 0)).toBe(429);
  });

  it('is 1,000 a second for paid sends', async () => {
    const chats = sandbox.telegram.people.addMany(100, 'ko', { started: true });
    for (const chat of chats) expect(await attempt(chat, { allow_paid_broadcast: true })).toBe(200);
  });
});

describe('the limits of one chat', () => {
  it('allow a short burst, then one a second', async () => {
    const [chat = 0] = sandbox.telegram.people.addMany(1, 'ko', { started: true });
    const codes: number[] = [];
    for (let i = 0; i < 6; i++) codes.push(await attempt(chat));
    expect(codes).toEqual([200, 200, 200, 200, 200, 429]);
    now += 1000;
    expect(await attempt(chat)).toBe(200);
  });

  it('allow a group twenty messages and edits a minute', async () => {
    const group = sandbox.telegram.people.addChat('supergroup', '이웃');
    const { message_id } = await api.sendMessage(group, '0');
    for (let i = 1; i < 20; i++) {
      await api.editMessageText(group, message_id, String(i));
      now += 1100;
    }
    const refused = await api.editMessageText(group, message_id, '20').catch((error: unknown) => error);
    expect(refused).toMatchObject({ error_code: 429 });
    expect((refused as GrammyError).parameters.retry_after).toBeGreaterThan(30);
  });

  it('another chat goes on meanwhile', async () => {
    const [a = 0, b = 0] = sandbox.telegram.people.addMany(2, 'ko', { started: true });
    for (let i = 0; i < 6; i++) await attempt(a);
    expect(await attempt(b)).toBe(200);
  });
});

it('a sliding window never holds more than its limit in any span', () => {
  const window = new SlidingWindow(1000);
  const taken: number[] = [];
  for (let at = 0; at < 20_000; at += 7) {
    if (window.wait(30, at) > 0) continue;
    window.take(at);
    taken.push(at);
  }
  for (let i = 30; i < taken.length; i++) {
    expect((taken[i] ?? 0) - (taken[i - 30] ?? 0)).toBeGreaterThanOrEqual(1000);
  }
  expect(taken.length).toBeGreaterThan(580);
});
