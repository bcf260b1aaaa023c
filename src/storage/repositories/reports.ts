import { plusSeconds } from '../../domain/instant.ts';
import type { Reports } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';

export function reportsOn({ db, atomically }: Handle): Reports {
  return {
    add: ({ service, who, region, at }, windowSeconds) =>
      atomically(async (db) => {
        const marked = await db
          .insertInto('report_marks')
          .values({ service, who, at })
          .onConflict((c) =>
            c
              .columns(['service', 'who'])
              .doUpdateSet({ at })
              .where('report_marks.at', '<=', plusSeconds(at, -windowSeconds)),
          )
          .returning('at')
          .executeTakeFirst();
        if (marked === undefined) return false;
        await db.insertInto('reports').values({ service, who, region, at }).execute();
        return true;
      }),

    counts: (since) =>
      db
        .selectFrom('reports')
        .select((e) => [
          'service',
          e.fn.countAll<number>().as('reports'),
          e.fn.max<string>('at').as('lastAt'),
        ])
        .where('at', '>=', since)
        .groupBy('service')
        .orderBy('reports', 'desc')
        .orderBy('service')
        .execute(),

    purge: (before) =>
      atomically(async (db) => {
        await db.deleteFrom('report_marks').where('at', '<', before).execute();
        const result = await db.deleteFrom('reports').where('at', '<', before).executeTakeFirst();
        return Number(result.numDeletedRows);
      }),
  };
}
