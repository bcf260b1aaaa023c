import type { AuditCheck, ChainedEntry } from '../ports/journal.ts';
import type { Context } from './context.ts';

/** Entries read at once. */
const AT_ONCE = 500;

/** Walks the whole chain and finds the first entry that does not fit. */
export const verifyAudit = ({ store }: Context): Promise<AuditCheck> => store.audit.verify();

/** Every entry, oldest first. */
export async function* auditEntries({ store }: Context): AsyncGenerator<ChainedEntry> {
  for (let last = 0; ; ) {
    const entries = await store.audit.after(last, AT_ONCE);
    yield* entries;
    const end = entries.at(-1);
    if (end === undefined || entries.length < AT_ONCE) return;
    last = end.sequence;
  }
}
