import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import { first } from './0001-first.ts';
import { outboxInNumbers } from './0002-outbox-in-numbers.ts';
import { installations } from './0003-installations.ts';
import { unanswered } from './0004-unanswered.ts';
import { desk } from './0006-desk.ts';

/** One step of the schema. Never changed once released: a later step mends it. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<Schema>, dialect: Dialect): Promise<void>;
}

/** All of them, in the order in which they apply. */
export const migrations: readonly Migration[] = [
  { name: '0001-first', up: first },
  { name: '0002-outbox-in-numbers', up: outboxInNumbers },
  { name: '0003-installations', up: installations },
  { name: '0004-unanswered', up: unanswered },
  { name: '0006-desk', up: desk },
];
