import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { reportProblem } from '../../src/operations/reports.ts';
import { noteUnanswered } from '../../src/operations/unanswered.ts';
import { ENDPOINTS } from '../../src/web/api/endpoints.ts';
import { chat } from '../support/context.ts';
import { fanOutAtOnce } from '../support/fanned-out.ts';
import { markTold } from '../support/told.ts';
import { type Answer, type WebWorld, webWorld } from './web-client.ts';

const message = { ko: '정부24에 접속할 수 없습니다.', en: 'Government24 cannot be reached.' };
const outage = { services: [{ id: 'gov24', status: 'major_outage' }], state: 'investigating', message };

let world: WebWorld;
let token: string;
let administrator: string;
beforeAll(async () => {
  world = await webWorld();
  token = await world.token('mois');
  administrator = await world.token('nts', 'administrator');
});
afterAll(() => world.close());

const post = (path: string, body?: unknown, by = token) =>
  world.ask('POST', `/api/v1${path}`, { token: by, body });
const get = (path: string, by = token) => world.ask('GET', `/api/v1${path}`, { token: by });
const declare = async (more: object = {}) => (await post('/incidents', { ...outage, ...more })).body;

/** The answer is what its endpoint's schema, and so the OpenAPI document, says. */
const keepsItsWord = (name: string, answer: Answer) => {
  const endpoint = ENDPOINTS.find((e) => e.name === name);
  expect(answer.status).toBe(endpoint?.answers.status);
  const parsed = endpoint?.answers.schema.safeParse(answer.body);
  expect(parsed?.error?.issues ?? []).toEqual([]);
  expect(parsed?.data).toEqual(answer.body);
};

