import { afterEach, expect, test, vi } from 'vitest';
import { createInbox, type Inbox } from '../../src/conversation/inbox.ts';
import { fromEpoch, plusSeconds } from '../../src/domain/instant.ts';
import type { Platform } from '../../src/domain/subscriber.ts';
import type { Inbound, InboundUpdate } from '../../src/ports/journal.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

/** The table as the store promises it, in memory: it survives the process that the test pretends to kill. */
function createTable() {
  type Row = InboundUpdate & { leaseUntil: string; settled: boolean };
  const rows = new Map<string, Row>();
  let away = false;
  const key = (platform: Platform, id: string) => `${platform}:${id}`;
  const inbound: Inbound = {
    async accept(updates, leaseUntil) {
      await Promise.resolve();
      if (away) throw new Error('database is away');
      const fresh: InboundUpdate[] = [];
      for (const update of updates) {
        if (rows.has(key(update.platform, update.id))) continue;
        const row = { ...update, attempts: 1, leaseUntil, settled: false };
        rows.set(key(update.platform, update.id), row);
        fresh.push(row);
      }
      return fresh;
    },
    async settle(platform, id) {
      const row = rows.get(key(platform, id));
      if (row) Object.assign(row, { settled: true, body: null });
    },
    async reclaim(now, leaseUntil, maxAttempts, limit) {
      let abandoned = 0;
      const updates: InboundUpdate[] = [];
      for (const row of rows.values()) {
        if (row.settled || row.leaseUntil > now || updates.length >= limit) continue;
        if (row.attempts >= maxAttempts) {
          Object.assign(row, { settled: true, body: null });
          abandoned += 1;
          continue;
        }
        Object.assign(row, { attempts: row.attempts + 1, leaseUntil });
        updates.push({ ...row });
      }
      return { updates, abandoned };
    },
    async owners() {
      return [];
    },
    async orphan() {},
    async purge() {
      return 0;
    },
  };
  return {
    inbound,
    unsettled: () => [...rows.values()].filter((row) => !row.settled).map((row) => row.id),
    setAway(value: boolean) {
      away = value;
    },
  };
}

const logger = createLogger('silent');
const inboxes: Inbox[] = [];
let now = fromEpoch(Date.UTC(2023, 10, 17, 5));
const clock = { now: () => now, random: () => 0.5 };

function open(table: ReturnType<typeof createTable>) {
  const inbox = createInbox({
    store: { inbound: table.inbound },
    clock,
    owner: { name: 'here', isGone: () => false },
    logger,
    metrics: createMetrics(),
  });
  inboxes.push(inbox);
  return inbox;
}

const arrival = (id: string, chat = 'a', body: unknown = id) => ({ id, chat, body });
const settled = (table: ReturnType<typeof createTable>) =>
  vi.waitFor(() => expect(table.unsettled()).toEqual([]));

afterEach(async () => {
  await Promise.all(inboxes.splice(0).map((inbox) => inbox.stop()));
});

test('works the updates of one chat one after another and other chats meanwhile', async () => {
  const table = createTable();
  const inbox = open(table);
  const log: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  inbox.handle('telegram', async (body) => {
    log.push(`begin ${body}`);
    if (body === 'a1') await gate;
    log.push(`end ${body}`);
  });
  await inbox.accept('telegram', [arrival('a1'), arrival('a2'), arrival('b1', 'b')]);
  await vi.waitFor(() => expect(log).toContain('end b1'));
  expect(log).not.toContain('begin a2');
  release();
  await settled(table);
  expect(log.filter((line) => line.includes(' a'))).toEqual(['begin a1', 'end a1', 'begin a2', 'end a2']);
});

test('keeps the order of arrivals handed in at the same time', async () => {
  const table = createTable();
  const inbox = open(table);
  const seen: unknown[] = [];
  inbox.handle('slack', async (body) => {
    seen.push(body);
  });
  const ids = Array.from({ length: 30 }, (_, i) => `e${i}`);
  await Promise.all(ids.map((id) => inbox.accept('slack', [arrival(id)])));
  await settled(table);
  expect(seen).toEqual(ids);
});

test('works a repeated update once, also when both come in one batch', async () => {
  const table = createTable();
  const inbox = open(table);
  const seen: unknown[] = [];
  inbox.handle('telegram', async (body) => {
    seen.push(body);
  });
  await Promise.all([
    inbox.accept('telegram', [arrival('1'), arrival('1')]),
    inbox.accept('telegram', [arrival('1')]),
  ]);
  await inbox.accept('telegram', [arrival('1')]);
  await settled(table);
  expect(seen).toEqual(['1']);
});

