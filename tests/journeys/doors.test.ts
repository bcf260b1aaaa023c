import { createHmac } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/program.ts';
import { CREDENTIALS } from '../support/sandbox.ts';
import { openStage, type Stage, WEBHOOK_SECRET } from './stage.ts';
import type { Talker } from './talkers.ts';

/** Long enough for an answer that should not come. */
const silence = () => new Promise((resolve) => setTimeout(resolve, 600));

/** What reaches the doors without coming from the platform, or more than once. */
describe('the doors that the platforms knock at', () => {
  let stage: Stage;
  let citizen: Talker;
  let colleague: Talker;
  beforeAll(async () => {
    stage = await openStage(['telegram webhook', 'slack http']);
    citizen = stage.talker('ko', 'telegram');
    colleague = stage.talker('en', 'slack');
  });
  afterAll(async () => {
    expect(stage.sandbox.violations.all).toEqual([]);
    await stage.close();
  });

  const post = (path: string, headers: Record<string, string>, body: string): Promise<Response> =>
    fetch(`${stage.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  let nextUpdate = 1;
  const update = (text: string): string => {
    const person = { id: Number(citizen.person), is_bot: false, first_name: '이지민', language_code: 'ko' };
    const chat = { id: Number(citizen.chat), type: 'private', first_name: '이지민' };
    const date = Math.floor(Date.now() / 1000);
    const id = nextUpdate++;
    return JSON.stringify({
      update_id: id,
      message: { message_id: 9_000 + id, from: person, chat, date, text },
    });
  };
  const byTelegram = (body: string, secret = WEBHOOK_SECRET) =>
    post('/telegram/webhook', { 'x-telegram-bot-api-secret-token': secret }, body);

  let nextEvent = 1;
  const event = (text: string): string => {
    const ts = `${Math.floor(Date.now() / 1000)}.00000${nextEvent}`;
    return JSON.stringify({
      type: 'event_callback',
      team_id: stage.sandbox.slack.world.team.id,
      event_id: `EvDOOR${nextEvent++}`,
      event: {
        type: 'message',
        channel: colleague.chat,
        channel_type: 'im',
        user: colleague.person,
        text,
        ts,
      },
    });
  };
  const bySlack = (
    body: string,
    secret: string = CREDENTIALS.slackSigningSecret,
    more: Record<string, string> = {},
  ) => {
    const at = Math.floor(Date.now() / 1000);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`;
    return post(
      '/slack/events',
      { 'x-slack-request-timestamp': String(at), 'x-slack-signature': signature, ...more },
      body,
    );
  };

  it('Telegram: a wrong secret is refused, and what it brought is not answered', async () => {
    expect((await byTelegram(update('정부24 되나요?'), 'a-guess')).status).toBe(401);
    expect((await post('/telegram/webhook', {}, update('정부24 되나요?'))).status).toBe(401);
    await silence();
    expect(citizen.shown()).toEqual([]);
  });

  it('Telegram: an update that comes again is answered once', async () => {
    const body = update('정부24 되나요?');
    expect((await byTelegram(body)).status).toBe(200);
    await until('the answer', () => citizen.shown().length > 0);
    for (let again = 0; again < 3; again++) expect((await byTelegram(body)).status).toBe(200);
    await silence();
    expect(citizen.shown()).toHaveLength(1);
  });

  it('Telegram: what is no update is dropped, and what follows is answered', async () => {
    for (const body of ['{}', '[]', '"hello"', '{"update_id":"x"}', '{"update_id":77,"message":{"chat":1}}'])
      expect((await byTelegram(body)).status).toBe(200);
    expect((await byTelegram('{')).status).toBe(400);
    expect(await citizen.say('정부24 되나요?')).toMatch(/^정상/);
  });

  it('Slack: a bad signature is refused, and what it brought is not answered', async () => {
    expect((await bySlack(event('is gov24 down?'), 'a-guess')).status).toBe(401);
    expect((await post('/slack/events', {}, event('is gov24 down?'))).status).toBe(401);
    await silence();
    expect(colleague.shown()).toEqual([]);
  });

  it('Slack: an event that is sent again is answered once', async () => {
    const body = event('is gov24 down?');
    expect((await bySlack(body)).status).toBe(200);
    await until('the answer', () => colleague.shown().length > 0);
    const retry = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    for (let again = 0; again < 3; again++)
      expect((await bySlack(body, CREDENTIALS.slackSigningSecret, retry)).status).toBe(200);
    await silence();
    expect(colleague.shown()).toHaveLength(1);
  });

  it('while nothing can be stored nothing is acknowledged: the platform is asked to come again, and is answered', {
    timeout: 60_000,
  }, async () => {
    const other = new DatabaseSync(stage.databasePath);
    other.exec('begin immediate');
    const before = citizen.shown().length;
    const body = update('정부24 되나요?');
    const refused = await byTelegram(body);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await silence();
    expect(citizen.shown()).toHaveLength(before);
    other.exec('rollback');
    other.close();
    expect((await byTelegram(body)).status).toBe(200);
    await until('the answer', () => citizen.shown().length === before + 1);
  });
});
