import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AuditRow } from './schema.ts';

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/**
 * The hash of an entry: SHA-256, hex, over the hash before it and its fields as they are stored, as a JSON list, so
 * that no two entries are written alike. The sequence is left out: a database may skip numbers.
 */
export const hashOf = (
  entry: Pick<
    Selectable<AuditRow>,
    'previous' | 'at' | 'actor' | 'door' | 'act' | 'subject' | 'before' | 'after'
  >,
): string => {
  const { previous, at, actor, door, act, subject, before, after } = entry;
  const canonical = JSON.stringify([previous, at, actor, door, act, subject, before, after]);
  return createHash('sha256').update(canonical).digest('hex');
};
