import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Actor } from '../../src/domain/official.ts';
import type { IncidentInput, IncidentUpdateInput } from '../../src/operations/incident-input.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { containsLink } from '../../src/operations/texts.ts';
import { actorOf, NOON, official, type TestWorld, testWorld } from '../support/context.ts';

const message = { ko: '점검하고 있습니다.', en: 'Being looked into.' };
const outage: IncidentInput = {
  services: [{ id: 'gov24', status: 'major_outage' }],
  state: 'investigating',
  message,
};
const deadline = { duty: message, basis: null, oldDate: null, newDate: null, automatic: true, who: null };

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

const problemOf = async (input: Partial<IncidentInput>, actor: Actor = actorOf('mois')) => {
  const outcome = await declareIncident(world.context, actor, { ...outage, ...input });
  return outcome.ok ? null : `${outcome.problem.code} ${outcome.problem.field}`;
};

describe('what a declaration is refused for', () => {
  const wrong: readonly [string, Partial<IncidentInput>, string][] = [
    ['no service', { services: [] }, 'invalid services'],
    [
      'an unknown service',
      { services: [{ id: 'gov25', status: 'degraded' }] },
      'unknown_service services[0].id',
    ],
    [
      'a service named twice',
      { services: [...outage.services, ...outage.services] },
      'duplicate_service services[1].id',
    ],
    ['nothing wrong', { services: [{ id: 'gov24', status: 'operational' }] }, 'invalid services[0].status'],
    ['a missing language', { message: { ko: '안내', en: '  ' } }, 'missing_language message.en'],
    ['a message without end', { message: { ko: '가'.repeat(1501), en: 'a' } }, 'too_long message.ko'],
    ['a title without end', { title: { ko: 'ㄱ', en: 'a'.repeat(121) } }, 'too_long title.en'],
    [
      'a text that cannot be seen',
      { message: { ko: '\u200b\u3164\ufeff', en: 'a' } },
      'missing_language message.ko',
    ],
    [
      'a link held apart by what cannot be seen',
      { message: { ko: 'x.\u200bkr', en: 'a' } },
      'contains_link message.ko',
    ],
    ['a link', { message: { ko: '안내', en: 'see https://x.kr/1' } }, 'contains_link message.en'],
    [
      'a domain in the title',
      { title: { ko: '정부24(gov.kr) 장애', en: 'Outage' } },
      'contains_link title.ko',
    ],
    ['a domain in the limits', { limits: { ko: 'www.gov', en: 'x' } }, 'contains_link limits.ko'],
    ['a domain in what works', { works: { ko: 'x', en: 'efamily.scourt.go.kr' } }, 'contains_link works.en'],
    ['a start to come', { startedAt: plusSeconds(NOON, 61) }, 'in_the_future startedAt'],
    ['a promise that is past', { nextUpdateAt: NOON }, 'in_the_past nextUpdateAt'],
    ['an unknown region', { scope: ['busan', 'atlantis'] }, 'unknown_region scope[1]'],
    ['no region at all', { scope: [] }, 'invalid scope'],
    [
      'a source that will say so tomorrow',
      { source: { name: message, at: plusSeconds(NOON, 86_400) } },
      'in_the_future source.at',
    ],
    [
      'a deadline moved back in time',
      { deadlines: [{ ...deadline, oldDate: '2023-11-20', newDate: '2023-11-17' }] },
      'time_order deadlines[0].newDate',
    ],
    [
      'a deadline in one language',
      { deadlines: [{ ...deadline, basis: { ko: '행정절차법 제16조', en: '' } }] },
      'missing_language deadlines[0].basis.en',
    ],
  ];
  it.each(wrong)('%s', async (_, input, expected) => {
    expect(await problemOf(input)).toBe(expected);
  });

  it('is taken as of now when the other clock is a little ahead', async () => {
    const outcome = await declareIncident(world.context, actorOf('mois'), {
      ...outage,
      startedAt: plusSeconds(NOON, 59),
    });
    expect(outcome.ok && outcome.value.record.startedAt).toBe(NOON);
  });

  it('keeps no control characters and no turned writing', async () => {
    const outcome = await declareIncident(world.context, actorOf('mois'), {
      ...outage,
      title: { ko: ' 정부24\u0007\u202e 장애 ', en: 'Outage\u0000' },
    });
    expect(outcome.ok && outcome.value.record.title).toEqual({ ko: '정부24 장애', en: 'Outage' });
  });
});

