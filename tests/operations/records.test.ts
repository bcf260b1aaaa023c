import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/domain/catalogue.ts';
import { DEFAULT_THRESHOLDS } from '../../src/domain/detector.ts';
import { controlNotice, noticeProgress } from '../../src/operations/campaigns.ts';
import { takeUpCatalogue } from '../../src/operations/catalogue.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { tidy } from '../../src/operations/housekeeping.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import { observe } from '../../src/operations/observe.ts';
import { reportCounts, reportProblem } from '../../src/operations/reports.ts';
import { follow, subscribe } from '../../src/operations/subscriptions.ts';
import { actorOf, chat, smallCatalogue, type TestWorld, testWorld } from '../support/context.ts';
import { fanOutAtOnce } from '../support/fanned-out.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const declare = async () => {
  const outcome = await declareIncident(world.context, actorOf('mois'), {
    services: [{ id: 'gov24', status: 'major_outage' }],
    state: 'investigating',
    message: { ko: '안내', en: 'News' },
  });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value;
};

describe('reports of a problem', () => {
  const report = (person: string | null, service = 'gov24', where = chat('1')) =>
    reportProblem(world.context, { service, chat: where, person, region: null });

  it('count once a person and service in 30 minutes', async () => {
    expect(await report('p1')).toBe('counted');
    world.clock.forward(1799);
    expect(await report('p1')).toBe('already');
    expect(await report('p1', 'gov24', chat('a group'))).toBe('already');
    expect(await report('p1', 'hometax')).toBe('counted');
    expect(await report('p2')).toBe('counted');
    expect(await report(null)).toBe('counted');
    world.clock.forward(1);
    expect(await report('p1')).toBe('counted');
    expect(await reportCounts(world.context, 3600)).toEqual([
      { service: 'gov24', reports: 4, lastAt: world.clock.now() },
      { service: 'hometax', reports: 1, lastAt: expect.any(String) },
    ]);
    expect(await reportCounts(world.context, 0)).toMatchObject([{ reports: 1 }]);
  });

  it('forget at midnight in Seoul who they were from', async () => {
    const { meta } = world.context.store;
    await report('p1');
    const today = await meta.get('reports.key');
    world.clock.set('2023-11-17T14:59:59.000Z');
    await report('p1');
    expect(await meta.get('reports.key')).toBe(today);
    world.clock.set('2023-11-17T15:00:00.000Z');
    await report('p1');
    const tomorrow = await meta.get('reports.key');
    expect(tomorrow).toMatch(/^2023-11-18 [0-9a-f]{64}$/);
    expect(tomorrow?.split(' ')[1]).not.toBe(today?.split(' ')[1]);
  });
});

describe('a source', () => {
  const see = (seen: 'ok' | 'failed') =>
    observe(
      world.context,
      { service: 'gov24', source: 'probe', at: world.clock.forward(60), seen },
      DEFAULT_THRESHOLDS,
    );

  it('gives a verdict only after its threshold, and the change is audited', async () => {
    expect(await see('ok')).toMatchObject({ verdict: 'unknown' });
    expect(await see('ok')).toMatchObject({ verdict: 'operational' });
    await see('failed');
    expect(await see('failed')).toMatchObject({ verdict: 'operational' });
    expect(await see('failed')).toMatchObject({ verdict: 'major_outage' });
    expect(await world.context.store.measurements.get('gov24', 'probe')).toMatchObject({
      verdict: 'major_outage',
    });
    const audit = (await world.context.store.audit.list({ limit: 9, cursor: null })).items;
    expect(audit.map((entry) => [entry.actor, entry.before, entry.after])).toEqual([
      ['system:probe', 'operational', 'major_outage'],
      ['system:probe', 'unknown', 'operational'],
    ]);
  });
});

