import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEM_CODES } from '../../src/domain/problem.ts';
import { ENDPOINTS } from '../../src/web/api/endpoints.ts';
import { problemDetails } from '../../src/web/api/schemas.ts';
import { sayIn } from '../../src/wording/i18n.ts';
import { type Answer, type WebWorld, webWorld } from './web-client.ts';

const message = { ko: '안내', en: 'News' };
const outage = { services: [{ id: 'gov24', status: 'major_outage' }], state: 'investigating', message };

let world: WebWorld;
let token: string;
beforeAll(async () => {
  world = await webWorld();
  token = await world.token('mois');
});
afterAll(() => world.close());

const isProblem = (answer: Answer, status: number, code: string) => {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(problemDetails.parse(answer.body)).toEqual(answer.body);
  expect(answer.body).toMatchObject({ type: `urn:allim:problem:${code}`, status, code });
};

describe('a body that is not right', () => {
  const { state: _, ...stateless } = outage;
  it.each<[string, unknown, string, string]>([
    ['a missing field', stateless, 'invalid', 'state'],
    ['an unknown field', { ...outage, colour: 'red' }, 'invalid', 'colour'],
    [
      'an unknown field inside',
      { ...outage, services: [{ id: 'gov24', status: 'degraded', note: 1 }] },
      'invalid',
      'services[0].note',
    ],
    ['a missing language', { ...outage, message: { ko: '안내' } }, 'missing_language', 'message.en'],
    ['an empty language', { ...outage, message: { ko: '', en: 'x' } }, 'missing_language', 'message.ko'],
    ['an unknown word', { ...outage, state: 'broken' }, 'invalid', 'state'],
    ['a resolved declaration', { ...outage, state: 'resolved' }, 'invalid', 'state'],
    ['a wrong type', { ...outage, critical: 'yes' }, 'invalid', 'critical'],
    ['a time without offset', { ...outage, startedAt: '2023-11-17T13:00:00' }, 'invalid', 'startedAt'],
    ['a time of another age', { ...outage, startedAt: '0001-01-01T00:00:00Z' }, 'invalid', 'startedAt'],
    ['a scope that is no list', { ...outage, scope: 'busan' }, 'invalid', 'scope'],
    ['no service', { ...outage, services: [] }, 'invalid', 'services'],
    [
      'a date that is none',
      { ...outage, deadlines: [{ duty: message, newDate: '2023-13-01' }] },
      'invalid',
      'deadlines[0].newDate',
    ],
    ['a list', [], 'invalid', '(body)'],
    [
      'an unknown service',
      { ...outage, services: [{ id: 'x', status: 'degraded' }] },
      'unknown_service',
      'services[0].id',
    ],
    ['a link', { ...outage, message: { ko: '안내', en: 'gov.kr' } }, 'contains_link', 'message.en'],
  ])('names the field: %s', async (_, body, code, field) => {
    for (const language of ['ko', 'en']) {
      const answer = await world.ask('POST', '/api/v1/incidents', {
        token,
        body,
        headers: { 'accept-language': language },
      });
      isProblem(answer, 422, code);
      expect(answer.body.field).toBe(field);
      expect(answer.body.errors[0]).toEqual({ field, detail: answer.body.detail });
      expect(answer.headers.get('content-language')).toBe(language);
      expect(/[가-힣]/.test(answer.body.detail)).toBe(language === 'ko');
    }
  });

  it('names every field at fault', async () => {
    const body = { services: 'all', state: 'x', message: {} };
    const { body: details } = await world.ask('POST', '/api/v1/incidents', { token, body });
    expect(details.errors.map((e: { field: string }) => e.field)).toEqual([
      'services',
      'state',
      'message.ko',
      'message.en',
    ]);
  });

  it('is 400 when it is no JSON, 415 when it is another type, 413 past 256 KB', async () => {
    const raw = async (text: string, type = 'application/json') =>
      world.ask('POST', '/api/v1/incidents', { token, raw: text, headers: { 'content-type': type } });
    isProblem(await raw('{"services":'), 400, 'malformed');
    isProblem(await raw('a=1', 'application/x-www-form-urlencoded'), 415, 'unsupported_type');
    isProblem(await raw(`"${'a'.repeat(257 * 1024)}"`), 413, 'too_large');
    isProblem(await raw(`"${'a'.repeat(100)}"`), 422, 'invalid');
  });

  it('is 413 also when it does not say how long it will be', async () => {
    const response = await fetch(`${world.url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: new ReadableStream({
        start(controller) {
          for (let i = 0; i < 300; i++) controller.enqueue(new Uint8Array(1024).fill(0x20));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    await response.body?.cancel();
  });
});

describe('a query that is not right', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=many', 'limit'],
    ['colour=red', 'colour'],
    ['state=broken', 'state'],
    ['service=%00', 'service'],
  ])('names the field: %s', async (query, field) => {
    const answer = await world.ask('GET', `/api/v1/incidents?${query}`, { token });
    isProblem(answer, 422, 'invalid');
    expect(answer.body.field).toBe(field);
  });

  it('a page after a cursor of somebody else is empty', async () => {
    const answer = await world.ask('GET', '/api/v1/incidents?cursor=abc', { token });
    expect(answer).toMatchObject({ status: 200, body: { items: [], next: null } });
  });
});

describe('what is not there', () => {
  it.each([
    '/incidents/inc_0',
    '/maintenances/mnt_0',
    '/notices/2023-1117-999',
    '/incidents/%00',
    '/notices/a.b',
  ])('GET %s is 404', async (path) =>
    isProblem(await world.ask('GET', `/api/v1${path}`, { token }), 404, 'not_found'),
  );

  it('a route is 404, a method 405 with what is allowed', async () => {
    isProblem(await world.ask('GET', '/api/v1/nothing', { token }), 404, 'no_route');
    isProblem(await world.ask('GET', '/nothing'), 404, 'no_route');
    const wrong = await world.ask('DELETE', '/api/v1/incidents', { token });
    isProblem(wrong, 405, 'method_not_allowed');
    expect(wrong.headers.get('allow')).toBe('GET, HEAD, POST');
    const updates = await world.ask('GET', '/api/v1/incidents/inc_0/updates', { token });
    expect([updates.status, updates.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('who comes in', () => {
  it.each(ENDPOINTS.map((e) => [e.method.toUpperCase(), e.path.replace('{id}', 'x_1')]))(
    '%s %s wants a token',
    async (method, path) => {
      const headers: Record<string, string>[] = [
        {},
        { authorization: 'Bearer ' },
        { authorization: 'Bearer allim_wrong' },
        { authorization: `Basic ${token}` },
      ];
      for (const header of headers.slice(0, 2)) {
        const answer = await world.ask(method, `/api/v1${path}`, { headers: header });
        isProblem(answer, 401, 'unauthenticated');
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
      }
      world.clock.forward(60);
    },
  );

  it('those who keep coming with wrong tokens are asked to wait; a right one still passes', async () => {
    world.clock.forward(60);
    const wrong = () => world.ask('GET', '/api/v1/incidents', { token: 'allim_wrong' });
    for (let i = 0; i < 30; i++) isProblem(await wrong(), 401, 'unauthenticated');
    world.clock.forward(20);
    const slowed = await wrong();
    isProblem(slowed, 429, 'too_many_failures');
    expect(slowed.headers.get('retry-after')).toBe('40');
    expect((await world.ask('GET', '/api/v1/incidents', { token })).status).toBe(200);
    world.clock.forward(40);
    isProblem(await wrong(), 401, 'unauthenticated');
  });

  it("acts for the own agency's services only", async () => {
    const other = await world.token('nts');
    const answer = await world.ask('POST', '/api/v1/incidents', { token: other, body: outage });
    isProblem(answer, 403, 'wrong_agency');
    expect(answer.body.field).toBe('services[0].id');
    const author = await world.token('mois', 'author');
    isProblem(
      await world.ask('POST', '/api/v1/incidents', { token: author, body: outage }),
      403,
      'forbidden',
    );
  });
});

describe('the words', () => {
  it.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['en-US,ko;q=0.5', 'en'],
    ['fr, ko;q=0.3', 'ko'],
    ['ko;q=0, en', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['ko;q=abc,;;,,=', 'en'],
  ])('follow Accept-Language: %s', async (header, language) => {
    const answer = await world.ask('GET', '/api/v1/x', { headers: { 'accept-language': header } });
    expect(answer.headers.get('content-language')).toBe(language);
  });

  it('exist for every problem in both languages', () => {
    const params = { from: 'a', to: 'b', allowed: 'c', current: '1', max: '9', count: '2' };
    for (const language of ['ko', 'en'] as const) {
      for (const code of PROBLEM_CODES) {
        expect(sayIn(language)(`web.title.${code}`)).toBeTruthy();
        expect(sayIn(language)(`officials.problem.${code}`, params)).not.toContain('{{');
      }
    }
  });

  it('of an illegal move name the state and what is possible', async () => {
    const { body } = await world.ask('POST', '/api/v1/incidents', { token, body: outage });
    const path = `/api/v1/incidents/${body.id}/updates`;
    await world.ask('POST', path, { token, body: { state: 'resolved', message } });
    const answer = await world.ask('POST', path, { token, body: { state: 'monitoring', message } });
    isProblem(answer, 409, 'illegal_move');
    expect(answer.body.detail).toMatch(/resolved.*monitoring.*investigating, withdrawn/);
  });
});