describe('who may', () => {
  const hometax = { services: [{ id: 'hometax', status: 'degraded' }] } as const;
  const both = { services: [...outage.services, ...hometax.services] };
  const revoked: Actor = {
    kind: 'official',
    door: 'api',
    official: { ...official('mois', 'administrator'), revokedAt: NOON },
  };
  const table: readonly [string, Actor, Partial<IncidentInput>, string | null][] = [
    ['an operator, own service', actorOf('mois'), {}, null],
    ['an operator, another agency', actorOf('mois'), hometax, 'wrong_agency services[0].id'],
    ['an operator, one of two', actorOf('mois'), both, 'wrong_agency services[1].id'],
    ['an administrator, any', actorOf('nts', 'administrator'), both, null],
    ['an author', actorOf('mois', 'author'), {}, 'forbidden null'],
    ['an approver', actorOf('mois', 'approver'), {}, 'forbidden null'],
    ['an author who is operator too', actorOf('mois', 'author', 'operator'), {}, null],
    ['a revoked administrator', revoked, {}, 'forbidden null'],
    ['the program itself', { kind: 'system', name: 'probe' }, both, null],
    ['the console', { kind: 'console' }, both, null],
  ];
  it.each(table)('%s', async (_, actor, input, expected) => {
    expect(await problemOf(input, actor)).toBe(expected);
  });

  it("does not change an incident that holds another agency's service", async () => {
    const declared = await declareIncident(world.context, { kind: 'console' }, { ...outage, ...both });
    if (!declared.ok) throw new Error('refused');
    const outcome = await updateIncident(world.context, actorOf('mois'), declared.value.record.id, {
      state: 'resolved',
      message,
    });
    expect(outcome.ok ? null : outcome.problem).toMatchObject({
      code: 'wrong_agency',
      params: { agency: 'nts' },
    });
  });
});

describe('what an update is refused for', () => {
  it.each<[string, Partial<IncidentUpdateInput>, string]>([
    [
      'a resolution that leaves a service down',
      { state: 'resolved', services: [{ id: 'gov24', status: 'degraded' }] },
      'invalid services[0].status',
    ],
    ['an unknown service', { services: [{ id: 'x', status: 'degraded' }] }, 'unknown_service services[0].id'],
    [
      "another agency's service",
      { services: [{ id: 'hometax', status: 'degraded' }] },
      'wrong_agency services[0].id',
    ],
    ['a link', { message: { ko: 't.me/x', en: 'x' } }, 'contains_link message.ko'],
  ])('%s', async (_, input, expected) => {
    const declared = await declareIncident(world.context, actorOf('mois'), outage);
    if (!declared.ok) throw new Error('refused');
    const outcome = await updateIncident(world.context, actorOf('mois'), declared.value.record.id, {
      state: 'identified',
      message,
      ...input,
    });
    expect(outcome.ok ? null : `${outcome.problem.code} ${outcome.problem.field}`).toBe(expected);
  });
});

describe('what counts as a link', () => {
  it.each([
    'gov.kr에서',
    'HTTPS://A',
    'bit.ly/2x',
    '(korea.kr)',
    'mail a@b.go.kr',
    'ｇｏｖ．ｋｒ',
    'WWW.GOV',
    '운영.com',
  ])('%s is one', (text) => expect(containsLink(text)).toBe(true));
  it.each([
    '2023.11.17. 13:55부터',
    'v2.0.1',
    'restored.To apply, call 110.',
    '복구됐습니다.감사합니다',
    'e.g. this',
    'No.1',
  ])('%s is none', (text) => expect(containsLink(text)).toBe(false));
});
