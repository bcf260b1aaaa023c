import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { PLATFORMS } from '../../domain/subscriber.ts';
import type { Inbound, InboundUpdate } from '../../ports/journal.ts';
import type { Handle } from '../handle.ts';
import type { InboundRow, Schema } from '../schema.ts';

const platformShape = z.enum(PLATFORMS);

const parse = (row: Selectable<InboundRow>): InboundUpdate => ({
  platform: platformShape.parse(row.platform),
  id: row.id,
  chat: row.chat,
  body: JSON.parse(row.body ?? 'null'),
  receivedAt: row.received_at,
  attempts: row.attempts,
});

/** What is left of a settled update: enough to know a repeat, nothing of the person. */
const settled = (at: string) => ({ settled_at: at, body: null, chat: '' });

const settleAll = (db: Kysely<Schema>, sequences: readonly number[], at: string) =>
  db.updateTable('inbound').set(settled(at)).where('sequence', 'in', sequences).execute();

export function inboundOn({ db, dialect, atomically }: Handle): Inbound {
  return {
    accept: (updates, leaseUntil, owner) =>
      atomically(async (db) => {
        if (updates.length === 0) return [];
        const rows = await db
          .insertInto('inbound')
          .values(
            updates.map((update) => ({
              platform: update.platform,
              id: update.id,
              chat: update.chat,
              body: JSON.stringify(update.body ?? null),
              received_at: update.receivedAt,
              attempts: 1,
              lease_until: leaseUntil,
              owner,
              settled_at: null,
            })),
          )
          .onConflict((c) => c.columns(['platform', 'id']).doNothing())
          .returningAll()
          .execute();
        return rows.sort((a, b) => a.sequence - b.sequence).map(parse);
      }),

    async settle(platform, id, at) {
      await db
        .updateTable('inbound')
        .set(settled(at))
        .where('platform', '=', platform)
        .where('id', '=', id)
        .where('settled_at', 'is', null)
        .execute();
    },

    reclaim: (now, leaseUntil, maxAttempts, limit, owner) =>
      atomically(async (db) => {
        const rows = await db
          .selectFrom('inbound')
          .selectAll()
          .where('settled_at', 'is', null)
          .where('lease_until', '<=', now)
          .orderBy('sequence')
          .limit(limit)
          .$if(dialect.locksRows, (query) => query.forUpdate().skipLocked())
          .execute();
        const spent = rows.filter((row) => row.attempts > maxAttempts);
        const again = rows.filter((row) => row.attempts <= maxAttempts);
        if (spent.length > 0) {
          await settleAll(
            db,
            spent.map((row) => row.sequence),
            now,
          );
        }
        if (again.length > 0) {
          await db
            .updateTable('inbound')
            .set((e) => ({ lease_until: leaseUntil, owner, attempts: e('attempts', '+', 1) }))
            .where(
              'sequence',
              'in',
              again.map((row) => row.sequence),
            )
            .execute();
        }
        return {
          updates: again.map((row) => parse({ ...row, attempts: row.attempts + 1 })),
          abandoned: spent.length,
        };
      }),

    async owners() {
      const rows = await db
        .selectFrom('inbound')
        .select('owner')
        .distinct()
        .where('settled_at', 'is', null)
        .execute();
      return rows.map((row) => row.owner);
    },

    async orphan(owner, now) {
      await db
        .updateTable('inbound')
        .set({ lease_until: now })
        .where('settled_at', 'is', null)
        .where('owner', '=', owner)
        .where('lease_until', '>', now)
        .execute();
    },

    async purge(before) {
      const result = await db.deleteFrom('inbound').where('settled_at', '<', before).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
