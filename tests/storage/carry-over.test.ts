import { type RawBuilder, sql } from 'kysely';
import { expect, it } from 'vitest';
import type { DeliveryState } from '../../src/domain/campaign.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Connection } from '../../src/storage/dialect.ts';
import { within } from '../../src/storage/handle.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { migrations } from '../../src/storage/migrations/list.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { tablesOn } from '../../src/storage/tables.ts';
import {
  cards,
  claimFrom,
  claimIds,
  FENCE,
  fanOut,
  LANE,
  LEASE,
  notice,
  T0,
  t0Plus,
} from '../contracts/store-samples.ts';
import { type DatabaseKind, eachDatabase, emptyDatabase } from '../support/databases.ts';

/** A database as the first release left it. */
async function firstRelease(kind: DatabaseKind): Promise<Connection> {
  const setting = await emptyDatabase(kind);
  const connection = setting.kind === 'sqlite' ? await openSqlite(setting.path) : openPostgres(setting.url);
  await migrate(connection, T0, migrations.slice(0, 1));
  return connection;
}

/** Its tables are none of today's, so they are filled in their own words. */
async function insert(
  { db }: Connection,
  table: string,
  rows: readonly Readonly<Record<string, string | number | null>>[],
): Promise<void> {
  for (const row of rows) {
    const columns = Object.keys(row).map((column) => sql.ref(column));
    const values: RawBuilder<unknown>[] = Object.values(row).map((value) => sql`${value}`);
    await sql`insert into ${sql.table(table)} (${sql.join(columns)}) values (${sql.join(values)})`.execute(
      db,
    );
  }
}

const subscriber = (id: string, change: Record<string, string | null> = {}) => ({
  id,
  platform: 'telegram',
  workspace: 'allim',
  chat: `chat of ${id}`,
  kind: 'private',
  language: null,
  hint: 'ko',
  region: null,
  quiet_hours: null,
  announcements: 1,
  state: 'active',
  ended_because: null,
  created_at: T0,
  seen_at: T0,
  ...change,
});

const campaign = (n: number, change: Record<string, string | null> = {}) => ({
  id: `cmp_${n}`,
  notice: `ntc_${n}`,
  state: 'sending',
  resume_to: null,
  hold_until: T0,
  cursor: null,
  created_at: t0Plus(n),
  started_at: T0,
  finished_at: null,
  ...change,
});

const delivery = (n: number, to: string, state: DeliveryState, change: Record<string, unknown> = {}) => ({
  id: `dlv_${n}_${to}`,
  campaign: `cmp_${n}`,
  notice: `ntc_${n}`,
  subscriber: to,
  lane: LANE,
  priority: 2,
  state,
  due_at: t0Plus(1.234),
  attempts: 0,
  resent: 0,
  silent: 0,
  lease_until: null as string | null,
  started_at: null as string | null,
  message_id: null as string | null,
  error: null,
  ...change,
});

/** Everything that the first release could have written. */
async function fill(connection: Connection): Promise<void> {
  const tables = tablesOn(within(connection.dialect, connection.db));
  for (let n = 1; n <= 3; n++) {
    await tables.notices.insert(notice({ id: `ntc_${n}`, code: `2023-1117-${n}`, sequence: n }), cards);
  }
  await insert(connection, 'subscribers', [
    ...['sub_1', 'sub_2', 'sub_3', 'sub_4'].map((id) => subscriber(id)),
    subscriber('sub_5', { platform: 'slack', workspace: 'T1', language: 'en', quiet_hours: '22:00-07:00' }),
    subscriber('sub_6', { state: 'ended', ended_because: 'blocked' }),
  ]);
  await insert(connection, 'subscriptions', [
    { subscriber: 'sub_1', kind: 'service', target: 'gov24', created_at: T0 },
    { subscriber: 'sub_5', kind: 'everything', target: '*', created_at: T0 },
  ]);
  await insert(connection, 'follows', [
    { subscriber: 'sub_2', service: 'gov24', incident: null, created_at: T0, expires_at: t0Plus(99) },
  ]);
  await insert(connection, 'campaigns', [
    campaign(1),
    campaign(2, { state: 'superseded', finished_at: t0Plus(5) }),
    campaign(3, { state: 'fanning', cursor: 'sub_2' }),
  ]);
  await insert(connection, 'deliveries', [
    delivery(1, 'sub_1', 'sent', { message_id: 'm1', started_at: t0Plus(2), resent: 1 }),
    delivery(1, 'sub_2', 'sending', { started_at: t0Plus(3), lease_until: t0Plus(40) }),
    delivery(1, 'sub_3', 'uncertain', { started_at: t0Plus(3) }),
    delivery(1, 'sub_4', 'ready', { attempts: 2 }),
    delivery(1, 'sub_5', 'held', { lane: 'slack:T1', due_at: t0Plus(900) }),
    delivery(1, 'erased:dlv_x', 'sent'),
    delivery(1, 'erased:dlv_y', 'ended'),
    delivery(2, 'sub_1', 'sent', { message_id: 'm2' }),
    delivery(2, 'sub_2', 'superseded'),
    delivery(3, 'sub_1', 'ready'),
    delivery(3, 'sub_2', 'failed'),
  ]);
}

