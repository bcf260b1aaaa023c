import { Api } from 'grammy';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessenger, RecentSends } from '../../../src/adapters/telegram/messenger.ts';
import { card } from '../../../src/card/card.ts';
import { fromEpoch, toEpoch } from '../../../src/domain/instant.ts';
import type { ChatRef } from '../../../src/domain/subscriber.ts';
import type { SendOutcome } from '../../../src/ports/messenger.ts';
import { type Answer, type Call, deadPort, memoOf, NOW, silent, someCard, standIn } from '../doubles.ts';

const TOKEN = '123456:secret-secret-secret-secret-secret';
const PERSON: ChatRef = { platform: 'telegram', workspace: '123456', id: '42', kind: 'private' };
const GROUP: ChatRef = { ...PERSON, id: '-100', kind: 'group' };
const OPTIONS = { silent: false, deliveryId: 'd1', replyTo: null };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const sent = { ok: true, result: { message_id: 7, date: 0, chat: { id: 42, type: 'private' }, text: '' } };
const refusal = (code: number, description: string, parameters?: object): Answer => ({
  status: code,
  json: { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) },
});

async function setUp(respond: (call: Call) => Answer = () => ({ json: sent }), paid = false) {
  const platform = await standIn(respond);
  closing.push(platform.close);
  return { platform, ...messengerFor(platform.url, paid) };
}

function messengerFor(apiRoot: string, paidBroadcast = false, timeoutSeconds = 20) {
  let now = NOW;
  const sends = new RecentSends({ now: () => now, random: () => 0 });
  const api = new Api(TOKEN, { apiRoot, timeoutSeconds });
  const parts = { api, sends, ratePerSecond: 30, paidBroadcast, memo: memoOf(), logger: silent };
  const pass = (seconds: number) => {
    now = fromEpoch(toEpoch(now) + seconds * 1000);
  };
  return { messenger: createMessenger(parts), sends, pass };
}