describe('incidents', () => {
  it('are declared, updated, resolved and reopened', async () => {
    const declared = await post('/incidents', outage);
    keepsItsWord('declareIncident', declared);
    expect(declared.body).toEqual({
      id: expect.stringMatching(/^inc_/),
      state: 'investigating',
      services: [{ id: 'gov24', status: 'major_outage' }],
      notice: { id: expect.stringMatching(/^ntc_/), code: expect.stringMatching(/^2023-1117-\d+$/) },
    });
    const { id } = declared.body;
    expect(declared.headers.get('location')).toBe(`/api/v1/incidents/${id}`);
    const updates = `/incidents/${id}/updates`;
    const monitoring = await post(updates, {
      state: 'monitoring',
      services: [{ id: 'gov24', status: 'recovering' }],
      message,
      nextUpdateAt: '2023-11-17T16:00:00+09:00',
    });
    keepsItsWord('updateIncident', monitoring);
    expect(monitoring.body).toMatchObject({ id, state: 'monitoring', services: [{ status: 'recovering' }] });
    expect((await get(`/incidents/${id}`)).body.nextUpdateAt).toBe('2023-11-17T07:00:00.000Z');
    expect((await post(updates, { state: 'identified', message })).body.state).toBe('identified');
    const resolved = await post(updates, { state: 'resolved', message });
    expect(resolved.body).toMatchObject({
      state: 'resolved',
      services: [{ id: 'gov24', status: 'operational' }],
    });
    const reopened = await post(updates, { state: 'investigating', message });
    expect(reopened.body).toMatchObject({ state: 'investigating', services: [{ status: 'major_outage' }] });

    const one = await get(`/incidents/${id}`);
    keepsItsWord('getIncident', one);
    expect(one.body.updates.map((u: { state: string }) => u.state)).toEqual([
      'investigating',
      'monitoring',
      'identified',
      'resolved',
      'investigating',
    ]);
    expect(one.body.notices.map((n: { kind: string }) => n.kind)).toEqual(
      ['outage', 'provisional', 'outage', 'restoration', 'outage'].map((kind, i) =>
        i === 2 ? 'update' : kind,
      ),
    );
  });

  it('take all that an official may say, with times of any offset', async () => {
    const body = await declare({
      title: { ko: '정부24 장애', en: 'Government24 outage' },
      startedAt: '2023-11-17T13:00:00+09:00',
      limits: message,
      works: message,
      scope: ['busan'],
      source: { name: message, at: '2023-11-17T04:00Z' },
      deadlines: [{ duty: message, oldDate: '2023-11-17', newDate: '2023-11-20', automatic: true }],
      nextUpdateAt: '2023-11-17T06:00:00Z',
      critical: true,
    });
    expect((await get(`/incidents/${body.id}`)).body).toMatchObject({
      title: { ko: '정부24 장애' },
      startedAt: '2023-11-17T04:00:00.000Z',
      scope: ['busan'],
      source: { at: '2023-11-17T04:00:00.000Z' },
      deadlines: [{ newDate: '2023-11-20', basis: null, who: null, automatic: true }],
      critical: true,
      agency: 'mois',
    });
  });

  it('are withdrawn as wrong', async () => {
    const { id } = await declare();
    const withdrawn = await post(`/incidents/${id}/withdraw`, { message });
    keepsItsWord('withdrawIncident', withdrawn);
    expect(withdrawn.body.state).toBe('withdrawn');
  });

  it('are listed in pages, newest first, and by state, service and agency', async () => {
    const made: string[] = [];
    for (let i = 0; i < 3; i++) {
      world.clock.forward(1);
      const { body } = await post(
        '/incidents',
        { ...outage, services: [{ id: 'hometax', status: 'degraded' }] },
        administrator,
      );
      made.unshift(body.id);
    }
    const first = await get('/incidents?service=hometax&limit=2');
    keepsItsWord('listIncidents', first);
    expect(first.body.items.map((i: { id: string }) => i.id)).toEqual(made.slice(0, 2));
    const rest = await get(`/incidents?service=hometax&limit=2&cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ id: made[2] }], next: null });
    expect((await get('/incidents?agency=nts')).body.items).toHaveLength(3);
    expect((await get('/incidents?state=resolved&service=hometax')).body.items).toEqual([]);
  });
});

describe('maintenances', () => {
  const plan = {
    services: ['gov24'],
    startsAt: '2023-11-18T01:00:00+09:00',
    endsAt: '2023-11-18T05:00:00+09:00',
    message,
  };

  it('are planned, read, listed and called off', async () => {
    const planned = await post('/maintenances', plan);
    keepsItsWord('scheduleMaintenance', planned);
    const { id } = planned.body;
    expect(planned.headers.get('location')).toBe(`/api/v1/maintenances/${id}`);
    expect(planned.body).toMatchObject({ state: 'scheduled', startsAt: '2023-11-17T16:00:00.000Z' });
    const one = await get(`/maintenances/${id}`);
    keepsItsWord('getMaintenance', one);
    const list = await get('/maintenances?service=gov24');
    keepsItsWord('listMaintenances', list);
    expect(list.body.items).toEqual([one.body]);
    const off = await post(`/maintenances/${id}/cancel`);
    keepsItsWord('cancelMaintenance', off);
    expect(off.body.state).toBe('cancelled');
    expect(await post(`/maintenances/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'illegal_move' },
    });
  });
});

