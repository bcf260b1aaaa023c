import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installRoutes } from '../../../src/adapters/slack/install.ts';
import { type Book, createBook } from '../../../src/adapters/slack/installations.ts';
import { createOAuth, SCOPES } from '../../../src/adapters/slack/oauth.ts';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import { createStates } from '../../../src/adapters/slack/state.ts';
import { clientFor } from '../../../src/adapters/slack/workspaces.ts';
import { type OpenDatabase, openDatabase } from '../../../src/storage/open.ts';
import { installWords } from '../../../src/wording/install-words.ts';
import { NOON, TestClock } from '../../support/context.ts';
import { slackBrowser } from '../../support/slack-browser.ts';
import { type Answer, type Call, listeningLogger, serving, standIn } from '../doubles.ts';

const granted = {
  ok: true,
  access_token: 'xoxb-1',
  token_type: 'bot',
  bot_user_id: 'U9',
  team: { id: 'T1', name: '<b>한빛시</b>' },
  enterprise: null,
  is_enterprise_install: false,
};

const closing: (() => Promise<void>)[] = [];
let clock: TestClock;
let database: OpenDatabase;
beforeEach(async () => {
  clock = new TestClock();
  database = await openDatabase({ kind: 'sqlite', path: ':memory:' }, { mode: 'live', clock });
  closing.push(() => database.close());
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function setUp(respond: (call: Call) => Answer = () => ({ json: granted })) {
  const platform = await standIn(respond);
  closing.push(platform.close);
  const { logger, lines } = listeningLogger();
  const { installations } = database.store;
  const book: Book = createBook(installations, createSeal('k'.repeat(32)));
  const apiUrl = `${platform.url}/api/`;
  const oauth = createOAuth({
    client: clientFor(undefined, { apiUrl, logger }),
    apiUrl,
    clientId: '1.2',
    clientSecret: 'hush',
    redirectUri: 'https://allim.example.go.kr/slack/oauth_redirect',
  });
  const installed: string[] = [];
  const routes = installRoutes({
    oauth,
    states: createStates('state-secret', installations, clock),
    book,
    clock,
    logger,
    secure: true,
    words: installWords,
    onInstalled: async ({ key }) => void installed.push(key),
  });
  const server = await serving(routes);
  closing.push(server.close);
  const back = (state: string, more: Record<string, string> = { code: 'c1' }) =>
    `${server.url}/slack/oauth_redirect?${new URLSearchParams({ ...more, state })}`;
  const stateIn = (url: string) => new URL(url).searchParams.get('state') ?? '';
  return { platform, server, book, installed, lines, back, stateIn, browser: slackBrowser(server.url) };
}

describe('installing the Slack app', () => {
  it('leads to Slack with what the app asks for, and a cookie that only this way back reads', async () => {
    const { server, browser } = await setUp();
    const url = new URL(await browser.setOut());
    expect(url.pathname).toBe('/oauth/v2/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '1.2',
      scope: SCOPES.join(','),
      redirect_uri: 'https://allim.example.go.kr/slack/oauth_redirect',
      state: expect.stringMatching(/^[\w.-]{40,}$/),
    });
    const response = await fetch(`${server.url}/slack/install`, { redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toMatch(
      /; Path=\/slack\/oauth_redirect; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    );
  });

  it('keeps the installation, tells of it, and says so without trusting the name', async () => {
    const { platform, book, installed, browser, back, stateIn } = await setUp();
    const state = stateIn(await browser.setOut());
    const { status, page } = await browser.comeBack(back(state));
    expect(status).toBe(200);
    expect(page).toContain('&lt;b&gt;한빛시&lt;/b&gt;에 알림 앱을 설치했어요');
    expect(platform.of('oauth.v2.access')).toEqual([
      {
        client_id: '1.2',
        client_secret: 'hush',
        code: 'c1',
        redirect_uri: 'https://allim.example.go.kr/slack/oauth_redirect',
      },
    ]);
    expect(await book.serving('T1')).toEqual({
      key: 'T1',
      name: '<b>한빛시</b>',
      botUserId: 'U9',
      installedAt: NOON,
      accessToken: 'xoxb-1',
      refreshToken: null,
      expiresAt: null,
    });
    expect(installed).toEqual(['T1']);
  });

  it('of an organisation is kept under the organisation, with the token that ends and its successor', async () => {
    const { book, browser, back, stateIn } = await setUp(() => ({
      json: {
        ...granted,
        team: null,
        enterprise: { id: 'E1', name: '정부' },
        is_enterprise_install: true,
        refresh_token: 'xoxe-1',
        expires_in: 43_200,
      },
    }));
    const state = stateIn(await browser.setOut());
    expect((await browser.comeBack(back(state))).status).toBe(200);
    expect(await book.fresh('E1')).toMatchObject({
      name: '정부',
      refreshToken: 'xoxe-1',
      expiresAt: '2023-11-17T16:55:00.000Z',
    });
  });

  it('works once with each state', async () => {
    const { browser, back, stateIn, platform, server } = await setUp();
    const state = stateIn(await browser.setOut());
    const first = await fetch(`${server.url}/slack/install`, { redirect: 'manual' });
    expect(first.status).toBe(302);
    expect((await browser.comeBack(back(state))).status).toBe(200);
    const { status, page } = await browser.comeBack(back(state));
    expect(status).toBe(400);
    expect(page).toContain('/slack/install');
    expect(platform.of('oauth.v2.access')).toHaveLength(1);
  });

  it('is over after ten minutes', async () => {
    const { browser, back, stateIn, platform } = await setUp();
    const state = stateIn(await browser.setOut());
    clock.forward(600);
    expect((await browser.comeBack(back(state))).status).toBe(400);
    expect(platform.calls).toEqual([]);
  });

  it('is refused to another browser than the one that set out, and to a made-up state', async () => {
    const { browser, back, stateIn, server, platform } = await setUp();
    const state = stateIn(await browser.setOut());
    const stranger = slackBrowser(server.url);
    expect((await stranger.comeBack(back(state))).status).toBe(400);
    await stranger.setOut();
    expect((await stranger.comeBack(back(state))).status).toBe(400);
    const forged = `${state.slice(0, -4)}AAAA`;
    const liar = await fetch(back(forged), { headers: { cookie: `allim_slack_install=${forged}` } });
    expect(liar.status).toBe(400);
    for (const nothing of [`${server.url}/slack/oauth_redirect`, back('..')])
      expect((await browser.comeBack(nothing)).status).toBe(400);
    expect(platform.calls).toEqual([]);
    expect((await browser.comeBack(back(state))).status).toBe(200);
  });

  it('that is not agreed to changes nothing', async () => {
    const { browser, back, stateIn, platform, book } = await setUp();
    const state = stateIn(await browser.setOut());
    const { status, page } = await browser.comeBack(back(state, { error: 'access_denied' }));
    expect(status).toBe(400);
    expect(page).toContain('설치를 마치지 않았어요');
    expect(platform.calls).toEqual([]);
    expect(await book.serving('T1')).toBeNull();
  });

  it.each<[string, Answer]>([
    ['refuses the code', { json: { ok: false, error: 'invalid_code' } }],
    ['is away', 'drop'],
    ['answers with something else', { json: { ok: true, team: { id: 'T1' } } }],
  ])('fails in plain words when Slack %s', async (_, answer) => {
    const { browser, back, stateIn, book, lines } = await setUp(() => answer);
    const state = stateIn(await browser.setOut());
    const { status, page } = await browser.comeBack(back(state));
    expect(status).toBe(502);
    expect(page).toContain('설치하지 못했어요');
    expect(await book.serving('T1')).toBeNull();
    expect(lines.join('\n')).toContain('could not be finished');
    expect(lines.join('\n')).not.toMatch(/xoxb|hush|c1\b/);
  });

  it('asks for the same as the manifest', () => {
    const manifest = readFileSync(new URL('../../../slack-app-manifest.yaml', import.meta.url), 'utf8');
    const section = /scopes:\n\s+bot:\n((?:\s+- .*\n)+)/.exec(manifest)?.[1] ?? '';
    const scopes = [...section.matchAll(/- ([\w.:]+)/g)].map(([, scope]) => scope);
    expect(scopes).toEqual([...SCOPES]);
  });
});
