import { z } from 'zod';
import type { Target } from '../../domain/subscriber.ts';
import type { Subscriptions } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import { numberBehind } from './subscriber-number.ts';

const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal(['service', 'agency', 'category']), id: z.string() }),
  z.object({ kind: z.literal('everything'), id: z.literal('*') }),
]);

const parse = (row: { kind: string; target: string }): Target =>
  shape.parse({ kind: row.kind, id: row.target });

export function subscriptionsOn({ db }: Handle): Subscriptions {
  return {
    async add({ subscriber, target, createdAt }) {
      const result = await db
        .insertInto('subscriptions')
        .columns(['subscriber', 'kind', 'target', 'created_at'])
        .expression((e) =>
          e
            .selectFrom('subscribers')
            .select((s) => [
              'number',
              s.cast<string>(s.val(target.kind), 'text').as('kind'),
              s.cast<string>(s.val(target.id), 'text').as('target'),
              s.cast<string>(s.val(createdAt), 'text').as('created_at'),
            ])
            .where('id', '=', subscriber),
        )
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async remove(subscriber, target) {
      const result = await db
        .deleteFrom('subscriptions')
        .where('subscriber', '=', numberBehind(subscriber))
        .where('kind', '=', target.kind)
        .where('target', '=', target.id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async removeAll(subscriber) {
      const result = await db
        .deleteFrom('subscriptions')
        .where('subscriber', '=', numberBehind(subscriber))
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },

    async of(subscriber) {
      const rows = await db
        .selectFrom('subscriptions')
        .selectAll()
        .where('subscriber', '=', numberBehind(subscriber))
        .orderBy('created_at')
        .orderBy('kind')
        .orderBy('target')
        .execute();
      return rows.map((row) => ({ subscriber, target: parse(row), createdAt: row.created_at }));
    },

    async targets() {
      const rows = await db
        .selectFrom('subscriptions')
        .select((e) => ['kind', 'target', e.fn.countAll<number>().as('subscribers')])
        .groupBy(['kind', 'target'])
        .orderBy('kind')
        .orderBy('target')
        .execute();
      return rows.map((row) => ({ target: parse(row), subscribers: row.subscribers }));
    },
  };
}
