import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackWorkspace } from '../../src/sandbox/slack/slack.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { slackBrowser } from '../support/slack-browser.ts';

const OAUTH = { clientId: '1.2', clientSecret: 'hush', rotationSeconds: 43_200 };
const BACK = 'https://allim.example.go.kr/slack/oauth_redirect';
const credentials = { client_id: OAUTH.clientId, client_secret: OAUTH.clientSecret };

let sandbox: RunningSandbox;
let other: SlackWorkspace;
let now = 1_700_000_000_000;
beforeEach(async () => {
  sandbox = await startSandbox({
    slackOAuth: OAUTH,
    now: () => now,
    // Nobody listens for events here.
    eventsUrl: 'http://127.0.0.1:1/',
  });
  other = sandbox.slack.addWorkspace({ id: 'T0OTHER', name: '강변군', domain: 'riverside' });
});
afterEach(() => sandbox.stop());

const client = (token?: string) =>
  new webApi.WebClient(token, {
    slackApiUrl: sandbox.slackApiUrl,
    retryConfig: { retries: 0 },
    logLevel: webApi.LogLevel.ERROR,
  });
const errorOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error) => (error instanceof webApi.WebAPIPlatformError ? error.data.error : String(error)),
  );
const agreeUrl = (more: Record<string, string> = {}) =>
  new URL(
    `../oauth/v2/authorize?${new URLSearchParams({
      client_id: OAUTH.clientId,
      scope: 'chat:write,users:read',
      redirect_uri: BACK,
      state: 's1',
      ...more,
    })}`,
    sandbox.slackApiUrl,
  ).href;

async function codeFor(team: string): Promise<string> {
  const back = new URL(await slackBrowser('').agree(agreeUrl(), team));
  expect(back.searchParams.get('state')).toBe('s1');
  return back.searchParams.get('code') ?? '';
}
const exchange = (code: string, more: object = {}) =>
  client().oauth.v2.access({ ...credentials, code, redirect_uri: BACK, ...more });
async function installed(team: string) {
  const { access_token: token = '', refresh_token: refresh = '' } = await exchange(await codeFor(team));
  return { token, refresh };
}

describe('the OAuth of the Slack stand-in', () => {
  it('shows the workspaces to agree for, and brings back a refusal', async () => {
    const page = await (await fetch(agreeUrl())).text();
    expect(page).toContain('한빛시에 설치');
    expect(page).toContain('강변군에 설치');
    const back = new URL(await slackBrowser('').agree(agreeUrl(), ''));
    expect(Object.fromEntries(back.searchParams)).toEqual({ state: 's1', error: 'access_denied' });
  });

  it('refuses a request without state, or of another app', async () => {
    expect((await fetch(agreeUrl({ state: '' }))).status).toBe(400);
    expect((await fetch(agreeUrl({ client_id: '9' }))).status).toBe(400);
    expect(sandbox.violations.all).toHaveLength(2);
  });

  it('exchanges a code once, with the right credentials and the same way back', async () => {
    const code = await codeFor('T0OTHER');
    expect(await errorOf(exchange(code, { client_secret: 'x' }))).toBe('bad_client_secret');
    expect(await errorOf(exchange(code, { redirect_uri: 'https://elsewhere.example' }))).toBe(
      'bad_redirect_uri',
    );
    expect(await exchange(code)).toMatchObject({
      token_type: 'bot',
      team: { id: 'T0OTHER', name: '강변군' },
      bot_user_id: other.world.bot.user,
      expires_in: 43_200,
    });
    expect(await errorOf(exchange(code))).toBe('code_already_used');
    expect(await errorOf(exchange('made-up'))).toBe('invalid_code');
  });

  it('gives each workspace a token of its own, with the scopes that were agreed to', async () => {
    expect(await errorOf(client(CREDENTIALS.slackBotToken).auth.test())).toBe('invalid_auth');
    const here = await installed('T0SANDBOX');
    const there = await installed('T0OTHER');
    expect(await client(here.token).auth.test()).toMatchObject({ team_id: 'T0SANDBOX' });
    expect(await client(there.token).auth.test()).toMatchObject({ team_id: 'T0OTHER' });
    const person = other.people.add('이지민', 'ko');
    await client(there.token).chat.postMessage({ channel: person, text: 'a' });
    expect(await errorOf(client(here.token).chat.postMessage({ channel: person, text: 'a' }))).toBe(
      'channel_not_found',
    );
    const direct = other.people.directMessage(person);
    expect(await errorOf(client(there.token).conversations.history({ channel: direct }))).toBe(
      'missing_scope',
    );
  });

  it('ends a token after its hours, and gives a new pair for each refresh token once', async () => {
    const { token, refresh } = await installed('T0OTHER');
    const renew = (refresh_token: string) =>
      client().oauth.v2.access({ ...credentials, grant_type: 'refresh_token', refresh_token });
    now += 43_199_000;
    expect(await errorOf(client(token).auth.test())).toBe('none');
    now += 1000;
    expect(await errorOf(client(token).auth.test())).toBe('token_expired');
    const { access_token: next = '' } = await renew(refresh);
    expect(await errorOf(client(next).auth.test())).toBe('none');
    expect(await errorOf(renew(refresh))).toBe('invalid_refresh_token');
    expect(other.world.tokens.exchanges).toBe(1);
  });

  it('lets a removed app in no more, not even its old token after it has come back', async () => {
    const { token } = await installed('T0OTHER');
    await other.people.uninstall();
    expect(await errorOf(client(token).auth.test())).toBe('account_inactive');
    const again = await installed('T0OTHER');
    expect(await errorOf(client(token).auth.test())).toBe('token_revoked');
    expect(await errorOf(client(again.token).auth.test())).toBe('none');
  });

  it('refuses what is written where that is forbidden, with the code given', async () => {
    const { token } = await installed('T0OTHER');
    const channel = other.people.addChannel('공지');
    other.people.forbid(channel, 'restricted_action');
    expect(await errorOf(client(token).chat.postMessage({ channel, text: 'a' }))).toBe('restricted_action');
    other.people.forbid(channel, null);
    expect(await errorOf(client(token).chat.postMessage({ channel, text: 'a' }))).toBe('none');
  });
});
