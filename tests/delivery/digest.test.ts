import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IncidentInput } from '../../src/operations/incident-input.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { actorOf } from '../support/context.ts';
import { eachDatabase } from '../support/databases.ts';
import { until } from '../support/program.ts';
import { type OutboxWorld, outboxWorld } from './outbox-world.ts';

const NIGHT = '2023-11-17T14:00:00.000Z';
const MORNING = '2023-11-17T23:00:30.000Z';
const QUIET = '21:00-08:00';
const official = actorOf('mois', 'administrator');
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

eachDatabase('what was held over the night', (kind) => {
  let world: OutboxWorld;
  beforeEach(async () => {
    world = await outboxWorld(kind);
    world.clock.set(NIGHT);
  });
  afterEach(() => world.close());

  async function declare(service: string, more: Partial<IncidentInput> = {}) {
    const told = await declareIncident(world.context, official, {
      services: [{ id: service, status: 'major_outage' }],
      state: 'investigating',
      message,
      ...more,
    });
    if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
    return { incident: told.value.record.id, notice: told.value.notice.id };
  }

  async function resolve(incident: string): Promise<string> {
    const told = await updateIncident(world.context, official, incident, { state: 'resolved', message });
    if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
    return told.value.notice.id;
  }

  const counts = async (notice: string) => {
    const progress = await world.store.campaigns.progress(notice, world.clock.now());
    if (progress === null) throw new Error(`no progress of ${notice}`);
    return progress.deliveries;
  };
  const held = (notice: string, count: number) =>
    until(`${count} held of ${notice}`, async () => ((await counts(notice)).held === count ? true : null));
  const sent = (notice: string, count: number) =>
    until(`${count} sent of ${notice}`, async () => ((await counts(notice)).sent === count ? true : null));

  it('comes in the morning as one message, and each notice counts as sent', async () => {
    for (const id of ['a', 'b']) {
      await world.subscribe(id);
      await world.subscribe(id, { service: 'hometax' });
    }
    world.sender('one', QUIET);
    const [first, second] = [await declare('gov24'), await declare('hometax')];
    await held(first.notice, 2);
    await held(second.notice, 2);
    expect(world.messenger.seen).toEqual([]);
    world.clock.set(MORNING);
    await sent(first.notice, 2);
    await sent(second.notice, 2);
    expect(world.messenger.chats()).toEqual(['a', 'b']);
    expect(world.messenger.seen[0]?.headline).toContain('[모아 보기]');
  });

  it('of an outage that came and went says once that it is over', async () => {
    await world.subscribe('a');
    world.sender('one', QUIET);
    const { incident, notice } = await declare('gov24');
    await held(notice, 1);
    const back = await resolve(incident);
    await held(back, 1);
    expect((await counts(notice)).superseded).toBe(1);
    world.clock.set(MORNING);
    await sent(back, 1);
    expect(world.messenger.seen.map((s) => s.headline)).toEqual([expect.stringContaining('[restoration]')]);
  });

  it('goes again as one message after a limit', async () => {
    await world.subscribe('a');
    await world.subscribe('a', { service: 'hometax' });
    world.messenger.script('a', { kind: 'retry', afterSeconds: 1, scope: 'chat', why: '429' });
    world.sender('one', QUIET);
    const [first, second] = [await declare('gov24'), await declare('hometax')];
    await held(first.notice, 1);
    await held(second.notice, 1);
    world.clock.set(MORNING);
    await sent(first.notice, 1);
    await sent(second.notice, 1);
    expect(world.messenger.seen.map((s) => s.headline)).toEqual([
      expect.stringContaining('[모아 보기]'),
      expect.stringContaining('[모아 보기]'),
    ]);
  });

  it('waits for the day of the digest where one was chosen, by day too', async () => {
    await world.subscribe('a', { quietHours: 'weekly' });
    world.clock.set('2023-11-17T04:00:00.000Z');
    world.sender('one', 'off');
    const { notice } = await declare('gov24');
    await held(notice, 1);
    world.clock.set('2023-11-18T23:00:30.000Z');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(world.messenger.seen).toEqual([]);
    world.clock.set('2023-11-19T23:00:30.000Z');
    await sent(notice, 1);
  });

  it('does not hold up what is critical', async () => {
    await world.subscribe('a');
    world.sender('one', QUIET);
    const { notice } = await declare('gov24', { critical: true });
    await sent(notice, 1);
  });
});
