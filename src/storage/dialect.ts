import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** All in which the two databases differ. Everything else is said once, for both. */
export interface Dialect {
  readonly kind: 'sqlite' | 'postgres';
  /** True where rows can be locked one by one; else the whole database has one writer at a time. */
  readonly locksRows: boolean;
  /** The column type of text compared byte by byte, so that both databases sort alike, and as JavaScript does. */
  readonly text: RawBuilder<unknown>;
  /** The column type of whole numbers as large as JavaScript holds exactly. */
  readonly whole: 'integer' | 'bigint';
  /** Keeps the rows of a table in the order of its primary key, where the database can. */
  clustered<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
  /** How long one page of a long walk may take, in milliseconds: where the database shares our thread, everything else waits. */
  readonly pageMs: number;
  /** Adds a primary key that counts up by itself. */
  withSequence<T extends string>(table: CreateTableBuilder<T>, column: string): CreateTableBuilder<T, string>;
  /** The elements of a JSON array as rows of one column, `value`. */
  elements(json: string): RawBuilder<unknown>;
  /** Lets one migration run at a time; held until the transaction ends. */
  lockMigrations(db: Kysely<Schema>): Promise<void>;
  /** True of an error that goes away when the transaction is run again. */
  isTransient(error: unknown): boolean;
}

/** An open database and its ways. */
export interface Connection {
  readonly db: Kysely<Schema>;
  readonly dialect: Dialect;
}
