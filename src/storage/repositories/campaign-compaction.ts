import { type Kysely, sql } from 'kysely';
import type { CampaignId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const SOME_KEPT = 1;
const NONE_KEPT = 0;

/** Campaigns over before this whose rows nobody needs: as long as an incident lasts, its restoration must find who was told. */
export async function compactable(
  db: Kysely<Schema>,
  before: Instant,
  limit: number,
): Promise<readonly CampaignId[]> {
  const rows = await db
    .selectFrom('campaigns as c')
    .innerJoin('notices as n', 'n.id', 'c.notice')
    .leftJoin('incidents as i', 'i.id', 'n.incident')
    .select('c.id')
    .where(sql<boolean>`c.rows_kept > 0`)
    .where('c.finished_at', '<', before)
    .where((e) => e.or([e('i.id', 'is', null), e('i.state', 'in', ['resolved', 'withdrawn'])]))
    .orderBy('c.finished_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Removes up to so many rows of a campaign that is over, inside a transaction. Its counts stay as they are. */
export async function compactSome(
  db: Kysely<Schema>,
  dialect: Dialect,
  id: CampaignId,
  limit: number,
): Promise<number> {
  const campaign = await db
    .selectFrom('campaigns')
    .select('number')
    .where('id', '=', id)
    .where('state', 'in', ['finished', 'superseded', 'cancelled'])
    .$if(dialect.locksRows, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (campaign === undefined) return 0;
  const last = await db
    .selectFrom('deliveries')
    .select('subscriber')
    .where('campaign', '=', campaign.number)
    .orderBy('subscriber')
    .offset(limit - 1)
    .limit(1)
    .executeTakeFirst();
  const { numDeletedRows } = await db
    .deleteFrom('deliveries')
    .where('campaign', '=', campaign.number)
    .$if(last !== undefined, (query) => query.where('subscriber', '<=', last?.subscriber ?? 0))
    .executeTakeFirst();
  const removed = Number(numDeletedRows);
  if (removed < limit)
    await db.deleteFrom('delivery_lines').where('campaign', '=', campaign.number).execute();
  await db
    .updateTable('campaigns')
    .set({ rows_kept: removed < limit ? NONE_KEPT : SOME_KEPT })
    .where('number', '=', campaign.number)
    .execute();
  return removed;
}
