import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Connection, Dialect } from './dialect.ts';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 10_000;
/** Any number, as long as every version of this program uses the same. */
const MIGRATION_LOCK = 1_905_202_411;
const INT8 = pg.types.builtins.INT8;
const TRANSIENT = new Set(['40001', '40P01']);

const dialect: Dialect = {
  kind: 'postgres',
  locksRows: true,
  text: sql`text collate "C"`,
  whole: 'bigint',
  clustered: (table) => table,
  pageMs: 100,
  withSequence: (table, column) =>
    table.addColumn(column, 'bigint', (c) => c.primaryKey().generatedAlwaysAsIdentity()),
  elements: (json) => sql`json_array_elements(${json}::json)`,
  lockMigrations: async (db) => {
    await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(db);
  },
  isTransient: (error) => error instanceof pg.DatabaseError && TRANSIENT.has(error.code ?? ''),
};

/** Opens a pool of connections. Nothing is connected before the first query. */
export function openPostgres(url: string): Connection {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: {
      // Counts and sequences come as text by default; ours stay far below 2^53.
      getTypeParser: (type: number, format: 'text' | 'binary' = 'text') =>
        type === INT8 && format === 'text' ? Number : pg.types.getTypeParser(type, format as 'text'),
    },
  });
  // A connection that breaks at rest, or between two queries of a transaction, would end the process; the next query
  // gets a new one or says what is wrong.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), dialect };
}
