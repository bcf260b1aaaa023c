import type { Leases } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';

export function leasesOn({ db }: Handle): Leases {
  return {
    async acquire(name, owner, now, until) {
      const row = await db
        .insertInto('leases')
        .values({ name, owner, epoch: 1, until })
        .onConflict((c) =>
          c
            .column('name')
            .doUpdateSet((e) => ({
              owner,
              until,
              epoch: e
                .case()
                .when('leases.owner', '=', owner)
                .then(e.ref('leases.epoch'))
                .else(e('leases.epoch', '+', 1))
                .end(),
            }))
            .where((e) =>
              e.or([
                e('leases.owner', '=', owner),
                e('leases.owner', 'is', null),
                e('leases.until', '<=', now),
              ]),
            ),
        )
        .returning('epoch')
        .executeTakeFirst();
      return row?.epoch ?? null;
    },

    async holder(name) {
      const row = await db.selectFrom('leases').select('owner').where('name', '=', name).executeTakeFirst();
      return row?.owner ?? null;
    },

    // The row stays, so that the epoch goes on growing.
    async release(name, owner) {
      await db
        .updateTable('leases')
        .set({ owner: null })
        .where('name', '=', name)
        .where('owner', '=', owner)
        .execute();
    },
  };
}
