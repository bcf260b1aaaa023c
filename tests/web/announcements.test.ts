import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/domain/finding.ts';
import { ENDPOINTS } from '../../src/web/api/endpoints.ts';
import { type Answer, type WebWorld, webWorld } from './web-client.ts';

const draft = {
  title: { ko: '주말 창구 운영 안내', en: 'Counters open this weekend' },
  message: { ko: '토요일 09:00부터 창구를 엽니다.', en: 'Counters open on Saturday from 09:00.' },
  audience: { everyone: true },
  severity: 'info',
};
const message = { ko: '사실과 달라 철회합니다.', en: 'This was not correct.' };

let world: WebWorld;
let author: string;
let approver: string;
beforeAll(async () => {
  world = await webWorld();
  author = await world.token('mois', 'author');
  approver = await world.token('mois', 'approver');
});
afterAll(() => world.close());

const post = (path: string, body: unknown, token: string, headers = {}) =>
  world.ask('POST', `/api/v1${path}`, { token, body, headers });
const get = (path: string, token = author) => world.ask('GET', `/api/v1${path}`, { token });
const drafted = async (more: object = {}) =>
  (await post('/announcements', { ...draft, ...more }, author)).body;
const submitted = async (more: object = {}) => {
  const { id } = await drafted(more);
  return (await post(`/announcements/${id}/submit`, {}, author)).body;
};
const published = async () => {
  const { id } = await submitted();
  return (await post(`/announcements/${id}/approve`, { revision: 1 }, approver)).body;
};

/** The answer is what its endpoint's schema, and so the OpenAPI document, says. */
const keepsItsWord = (name: string, answer: Answer) => {
  const endpoint = ENDPOINTS.find((e) => e.name === name);
  expect(answer.status, JSON.stringify(answer.body)).toBe(endpoint?.answers.status);
  const parsed = endpoint?.answers.schema.safeParse(answer.body);
  expect(parsed?.error?.issues ?? []).toEqual([]);
  expect(parsed?.data).toEqual(answer.body);
};

