import type { Kysely } from 'kysely';
import { Deposed, type Fence } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { Handle } from '../handle.ts';
import type { Schema } from '../schema.ts';

/**
 * Holds the lease until the transaction ends, so that nobody takes it before what is written under it is committed.
 * @throws Deposed when somebody has taken it already
 */
async function underFence(db: Kysely<Schema>, dialect: Dialect, fence: Fence): Promise<void> {
  const lease = await db
    .selectFrom('leases')
    .select('epoch')
    .where('name', '=', fence.lease)
    .$if(dialect.locksRows, (query) => query.forShare())
    .executeTakeFirst();
  if (lease?.epoch !== fence.epoch) throw new Deposed(fence);
}

/** All or nothing, and nothing for who was deposed. */
export const fenced = <T>(
  { atomically, dialect }: Handle,
  fence: Fence,
  work: (db: Kysely<Schema>) => Promise<T>,
): Promise<T> =>
  atomically(async (db) => {
    await underFence(db, dialect, fence);
    return work(db);
  });
