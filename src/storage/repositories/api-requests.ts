import type { ApiRequests, Begun } from '../../ports/api-requests.ts';
import type { Handle } from '../handle.ts';
import type { ApiRequestRow } from '../schema.ts';

export function apiRequestsOn({ db, atomically }: Handle): ApiRequests {
  return {
    begin: (official, key, fingerprint, now, staleBefore) =>
      atomically(async (db): Promise<Begun> => {
        const fresh = await db
          .insertInto('api_requests')
          .values({ official, key, fingerprint, begun_at: now, status: null, location: null, body: null })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst();
        if ((fresh.numInsertedOrUpdatedRows ?? 0n) > 0n) return { kind: 'new' };
        const found = await db
          .selectFrom('api_requests')
          .selectAll()
          .where('official', '=', official)
          .where('key', '=', key)
          .executeTakeFirst();
        const begun = found === undefined ? ({ kind: 'under_way' } as const) : standing(found, fingerprint);
        if (begun.kind !== 'under_way') return begun;
        // Its process died over it: of two who notice, one takes it over.
        const takenOver = await db
          .updateTable('api_requests')
          .set({ begun_at: now })
          .where('official', '=', official)
          .where('key', '=', key)
          .where('status', 'is', null)
          .where('begun_at', '<', staleBefore)
          .executeTakeFirst();
        return takenOver.numUpdatedRows > 0n ? { kind: 'new' } : begun;
      }),

    async finish(official, key, { status, location, body }) {
      await db
        .updateTable('api_requests')
        .set({ status, location, body })
        .where('official', '=', official)
        .where('key', '=', key)
        .execute();
    },

    async forget(official, key) {
      await db
        .deleteFrom('api_requests')
        .where('official', '=', official)
        .where('key', '=', key)
        .where('status', 'is', null)
        .execute();
    },

    async purge(before) {
      const result = await db.deleteFrom('api_requests').where('begun_at', '<', before).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

function standing(row: ApiRequestRow, fingerprint: string): Begun {
  if (row.fingerprint !== fingerprint) return { kind: 'other' };
  if (row.status === null || row.body === null) return { kind: 'under_way' };
  return { kind: 'answered', answer: { status: row.status, location: row.location, body: row.body } };
}
