import { CompiledQuery, type KyselyPlugin, type PluginTransformQueryArgs } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Audience } from '../../src/domain/audience.ts';
import type { Tables } from '../../src/ports/store.ts';
import type { Connection } from '../../src/storage/dialect.ts';
import { within } from '../../src/storage/handle.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { tablesOn } from '../../src/storage/tables.ts';
import {
  deliveriesTo,
  FENCE,
  fanOut,
  LANE,
  makeCampaign,
  makeChats,
  T0,
  t0Plus,
} from '../contracts/store-samples.ts';

let connection: Connection;

beforeAll(async () => {
  connection = await openSqlite(':memory:');
  await migrate(connection, T0);
  const tables = tablesOn(within(connection.dialect, connection.db));
  await makeChats(tables, 2);
  await makeCampaign(tables, 1);
  await makeCampaign(tables, 2);
  await tables.leases.acquire(FENCE.lease, 'tests', T0, t0Plus(1_000));
  await tables.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2']));
  // Those of the second campaign stand in line, as a fan-out leaves them.
  for (const id of ['sub_1', 'sub_2']) await tables.subscribers.change(id, { announcements: true });
  await makeCampaign(tables, 3, { campaign: { state: 'holding' } });
  await fanOut(tables, 'cmp_3', {});
});
afterAll(() => connection.db.destroy());

/** How SQLite goes about each statement of an act: one line a table. */
async function planOf(act: (tables: Tables) => Promise<unknown>): Promise<readonly string[]> {
  const asked: CompiledQuery[] = [];
  const listener: KyselyPlugin = {
    transformQuery: ({ node }: PluginTransformQueryArgs) => {
      asked.push(connection.db.getExecutor().compileQuery(node, { queryId: 'plan' }));
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  // Undone afterwards, so that each act finds the same rows.
  await connection.db
    .transaction()
    .execute(async (db) => {
      await act(tablesOn(within(connection.dialect, db.withPlugin(listener))));
      throw new Error('undone');
    })
    .catch((error) => {
      if (!(error instanceof Error) || error.message !== 'undone') throw error;
    });
  const lines: string[] = [];
  for (const query of asked) {
    if (!/^\s*(select|with|insert|update|delete)/i.test(query.sql)) continue;
    const { rows } = await connection.db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
    );
    lines.push(...rows.map((row) => row.detail));
  }
  return lines;
}

/** Reads from the first to the last row of a table that grows. */
const wholeTable =
  /^SCAN (d|s|p|f|n|deliveries|subscribers|subscriptions|follows|notices)\b(?!.*USING INDEX)/;

it('claiming reads the queue by its index and never the history', async () => {
  const plan = await planOf((tables) =>
    tables.deliveries.claim({ lane: LANE, limit: 1, now: T0, leaseUntil: t0Plus(10) }, FENCE),
  );
  expect(plan).toContainEqual(
    expect.stringMatching(
      /SEARCH d USING (COVERING )?INDEX deliveries_waiting \(campaign=\? AND lane=\? AND priority=\? AND language=\? AND due_at<\?\)/,
    ),
  );
  expect(plan).toContainEqual('SEARCH d USING PRIMARY KEY (campaign=? AND subscriber>? AND subscriber<?)');
  expect(plan.filter((line) => wholeTable.test(line))).toEqual([]);
});

it('the next due row is the first of its queue', async () => {
  await connection.db.deleteFrom('delivery_lines').execute();
  const plan = await planOf((tables) => tables.deliveries.nextDue(LANE));
  const first =
    /^SEARCH d USING INDEX deliveries_waiting \(campaign=\? AND lane=\? AND priority=\? AND language=\?\)/;
  expect(plan).toContainEqual(expect.stringMatching(first));
  expect(plan.filter((line) => wholeTable.test(line))).toEqual([]);
});

it('campaigns that are over are passed by, however many', async () => {
  for (const act of [
    (tables: Tables) => tables.deliveries.nextDue(LANE),
    (tables: Tables) => tables.deliveries.lanes(),
    (tables: Tables) => tables.campaigns.active(),
    (tables: Tables) => tables.campaigns.toFanOut(T0),
    (tables: Tables) => tables.campaigns.finish(T0, FENCE),
  ]) {
    const plan = await planOf(act);
    expect(plan).toContainEqual(expect.stringContaining('campaigns_unfinished'));
    expect(plan.filter((line) => /^SCAN (q|c|campaigns)\b(?!.*campaigns_unfinished)/.test(line))).toEqual([]);
  }
});

it('sweeping reads only what is under way', async () => {
  const plan = await planOf((tables) => tables.deliveries.sweep(T0, FENCE));
  expect(plan).toContainEqual(expect.stringContaining('deliveries_under_way'));
  expect(plan.filter((line) => wholeTable.test(line))).toEqual([]);
});

it('requeueing reads only what is uncertain, finishing and superseding only their own', async () => {
  for (const act of [
    (tables: Tables) => tables.deliveries.requeueUncertain(LANE, T0, FENCE),
    (tables: Tables) => tables.campaigns.finish(T0, FENCE),
    (tables: Tables) => tables.campaigns.supersede('inc_1', 2, T0),
    (tables: Tables) => tables.deliveries.endFor('sub_1', 'left'),
  ]) {
    expect((await planOf(act)).filter((line) => wholeTable.test(line))).toEqual([]);
  }
});

it('an audience is read along the index of each target, from the cursor', async () => {
  const subscribers: Audience = {
    kind: 'subscribers',
    services: ['gov24'],
    agencies: ['mois'],
    categories: [],
    scope: ['busan'],
  };
  const told: Audience = { kind: 'told', incident: 'inc_1', services: ['gov24'] };
  for (const audience of [subscribers, told]) {
    const plan = await planOf((tables) => tables.deliveries.audience(audience, 'sub_1', 100));
    expect(plan.filter((line) => wholeTable.test(line))).toEqual([]);
    expect(plan).toContainEqual(expect.stringMatching(/SEARCH (p|d) .*subscriber>\?/));
  }
});
