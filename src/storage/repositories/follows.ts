import type { SubscriberId } from '../../domain/ids.ts';
import type { Follow } from '../../domain/subscriber.ts';
import type { Follows } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import type { FollowRow } from '../schema.ts';
import { numberBehind } from './subscriber-number.ts';

const parse = (subscriber: SubscriberId, row: FollowRow): Follow => ({
  subscriber,
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
        .columns(['subscriber', 'service', 'incident', 'created_at', 'expires_at'])
        .expression((e) =>
          e
            .selectFrom('subscribers')
            .select((s) => [
              'number',
              s.cast<string>(s.val(follow.service), 'text').as('service'),
              s.cast<string | null>(s.val(values.incident), 'text').as('incident'),
              s.cast<string>(s.val(values.created_at), 'text').as('created_at'),
              s.cast<string>(s.val(values.expires_at), 'text').as('expires_at'),
            ])
            .where('id', '=', follow.subscriber),
        )
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
        .where('subscriber', '=', numberBehind(subscriber))
        .where('expires_at', '>', now)
        .orderBy('created_at')
        .orderBy('service')
        .execute();
      return rows.map((row) => parse(subscriber, row));
    },

    async remove(subscriber, service) {
      const result = await db
        .deleteFrom('follows')
        .where('subscriber', '=', numberBehind(subscriber))
        .where('service', '=', service)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async fired(subscriber, services) {
      if (services.length === 0) return;
      await db
        .deleteFrom('follows')
        .where('subscriber', '=', numberBehind(subscriber))
        .where('service', 'in', services)
        .execute();
    },

    async expire(now) {
      const result = await db.deleteFrom('follows').where('expires_at', '<=', now).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
