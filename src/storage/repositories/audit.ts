import type { Kysely, Selectable } from 'kysely';
import type { Audit, AuditCheck, ChainedEntry } from '../../ports/journal.ts';
import { GENESIS, hashOf } from '../audit-chain.ts';
import type { Handle } from '../handle.ts';
import { pageOf } from '../page.ts';
import type { AuditRow, Schema } from '../schema.ts';

/** Entries read at once on a walk along the chain. */
const AT_ONCE = 1_000;

const parse = ({ before, after, ...row }: Selectable<AuditRow>): ChainedEntry => ({
  ...row,
  before: JSON.parse(before),
  after: JSON.parse(after),
});

/*
 * The head of the chain is one row. Whoever appends holds it until the transaction ends: so the chain has no fork,
 * and cutting off its end shows too.
 */
export function auditOn({ db, atomically }: Handle): Audit {
  return {
    append: (entry) =>
      atomically(async (db) => {
        const head = await db
          .insertInto('audit_head')
          .values({ id: 1, sequence: 0, hash: GENESIS })
          .onConflict((c) => c.column('id').doUpdateSet({ id: 1 }))
          .returning('hash')
          .executeTakeFirstOrThrow();
        const { at, actor, door, act, subject } = entry;
        const row = {
          at,
          actor,
          door,
          act,
          subject,
          before: JSON.stringify(entry.before ?? null),
          after: JSON.stringify(entry.after ?? null),
          previous: head.hash,
        };
        const hash = hashOf(row);
        const { sequence } = await db
          .insertInto('audit')
          .values({ ...row, hash })
          .returning('sequence')
          .executeTakeFirstOrThrow();
        await db.updateTable('audit_head').set({ sequence, hash }).where('id', '=', 1).execute();
      }),

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
        parse,
      ),

    after: async (sequence, limit) => (await rowsAfter(db, sequence, limit)).map(parse),

    verify: () => atomically(verify),
  };
}

const rowsAfter = (db: Kysely<Schema>, sequence: number, limit: number) =>
  db
    .selectFrom('audit')
    .selectAll()
    .where('sequence', '>', sequence)
    .orderBy('sequence')
    .limit(limit)
    .execute();

/** Up to the head as it was at the start: what is appended meanwhile is the next walk's. */
async function verify(db: Kysely<Schema>): Promise<AuditCheck> {
  const head = await db.selectFrom('audit_head').select(['sequence', 'hash']).executeTakeFirst();
  const end = head?.sequence ?? 0;
  let entries = 0;
  let at = 0;
  let hash = GENESIS;
  for (let more = true; more; ) {
    const rows = await rowsAfter(db, at, AT_ONCE);
    for (const row of rows) {
      if (row.sequence > end && head !== undefined)
        return { entries, broken: hash === head.hash ? null : end };
      if (row.previous !== hash || row.hash !== hashOf(row)) return { entries, broken: row.sequence };
      entries += 1;
      at = row.sequence;
      hash = row.hash;
    }
    more = rows.length === AT_ONCE;
  }
  // The head knows of an entry that is gone.
  return { entries, broken: hash === (head?.hash ?? GENESIS) ? null : end };
}
