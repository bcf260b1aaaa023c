import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { ConfigError, readConfig } from '../../src/config/environment.ts';
import type { SlackWorkspace } from '../../src/sandbox/slack/slack.ts';
import { freePort, until } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { slackBrowser } from '../support/slack-browser.ts';
import { type Api, administrator, apiOf, finished } from './officials.ts';

const OAUTH = { clientId: '11.22', clientSecret: 'a-client-secret', rotationSeconds: 43_200 };
const KEY = 'first-key-first-key-first-key-1234';

/** The whole program with two workspaces, from the first installation to the last. */
describe('one program for many Slack workspaces', () => {
  const folder = mkdtempSync(join(tmpdir(), 'allim-workspaces-'));
  const path = join(folder, 'allim.db');
  let base = '';
  let env: Record<string, string> = {};
  let sandbox: RunningSandbox;
  let app: App;
  let api: Api;
  let first: SlackWorkspace;
  let second: SlackWorkspace;

  beforeAll(async () => {
    base = `http://127.0.0.1:${await freePort()}`;
    sandbox = await startSandbox({
      eventsUrl: `${base}/slack/events`,
      slackOAuth: OAUTH,
      slackRetryDelaysMs: [50, 200],
    });
    first = sandbox.slack;
    second = sandbox.slack.addWorkspace({ id: 'T0SECOND', name: '강변군', domain: 'riverside' });
    env = {
      DATABASE_URL: `sqlite:${path}`,
      PORT: new URL(base).port,
      PUBLIC_URL: base,
      SLACK_CLIENT_ID: OAUTH.clientId,
      SLACK_CLIENT_SECRET: OAUTH.clientSecret,
      SLACK_STATE_SECRET: 'a-state-secret',
      SLACK_SIGNING_SECRET: CREDENTIALS.slackSigningSecret,
      SLACK_API_URL: sandbox.slackApiUrl,
      SLACK_RATE_PER_MINUTE: '6000',
      ENCRYPTION_KEY: KEY,
      QUIET_HOURS: 'off',
      OUTAGE_HOLD_SECONDS: '0',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    };
    api = apiOf(base, await administrator(readConfig(env)));
    app = await start();
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (more: Record<string, string> = {}): Promise<App> => {
    const started = await startApp(readConfig({ ...env, ...more }));
    // The connection to the server before may not be known to be closed yet.
    await until('readiness', () =>
      fetch(`${base}/readyz`)
        .then(({ ok }) => ok)
        .catch(() => false),
    );
    return started;
  };
  const install = (workspace: SlackWorkspace) => slackBrowser(base).install(workspace.world.team.id);

  /** New people of a workspace who subscribe. Returns their direct messages. */
  async function subscribers(workspace: SlackWorkspace, count: number): Promise<string[]> {
    const chats: string[] = [];
    for (const person of workspace.people.addMany(count, 'ko')) {
      const chat = workspace.people.directMessage(person);
      await workspace.people.slash(chat, person, 'subscribe gov24');
      await until(`the answer in ${chat}`, () => sandbox.ledger.of('slack', chat).length > 0);
      chats.push(chat);
    }
    return chats;
  }

  const declare = () =>
    api('POST', '/incidents', {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message: { ko: '접속이 되지 않아요.', en: 'It cannot be reached.' },
    });
  const resolve = (incident: string) =>
    api('POST', `/incidents/${incident}/updates`, {
      state: 'resolved',
      message: { ko: '다시 접속돼요.', en: 'It works again.' },
    });
  const timesTold = (chat: string, code: string): number =>
    sandbox.ledger.of('slack', chat, 'message').filter(({ text }) => text.includes(code)).length;

  /** Declares, waits until all is told, and resolves. Returns the code of the outage's notice. */
  async function outage(): Promise<string> {
    const { id, notice } = await declare();
    await finished(api, notice.id);
    const restored = await resolve(id);
    await finished(api, restored.notice.id);
    return notice.code;
  }

  let here: string[] = [];
  let there: string[] = [];

  it('is installed by people of each, who read so in the end', async () => {
    const done = await install(first);
    expect(done.status).toBe(200);
    expect(done.page).toContain('한빛시에 알림 앱을 설치했어요');
    const english = slackBrowser(base, 'en-US,en;q=0.9');
    expect((await english.install(second.world.team.id)).page).toContain('Allim is installed in 강변군');
  });

  it('answers in both, and a notice reaches both', async () => {
    here = await subscribers(first, 6);
    there = await subscribers(second, 2);
    const code = await outage();
    for (const chat of [...here, ...there]) expect(timesTold(chat, code)).toBe(1);
  });

  it('keeps no token readable in the database', async () => {
    const database = new DatabaseSync(path, { readOnly: true });
    const rows = database.prepare('select * from slack_installations').all();
    database.close();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/xox|한빛시/);
  });

  it('goes on when a token ends in the middle of a campaign, with one exchange', async () => {
    sandbox.faults.setLatency('slack', 60);
    const { id, notice } = await declare();
    await until('the first message', () => here.some((chat) => timesTold(chat, notice.code) > 0));
    first.world.tokens.expire();
    await finished(api, notice.id);
    sandbox.faults.setLatency('slack', 0);
    for (const chat of [...here, ...there]) expect(timesTold(chat, notice.code)).toBe(1);
    expect(first.world.tokens.exchanges).toBe(1);
    expect(second.world.tokens.exchanges).toBe(0);
    await finished(api, (await resolve(id)).notice.id);
  });

  it.each([
    ['the removal first', false],
    ['the dead token first', true],
  ])(
    'ends where it is removed, told of %s, and finds everything again when it comes back',
    async (_, revokedFirst) => {
      await first.people.uninstall({ revokedFirst });
      const stored = () => {
        const database = new DatabaseSync(path, { readOnly: true });
        const rows = database.prepare('select key from slack_installations').all();
        database.close();
        return rows.map(({ key }) => key);
      };
      await until('the end of the installation', () => stored().length === 1);
      expect(stored()).toEqual([second.world.team.id]);
      const alone = await outage();
      for (const chat of here) expect(timesTold(chat, alone)).toBe(0);
      for (const chat of there) expect(timesTold(chat, alone)).toBe(1);

      expect((await install(first)).status).toBe(200);
      const together = await outage();
      for (const chat of [...here, ...there]) expect(timesTold(chat, together)).toBe(1);
    },
  );

  it('starts anew with a changed key and the one before it, and then with the new one alone', async () => {
    const changed = { ENCRYPTION_KEY: 'second-key-second-key-second-key-12' };
    await app.stop();
    await expect(startApp(readConfig({ ...env, ...changed }))).rejects.toThrow(
      new ConfigError([
        'ENCRYPTION_KEY: does not open 2 of 2 stored Slack installations. Set it to the key they were stored under; if it was changed on purpose, set ENCRYPTION_KEY_PREVIOUS to the one before',
      ]),
    );
    app = await start({ ...changed, ENCRYPTION_KEY_PREVIOUS: KEY });
    await app.stop();
    app = await start(changed);
    const code = await outage();
    for (const chat of [...here, ...there]) expect(timesTold(chat, code)).toBe(1);
  });

  it('made no call that Slack would refuse for its shape or its scopes', () => {
    expect(sandbox.violations.all).toEqual([]);
    expect(sandbox.violations.floods.slack.whilePaused).toBe(0);
  });
});
