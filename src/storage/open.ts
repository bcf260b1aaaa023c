import { sql } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { MemoOf } from '../ports/memo.ts';
import type { Store } from '../ports/store.ts';
import { DatabaseError } from './database-error.ts';
import type { Connection } from './dialect.ts';
import { direct, inTransaction, within } from './handle.ts';
import { memosOn } from './memo.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { tablesOn } from './tables.ts';

export type DatabaseSetting =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string };

/** What a database is for. It remembers, and cannot be used for the other. */
export type Mode = 'live' | 'sandbox';

export interface OpenDatabase {
  readonly store: Store;
  readonly memo: MemoOf;
  close(): Promise<void>;
}

/**
 * Opens a database, making it and bringing its tables up to date first; any number may do so at once.
 * @throws DatabaseError when it cannot be reached, is newer than this program or is of the other mode
 */
export async function openDatabase(
  database: DatabaseSetting,
  { mode, clock }: { readonly mode: Mode; readonly clock: Clock },
): Promise<OpenDatabase> {
  const connection = await reach(database);
  const close = once(() => connection.db.destroy());
  try {
    await migrate(connection, clock.now());
    await rememberMode(connection, mode);
  } catch (error) {
    await close();
    throw error;
  }
  return { store: storeOn(connection, close), memo: memosOn(connection, clock), close };
}

/** @throws DatabaseError that names the variable to look at */
async function reach(database: DatabaseSetting): Promise<Connection> {
  const name = database.kind === 'sqlite' ? database.path : withoutPassword(database.url);
  try {
    const connection =
      database.kind === 'sqlite' ? await openSqlite(database.path) : openPostgres(database.url);
    try {
      await sql`select 1`.execute(connection.db);
    } catch (error) {
      await connection.db.destroy();
      throw error;
    }
    return connection;
  } catch (error) {
    throw new DatabaseError(`The database ${name} cannot be opened: ${whyOf(error)}. Check DATABASE_URL.`, {
      cause: error,
    });
  }
}

/** Node joins the failures of several addresses into one error without a message. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return 'at the given address';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

function storeOn(connection: Connection, close: () => Promise<void>): Store {
  return {
    ...tablesOn(direct(connection)),
    transaction: (work) => inTransaction(connection, (db) => work(tablesOn(within(connection.dialect, db)))),
    async ping() {
      try {
        await connection.db.selectFrom('meta').select('key').limit(1).execute();
        return true;
      } catch {
        return false;
      }
    },
    close,
  };
}

const REMEDY: { readonly [M in Mode]: string } = {
  live: 'Set DATABASE_URL to another database (for example sqlite:./data/allim.db), or unset the TELEGRAM_* and SLACK_* credentials to start the sandbox.',
  sandbox:
    'Set DATABASE_URL to another database (for example sqlite:./data/sandbox.db), or set the TELEGRAM_* or SLACK_* credentials to start with the real platforms.',
};

async function rememberMode(connection: Connection, mode: Mode): Promise<void> {
  const remembered = await inTransaction(connection, async (db) => {
    await db
      .insertInto('meta')
      .values({ key: 'mode', value: mode })
      .onConflict((c) => c.doNothing())
      .execute();
    return db.selectFrom('meta').select('value').where('key', '=', 'mode').executeTakeFirstOrThrow();
  });
  if (remembered.value === mode) return;
  throw new DatabaseError(
    `This database belongs to the ${remembered.value} bot and cannot be used in ${mode} mode. ${REMEDY[mode]}`,
  );
}

/** Runs it the first time; later calls get the same end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}