test('the same id on another platform is another update', async () => {
  const table = createTable();
  const inbox = open(table);
  const seen: unknown[] = [];
  for (const platform of ['telegram', 'slack'] as const)
    inbox.handle(platform, async () => {
      seen.push(platform);
    });
  await inbox.accept('telegram', [arrival('1')]);
  await inbox.accept('slack', [arrival('1')]);
  await settled(table);
  expect(seen).toEqual(['telegram', 'slack']);
});

test('is not acknowledged when the database is away, and works the repeat later', async () => {
  const table = createTable();
  const inbox = open(table);
  const seen: unknown[] = [];
  inbox.handle('telegram', async (body) => {
    seen.push(body);
  });
  table.setAway(true);
  await expect(inbox.accept('telegram', [arrival('1')])).rejects.toThrow('away');
  table.setAway(false);
  await inbox.accept('telegram', [arrival('1')]);
  await settled(table);
  expect(seen).toEqual(['1']);
});

test('settles work that fails and goes on with the next', async () => {
  const table = createTable();
  const inbox = open(table);
  const seen: unknown[] = [];
  inbox.handle('telegram', async (body) => {
    if (body === 'bad') throw new Error('no good');
    seen.push(body);
  });
  await inbox.accept('telegram', [arrival('1', 'a', 'bad'), arrival('2', 'a', 'good')]);
  await settled(table);
  expect(seen).toEqual(['good']);
});

test('answers once what a crash left between accepting and settling', async () => {
  const table = createTable();
  const before = open(table);
  before.handle('telegram', () => new Promise(() => {}));
  await before.accept('telegram', [arrival('1'), arrival('2')]);
  expect(table.unsettled()).toEqual(['1', '2']);

  now = plusSeconds(now, 61);
  const after = open(table);
  const seen: unknown[] = [];
  after.handle('telegram', async (body) => {
    seen.push(body);
  });
  after.start();
  await settled(table);
  await after.accept('telegram', [arrival('1')]);
  expect(seen).toEqual(['1', '2']);
  inboxes.splice(inboxes.indexOf(before), 1);
});

test('does not queue again what it still has under way when the lease runs out', async () => {
  const table = createTable();
  const inbox = open(table);
  let begun = 0;
  let release = () => {};
  inbox.handle('telegram', async () => {
    begun += 1;
    await new Promise<void>((resolve) => {
      release = resolve;
    });
  });
  await inbox.accept('telegram', [arrival('1')]);
  now = plusSeconds(now, 61);
  inbox.start();
  await new Promise((resolve) => setImmediate(resolve));
  release();
  await settled(table);
  expect(begun).toBe(1);
});

test('gives up on an update that three starts could not finish', async () => {
  const table = createTable();
  let begun = 0;
  for (let start = 0; start < 4; start++) {
    const inbox = open(table);
    inbox.handle('telegram', () => {
      begun += 1;
      return new Promise(() => {});
    });
    if (start === 0) await inbox.accept('telegram', [arrival('1')]);
    else {
      inbox.start();
      await new Promise((resolve) => setImmediate(resolve));
    }
    now = plusSeconds(now, 61);
    inboxes.pop();
  }
  await settled(table);
  expect(begun).toBe(3);
});

test('drops what goes beyond a hundred waiting in one chat, and settles it', async () => {
  const table = createTable();
  const inbox = open(table);
  let begun = 0;
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  inbox.handle('telegram', async () => {
    begun += 1;
    await gate;
  });
  await inbox.accept(
    'telegram',
    Array.from({ length: 150 }, (_, i) => arrival(`${i}`)),
  );
  await vi.waitFor(() => expect(table.unsettled()).toHaveLength(101));
  release();
  await settled(table);
  expect(begun).toBe(101);
});

test('stopping waits for what is under way and begins nothing more', async () => {
  const table = createTable();
  const inbox = open(table);
  const log: string[] = [];
  let release = () => {};
  inbox.handle('telegram', async (body) => {
    log.push(`begin ${body}`);
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    log.push(`end ${body}`);
  });
  await inbox.accept('telegram', [arrival('1'), arrival('2')]);
  let stopped = false;
  const stopping = inbox.stop().then(() => {
    stopped = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).toBe(false);
  release();
  await stopping;
  expect(log).toEqual(['begin 1', 'end 1']);
  expect(table.unsettled()).toEqual(['2']);
});
