import { afterEach, expect, it } from 'vitest';
import { fanOut } from '../../src/delivery/fan-out.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import type { Store } from '../../src/ports/store.ts';
import { eachDatabase } from '../support/databases.ts';
import { type OutboxWorld, outboxWorld } from './outbox-world.ts';

let world: OutboxWorld | null = null;
afterEach(async () => {
  await world?.close();
  world = null;
});

const console_ = { kind: 'console' } as const;

/** Declares an outage of a service with this title. @returns its notice */
async function declare(here: OutboxWorld, service: string, critical: boolean): Promise<string> {
  const outcome = await declareIncident(here.context, console_, {
    services: [{ id: service, status: 'major_outage' }],
    state: 'investigating',
    message: { ko: '확인하고 있어요.', en: 'Being looked into.' },
    critical,
  });
  if (!outcome.ok || outcome.value.notice === null) throw new Error('not declared');
  return outcome.value.notice.id;
}

eachDatabase('fan-out', (kind) => {
  it('a critical notice goes before the rest of a long campaign', async () => {
    world = await outboxWorld(kind);
    const here = world;
    for (let i = 0; i < 60; i++) await here.subscribe(`c${i}`);
    const long = await declare(here, 'gov24', false);
    let urgent = '';
    const walked: string[] = [];
    const campaigns: Store['campaigns'] = {
      ...here.store.campaigns,
      async fanOut(id, rule, _, ...rest) {
        const campaign = await here.store.campaigns.get(id);
        walked.push(campaign?.notice ?? '');
        const page = await here.store.campaigns.fanOut(id, rule, 20, ...rest);
        // Declared while the first page of the long one is written.
        if (walked.length === 1) urgent = await declare(here, 'gov24', true);
        return page;
      },
    };
    const epoch = await here.store.leases.acquire(
      'fan-out',
      'test',
      here.clock.now(),
      '2099-01-01T00:00:00.000Z',
    );
    const written = await fanOut({
      store: { ...here.store, campaigns },
      clock: here.clock,
      fence: { lease: 'fan-out', epoch: epoch ?? 0 },
      quietHours: 'off',
    });
    const pages = walked.filter((notice, at) => notice !== walked[at - 1]);
    expect(pages.slice(0, 2)).toEqual([long, urgent]);
    expect(pages.at(-1)).toBe(long);
    expect(written).toBe(120);
  });
});
