import { Keyv, type KeyvStoreAdapter } from 'keyv';
import { fromEpoch, plusSeconds, toEpoch } from '../domain/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { MemoOf } from '../ports/memo.ts';
import type { Connection } from './dialect.ts';

const SWEEP_EVERY_SECONDS = 60;

/** Entries with a life time, on our database, by our clock. One for each Keyv: it carries that one's namespace. */
export class MemoStorage implements KeyvStoreAdapter {
  readonly opts: { readonly dialect: string };
  namespace: string | undefined;
  readonly #connection: Connection;
  readonly #clock: Clock;
  #sweepAt = '';

  constructor(connection: Connection, clock: Clock) {
    this.opts = { dialect: connection.dialect.kind };
    this.#connection = connection;
    this.#clock = clock;
  }

  /** Errors reach the caller; there are no others to tell of. */
  on(): this {
    return this;
  }

  async get<Value>(key: string): Promise<Value | undefined> {
    const row = await this.#connection.db
      .selectFrom('memo')
      .select('value')
      .where('namespace', '=', this.#space)
      .where('key', '=', key)
      .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', this.#clock.now())]))
      .executeTakeFirst();
    // Keyv hands in what it serialised and reads it back itself.
    return row?.value as Value | undefined;
  }

  /** @param ttl milliseconds to live; none: for ever */
  async set(key: string, value: string, ttl?: number): Promise<boolean> {
    const now = this.#clock.now();
    await this.#sweep(now);
    const entry = { value, expires_at: ttl === undefined ? null : fromEpoch(toEpoch(now) + ttl) };
    await this.#connection.db
      .insertInto('memo')
      .values({ namespace: this.#space, key, ...entry })
      .onConflict((c) => c.columns(['namespace', 'key']).doUpdateSet(entry))
      .execute();
    return true;
  }

  async delete(key: string): Promise<boolean> {
    const result = await this.#connection.db
      .deleteFrom('memo')
      .where('namespace', '=', this.#space)
      .where('key', '=', key)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }

  async clear(): Promise<void> {
    await this.#connection.db.deleteFrom('memo').where('namespace', '=', this.#space).execute();
  }

  get #space(): string {
    return this.namespace ?? '';
  }

  async #sweep(now: string): Promise<void> {
    if (now < this.#sweepAt) return;
    this.#sweepAt = plusSeconds(now, SWEEP_EVERY_SECONDS);
    await this.#connection.db.deleteFrom('memo').where('expires_at', '<=', now).execute();
  }
}

/** Memos on a database. Only our clock ends an entry: Keyv's own would be the machine's, also in a replay. */
export const memosOn =
  (connection: Connection, clock: Clock): MemoOf =>
  <T>(namespace: string) => {
    const keyv = new Keyv<T>(new MemoStorage(connection, clock), {
      namespace,
      useKeyPrefix: false,
      throwOnErrors: true,
      serialize: ({ value }) => JSON.stringify({ value }),
      deserialize: (text) => JSON.parse(text),
    });
    return {
      get: (key) => keyv.get(key),
      async set(key, value, ttlSeconds) {
        await keyv.set(key, value, ttlSeconds * 1000);
      },
      async delete(key) {
        await keyv.delete(key);
      },
    };
  };