describe('a notice sent to Telegram', () => {
  it('goes out as text with entities, without previews, and its message id comes back', async () => {
    const { platform, messenger } = await setUp();
    expect(await messenger.send(PERSON, someCard, { ...OPTIONS, silent: true, replyTo: '5' })).toEqual({
      kind: 'sent',
      messageId: '7',
    });
    expect(platform.of('sendMessage')).toEqual([
      {
        chat_id: '42',
        text: expect.stringMatching(/^정부24 중단\n/),
        entities: expect.arrayContaining([{ type: 'bold', offset: 0, length: 7 }]),
        link_preview_options: { is_disabled: true },
        reply_markup: { inline_keyboard: [[expect.objectContaining({ callback_data: '1:fo:s.gov24' })]] },
        disable_notification: true,
        reply_parameters: { message_id: 5, allow_sending_without_reply: true },
      },
    ]);
  });

  it('asks for paid broadcast only when that is allowed', async () => {
    const { platform, messenger } = await setUp(undefined, true);
    await messenger.send(PERSON, card('짧게'), OPTIONS);
    expect(platform.of('sendMessage')).toMatchObject([{ allow_paid_broadcast: true }]);
  });

  it.each<[number, string, object | undefined, SendOutcome]>([
    [
      429,
      'Too Many Requests: retry after 10072',
      { retry_after: 10072 },
      { kind: 'retry', afterSeconds: 10072, scope: 'lane', why: '429 Too Many Requests: retry after 10072' },
    ],
    [
      400,
      'Bad Request: group chat was upgraded to a supergroup chat',
      { migrate_to_chat_id: -1001234567890 },
      { kind: 'moved', to: '-1001234567890' },
    ],
    [403, 'Forbidden: bot was blocked by the user', undefined, { kind: 'gone', why: 'blocked' }],
    [403, 'Forbidden: user is deactivated', undefined, { kind: 'gone', why: 'deactivated' }],
    [403, 'Forbidden: bot was kicked from the group chat', undefined, { kind: 'gone', why: 'kicked' }],
    [403, 'Forbidden: bot was kicked from the supergroup chat', undefined, { kind: 'gone', why: 'kicked' }],
    [403, 'Forbidden: bot was kicked from the channel chat', undefined, { kind: 'gone', why: 'kicked' }],
    [403, 'Forbidden: bot is not a member of the channel chat', undefined, { kind: 'gone', why: 'left' }],
    [403, 'Forbidden: the group chat was deleted', undefined, { kind: 'gone', why: 'deleted' }],
    [
      403,
      "Forbidden: bot can't initiate conversation with a user",
      undefined,
      { kind: 'gone', why: 'forbidden' },
    ],
    [
      400,
      'Bad Request: chat not found',
      undefined,
      { kind: 'suspect', why: '400 Bad Request: chat not found' },
    ],
    [
      400,
      'Bad Request: private chat not found',
      undefined,
      { kind: 'suspect', why: '400 Bad Request: private chat not found' },
    ],
    [
      400,
      'Bad Request: CHAT_WRITE_FORBIDDEN',
      undefined,
      { kind: 'refused', why: '400 Bad Request: CHAT_WRITE_FORBIDDEN', fault: 'chat' },
    ],
    [
      400,
      'Bad Request: not enough rights to send text messages to the chat',
      undefined,
      {
        kind: 'refused',
        why: '400 Bad Request: not enough rights to send text messages to the chat',
        fault: 'chat',
      },
    ],
    [
      400,
      'Bad Request: TOPIC_CLOSED',
      undefined,
      { kind: 'refused', why: '400 Bad Request: TOPIC_CLOSED', fault: 'chat' },
    ],
    [
      400,
      "Bad Request: can't parse entities: unsupported start tag",
      undefined,
      {
        kind: 'refused',
        why: "400 Bad Request: can't parse entities: unsupported start tag",
        fault: 'content',
      },
    ],
    [
      400,
      'Bad Request: message is too long',
      undefined,
      { kind: 'refused', why: '400 Bad Request: message is too long', fault: 'content' },
    ],
    [
      400,
      'Bad Request: BUTTON_DATA_INVALID',
      undefined,
      { kind: 'refused', why: '400 Bad Request: BUTTON_DATA_INVALID', fault: 'content' },
    ],
    [
      400,
      'Bad Request: need administrator rights in the channel chat',
      undefined,
      {
        kind: 'refused',
        why: '400 Bad Request: need administrator rights in the channel chat',
        fault: 'chat',
      },
    ],
    [
      403,
      'Forbidden: CHAT_SEND_PLAIN_FORBIDDEN',
      undefined,
      { kind: 'refused', why: '403 Forbidden: CHAT_SEND_PLAIN_FORBIDDEN', fault: 'chat' },
    ],
    [403, 'Forbidden: bot is not a member of the supergroup chat', undefined, { kind: 'gone', why: 'left' }],
    [
      409,
      'Conflict: terminated by other getUpdates request',
      undefined,
      {
        kind: 'retry',
        afterSeconds: 60,
        scope: 'lane',
        why: '409 Conflict: terminated by other getUpdates request',
      },
    ],
    [502, 'Bad Gateway', undefined, { kind: 'uncertain', why: '502 Bad Gateway' }],
    [401, 'Unauthorized', undefined, { kind: 'revoked', why: '401 Unauthorized' }],
    [404, 'Not Found', undefined, { kind: 'retry', afterSeconds: 60, scope: 'lane', why: '404 Not Found' }],
    [
      500,
      'Internal Server Error: restart',
      undefined,
      { kind: 'uncertain', why: '500 Internal Server Error: restart' },
    ],
  ])('%i "%s"', async (code, description, parameters, outcome) => {
    const { messenger } = await setUp(() => refusal(code, description, parameters));
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toEqual(outcome);
  });

  it('takes a 429 for the chat’s own when it had a message within the second', async () => {
    const { messenger, sends, pass } = await setUp(() =>
      refusal(429, 'Too Many Requests', { retry_after: 3 }),
    );
    sends.note(PERSON.id);
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toMatchObject({ kind: 'retry', scope: 'chat' });
    pass(2);
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toMatchObject({ kind: 'retry', scope: 'lane' });
  });

  it('takes a 429 for the group’s own when it had twenty messages within the minute', async () => {
    const { messenger, sends, pass } = await setUp(() =>
      refusal(429, 'Too Many Requests', { retry_after: 3 }),
    );
    for (let at = 0; at < 20; at += 1) {
      sends.note(GROUP.id);
      pass(2);
    }
    expect(await messenger.send(GROUP, someCard, OPTIONS)).toMatchObject({ kind: 'retry', scope: 'chat' });
    pass(60);
    expect(await messenger.send(GROUP, someCard, OPTIONS)).toMatchObject({ kind: 'retry', scope: 'lane' });
  });

  it('is certainly not sent when nobody listens', async () => {
    const { messenger } = messengerFor(`http://127.0.0.1:${await deadPort()}`);
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toEqual({
      kind: 'retry',
      afterSeconds: 5,
      scope: 'lane',
      why: 'no answer: ECONNREFUSED',
      away: true,
    });
  });

  it.each([
    ['the name is not found', async () => 'http://telegram.invalid'],
    ['the other side does not speak TLS', async () => (await setUp()).platform.url.replace('http', 'https')],
  ])('is certainly not sent when %s', async (_, root) => {
    const { messenger } = messengerFor(await root());
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toMatchObject({
      kind: 'retry',
      scope: 'lane',
      away: true,
    });
  });

  it.each([
    'Bad Request: message thread not found',
    'Bad Request: TOPIC_CLOSED',
    'Bad Request: TOPIC_DELETED',
  ])('goes to the General topic when what it continues lies in one that is no more: %s', async (words) => {
    const { platform, messenger } = await setUp(({ values }) =>
      'reply_parameters' in values ? refusal(400, words) : { json: sent },
    );
    expect(await messenger.send(GROUP, someCard, { ...OPTIONS, replyTo: '5' })).toMatchObject({
      kind: 'sent',
    });
    expect(platform.calls.length).toBe(2);
  });

  it('is uncertain when the connection breaks after the request', async () => {
    const { messenger } = await setUp(() => 'drop');
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toEqual({
      kind: 'uncertain',
      why: 'no answer: ECONNRESET',
    });
  });

  it('is uncertain when no answer comes in time', async () => {
    const platform = await standIn(() => 'hang');
    closing.push(platform.close);
    const { messenger } = messengerFor(platform.url, false, 0.2);
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toEqual({
      kind: 'uncertain',
      why: 'no answer: timeout',
    });
  });

  it('is uncertain when a proxy answers with a page', async () => {
    const { messenger } = await setUp(() => ({ status: 502, html: '<h1>Bad Gateway</h1>' }));
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toMatchObject({ kind: 'uncertain' });
  });

  it('never shows the token in what went wrong', async () => {
    const outcomes = await Promise.all(
      ['drop' as const, refusal(400, `Bad Request: wrong ${TOKEN}`)].map(async (answer) => {
        const { messenger } = await setUp(() => answer);
        return messenger.send(PERSON, someCard, OPTIONS);
      }),
    );
    expect(JSON.stringify(outcomes)).not.toContain('secret');
  });

  it('counts as sent once its first part arrived, so that nothing is sent twice', async () => {
    let first = true;
    const { messenger, platform } = await setUp(() => {
      const answer: Answer = first ? { json: sent } : 'drop';
      first = false;
      return answer;
    });
    const long = card('긴 알림', { sections: [{ label: null, lines: Array(200).fill('가'.repeat(40)) }] });
    expect(await messenger.send(PERSON, long, OPTIONS)).toEqual({ kind: 'sent', messageId: '7' });
    expect(platform.calls.length).toBeGreaterThan(1);
  });
});

