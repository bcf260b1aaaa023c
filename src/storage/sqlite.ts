import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely';
import type { Connection, Dialect } from './dialect.ts';

const STATEMENTS_KEPT = 200;
/** How long another process's write is waited for: 10 seconds, without holding up the event loop. */
const BUSY_WAIT_MS = 20;
const BUSY_ATTEMPTS = 500;
const SQLITE_BUSY = 5;

const dialect: Dialect = {
  kind: 'sqlite',
  locksRows: false,
  text: sql`text`,
  whole: 'integer',
  clustered: (table) => table.modifyEnd(sql`without rowid`),
  pageMs: 9,
  withSequence: (table, column) =>
    table.addColumn(column, 'integer', (c) => c.primaryKey().autoIncrement().notNull()),
  elements: (json) => sql`json_each(${json})`,
  // Every transaction begins as the one writer.
  lockMigrations: async () => undefined,
  isTransient: () => false,
};

/** Opens or makes a database file, with its folder; `:memory:` lives as long as its connection. */
export async function openSqlite(path: string): Promise<Connection> {
  if (path !== ':memory:') makeFolder(dirname(path));
  const database = new DatabaseSync(path, { timeout: 0, enableForeignKeyConstraints: true });
  try {
    await patiently(() => database.exec('pragma journal_mode = wal'));
    database.exec('pragma synchronous = full');
  } catch (error) {
    database.close();
    throw error;
  }
  return { db: new Kysely({ dialect: new NodeSqliteDialect(database) }), dialect };
}

/** Node's own recursive mkdir never returns where nothing can be made, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have been quicker.
    if (!existsSync(path)) throw error;
  }
}

/** Runs it again and again while another process writes. */
async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === BUSY_ATTEMPTS || !isBusy(error)) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}

/** The low byte is the kind of error, the rest its shade. */
const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === SQLITE_BUSY;

class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;
  readonly #shaped: SqliteDatabase;

  constructor(database: DatabaseSync) {
    const shaped = asKyselyExpects(database);
    super({ database: shaped });
    this.#database = database;
    this.#shaped = shaped;
  }

  override createDriver(): SqliteDriver {
    return new PatientSqliteDriver(this.#database, this.#shaped);
  }
}

class PatientSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  #connection: DatabaseConnection | null = null;

  constructor(database: DatabaseSync, shaped: SqliteDatabase) {
    super({ database: shaped });
    this.#database = database;
  }

  /** There is only one. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new PatientConnection(await super.acquireConnection());
    return this.#connection;
  }

  /** Takes the write lock at the start: a transaction that reads first and then writes could not get it later. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk has rolled back already: that it had is what matters, and what was wrong must not be hidden by this. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** Inside a transaction nothing is ever busy, so only what stands alone, or begins one, is run again. */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return patiently(() => this.#connection.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#connection.streamQuery<R>(query, chunkSize);
  }
}

/** The built-in database in the shape that Kysely knows, with its statements kept for the next time. */
function asKyselyExpects(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    const [oldest] = kept.keys();
    if (kept.size >= STATEMENTS_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(text, statement);
    return statement;
  };
  return {
    close: () => database.close(),
    prepare(text) {
      const statement = prepared(text);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(scalar)),
        run: (parameters) => statement.run(...parameters.map(scalar)),
        iterate: (parameters) => statement.iterate(...parameters.map(scalar)),
      };
    },
  };
}

/** An object as the first parameter would be taken for named ones, and a truth value has no form of its own. */
function scalar(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    return value;
  }
  throw new TypeError(`Only text, numbers and null can be stored, not ${typeof value}`);
}
