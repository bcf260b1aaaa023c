import { Api } from 'grammy';
import { afterEach, describe, expect, it } from 'vitest';
import { RecentSends } from '../../../src/adapters/telegram/messenger.ts';
import { createPatience } from '../../../src/adapters/telegram/patience.ts';
import { createReply } from '../../../src/adapters/telegram/reply.ts';
import { reply } from '../../../src/conversation/turn.ts';
import type { ChatRef } from '../../../src/domain/subscriber.ts';
import { type Answer, type Call, clock, listeningLogger, someCard, standIn } from '../doubles.ts';

const CHAT: ChatRef = { platform: 'telegram', workspace: '123456', id: '42', kind: 'private' };
const BACK = { chat: CHAT, thread: null, asked: null, press: null };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const done = { json: { ok: true, result: { message_id: 7, date: 0, chat: { id: 42, type: 'private' } } } };
const refusal = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  json: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
});
const tooMany = (seconds: number): Answer =>
  refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

/** Answers to each call as told, in turn; the last one again and again. */
async function replying(...answers: readonly [Answer, ...Answer[]]) {
  let calls = 0;
  const platform = await standIn((_: Call) => answers[Math.min(calls++, answers.length - 1)] ?? answers[0]);
  closing.push(platform.close);
  const { logger, lines } = listeningLogger();
  const heeded: unknown[] = [];
  const waited: number[] = [];
  const sends = new RecentSends(clock);
  const patiently = createPatience({
    sends,
    heedLimit: async (...limit) => void heeded.push(limit),
    logger,
    wait: async (seconds) => void waited.push(seconds),
  });
  const api = new Api('123456:secret', { apiRoot: platform.url, timeoutSeconds: 5 });
  return { platform, send: createReply({ api, patiently, logger }), sends, heeded, waited, lines };
}

describe('an answer on Telegram that meets a limit', () => {
  it('makes the notices wait too, waits itself when it is short, and arrives', async () => {
    const { platform, send, heeded, waited } = await replying(tooMany(2), done);
    await send(BACK, reply([someCard]));
    expect(heeded).toEqual([['telegram:123456', 2, '429 Too Many Requests: retry after 2']]);
    expect(waited).toEqual([2]);
    expect(platform.of('sendMessage')).toHaveLength(2);
  });

  it('is dropped with the reason when it is long', async () => {
    const { platform, send, heeded, waited, lines } = await replying(tooMany(600));
    await send(BACK, reply([someCard]));
    expect(heeded).toHaveLength(1);
    expect(waited).toEqual([]);
    expect(platform.calls).toHaveLength(1);
    expect(lines.join('\n')).toMatch(/waitSeconds: 600/);
  });

  it('tells nobody when it is the chat’s own', async () => {
    const { send, sends, heeded, waited } = await replying(tooMany(1), done);
    sends.note(CHAT.id);
    await send(BACK, reply([someCard]));
    expect(heeded).toEqual([]);
    expect(waited).toEqual([1]);
  });

  it('still arrives when the limit cannot be written down', async () => {
    const { platform } = await replying(tooMany(1), done);
    const { logger, lines } = listeningLogger();
    const patiently = createPatience({
      sends: new RecentSends(clock),
      heedLimit: () => Promise.reject(new Error('the database is away')),
      logger,
      wait: async () => {},
    });
    const api = new Api('123456:secret', { apiRoot: platform.url, timeoutSeconds: 5 });
    await createReply({ api, patiently, logger })(BACK, reply([someCard]));
    expect(platform.of('sendMessage')).toHaveLength(2);
    expect(lines).toEqual([expect.stringContaining('could not be written down')]);
  });
});

describe('an answer on Telegram', () => {
  it('is never paid for', async () => {
    const { platform, send } = await replying(done);
    await send(BACK, reply([someCard]));
    expect(platform.of('sendMessage')).not.toEqual([expect.objectContaining({ allow_paid_broadcast: true })]);
  });

  const inTopic = { ...BACK, chat: { ...CHAT, id: '-100', kind: 'group' as const }, thread: 9, asked: 5 };
  const pressed = { ...BACK, press: { query: 'q', message: 3 } };

  it.each<[string, Parameters<Awaited<ReturnType<typeof replying>>['send']>[0], Answer, readonly object[]]>([
    [
      'into a topic that was closed goes to General',
      inTopic,
      refusal(400, 'Bad Request: TOPIC_CLOSED'),
      [{ message_thread_id: 9 }, { chat_id: '-100' }],
    ],
    [
      'into a topic that is gone goes to General',
      inTopic,
      refusal(400, 'Bad Request: message thread not found'),
      [{ message_thread_id: 9 }, { chat_id: '-100' }],
    ],
    [
      'to a group that has moved follows it',
      inTopic,
      refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: -1009,
      }),
      [{ chat_id: '-100' }, { chat_id: '-1009' }],
    ],
    ['to a person who left is let go', BACK, refusal(403, 'Forbidden: bot was blocked by the user'), [{}]],
    ['that may have arrived is not sent twice', BACK, 'drop', [{}]],
    [
      'that may have arrived is not sent twice (5xx)',
      BACK,
      refusal(500, 'Internal Server Error: restart'),
      [{}],
    ],
  ])('%s', async (_, back, first, expected) => {
    const { platform, send } = await replying(first, done);
    await send(back, reply([someCard]));
    expect(platform.of('sendMessage')).toMatchObject(expected);
  });

  it('that changes nothing in the message counts as drawn', async () => {
    const unchanged = refusal(400, 'Bad Request: message is not modified: specified new message content …');
    const { platform, send, lines } = await replying(done, unchanged, done);
    await send(pressed, reply([someCard], { replace: true }));
    expect(platform.of('editMessageText')).toHaveLength(1);
    expect(platform.of('sendMessage')).toEqual([]);
    expect(lines).toEqual([]);
  });
});
