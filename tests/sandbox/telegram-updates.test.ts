import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CREDENTIALS, eventually, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let api: Api;
let citizen: number;

beforeEach(async () => {
  sandbox = await startSandbox({ webhookRetryMs: 20 });
  api = new Api(CREDENTIALS.telegramToken, { apiRoot: sandbox.telegramRoot });
  citizen = sandbox.telegram.people.add('민수', 'ko');
});
afterEach(() => sandbox.stop());

const textOf = (update: Update | undefined) => update?.message?.text;

describe('long polling', () => {
  it('gives an update again until a higher offset confirms it', async () => {
    sandbox.telegram.people.say(citizen, citizen, '하나');
    sandbox.telegram.people.say(citizen, citizen, '둘');
    const first = await api.getUpdates({ limit: 1 });
    expect(first.map(textOf)).toEqual(['하나']);
    expect((await api.getUpdates()).map(textOf)).toEqual(['하나', '둘']);
    const offset = (first[0]?.update_id ?? 0) + 1;
    expect((await api.getUpdates({ offset })).map(textOf)).toEqual(['둘']);
    expect((await api.getUpdates()).map(textOf)).toEqual(['둘']);
  });

  it('waits for something to happen', async () => {
    const waiting = api.getUpdates({ timeout: 20 });
    setTimeout(() => sandbox.telegram.people.say(citizen, citizen, '지금'), 30);
    expect((await waiting).map(textOf)).toEqual(['지금']);
  });

  it('answers 409 to the first when a second poller comes', async () => {
    const first = api.getUpdates({ timeout: 20 });
    const failed = expect(first).rejects.toMatchObject({ error_code: 409 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await api.getUpdates({ timeout: 0 });
    await failed;
  });

  it('answers 409 while a webhook is set', async () => {
    await api.setWebhook('https://allim.example.kr/telegram/webhook');
    await expect(api.getUpdates()).rejects.toMatchObject({ error_code: 409 });
  });

  it('delivers only the kinds that were asked for', async () => {
    await api.getUpdates({ allowed_updates: ['message'] });
    sandbox.telegram.people.block(citizen);
    sandbox.telegram.people.say(citizen, citizen, '다시 안녕');
    expect((await api.getUpdates()).map((update) => Object.keys(update)[1])).toEqual(['message']);
  });
});

describe('what the bot hears', () => {
  const heard = async () => (await api.getUpdates()).map(textOf);
  const group = () =>
    sandbox.telegram.people.addChat('supergroup', '이웃', { members: { [citizen]: 'creator' } });

  it('in a group only what is meant for it', async () => {
    const chat = group();
    const { people } = sandbox.telegram;
    people.say(chat, citizen, '저녁 뭐 먹지');
    people.say(chat, citizen, '/status@another_bot 정부24');
    people.say(chat, citizen, '/status 정부24');
    people.say(chat, citizen, '@allim_sandbox_bot 정부24 돼?');
    const { message_id } = await api.sendMessage(chat, '답');
    people.say(chat, citizen, '고마워', { replyTo: message_id });
    expect(await heard()).toEqual(['/status 정부24', '@allim_sandbox_bot 정부24 돼?', '고마워']);
  });

  it('marks commands, so that grammY finds them', async () => {
    sandbox.telegram.people.say(citizen, citizen, '/start 안녕');
    const [update] = await api.getUpdates();
    expect(update?.message?.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }]);
  });

  it('a press with its message, and lets it answer once', async () => {
    sandbox.telegram.people.say(citizen, citizen, '안녕');
    const sent = await api.sendMessage(citizen, '골라요', {
      reply_markup: { inline_keyboard: [[{ text: '구독', callback_data: 's:gov24' }]] },
    });
    sandbox.telegram.people.press(citizen, citizen, sent.message_id, '구독');
    const query = (await api.getUpdates()).at(-1)?.callback_query;
    expect(query).toMatchObject({ data: 's:gov24', message: { message_id: sent.message_id } });
    await api.answerCallbackQuery(query?.id ?? '', { text: '구독했어요' });
    await expect(api.answerCallbackQuery(query?.id ?? '')).rejects.toThrow('query is too old');
    expect(sandbox.ledger.of('telegram', citizen, 'toast')[0]?.text).toBe('구독했어요');
    expect(() => sandbox.telegram.people.press(citizen, citizen, sent.message_id, '없음')).toThrow('구독');
  });

  it('being blocked, and a group moving', async () => {
    sandbox.telegram.people.block(citizen);
    const chat = sandbox.telegram.people.addChat('group', '이웃', { members: { [citizen]: 'creator' } });
    const next = sandbox.telegram.people.migrate(chat);
    const [left, moved] = await api.getUpdates();
    expect(left?.my_chat_member?.new_chat_member.status).toBe('kicked');
    expect(moved?.message).toMatchObject({ chat: { id: chat }, migrate_to_chat_id: next });
  });

  it('nothing of what is not there to be asked: rank in a group', async () => {
    const chat = group();
    const other = sandbox.telegram.people.add('b', 'en');
    sandbox.telegram.people.setMember(chat, other, 'member');
    expect((await api.getChatMember(chat, citizen)).status).toBe('creator');
    expect((await api.getChatMember(chat, other)).status).toBe('member');
    expect((await api.getChatAdministrators(chat)).map((a) => a.user.id)).toEqual([citizen]);
  });
});

