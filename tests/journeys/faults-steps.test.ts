import { afterEach, describe, expect, it } from 'vitest';
import { createDelivery } from '../../src/delivery/delivery.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { type OutboxWorld, outboxWorld } from '../delivery/outbox-world.ts';
import { actorOf } from '../support/context.ts';
import { eachDatabase } from '../support/databases.ts';
import { until } from '../support/program.ts';
import { deliveriesOf } from './crowd.ts';
import { type Death, mortal } from './mortal.ts';

const CHATS = 12;

/** Everything between the official's act and the end of the campaign. */
const DEATHS: readonly Death[] = (
  [
    'campaigns.fanOut',
    'deliveries.claim',
    'deliveries.begin',
    'send',
    'transaction',
    'campaigns.finish',
  ] as const
).flatMap((at) => [
  { at, when: 'before' },
  { at, when: 'after' },
]);

eachDatabase('a process that dies', (kind) => {
  let world: OutboxWorld;
  afterEach(() => world.close());

  describe.each(DEATHS)('$when $at', (death) => {
    it('leaves everybody told, and tells nobody twice but who was on the wire', async () => {
      world = await outboxWorld(kind);
      world.messenger.ratePerSecond = 200;
      for (let i = 0; i < CHATS; i++) await world.subscribe(`c${i}`);
      const process = mortal(world.store, world.messenger, death);
      createDelivery({
        store: process.store,
        clock: world.clock,
        messengers: [process.messenger],
        quietHours: 'off',
        logger: createLogger('silent'),
        metrics: createMetrics(),
        owner: { name: 'mortal', isGone: () => false },
      }).start();
      const told = await declareIncident(world.context, actorOf('mois'), {
        services: [{ id: 'gov24', status: 'major_outage' }],
        state: 'investigating',
        message: { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' },
      });
      if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
      const notice = told.value.notice.id;
      await process.dead;
      // What the platform was already given arrives all the same.
      await new Promise((resolve) => setTimeout(resolve, 30));
      const out = (await deliveriesOf(world.store, notice)).filter(({ state }) => state === 'sending');

      world.bury('mortal');
      world.sender('successor');
      const progress = await until('the end', async () => {
        const now = await world.store.campaigns.progress(notice, world.clock.now());
        return now?.finishedAt == null ? null : now;
      });

      const rows = await deliveriesOf(world.store, notice);
      const seen = Map.groupBy(world.messenger.seen, ({ chat }) => chat);
      expect(seen.size).toBe(CHATS);
      const surplus = world.messenger.seen.length - CHATS;
      expect(surplus).toBeLessThanOrEqual(out.length);
      expect(progress).toMatchObject({ audience: CHATS, resent: out.length });
      expect(progress.deliveries.sent).toBe(CHATS);
      for (const [, times] of seen)
        if (times.length > 1) expect(times.map((s) => s.silent)).toEqual([false, true]);
      expect(
        rows
          .filter(({ resent }) => resent)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(out.map(({ id }) => id).sort());
      const campaign = await world.store.campaigns.byNotice(notice);
      expect(await world.store.campaigns.check(campaign?.id ?? '')).toBeNull();
    });
  });
});
