import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  sql,
} from 'kysely';
import type { Connection, Dialect } from './dialect.ts';

const BUSY_TIMEOUT_MS = 5_000;
const STATEMENTS_KEPT = 200;

const dialect: Dialect = {
  kind: 'sqlite',
  locksRows: false,
  text: sql`text`,
  withSequence: (table, column) =>
    table.addColumn(column, 'integer', (c) => c.primaryKey().autoIncrement().notNull()),
  elements: (json) => sql`json_each(${json})`,
  // Every transaction begins as the one writer.
  lockMigrations: async () => undefined,
  isTransient: () => false,
};

/** Opens or makes a database file; `:memory:` lives as long as its connection. */
export function openSqlite(path: string): Connection {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    useWriteAheadLog(database);
    database.exec('pragma synchronous = full');
  } catch (error) {
    database.close();
    throw error;
  }
  return { db: new Kysely({ dialect: new NodeSqliteDialect(database) }), dialect };
}

/** Changing the journal of a file that another process is opening is refused at once, without the usual wait. */
function useWriteAheadLog(database: DatabaseSync): void {
  const wait = new Int32Array(new SharedArrayBuffer(4));
  for (let attempt = 1; ; attempt++) {
    try {
      database.exec('pragma journal_mode = wal');
      return;
    } catch (error) {
      if (attempt === 50 || !/locked|busy/i.test(String(error))) throw error;
      Atomics.wait(wait, 0, 0, 100);
    }
  }
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    super({ database: asKyselyExpects(database) });
    this.#database = database;
  }

  override createDriver(): SqliteDriver {
    return new ImmediateSqliteDriver({ database: asKyselyExpects(this.#database) });
  }
}

/** Takes the write lock at the start: a transaction that reads first and then writes could not get it later. */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** The built-in database in the shape that Kysely knows, with its statements kept for the next time. */
function asKyselyExpects(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = database.prepare(text);
    if (kept.size >= STATEMENTS_KEPT) {
      for (const oldest of kept.keys()) {
        kept.delete(oldest);
        break;
      }
    }
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
