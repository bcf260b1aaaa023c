import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let root: string;

beforeEach(async () => {
  sandbox = await startSandbox({ officialToken: 'allim_token' });
  root = `http://127.0.0.1:${sandbox.port}/sandbox`;
});
afterEach(() => sandbox.stop());

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${root}/api/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return {
    status: response.status,
    ...((await response.json()) as { ok: boolean; result: unknown; error: string }),
  };
};
// biome-ignore lint/suspicious/noExplicitAny: whatever the sandbox answers, the expectations name its shape
const get = async (path: string): Promise<any> => (await fetch(`${root}/api/${path}`)).json();

describe('the control API', () => {
  it('tells who is on stage, in their languages', async () => {
    const setup = await get('setup');
    expect(setup.citizens.map((c: { language: string }) => c.language)).toEqual(['ko', 'ko', 'en']);
    expect(setup).toMatchObject({ officialToken: 'allim_token', apiBase: '/api/v1' });
    expect(setup.telegram.chats).toHaveLength(5);
    expect(setup.slack.channels).toHaveLength(5);
  });

  it('lets a person write, and shows the chat', async () => {
    expect(await post('telegram/say', { chat: 1001, person: 1001, text: '되나요?' })).toMatchObject({
      ok: true,
    });
    expect((await get('telegram/chats/1001')).messages).toMatchObject([{ text: '되나요?', byBot: false }]);
    expect(sandbox.telegram.updates.pending).toHaveLength(1);
  });

  it('says what is wrong with a request', async () => {
    expect(await post('telegram/say', { chat: 1001, person: 1001 })).toMatchObject({
      status: 400,
      ok: false,
    });
    const press = { chat: 1001, person: 1001, message: 1, button: '없음' };
    expect((await post('telegram/press', press)).error).toContain('no button');
    expect((await fetch(`${root}/api/telegram/chats/5`)).status).toBe(404);
  });

  it('makes thousands of people at once', async () => {
    const { result } = await post('telegram/people', { count: 5000, language: 'ko', started: true });
    expect(new Set(result as number[]).size).toBe(5000);
  });

  it('orders faults, and tells of ledger and violations', async () => {
    const effect = { kind: 'error', code: 500, description: 'Internal Server Error' };
    await post('faults', { platform: 'telegram', effect });
    const call = () => fetch(`${root}/telegram/bot7000000001:sandbox-token/getMe`);
    expect([(await call()).status, (await call()).status]).toEqual([500, 200]);
    await fetch(`${root}/telegram/bot7000000001:sandbox-token/sendMessage?text=a`);
    expect((await get('violations')).violations).toMatchObject([{ rule: 'missing', method: 'sendMessage' }]);
    expect(await get('ledger')).toEqual({ entries: [] });
    await post('reset', {});
    expect((await get('violations')).violations).toEqual([]);
  });

  it('is for pages of this machine only', async () => {
    const foreign = await fetch(`${root}/api/setup`, { headers: { origin: 'https://evil.example' } });
    expect(foreign.status).toBe(403);
    const rebound = await sandbox.fetch(new Request('http://evil.example/sandbox/api/setup'));
    expect(rebound.status).toBe(403);
  });

  it('streams what changes on the page, and nothing of the crowd', async () => {
    const response = await fetch(`${root}/api/stream`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const [other = 0] = sandbox.telegram.people.addMany(1, 'ko', { started: true });
    sandbox.telegram.people.say(other, other, '저는 무대 밖');
    sandbox.telegram.people.say(1002, 1002, '저는 무대 위');
    let text = '';
    while (!text.includes('무대 위')) text += (await reader?.read())?.value ?? '';
    expect(text).not.toContain('무대 밖');
    await reader?.cancel();
  });
});

describe('the page', () => {
  it.each([
    ['', 'text/html'],
    ['/page/main.js', 'text/javascript'],
    ['/page/base.css', 'text/css'],
    ['/font/index.css', 'text/css'],
    ['/font/files/noto-sans-kr-0-wght-normal.woff2', 'font/woff2'],
  ])('serves %s from this machine', async (path, type) => {
    const response = await fetch(`${root}${path}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('holds no script or style in its html, and nothing from elsewhere', async () => {
    const html = await (await fetch(root)).text();
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//);
  });

  it.each(['/page/tsconfig.json', '/page/..%2fsandbox.ts', '/page/shapes.d.ts', '/nothing'])(
    'has no %s',
    async (path) => {
      expect((await fetch(`${root}${path}`)).status).toBe(404);
    },
  );
});
