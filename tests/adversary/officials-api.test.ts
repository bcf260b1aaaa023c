import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainText } from '../../src/card/plain-text.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { ENDPOINTS } from '../../src/web/api/endpoints.ts';
import { problemDetails } from '../../src/web/api/schemas.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { NOON } from '../support/context.ts';
import { eachDatabase, openTestStore } from '../support/databases.ts';
import { type WebWorld, webWorld } from '../web/web-client.ts';
import { bodiesOf, NASTY } from './bodies.ts';

/** Few here, for CI; more by hand: FUZZ_RUNS=2000 vitest run tests/adversary. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 40);
const WORDS = ['gov24', 'hometax', 'resident-certificate', 'saeol', 'busan', 'seoul', 'nope'];
const message = { ko: '안내드립니다.', en: 'We are looking into it.' };
const outage = {
  services: [{ id: 'gov24', status: 'major_outage' }],
  state: 'investigating',
  message,
};

eachDatabase('the officials’ API, met with anything', (kind) => {
  let world: WebWorld;
  let administrator = '';
  let operator = '';
  let schemas: Record<string, Record<string, unknown>>;
  const ids = { incidents: '', maintenances: 'none', notices: '', announcements: 'none' };

  beforeAll(async () => {
    const clock = { now: () => NOON, random: Math.random };
    const database = await openTestStore(kind, clock);
    world = await webWorld({}, { catalogue: readCatalogue(null), writeNotice }, database);
    administrator = await world.token('mois', 'administrator');
    operator = await world.token('nts');
    schemas = (await world.ask('GET', '/api/v1/openapi.json')).body.components.schemas;
    const { body } = await declare(outage);
    ids.incidents = body.id;
    ids.notices = body.notice.id;
  }, 60_000);
  afterAll(() => world.close());

  const declare = (body: unknown) => world.ask('POST', '/api/v1/incidents', { token: administrator, body });

  const pathOf = ({ path }: { readonly path: string }): string => {
    const [, kindOf = ''] = path.split('/');
    return `/api/v1${path.replace('{id}', ids[kindOf as keyof typeof ids])}`;
  };

  /** Whatever came back is what the document promises, and no fault of ours. */
  const expectSane = (endpoint: (typeof ENDPOINTS)[number], answer: Awaited<ReturnType<typeof declare>>) => {
    if (answer.status < 300) {
      expect(endpoint.answers.schema.safeParse(answer.body).error?.issues ?? []).toEqual([]);
      return;
    }
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
    expect(problemDetails.parse(answer.body)).toEqual(answer.body);
    if (answer.status === 422) expect(answer.body.field).toEqual(expect.any(String));
    expect(answer.body.detail).not.toMatch(/undefined|\[object|\.ts:|select |insert /);
  };

  const writing = ENDPOINTS.flatMap((e) => (e.body === null ? [] : [[`${e.method} ${e.path}`, e] as const]));
  it.each(writing)('%s', { timeout: 120_000 }, async (_, endpoint) => {
    const bodies = bodiesOf(schemas[endpoint.body?.name ?? ''] ?? {}, WORDS, schemas);
    const property = fc.asyncProperty(bodies, fc.boolean(), async (body, byAdministrator) => {
      const token = byAdministrator ? administrator : operator;
      const answer = await world.ask(endpoint.method.toUpperCase(), pathOf(endpoint), {
        token,
        raw: JSON.stringify(body),
      });
      expectSane(endpoint, answer);
      if (answer.status !== 201) return;
      if (endpoint.path === '/maintenances') ids.maintenances = answer.body.id;
      if (endpoint.path === '/announcements') ids.announcements = answer.body.id;
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  const reading = ENDPOINTS.flatMap((e) => (e.body === null ? [[`${e.method} ${e.path}`, e] as const] : []));
  it.each(reading)('%s', { timeout: 120_000 }, async (_, endpoint) => {
    const value = fc.oneof(
      fc.constantFrom(
        ...NASTY.map((text) => text.slice(0, 300)),
        '0',
        '-1',
        '1e9',
        'NaN',
        'gov24',
        'resolved',
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const name = fc.constantFrom('limit', 'cursor', 'state', 'service', 'agency', 'query', 'minutes', 'x');
    const property = fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 3 }), async (pairs) => {
      const query = new URLSearchParams(Object.fromEntries(pairs.map(([n, v]) => [n, v.toWellFormed()])));
      expectSane(endpoint, await world.ask('GET', `${pathOf(endpoint)}?${query}`, { token: administrator }));
    });
    await fc.assert(property, { numRuns: RUNS });
  });

  it('an id of any shape names nothing, and breaks nothing', { timeout: 60_000 }, async () => {
    const forged = [
      '..%2f..%2fetc',
      '%00',
      '%ff',
      "'%20or%201=1",
      'a'.repeat(5_000),
      '%F0%9F%98%80',
      '__proto__',
    ];
    for (const endpoint of ENDPOINTS.filter(({ path }) => path.includes('{id}'))) {
      for (const id of forged) {
        const path = `/api/v1${endpoint.path.replace('{id}', id)}`;
        const body = endpoint.body === null ? {} : { body: { message } };
        const answer = await world.ask(endpoint.method.toUpperCase(), path, {
          token: administrator,
          ...body,
        });
        expect([404, 422], `${path.slice(0, 80)}: ${answer.status}`).toContain(answer.status);
      }
    }
  });

  it('texts that look like templates, markup or code reach citizens as they were written', async () => {
    const written = '{{services}} $t(nested) <b>& %s {{- name}}';
    const { status, body } = await declare({ ...outage, message: { ko: written, en: written } });
    expect(status).toBe(201);
    for (const language of ['ko', 'en'] as const) {
      const card = await world.context.store.notices.card(body.notice.id, language);
      expect(card && plainText(card)).toContain(written);
    }
  });

  it('what cannot be seen is no text', async () => {
    const { status, body } = await declare({ ...outage, message: { ko: '\u200b\u2060\ufeff', en: 'Text' } });
    expect({ status, code: body.code, field: body.field }).toEqual({
      status: 422,
      code: 'missing_language',
      field: 'message.ko',
    });
  });

  it('a title stays on its line', async () => {
    const title = { ko: '첫째\n둘째', en: 'first\r\nsecond' };
    const { body } = await declare({ ...outage, title });
    const { body: kept } = await world.ask('GET', `/api/v1/incidents/${body.id}`, { token: administrator });
    expect(kept.title).toEqual({ ko: '첫째 둘째', en: 'first second' });
  });

  it('of twenty updates that saw the same revision one is taken', { timeout: 60_000 }, async () => {
    const { body: declared } = await declare(outage);
    const path = `/api/v1/incidents/${declared.id}/updates`;
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        world.ask('POST', path, {
          token: administrator,
          body: { state: 'identified', message, revision: 1 },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const story = await world.ask('GET', `/api/v1/incidents/${declared.id}`, { token: administrator });
    expect(story.body.updates).toHaveLength(2);
    expect(story.body.notices).toHaveLength(2);
  });
});
