import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDelivery } from '../../src/delivery/delivery.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import { Deposed } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { type OutboxWorld, outboxWorld } from '../delivery/outbox-world.ts';
import { actorOf } from '../support/context.ts';
import { eachDatabase } from '../support/databases.ts';
import { until } from '../support/program.ts';

let world: OutboxWorld;
afterEach(async () => {
  vi.restoreAllMocks();
  await world.close();
});

const declare = (service: 'gov24' | 'hometax' = 'gov24') =>
  declareIncident(world.context, actorOf(service === 'gov24' ? 'mois' : 'nts'), {
    services: [{ id: service, status: 'major_outage' }],
    state: 'investigating',
    message: { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' },
  });

async function declared(): Promise<string> {
  const told = await declare();
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
  return told.value.notice.id;
}

/** Everybody heard it once, and the books agree. */
async function toldOnce(notice: string, chats: number): Promise<void> {
  const progress = await until(
    'the end',
    async () => {
      const now = await world.store.campaigns.progress(notice, world.clock.now());
      return now?.finishedAt == null ? null : now;
    },
    20_000,
  );
  expect(progress.deliveries.sent).toBe(chats);
  expect(progress.audience).toBe(chats);
  expect(world.messenger.chats()).toEqual([...new Set(world.messenger.chats())]);
  expect(world.messenger.seen).toHaveLength(chats);
  const campaign = await world.store.campaigns.byNotice(notice);
  expect(await world.store.campaigns.check(campaign?.id ?? '')).toBeNull();
}

async function subscribe(chats: number): Promise<void> {
  for (let i = 0; i < chats; i++) await world.subscribe(`c${i}`);
}

/** The same store, each transaction and each call of the outbox later by so much. */
const slowed = (store: Store, ms: number): Store => {
  const late = <T extends object>(real: T): T =>
    new Proxy(real, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value !== 'function') return value;
        return async (...given: unknown[]) => {
          await new Promise((resolve) => setTimeout(resolve, ms));
          return Reflect.apply(value, target, given);
        };
      },
    });
  const { deliveries, campaigns, leases, lanes } = store;
  return {
    ...late({ transaction: store.transaction, ping: store.ping, close: store.close }),
    ...store,
    deliveries: late(deliveries),
    campaigns: late(campaigns),
    leases: late(leases),
    lanes: late(lanes),
  };
};

eachDatabase('trouble with the database and the clock', (kind) => {
  it('a slow database makes delivery slow, and nothing worse', async () => {
    world = await outboxWorld(kind);
    await subscribe(20);
    const sender = createDelivery({
      store: slowed(world.store, 120),
      clock: world.clock,
      messengers: [world.messenger],
      quietHours: 'off',
      logger: createLogger('silent'),
      metrics: createMetrics(),
      owner: { name: 'slow', isGone: () => false },
    });
    sender.start();
    await toldOnce(await declared(), 20);
    await sender.stop();
  });

  it('a clock that jumps an hour ahead and back again doubles and forgets nothing', async () => {
    world = await outboxWorld(kind);
    await subscribe(40);
    world.messenger.ratePerSecond = 30;
    world.sender();
    const notice = await declared();
    await until('the first', () => world.messenger.seen.length > 5);
    world.clock.forward(3_600);
    await until('more', () => world.messenger.seen.length > 20);
    world.clock.forward(-3_600);
    await toldOnce(notice, 40);
  });

  it('a leader whose lease passed while it slept is refused every write, and its successor tells everybody once', async () => {
    world = await outboxWorld(kind);
    await subscribe(10);
    const { leases, deliveries } = world.store;
    const now = world.clock.now();
    const stale = await leases.acquire('lane:telegram:bot', 'sleeper', now, now);
    world.clock.forward(60);
    world.sender('awake');
    await toldOnce(await declared(), 10);
    const fence = { lease: 'lane:telegram:bot', epoch: stale ?? 0 };
    const later = world.clock.now();
    await expect(
      deliveries.claim({ lane: 'telegram:bot', limit: 5, now: later, leaseUntil: later }, fence),
    ).rejects.toThrow(Deposed);
    await expect(deliveries.begin(['cmp.sub'], later, later, fence)).rejects.toThrow(Deposed);
    await expect(deliveries.settle([{ id: 'cmp.sub', state: 'sent' }], later, fence)).rejects.toThrow(
      Deposed,
    );
    await expect(deliveries.sweep(later, fence)).rejects.toThrow(Deposed);
  });
});

describe('a full disk (sqlite)', () => {
  it('stops everything that must be written down, and everybody is told once there is room again', async () => {
    const exec = vi.spyOn(DatabaseSync.prototype, 'exec');
    world = await outboxWorld('sqlite');
    const database = exec.mock.contexts[0];
    if (!(database instanceof DatabaseSync)) throw new Error('no database was opened');
    await subscribe(150);
    world.messenger.ratePerSecond = 60;
    world.sender();
    const notice = await declared();
    await until('the first', () => world.messenger.seen.length > 5);
    // No room for another page: what needs none still goes.
    database.exec('pragma max_page_count = 1');
    const refused = await until('a refusal', async () => {
      const told = await declare('hometax').catch((error: unknown) => error);
      return told instanceof Error ? told : null;
    });
    expect(refused.message).toContain('full');
    database.exec('pragma max_page_count = 1000000');
    await toldOnce(notice, 150);
  });
});
