import { z } from 'zod';
import type { Page, PageRequest } from '../ports/page.ts';

const LARGEST = 200;

/** What an empty list of wanted things finds; asked of PostgreSQL it would be an error of grammar. */
export const NOTHING = { items: [], next: null } as const;

/** The keys of the last item of a page. */
type Keys = readonly [string, string];

const keys = z.tuple([z.string(), z.string()]);

const encode = (last: Keys): string => Buffer.from(JSON.stringify(last)).toString('base64url');

/** Null when it is none of ours. */
function decode(cursor: string): Keys | null {
  try {
    return keys.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}

/**
 * Reads one page of a list that is ordered by two keys. A cursor that is none of ours ends the list.
 * @param read the rows after these keys, in order, at most `limit`
 */
export async function pageOf<Row, T>(
  request: PageRequest,
  read: (after: Keys | null, limit: number) => Promise<readonly Row[]>,
  keysOf: (row: Row) => Keys,
  parse: (row: Row) => T,
): Promise<Page<T>> {
  const limit = Math.min(Math.max(Math.floor(request.limit), 1), LARGEST);
  const after = request.cursor === null ? null : decode(request.cursor);
  if (request.cursor !== null && after === null) return NOTHING;
  const rows = await read(after, limit + 1);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? encode(keysOf(last)) : null;
  return { items: items.map(parse), next };
}
