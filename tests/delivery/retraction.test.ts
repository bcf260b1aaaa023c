import { afterEach, beforeEach, expect, it } from 'vitest';
import { declareIncident } from '../../src/operations/incidents.ts';
import { withdrawNotice } from '../../src/operations/take-back.ts';
import { actorOf } from '../support/context.ts';
import { eachDatabase } from '../support/databases.ts';
import { until } from '../support/program.ts';
import { type OutboxWorld, outboxWorld } from './outbox-world.ts';

const operator = actorOf('mois');
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };
const QUIET_NOW = '13:00-15:00';

eachDatabase('a notice that is withdrawn', (kind) => {
  let world: OutboxWorld;
  beforeEach(async () => {
    world = await outboxWorld(kind);
  });
  afterEach(() => world.close());

  it('is taken back from exactly those who got it, whatever their quiet hours, and reaches nobody else', async () => {
    const { store, context, messenger } = world;
    const told = await Promise.all(Array.from({ length: 12 }, (_, n) => world.subscribe(`told${n}`)));
    await world.subscribe('asleep', { quietHours: QUIET_NOW });
    await world.subscribe('closed');
    await world.subscribe('other', { service: 'hometax' });
    messenger.script('closed', { kind: 'refused', why: 'forbidden', fault: 'chat' });
    world.sender();
    const declared = await declareIncident(context, operator, {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message,
    });
    const notice = declared.ok ? (declared.value.notice?.id ?? '') : '';
    await until('the first notice', async () => {
      const progress = await store.campaigns.progress(notice, world.clock.now());
      return progress?.deliveries.sent === told.length && progress.deliveries.held === 1 ? true : null;
    });

    for (const { id } of told) await store.subscribers.change(id, { quietHours: QUIET_NOW });
    const seenBefore = messenger.seen.length;
    const withdrawn = await withdrawNotice(context, operator, notice, {});
    const by = withdrawn.ok ? withdrawn.value.by.id : '';
    const progress = await until('the retraction', async () => {
      const found = await store.campaigns.progress(by, world.clock.now());
      return found?.finishedAt == null ? null : found;
    });
    expect(progress).toMatchObject({ audience: told.length, deliveries: { sent: told.length, held: 0 } });
    const heard = messenger.seen.slice(seenBefore);
    expect(heard.map(({ chat }) => chat).sort()).toEqual(told.map(({ chat }) => chat.id).sort());
    expect(heard.every(({ silent }) => !silent)).toBe(true);
    expect(await store.campaigns.progress(notice, world.clock.now())).toMatchObject({
      deliveries: { held: 0, cancelled: 1 },
    });
  });
});