describe('announcements', () => {
  it('go from draft over approval to citizens, and are withdrawn', async () => {
    const made = await post('/announcements', draft, author);
    keepsItsWord('draftAnnouncement', made);
    const { id } = made.body;
    expect(made.body).toMatchObject({
      state: 'draft',
      revision: 1,
      audience: { everyone: true },
      notice: null,
    });
    expect(made.headers.get('location')).toBe(`/api/v1/announcements/${id}`);
    expect(made.headers.get('etag')).toBe('"1"');

    const edited = await world.ask('PATCH', `/api/v1/announcements/${id}`, {
      token: author,
      body: { audience: { services: ['gov24'], languages: ['en'], regions: ['busan'] } },
      headers: { 'if-match': '"1"' },
    });
    keepsItsWord('editAnnouncement', edited);
    expect(edited.body).toMatchObject({
      revision: 2,
      audience: { services: ['gov24'], languages: ['en'], regions: ['busan'] },
    });

    keepsItsWord('submitAnnouncement', await post(`/announcements/${id}/submit`, {}, author));
    const returned = await post(`/announcements/${id}/return`, { reason: '시각' }, approver);
    keepsItsWord('returnAnnouncement', returned);
    expect(returned.body).toMatchObject({ state: 'returned', reason: '시각' });
    await post(`/announcements/${id}/submit`, {}, author);
    const approved = await post(`/announcements/${id}/approve`, { revision: 2 }, approver);
    keepsItsWord('approveAnnouncement', approved);
    expect(approved.body).toMatchObject({
      state: 'publishing',
      revision: 2,
      notice: { code: '2023-1117-1' },
    });

    const notice = await get(`/notices/${approved.body.notice.id}`);
    keepsItsWord('getNotice', notice);
    const withdrawn = await post(`/announcements/${id}/withdraw`, { message }, approver);
    keepsItsWord('withdrawAnnouncement', withdrawn);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn', retraction: { code: '2023-1117-2' } });
    keepsItsWord('getAnnouncement', await get(`/announcements/${id}`));
    const list = await get('/announcements?state=withdrawn&agency=mois');
    keepsItsWord('listAnnouncements', list);
    expect(list.body.items.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  it('edited by somebody who saw an older revision are refused, by If-Match with 412', async () => {
    const { id } = await drafted();
    const patch = (tag: string) =>
      world.ask('PATCH', `/api/v1/announcements/${id}`, {
        token: author,
        body: { severity: 'important' },
        headers: { 'if-match': tag },
      });
    expect((await patch('"1"')).status).toBe(200);
    for (const tag of ['"1"', 'W/"1"', '"abc"', '2']) {
      const late = await patch(tag);
      expect(late).toMatchObject({ status: 412, body: { code: 'stale_revision' } });
    }
    expect((await patch('*')).status).toBe(200);
    expect((await get(`/announcements/${id}`)).headers.get('etag')).toBe('"3"');
  });

  it.each([[{}], [{ everyone: true, services: ['gov24'] }], [{ languages: ['en'] }]])(
    'to %j, which is no audience, are refused',
    async (audience) => {
      const answer = await post('/announcements', { ...draft, audience }, author);
      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid', field: 'audience' } });
    },
  );

  it('name every fault of a text that is refused', async () => {
    const sound = await webWorld(
      {},
      {
        lintNotice: (): readonly Finding[] => [
          {
            code: 'times_differ',
            weight: 'error',
            field: 'message.en',
            params: { ko: '09:00', en: '10:00' },
          },
          { code: 'slang', weight: 'error', field: 'title.ko', params: { word: '먹통' } },
        ],
      },
    );
    const token = await sound.token('mois', 'author');
    const made = await sound.ask('POST', '/api/v1/announcements', { token, body: draft });
    const answer = await sound.ask('POST', `/api/v1/announcements/${made.body.id}/submit`, {
      token,
      body: {},
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'unsound_text', field: 'message.en' } });
    expect(answer.body.errors.map((e: { field: string }) => e.field)).toEqual(['message.en', 'title.ko']);
    expect(answer.body.errors[0].detail).toContain('09:00 / 10:00');
    await sound.close();
  });

  it('awaiting approval stand among the approver’s alerts until they are read', async () => {
    const { id } = await submitted();
    const alerts = await get('/alerts?limit=1', approver);
    keepsItsWord('listAlerts', alerts);
    expect(alerts.body.items).toMatchObject([{ kind: 'submitted', subject: id, seenAt: null }]);
    const seen = await post('/alerts/seen', { upTo: alerts.body.items[0].sequence }, approver);
    keepsItsWord('markAlertsSeen', seen);
    expect(seen.body.items.every((one: { seenAt: string | null }) => one.seenAt !== null)).toBe(true);
  });
});

describe('a notice', () => {
  it('is mended as often as needed, and withdrawn once', async () => {
    const { notice } = await published();
    const corrected = await post(`/notices/${notice.code}/correct`, { message }, approver);
    keepsItsWord('correctNotice', corrected);
    expect(corrected.body).toMatchObject({ id: notice.id, by: { id: expect.stringMatching(/^ntc_/) } });
    expect((await post(`/notices/${notice.id}/correct`, { message }, approver)).status).toBe(200);
    keepsItsWord('withdrawNotice', await post(`/notices/${notice.id}/withdraw`, {}, approver));
    const again = await post(`/notices/${notice.id}/withdraw`, {}, approver);
    expect(again).toMatchObject({ status: 409, body: { code: 'already_done' } });
    const late = await post(`/notices/${notice.id}/correct`, { message }, approver);
    expect(late).toMatchObject({ status: 409, body: { code: 'illegal_move' } });
  });

  it('of an outage is withdrawn by an operator of its agency, and by no other', async () => {
    const operator = await world.token('mois');
    const declared = await post(
      '/incidents',
      { services: [{ id: 'gov24', status: 'degraded' }], state: 'investigating', message },
      operator,
    );
    const path = `/notices/${declared.body.notice.id}/withdraw`;
    expect(await post(path, {}, await world.token('nts'))).toMatchObject({ status: 403 });
    expect(await post(path, {}, author)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await post(path, {}, operator)).toMatchObject({ status: 200 });
  });
});

describe('a request with a key', () => {
  const key = { 'idempotency-key': 'form-17' };

  it('is done once, and answered the same again', async () => {
    const first = await post('/announcements', draft, author, key);
    const again = await post('/announcements', draft, author, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('with another body, or to another path, is refused', async () => {
    for (const [path, body] of [
      ['/announcements', { ...draft, severity: 'critical' }],
      ['/incidents', draft],
    ] as const) {
      const answer = await post(path, body, author, key);
      expect(answer).toMatchObject({ status: 422, body: { code: 'key_reused', field: 'Idempotency-Key' } });
    }
  });

  it('of another official is another request', async () => {
    const other = await world.token('mois', 'author');
    const first = await post('/announcements', draft, author, key);
    const answer = await post('/announcements', draft, other, key);
    expect(answer.status).toBe(201);
    expect(answer.body.id).not.toBe(first.body.id);
  });

  it('sent twice at once is done once', async () => {
    const same = { 'idempotency-key': 'double click' };
    const { body: before } = await get('/announcements?limit=200');
    const answers = await Promise.all([1, 2, 3].map(() => post('/announcements', draft, author, same)));
    expect(answers.filter((a) => a.status === 201).length).toBeGreaterThan(0);
    for (const { status } of answers) expect([201, 409]).toContain(status);
    const { body: after } = await get('/announcements?limit=200');
    expect(after.items.length).toBe(before.items.length + 1);
  });

  it('that was refused may be sent again, put right', async () => {
    const same = { 'idempotency-key': 'second try' };
    expect((await post('/announcements', { ...draft, audience: {} }, author, same)).status).toBe(422);
    expect((await post('/announcements', draft, author, same)).status).toBe(201);
  });

  it.each([' ', 'k'.repeat(201)])('%j is no key', async (bad) => {
    const answer = await post('/announcements', draft, author, { 'idempotency-key': bad });
    expect(answer.status).toBe(422);
  });
});
