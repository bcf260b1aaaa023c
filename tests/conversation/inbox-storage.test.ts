import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createInbox } from '../../src/conversation/inbox.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { type TestWorld, testWorld } from '../support/context.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const open = (work: (body: unknown) => Promise<void>, name = 'first', isGone = (_: string) => false) => {
  const { store, clock } = world.context;
  const inbox = createInbox({
    store,
    clock,
    owner: { name, isGone },
    logger: createLogger('silent'),
    metrics: createMetrics(),
  });
  inbox.handle('telegram', work);
  return inbox;
};

test('on the real database: in order, once, and what a crash left is answered after the lease', async () => {
  const crashed = open(() => new Promise(() => {}));
  await crashed.accept('telegram', [
    { id: '1', chat: 'a', body: { n: 1 } },
    { id: '2', chat: 'a', body: { n: 2 } },
  ]);
  world.clock.forward(61);
  const seen: unknown[] = [];
  const inbox = open(async (body) => {
    seen.push(body);
  });
  inbox.start();
  await vi.waitFor(() => expect(seen).toEqual([{ n: 1 }, { n: 2 }]));
  await inbox.accept('telegram', [
    { id: '2', chat: 'a', body: { n: 2 } },
    { id: '3', chat: 'a', body: { n: 3 } },
  ]);
  await vi.waitFor(() => expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]));
  await inbox.stop();
  world.clock.forward(61);
  const left = await world.context.store.inbound.reclaim(world.clock.now(), world.clock.now(), 3, 10, 'x');
  expect(left).toEqual({ updates: [], abandoned: 0 });
});

test('what a process held that is known to be dead is answered at once, what a living one holds is left to it', async () => {
  const never = () => new Promise<void>(() => {});
  await open(never, 'dead').accept('telegram', [{ id: '1', chat: 'a', body: { n: 1 } }]);
  await open(never, 'alive').accept('telegram', [{ id: '2', chat: 'b', body: { n: 2 } }]);
  const seen: unknown[] = [];
  const inbox = open(
    async (body) => {
      seen.push(body);
    },
    'heir',
    (name) => name === 'dead',
  );
  inbox.start();
  await vi.waitFor(() => expect(seen).toEqual([{ n: 1 }]));
  await inbox.stop();
  expect(seen).toEqual([{ n: 1 }]);
});
