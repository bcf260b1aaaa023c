import { Api, GrammyError } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

/* The rules by which senders are measured, as tests/bench/README.md writes them down. */

const SECOND = 1_000;

let sandbox: RunningSandbox;
let api: Api;
let now: number;

beforeEach(async () => {
  now = Date.parse('2026-11-17T05:00:00Z');
  sandbox = await startSandbox({ now: () => now });
  api = new Api(CREDENTIALS.telegramToken, { apiRoot: sandbox.telegramRoot });
});
afterEach(() => sandbox.stop());

/** 0 when it was taken, else the seconds to wait. */
const wait = (chat: number): Promise<number> =>
  api.sendMessage(chat, '알림').then(
    () => 0,
    (error: unknown) => {
      if (error instanceof GrammyError && error.error_code === 429) return error.parameters.retry_after ?? -1;
      throw error;
    },
  );
const people = (count: number): readonly number[] =>
  sandbox.telegram.people.addMany(count, 'ko', { started: true });
const floods = () => sandbox.violations.floods.telegram;

describe('a call refused with 429', () => {
  it('pauses the whole bot for a full second at least, not only until the window has room', async () => {
    const chats = people(40);
    for (const chat of chats.slice(0, 30)) expect(await wait(chat)).toBe(0);
    now += 0.99 * SECOND;
    expect(await wait(chats[30] ?? 0)).toBe(1);
    // The window has been empty for long, and the pause still lasts.
    now += 0.9 * SECOND;
    expect(await wait(chats[31] ?? 0)).toBe(1);
    now += 0.1 * SECOND;
    expect(await wait(chats[32] ?? 0)).toBe(0);
  });

  it('takes no place in the window, and does not prolong the pause', async () => {
    const chats = people(60);
    for (const chat of chats.slice(0, 30)) await wait(chat);
    for (const chat of chats.slice(30, 40)) expect(await wait(chat)).toBe(1);
    now += SECOND;
    for (const chat of chats.slice(30)) expect(await wait(chat)).toBe(0);
  });

  it('is held against the sender when it came more than 300 ms into a pause', async () => {
    const chats = people(40);
    for (const chat of chats.slice(0, 31)) await wait(chat);
    now += 300;
    await wait(chats[31] ?? 0);
    expect(floods()).toEqual({ refused: 2, whilePaused: 0 });
    now += 1;
    await wait(chats[32] ?? 0);
    expect(floods()).toEqual({ refused: 3, whilePaused: 1 });
  });

  it('of one chat pauses that chat alone', async () => {
    const [talked = 0, other = 0] = people(2);
    for (let i = 0; i < 5; i++) expect(await wait(talked)).toBe(0);
    expect(await wait(talked)).toBe(1);
    expect(await wait(other)).toBe(0);
    now += SECOND;
    expect(await wait(talked)).toBe(0);
    expect(await wait(talked)).toBe(1);
  });

  it('of a group says how long until one of its twenty in a minute is a minute old', async () => {
    const group = sandbox.telegram.people.addChat('supergroup', '이웃');
    for (let i = 0; i < 20; i++) {
      expect(await wait(group)).toBe(0);
      now += 1.5 * SECOND;
    }
    expect(await wait(group)).toBe(30);
    now += 10 * SECOND;
    expect(await wait(group)).toBe(20);
    now += 20 * SECOND;
    expect(await wait(group)).toBe(0);
  });
});

describe('naive senders are seen to fail', () => {
  it('one that sends thirty at the turn of each second and fewer than the ceiling on average', async () => {
    const chats = people(90);
    // Thirty at the end of a second and thirty at the start of the next.
    for (const [i, chat] of chats.slice(0, 60).entries()) {
      now += i === 30 ? 0.1 * SECOND : 0;
      await wait(chat);
    }
    expect(floods().refused).toBe(30);
  });

  it('one that waits for a 429 in each of three parallel loops sends while paused', async () => {
    const chats = [...people(120)];
    const free = [0, 0, 0];
    for (let ms = 0; chats.length > 0 && ms < 10_000; ms += 10) {
      for (const [loop, until] of free.entries()) {
        if (ms < until || chats.length === 0) continue;
        const seconds = await wait(chats[0] ?? 0);
        if (seconds === 0) chats.shift();
        free[loop] = ms + (seconds === 0 ? 50 : seconds * SECOND * 0.5);
      }
      now += 10;
    }
    expect(floods().refused).toBeGreaterThan(3);
    expect(floods().whilePaused).toBeGreaterThan(0);
  });
});