describe('a notice on its way', () => {
  it('is found by id and by code, with counts that add up to its audience', async () => {
    const { notice } = await declare();
    const byId = await noticeProgress(world.context, notice?.id ?? '');
    expect(byId?.notice.code).toBe(notice?.code);
    expect(await noticeProgress(world.context, notice?.code ?? '')).toEqual(byId);
    expect(byId?.progress.audience).toBe(
      Object.values(byId?.progress.deliveries ?? {}).reduce((sum, n) => sum + n, 0),
    );
    expect(await noticeProgress(world.context, '1999-0101-1')).toBeNull();
  });

  it('can be paused, resumed and cancelled by its agency, which is audited', async () => {
    const { notice } = await declare();
    const id = notice?.id ?? '';
    const operator = actorOf('mois');
    const { audit } = world.context.store;
    expect(await controlNotice(world.context, operator, id, 'pause')).toMatchObject({
      problem: { code: 'illegal_move', params: { from: 'holding', to: 'paused', allowed: 'cancelled' } },
    });
    await fanOutAtOnce(world.context, id);
    expect(await controlNotice(world.context, actorOf('nts'), id, 'pause')).toMatchObject({
      problem: { code: 'wrong_agency' },
    });
    expect(await controlNotice(world.context, operator, id, 'pause')).toMatchObject({ ok: true });
    expect(await controlNotice(world.context, operator, id, 'pause')).toMatchObject({
      problem: { params: { from: 'paused', allowed: 'resumed, cancelled' } },
    });
    expect(await controlNotice(world.context, operator, id, 'resume')).toMatchObject({ ok: true });
    expect(await controlNotice(world.context, operator, id, 'cancel')).toMatchObject({ ok: true });
    expect(await controlNotice(world.context, operator, id, 'resume')).toMatchObject({
      problem: { params: { from: 'cancelled', allowed: '—' } },
    });
    expect(
      (await audit.list({ limit: 3, cursor: null })).items.map((e) => [e.act, e.before, e.after]),
    ).toEqual([
      ['notice.cancelled', 'sending', 'cancelled'],
      ['notice.resumed', 'paused', 'sending'],
      ['notice.paused', 'sending', 'paused'],
    ]);
    expect(await controlNotice(world.context, operator, 'ntc_0', 'cancel')).toMatchObject({
      problem: { code: 'not_found' },
    });
  });
});

describe('a changed catalogue', () => {
  it('is taken up without losing a subscription, and what became orphaned is reported', async () => {
    const subscriber = await ensureChat(world.context, chat('1'), 'ko');
    const hometax = { kind: 'service', id: 'hometax' } as const;
    await subscribe(world.context, subscriber, hometax);
    await subscribe(world.context, subscriber, { kind: 'everything', id: '*' });
    expect(await takeUpCatalogue(world.context)).toEqual({ orphans: [] });
    const smaller = smallCatalogue();
    const catalogue = new Catalogue({
      ...smaller,
      services: smaller.services.filter((s) => s.id !== 'hometax'),
    });
    const changed = { ...world.context, catalogue };
    expect(await takeUpCatalogue(changed)).toEqual({ orphans: [{ target: hometax, subscribers: 1 }] });
    await takeUpCatalogue(changed);
    expect(await world.context.store.subscriptions.of(subscriber.id)).toHaveLength(2);
    const acts = (await world.context.store.audit.list({ limit: 9, cursor: null })).items;
    expect(acts.filter((entry) => entry.act === 'catalogue.taken_up')).toHaveLength(2);
  });
});

describe('housekeeping', () => {
  it('forgets follows after two weeks, reports after two days and inbound ids after eight', async () => {
    const { context, clock } = world;
    const subscriber = await ensureChat(context, chat('1'), 'ko');
    await declare();
    await follow(context, subscriber, 'gov24');
    await reportProblem(context, { service: 'gov24', chat: chat('1'), person: 'p', region: null });
    const receivedAt = clock.now();
    await context.store.inbound.accept(
      [{ platform: 'telegram', id: '1', chat: '1', body: {}, receivedAt }],
      receivedAt,
      'here',
    );
    await context.store.inbound.settle('telegram', '1', receivedAt);
    expect(await tidy(context)).toMatchObject({
      follows: 0,
      reports: 0,
      inbound: 0,
      deliveries: 0,
      questions: 0,
    });
    clock.forward(2 * 86_400 + 1);
    expect(await tidy(context)).toMatchObject({
      follows: 0,
      reports: 1,
      inbound: 0,
      deliveries: 0,
      questions: 0,
    });
    clock.forward(6 * 86_400);
    expect(await tidy(context)).toMatchObject({
      follows: 0,
      reports: 0,
      inbound: 1,
      deliveries: 0,
      questions: 0,
    });
    clock.forward(6 * 86_400);
    expect(await tidy(context)).toMatchObject({
      follows: 1,
      reports: 0,
      inbound: 0,
      deliveries: 0,
      questions: 0,
    });
  });
});
