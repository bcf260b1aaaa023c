import type { Audit } from '../../ports/journal.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';

export function auditOn({ db }: Handle): Audit {
  return {
    async append(entry) {
      await db
        .insertInto('audit')
        .values({
          at: entry.at,
          actor: entry.actor,
          door: entry.door,
          act: entry.act,
          subject: entry.subject,
          before: JSON.stringify(entry.before ?? null),
          after: JSON.stringify(entry.after ?? null),
        })
        .execute();
    },

    list: (page) =>
      pageOf(
        page,
        (after, limit) =>
          db
            .selectFrom('audit')
            .selectAll()
            .$if(after !== null, (query) => query.where('sequence', '<', Number(after?.[0])))
            .orderBy('sequence', 'desc')
            .limit(limit)
            .execute(),
        (row) => [String(row.sequence), ''],
        ({ before, after, ...row }) => ({ ...row, before: JSON.parse(before), after: JSON.parse(after) }),
      ),
  };
}
