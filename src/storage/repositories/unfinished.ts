import { type SqlBool, sql } from 'kysely';

/** Not over yet. The words of the partial index `campaigns_unfinished`; without exactly these it is not used. */
export const isUnfinished = sql<SqlBool>`state in ('holding', 'fanning', 'sending', 'paused')`;
