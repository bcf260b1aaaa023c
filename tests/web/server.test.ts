import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebWorld, webWorld } from './web-client.ts';

let world: WebWorld | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});
const open = async (more: Parameters<typeof webWorld>[0] = {}) => {
  world = await webWorld(more);
  return world;
};

describe('health', () => {
  it('is live, and ready while nothing is in trouble', async () => {
    const { ask } = await open();
    expect(await ask('GET', '/healthz')).toMatchObject({
      status: 200,
      body: { status: 'live', version: '1.2.3' },
    });
    expect(await ask('GET', '/readyz')).toMatchObject({
      status: 200,
      body: { status: 'ready', problems: [] },
    });
  });

  it('says what is wrong when it is not ready', async () => {
    const { ask } = await open({ trouble: async () => ['database: no answer'] });
    expect(await ask('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { status: 'not ready', problems: ['database: no answer'] },
    });
    expect((await ask('GET', '/healthz')).status).toBe(200);
  });

  it('is not ready when the check itself fails', async () => {
    const { ask } = await open({ trouble: () => Promise.reject(new RangeError('secret')) });
    expect(await ask('GET', '/readyz')).toMatchObject({
      status: 503,
      body: { problems: ['check failed: RangeError'] },
    });
  });

  it('is measured for Prometheus', async () => {
    const { ask } = await open();
    const { status, headers, body } = await ask('GET', '/metrics');
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')]);
    expect(body).toContain('allim_process_cpu_user_seconds_total');
  });
});

describe("platforms' routes", () => {
  it('get the exact bytes, before anything else looks at them', async () => {
    const { ask } = await open({
      routes: [
        {
          method: 'POST',
          path: '/slack/events',
          async handle(incoming, response) {
            const chunks: Buffer[] = [];
            for await (const chunk of incoming) chunks.push(chunk as Buffer);
            response.writeHead(200, { 'content-type': 'text/plain' }).end(Buffer.concat(chunks));
          },
        },
      ],
    });
    const raw = '{ "a" :\t1 } ';
    expect((await ask('POST', '/slack/events?x=1', { raw })).body).toBe(raw);
    const wrong = await ask('GET', '/slack/events');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('that throw, at once or later, answer 500 and leave the server standing', async () => {
    const { ask } = await open({
      routes: [
        {
          method: 'POST',
          path: '/at-once',
          handle() {
            throw new Error('at once');
          },
        },
        { method: 'POST', path: '/later', handle: () => Promise.reject(new Error('later')) },
      ],
    });
    expect((await ask('POST', '/at-once')).status).toBe(500);
    expect((await ask('POST', '/later')).status).toBe(500);
    expect((await ask('GET', '/healthz')).status).toBe(200);
  });
});

describe('the server', () => {
  it('serves what is mounted, at its path and below it', async () => {
    const { ask } = await open({
      mounts: [{ path: '/sandbox', fetch: (r) => new Response(`${r.method} ${new URL(r.url).pathname}`) }],
    });
    expect((await ask('GET', '/sandbox')).body).toBe('GET /sandbox');
    expect((await ask('POST', '/sandbox/slack/api/x', { body: {} })).body).toBe('POST /sandbox/slack/api/x');
    expect((await ask('GET', '/sandboxes')).status).toBe(404);
  });

  it('leads from its front door to what is mounted', async () => {
    const { url } = await open({ mounts: [{ path: '/sandbox', fetch: () => new Response('page') }] });
    expect(await (await fetch(url)).text()).toBe('page');
  });

  it('hands upgrades over, and closes those it has no use for', async () => {
    const seen: string[] = [];
    const { url } = await open({
      upgrade: (incoming, socket) => {
        seen.push(incoming.url ?? '');
        socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n');
      },
    });
    const status = await new Promise((resolve, reject) => {
      request(`${url}/socket`, { headers: { connection: 'Upgrade', upgrade: 'test' } })
        .on('upgrade', (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect([status, seen]).toEqual([101, ['/socket']]);
  });

  it('sets safe headers, and no door for other origins', async () => {
    const { ask, token } = await open({ publicUrl: 'https://allim.example' });
    const { headers } = await ask('GET', '/api/v1/incidents', {
      token: await token('mois'),
      headers: { origin: 'https://evil.example' },
    });
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers a failure of its own with 500 and tells nothing of it', async () => {
    const opened = await open({ mounts: [{ path: '/m', fetch: () => Promise.reject(new Error('secret')) }] });
    const answer = await opened.ask('GET', '/m', { headers: { 'accept-language': 'ko' } });
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });

  it('lets requests under way finish when it closes', async () => {
    let release = () => {};
    let begun = () => {};
    const waiting = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const opened = await open({
      mounts: [
        {
          path: '/slow',
          fetch: () =>
            new Promise((resolve) => {
              release = () => resolve(new Response('done'));
              begun();
            }),
        },
      ],
    });
    const answer = opened.ask('GET', '/slow');
    await waiting;
    const closed = opened.web.close();
    release();
    expect((await answer).body).toBe('done');
    await closed;
    await expect(opened.ask('GET', '/healthz')).rejects.toThrow();
  });

  it('names the port that is taken', async () => {
    const opened = await open();
    const port = Number(new URL(opened.url).port);
    const second = await webWorld();
    await second.web.close();
    await expect(second.web.listen('127.0.0.1', port)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
    await second.close();
  });
});
