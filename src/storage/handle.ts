import type { Kysely } from 'kysely';
import type { Connection, Dialect } from './dialect.ts';
import type { Schema } from './schema.ts';

const ATTEMPTS = 5;

/** What a repository works on: the database itself, or one transaction of it. */
export interface Handle {
  readonly db: Kysely<Schema>;
  readonly dialect: Dialect;
  /** All or nothing: in the transaction this handle stands for, or in one of its own. */
  atomically<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
}

/** Outside a transaction: each statement is its own. */
export const direct = (connection: Connection): Handle => ({
  ...connection,
  atomically: (work) => inTransaction(connection, work),
});

/** Inside one: everything goes the same way. */
export const within = (dialect: Dialect, db: Kysely<Schema>): Handle => ({
  db,
  dialect,
  atomically: (work) => work(db),
});

/** Runs work in one transaction, anew when the database gave it up in favour of another. */
export async function inTransaction<T>(
  { db, dialect }: Connection,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !dialect.isTransient(error)) throw error;
    }
  }
}