describe('the webhook', () => {
  let app: Server;
  let seen: { update: Update; secret: string | undefined }[];
  let answer: (update: Update, times: number) => { status: number; headers?: Record<string, string> };
  let active: number;
  let mostActive: number;

  beforeEach(async () => {
    seen = [];
    active = 0;
    mostActive = 0;
    answer = () => ({ status: 200 });
    const times = new Map<number, number>();
    app = createServer(async (request: IncomingMessage, response) => {
      active += 1;
      mostActive = Math.max(mostActive, active);
      const update: Update = JSON.parse(Buffer.concat(await request.toArray()).toString());
      seen.push({ update, secret: request.headers['x-telegram-bot-api-secret-token'] as string });
      times.set(update.update_id, (times.get(update.update_id) ?? 0) + 1);
      await new Promise((resolve) => setTimeout(resolve, 15));
      active -= 1;
      const { status, headers } = answer(update, times.get(update.update_id) ?? 1);
      response.writeHead(status, headers).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as AddressInfo;
    await api.setWebhook(`http://127.0.0.1:${port}/hook`, { secret_token: 'geheim-1' });
  });
  afterEach(() => {
    app.closeAllConnections();
    app.close();
  });

  it('carries the secret and keeps one chat in order, chats side by side', async () => {
    const other = sandbox.telegram.people.add('b', 'en');
    for (const n of [1, 2, 3]) {
      sandbox.telegram.people.say(citizen, citizen, `a${n}`);
      sandbox.telegram.people.say(other, other, `b${n}`);
    }
    await eventually(() => seen.length === 6);
    const of = (id: number) =>
      seen.filter((s) => s.update.message?.chat.id === id).map((s) => textOf(s.update));
    expect(of(citizen)).toEqual(['a1', 'a2', 'a3']);
    expect(of(other)).toEqual(['b1', 'b2', 'b3']);
    expect(mostActive).toBe(2);
    expect(new Set(seen.map((s) => s.secret))).toEqual(new Set(['geheim-1']));
    await eventually(() => sandbox.telegram.updates.pending.length === 0);
  });

  it('comes again after anything but 2xx, and holds back what follows in that chat', async () => {
    answer = (update, times) => ({ status: textOf(update) === '하나' && times < 3 ? 500 : 200 });
    sandbox.telegram.people.say(citizen, citizen, '하나');
    sandbox.telegram.people.say(citizen, citizen, '둘');
    await eventually(() => sandbox.telegram.updates.pending.length === 0);
    expect(seen.map((s) => textOf(s.update))).toEqual(['하나', '하나', '하나', '둘']);
    expect((await api.getWebhookInfo()).last_error_message).toContain('500');
  });

  it('waits as long as Retry-After says', async () => {
    answer = (_, times) => (times === 1 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 200 });
    sandbox.telegram.people.say(citizen, citizen, '하나');
    const from = Date.now();
    await eventually(() => seen.length === 2);
    expect(Date.now() - from).toBeGreaterThanOrEqual(990);
  });

  it('refuses what Telegram refuses', async () => {
    await expect(api.setWebhook('http://allim.example.kr/hook')).rejects.toThrow('HTTPS');
    await expect(api.setWebhook('https://a.kr', { secret_token: '비밀' })).rejects.toThrow('unallowed');
  });
});
