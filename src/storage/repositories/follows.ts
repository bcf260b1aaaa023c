import type { Follow } from '../../domain/subscriber.ts';
import type { Follows } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import type { FollowRow } from '../schema.ts';

const parse = (row: FollowRow): Follow => ({
  subscriber: row.subscriber,
  service: row.service,
  incident: row.incident,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export function followsOn({ db }: Handle): Follows {
  return {
    async add(follow) {
      const values = {
        incident: follow.incident,
        created_at: follow.createdAt,
        expires_at: follow.expiresAt,
      };
      // One that ran out but was not swept away yet counts as none.
      const result = await db
        .insertInto('follows')
        .values({ subscriber: follow.subscriber, service: follow.service, ...values })
        .onConflict((c) =>
          c
            .columns(['subscriber', 'service'])
            .doUpdateSet(values)
            .where('follows.expires_at', '<=', follow.createdAt),
        )
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async of(subscriber, now) {
      const rows = await db
        .selectFrom('follows')
        .selectAll()
        .where('subscriber', '=', subscriber)
        .where('expires_at', '>', now)
        .orderBy('created_at')
        .orderBy('service')
        .execute();
      return rows.map(parse);
    },

    async remove(subscriber, service) {
      const result = await db
        .deleteFrom('follows')
        .where('subscriber', '=', subscriber)
        .where('service', '=', service)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async fired(subscriber, services) {
      if (services.length === 0) return;
      await db
        .deleteFrom('follows')
        .where('subscriber', '=', subscriber)
        .where('service', 'in', services)
        .execute();
    },

    async expire(now) {
      const result = await db.deleteFrom('follows').where('expires_at', '<=', now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