describe('notices', () => {
  it('show their counts exactly, by id and by code, and obey', async () => {
    const { notice } = await declare();
    await markTold(world.context, notice.id, await ensureChat(world.context, chat('1'), 'ko'));
    const shown = await get(`/notices/${notice.id}`);
    keepsItsWord('getNotice', shown);
    expect(shown.body).toEqual({
      id: notice.id,
      code: notice.code,
      audience: 1,
      deliveries: {
        ready: 0,
        held: 0,
        sending: 0,
        sent: 1,
        ended: 0,
        failed: 0,
        uncertain: 0,
        superseded: 0,
        cancelled: 0,
      },
      resent: 0,
      startedAt: null,
      finishedAt: null,
      ratePerSecond: null,
      etaSeconds: null,
    });
    expect((await get(`/notices/${notice.code}`)).body).toEqual(shown.body);
    expect((await post(`/notices/${notice.id}/pause`)).status).toBe(409);
    await fanOutAtOnce(world.context, notice.id);
    keepsItsWord('pauseNotice', await post(`/notices/${notice.id}/pause`, {}));
    keepsItsWord('resumeNotice', await post(`/notices/${notice.code}/resume`));
    keepsItsWord('cancelNotice', await post(`/notices/${notice.id}/cancel`));
    expect((await post(`/notices/${notice.id}/resume`)).body.code).toBe('illegal_move');
  });

  it('are tried again where they failed, and reported on', async () => {
    const { notice } = await declare({ services: [{ id: 'kiosk', status: 'major_outage' }] });
    const subscriber = await ensureChat(world.context, chat('2'), 'ko');
    await markTold(world.context, notice.id, subscriber, 'failed');
    expect((await post(`/notices/${notice.id}/redrive`)).status).toBe(409);
    await fanOutAtOnce(world.context, notice.id);
    const report = await get(`/notices/${notice.code}/report`);
    keepsItsWord('getNoticeReport', report);
    expect(report.body).toMatchObject({
      audience: 1,
      deliveries: { failed: 1 },
      durationSeconds: null,
      halfWithinSeconds: null,
    });
    const redriven = await post(`/notices/${notice.id}/redrive`);
    keepsItsWord('redriveNotice', redriven);
    expect(redriven.body).toMatchObject({ redriven: 1, deliveries: { ready: 1, failed: 0 } });
    expect((await get('/notices/ntc_0/report')).status).toBe(404);
  });
});

describe('what can only be read', () => {
  it('the catalogue with its statuses', async () => {
    const all = await get('/services');
    keepsItsWord('listServices', all);
    expect(all.body.items).toHaveLength(8);
    const found = await get(`/services?query=${encodeURIComponent('민원 24')}`);
    expect(found.body.items).toMatchObject([
      { id: 'gov24', name: { ko: '정부24' }, agency: { id: 'mois' }, status: 'major_outage' },
    ]);
  });

  it("citizens' reports", async () => {
    const who = { chat: chat('1'), person: 'p', region: null };
    await reportProblem(world.context, { service: 'kiosk', ...who });
    const reports = await get('/reports?minutes=30');
    keepsItsWord('listReports', reports);
    expect(reports.body).toMatchObject({
      since: plusSeconds(world.clock.now(), -1800),
      items: [{ service: 'kiosk', reports: 1 }],
    });
  });

  it('the audit, by administrators', async () => {
    const audit = await get('/audit?limit=1', administrator);
    keepsItsWord('listAudit', audit);
    expect(audit.body.items).toHaveLength(1);
    const more = await get(`/audit?limit=1&cursor=${audit.body.next}`, administrator);
    expect(more.body.items[0].sequence).toBe(audit.body.items[0].sequence - 1);
    expect(await get('/audit')).toMatchObject({ status: 403, body: { code: 'administrators_only' } });
  });
});

describe('unanswered questions', () => {
  it('are listed for operators, page by page, and refused to others', async () => {
    const question = {
      language: 'ko',
      reason: 'declined',
      services: [],
      leaning: null,
      cues: ['documents'],
    } as const;
    for (const [at, gist] of ['사진규격', '수수료얼마'].entries()) {
      const by = { chat: chat(`asks ${at}`), person: null };
      await noteUnanswered(world.context, { ...question, gist, sample: gist }, by);
    }
    const first = await get('/questions?limit=1');
    keepsItsWord('listQuestions', first);
    expect(first.body.items).toMatchObject([{ people: 1, cues: ['documents'], days: [{ people: 1 }] }]);
    const second = await get(`/questions?limit=1&cursor=${first.body.next}&since=2023-11-01&language=ko`);
    expect(second.body).toMatchObject({ since: '2023-11-01', items: [{ people: 1 }], next: null });
    expect((await get('/questions?language=en')).body.items).toEqual([]);
    expect((await get('/questions?since=yesterday')).status).toBe(422);
    expect((await get('/questions', await world.token('mois', 'author'))).status).toBe(403);
  });
});
