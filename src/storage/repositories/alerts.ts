import { z } from 'zod';
import { ALERT_KINDS, type Alerts } from '../../ports/announcements.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';

const kinds = z.enum(ALERT_KINDS);

export function alertsOn({ db }: Handle): Alerts {
  return {
    async add(officials, { kind, subject, at }) {
      if (officials.length === 0) return;
      await db
        .insertInto('alerts')
        .values(officials.map((official) => ({ official, kind, subject, at, seen_at: null })))
        .execute();
    },

    of: (official, page) =>
      pageOf(
        page,
        (after, limit) =>
          db
            .selectFrom('alerts')
            .selectAll()
            .where('official', '=', official)
            .$if(after !== null, (query) => query.where('sequence', '<', Number(after?.[0])))
            .orderBy('sequence', 'desc')
            .limit(limit)
            .execute(),
        (row) => [String(row.sequence), ''],
        ({ sequence, kind, subject, at, seen_at }) => ({
          sequence,
          kind: kinds.parse(kind),
          subject,
          at,
          seenAt: seen_at,
        }),
      ),

    async seen(official, upTo, at) {
      await db
        .updateTable('alerts')
        .set({ seen_at: at })
        .where('official', '=', official)
        .where('sequence', '<=', upTo)
        .where('seen_at', 'is', null)
        .execute();
    },
  };
}