describe('an administrator on Telegram', () => {
  const member = (status: string): Answer => ({ json: { ok: true, result: { status, user: { id: 9 } } } });

  it.each([
    ['creator', true],
    ['administrator', true],
    ['member', false],
    ['left', false],
  ])('%s: %s', async (status, is) => {
    const { messenger } = await setUp(() => member(status));
    expect(await messenger.isAdministrator(GROUP, '9')).toBe(is);
  });

  it('is everyone in a private chat, and the group when it speaks for itself', async () => {
    const { messenger, platform } = await setUp();
    expect(await messenger.isAdministrator(PERSON, '42')).toBe(true);
    expect(await messenger.isAdministrator(GROUP, GROUP.id)).toBe(true);
    expect(platform.calls).toEqual([]);
  });

  it('is asked for once a minute', async () => {
    const { messenger, platform } = await setUp(() => member('administrator'));
    await messenger.isAdministrator(GROUP, '9');
    await messenger.isAdministrator(GROUP, '9');
    expect(platform.calls.length).toBe(1);
  });

  it('is looked up in the list where members are not shown to us', async () => {
    const { messenger } = await setUp(({ method }) =>
      method === 'getChatMember'
        ? refusal(400, 'Bad Request: member list is inaccessible')
        : { json: { ok: true, result: [{ status: 'creator', user: { id: 9 } }] } },
    );
    expect(await messenger.isAdministrator(GROUP, '9')).toBe(true);
    expect(await messenger.isAdministrator(GROUP, '8')).toBe(false);
  });

  it('is nobody while Telegram does not say, and that is not remembered', async () => {
    let away = true;
    const { messenger } = await setUp(() => (away ? 'drop' : member('creator')));
    expect(await messenger.isAdministrator(GROUP, '9')).toBe(false);
    away = false;
    expect(await messenger.isAdministrator(GROUP, '9')).toBe(true);
  });
});

it('a Telegram lane is the bot’s, and groups wait longer than people', async () => {
  const { messenger } = messengerFor('http://127.0.0.1:1');
  expect(messenger.lane(PERSON)).toBe('telegram:123456');
  expect([
    messenger.chatGapMs('private'),
    messenger.chatGapMs('group'),
    messenger.chatGapMs('channel'),
  ]).toEqual([1000, 3000, 3000]);
});
