import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { look, type ProbeSetting, sourceOf } from '../../src/sources/probe.ts';
import { openSite, probing } from './site.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
});

const site = async (answer: RequestListener): Promise<string> => {
  const one = await openSite(answer);
  open.push(one);
  return one.url;
};
const NEVER = new AbortController().signal;

const seenAt = async (answer: RequestListener, more: Partial<ProbeSetting> = {}) =>
  look(probing(await site(answer), more), NEVER);

describe('a look at a page', () => {
  it('is ok when the page answers in time', async () => {
    expect(await seenAt((_, response) => response.end('정부24'))).toMatchObject({ seen: 'ok' });
  });

  it.each([400, 403, 404, 500, 503])('fails on status %i', async (status) => {
    const seen = await seenAt((_, response) => response.writeHead(status).end('정부24'));
    expect(seen).toEqual({ seen: 'failed', reason: `status ${status}` });
  });

  it('is slow when the page takes longer than it may', async () => {
    const seen = await seenAt((_, response) => setTimeout(() => response.end('ok'), 60), { slowAfterMs: 20 });
    expect(seen).toMatchObject({ seen: 'slow' });
  });

  it('fails when no answer comes in time, or its end never does', async () => {
    const silent = await seenAt(() => {}, { timeoutSeconds: 0.05 });
    expect(silent).toEqual({ seen: 'failed', reason: 'no answer in 0.05 s' });
    const endless = await seenAt((_, response) => response.write('begin'), { timeoutSeconds: 0.05 });
    expect(endless).toMatchObject({ seen: 'failed' });
  });

  it('fails when nobody listens, naming the reason and not the address', async () => {
    const gone = await openSite(() => {});
    await gone.close();
    expect(await look(probing(gone.url), NEVER)).toEqual({ seen: 'failed', reason: 'ECONNREFUSED' });
  });

  it('fails when the connection breaks off', async () => {
    expect(await seenAt((request) => request.socket.destroy())).toMatchObject({ seen: 'failed' });
  });
});

describe('the text that a healthy page contains', () => {
  const expectText = '정부24';

  it('has to be there', async () => {
    expect(await seenAt((_, r) => r.end('<title>정부24</title>'), { expectText })).toMatchObject({
      seen: 'ok',
    });
    expect(await seenAt((_, r) => r.end('점검 중입니다'), { expectText })).toEqual({
      seen: 'failed',
      reason: 'expected text missing',
    });
    expect(await seenAt((_, r) => r.writeHead(204).end(), { expectText })).toMatchObject({ seen: 'failed' });
  });

  it('is found in EUC-KR too', async () => {
    const body = Buffer.from([0xc1, 0xa4, 0xba, 0xce, 0x32, 0x34]);
    const seen = await seenAt(
      (_, r) => r.writeHead(200, { 'content-type': 'text/html; charset=EUC-KR' }).end(body),
      {
        expectText,
      },
    );
    expect(seen).toMatchObject({ seen: 'ok' });
  });

  it('is read as UTF-8 when the charset is nonsense', async () => {
    const seen = await seenAt(
      (_, r) => r.writeHead(200, { 'content-type': 'text/html; charset=moon' }).end('정부24'),
      {
        expectText,
      },
    );
    expect(seen).toMatchObject({ seen: 'ok' });
  });

  it('is looked for in the first half megabyte only, however long the page is', async () => {
    const endless: RequestListener = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await seenAt(endless)).toMatchObject({ seen: 'ok' });
    expect(await seenAt(endless, { expectText })).toMatchObject({ reason: 'expected text missing' });
  });
});

describe('a redirect', () => {
  const to =
    (location: string): RequestListener =>
    (request, response) => {
      if (request.url === '/') response.writeHead(302, { location }).end();
      else response.end(`at ${request.url}`);
    };

  it('is followed on the same host', async () => {
    expect(await seenAt(to('/main?x=1'), { expectText: 'at /main?x=1' })).toMatchObject({ seen: 'ok' });
  });

  it('to another host is not, and counts as a failure', async () => {
    let visited = false;
    const other = await site((_, response) => {
      visited = true;
      response.end('ok');
    });
    const seen = await seenAt(to(other.replace('127.0.0.1', 'localhost')));
    expect(seen).toEqual({ seen: 'failed', reason: 'redirect to another host' });
    expect(visited).toBe(false);
  });

  it.each(['file:///etc/passwd', 'http://'])('to %s is not followed', async (location) => {
    expect(await seenAt(to(location))).toMatchObject({ seen: 'failed' });
  });

  it('to itself ends', async () => {
    let asked = 0;
    const seen = await seenAt((_, response) => {
      asked++;
      response.writeHead(301, { location: '/' }).end();
    });
    expect(seen).toEqual({ seen: 'failed', reason: 'too many redirects' });
    expect(asked).toBe(6);
  });
});

it('a look that is stopped says nothing', async () => {
  const stop = new AbortController();
  const url = await site(() => stop.abort());
  expect(await look(probing(url), stop.signal)).toBeNull();
});

it('a source is named by host and path, without what may be secret', () => {
  expect(sourceOf({ url: 'https://www.gov.kr/' })).toBe('http:www.gov.kr');
  expect(sourceOf({ url: 'https://www.gov.kr:8443/health?key=1' })).toBe('http:www.gov.kr:8443/health');
});
