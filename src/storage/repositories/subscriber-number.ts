import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { SubscriberId } from '../../domain/ids.ts';
import type { Schema } from '../schema.ts';

/** The number behind an id; null when there is none. */
export async function numberOf(db: Kysely<Schema>, id: SubscriberId): Promise<number | null> {
  const row = await db.selectFrom('subscribers').select('number').where('id', '=', id).executeTakeFirst();
  return row?.number ?? null;
}

/** The same, inside a condition. */
export const numberBehind = (id: SubscriberId): RawBuilder<number> =>
  sql`(select number from subscribers where id = ${id})`;