eachDatabase('a database of the first release', (kind) => {
  it('keeps every chat, promise and count when its outbox is made anew, and goes on where it was', async () => {
    const connection = await firstRelease(kind);
    await fill(connection);
    await migrate(connection, T0);
    const { subscribers, subscriptions, follows, campaigns, deliveries, leases } = tablesOn(
      within(connection.dialect, connection.db),
    );

    expect(await subscribers.get('sub_5')).toMatchObject({
      chat: { platform: 'slack', workspace: 'T1', id: 'chat of sub_5' },
      language: 'en',
      quietHours: '22:00-07:00',
    });
    expect(await subscribers.count()).toEqual({ active: 5, ended: 1 });
    expect((await subscriptions.of('sub_1')).map((s) => s.target.id)).toEqual(['gov24']);
    expect((await follows.of('sub_2', T0)).map((f) => f.service)).toEqual(['gov24']);

    expect(await campaigns.progress('ntc_1', T0)).toMatchObject({
      audience: 7,
      deliveries: { sent: 2, sending: 1, uncertain: 1, ready: 1, held: 1, ended: 1 },
      resent: 1,
    });
    expect(await campaigns.progress('ntc_2', T0)).toMatchObject({
      audience: 2,
      deliveries: { sent: 1, superseded: 1 },
    });
    for (const n of [1, 2, 3]) expect(await campaigns.check(`cmp_${n}`)).toBeNull();
    expect(await deliveries.get('cmp_1.sub_1')).toMatchObject({
      state: 'sent',
      messageId: 'm1',
      startedAt: t0Plus(2),
      dueAt: plusSeconds(T0, 1.234),
      lane: LANE,
    });
    expect(await deliveries.get('cmp_2.sub_2')).toMatchObject({ state: 'superseded' });

    expect(await leases.acquire(FENCE.lease, 'tests', T0, t0Plus(99))).toBe(FENCE.epoch);
    const page = () => fanOut({ campaigns }, 'cmp_3', {});
    const pages = [await page(), await page()];
    expect(pages.map((p) => p?.written)).toEqual([2, 1]);
    expect(await campaigns.progress('ntc_3', T0)).toMatchObject({
      audience: 5,
      deliveries: { ready: 4, failed: 1 },
    });
    expect(await campaigns.check('cmp_3')).toBeNull();
    expect(claimIds(await claimFrom({ deliveries }, LANE, 9, t0Plus(9), LEASE))).toEqual([
      'cmp_3.sub_3',
      'cmp_3.sub_4',
      'cmp_3.sub_1',
    ]);
    expect(claimIds(await claimFrom({ deliveries }, 'slack:T1', 9, t0Plus(900), LEASE))).toEqual([
      'cmp_3.sub_5',
    ]);
    expect((await deliveries.uncertain(LANE, 9)).map((c) => c.delivery.id)).toEqual(['cmp_1.sub_3']);

    const fresh = { id: 'sub_7', hint: null, at: T0 } as const;
    const chat = { platform: 'telegram', workspace: 'allim', id: 'new', kind: 'private' } as const;
    expect(await subscribers.ensure(chat, fresh)).toMatchObject({ id: 'sub_7' });
    await connection.db.destroy();
  });

  it('without a single chat is made anew as well', async () => {
    const connection = await firstRelease(kind);
    expect(await migrate(connection, T0)).toEqual(migrations.slice(1).map((m) => m.name));
    await connection.db.destroy();
  });
});
