import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subscriber } from '../../src/domain/subscriber.ts';
import { noticeProgress, redriveNotice } from '../../src/operations/campaigns.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { checkCounts, tidy } from '../../src/operations/housekeeping.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { actorOf, chat, type TestWorld, testWorld } from '../support/context.ts';
import { fanOutAtOnce } from '../support/fanned-out.ts';
import { markTold } from '../support/told.ts';

const message = { ko: '안내', en: 'News' };
const operator = actorOf('mois');
const DAY = 86_400;

let world: TestWorld;
let people: readonly Subscriber[];
beforeEach(async () => {
  world = await testWorld();
  people = await Promise.all(['1', '2', '3'].map((id) => ensureChat(world.context, chat(id), 'ko')));
});
afterEach(() => world.close());

async function declare() {
  const outcome = await declareIncident(world.context, operator, {
    services: [{ id: 'gov24', status: 'major_outage' }],
    state: 'investigating',
    message,
  });
  if (!outcome.ok || outcome.value.notice === null) throw new Error('not declared');
  return { incident: outcome.value.record.id, notice: outcome.value.notice.id };
}

/** A notice that reached all but one, and is over. */
async function nearlyTold() {
  const declared = await declare();
  for (const [n, subscriber] of people.entries())
    await markTold(world.context, declared.notice, subscriber, n === 0 ? 'failed' : 'sent');
  await fanOutAtOnce(world.context, declared.notice);
  await finish();
  return declared;
}

async function finish(): Promise<void> {
  const { store, clock } = world.context;
  const epoch = await store.leases.acquire('fan-out', 'tests', clock.now(), clock.now());
  expect(await store.campaigns.finish(clock.now(), { lease: 'fan-out', epoch: epoch ?? 0 })).toBe(1);
}

describe('re-driving a notice', () => {
  it('sends what failed once more, which is audited', async () => {
    const { notice } = await nearlyTold();
    const redriven = await redriveNotice(world.context, operator, notice);
    expect(redriven).toMatchObject({
      ok: true,
      value: {
        redriven: 1,
        progress: { audience: 3, deliveries: { ready: 1, sent: 2, failed: 0 }, finishedAt: null },
      },
    });
    const [entry] = (await world.context.store.audit.list({ limit: 1, cursor: null })).items;
    expect(entry).toMatchObject({
      act: 'notice.redriven',
      subject: notice,
      before: { failed: 1 },
      after: { redriven: 1 },
    });
    expect(await redriveNotice(world.context, operator, notice)).toMatchObject({ value: { redriven: 0 } });
  });

  it('is refused to another agency, for a notice that nobody knows, and before it is on its way', async () => {
    const { notice } = await declare();
    expect(await redriveNotice(world.context, actorOf('nts'), notice)).toMatchObject({
      problem: { code: 'wrong_agency' },
    });
    expect(await redriveNotice(world.context, operator, 'ntc_0')).toMatchObject({
      problem: { code: 'not_found' },
    });
    expect(await redriveNotice(world.context, operator, notice)).toMatchObject({
      problem: { code: 'illegal_move', params: { from: 'holding' } },
    });
  });

  it('is refused once a later notice of the incident has made it untrue', async () => {
    const { incident, notice } = await nearlyTold();
    await updateIncident(world.context, operator, incident, { state: 'resolved', message });
    expect(await redriveNotice(world.context, operator, notice)).toMatchObject({
      problem: { code: 'illegal_move', params: { from: 'superseded' } },
    });
  });
});

describe('the deliveries of a notice', () => {
  it('are removed ninety days after its end, and its counts never', async () => {
    const { incident, notice } = await nearlyTold();
    const { store } = world.context;
    const rows = async () => (await store.deliveries.of(notice, { limit: 9, cursor: null })).items.length;
    await updateIncident(world.context, operator, incident, { state: 'resolved', message });
    const before = await noticeProgress(world.context, notice);
    world.clock.forward(89 * DAY);
    expect(await tidy(world.context)).toMatchObject({ deliveries: 0 });
    world.clock.forward(2 * DAY);
    expect(await tidy(world.context)).toMatchObject({ deliveries: 3 });
    expect(await rows()).toBe(0);
    expect(await noticeProgress(world.context, notice)).toEqual(before);
    expect(await tidy(world.context)).toMatchObject({ deliveries: 0 });
  });

  it('stay as long as the incident does: its end must find who was told', async () => {
    const { notice } = await nearlyTold();
    world.clock.forward(200 * DAY);
    expect(await tidy(world.context)).toMatchObject({ deliveries: 0 });
    expect(await noticeProgress(world.context, notice)).toMatchObject({ progress: { audience: 3 } });
  });
});

describe('the check of counts', () => {
  const parts = () => ({ logger: createLogger('silent'), metrics: createMetrics() });

  it('finds nothing where nothing is wrong', async () => {
    await nearlyTold();
    expect(await checkCounts(world.context, parts())).toBe(0);
  });

  it('says where counts and deliveries disagree, in the log and in a metric', async () => {
    await nearlyTold();
    const { store } = world.context;
    const { logger, metrics } = parts();
    const logged: unknown[] = [];
    logger.error = (fields: unknown) => void logged.push(fields);
    const wrong = { campaign: 'cmp_1', audience: 3, counted: {}, rows: {} };
    const check = async () => wrong as never;
    const context = { ...world.context, store: { ...store, campaigns: { ...store.campaigns, check } } };
    expect(await checkCounts(context, { logger, metrics })).toBe(1);
    expect(logged).toEqual([wrong]);
    expect((await metrics.imbalances.get()).values[0]?.value).toBe(1);
    expect(await checkCounts(world.context, { logger, metrics })).toBe(0);
    expect((await metrics.imbalances.get()).values[0]?.value).toBe(0);
  });
});
