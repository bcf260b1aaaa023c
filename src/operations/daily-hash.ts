import { createHmac, randomBytes } from 'node:crypto';
import { type Instant, seoulDay } from '../domain/instant.ts';
import { type ChatRef, chatKey } from '../domain/subscriber.ts';
import type { Tables } from '../ports/store.ts';

const KEY = 'reports.key';
const KEY_DAY = 'reports.key.day';

/**
 * Who it was, for counting once: the same all day for the same purpose, another for every purpose, and
 * beyond recall once the day in Seoul is over. The same person in two chats of a workspace is one person.
 */
export async function hashOfDay(
  tables: Tables,
  at: Instant,
  by: { readonly chat: ChatRef; readonly person: string | null },
  purpose = '',
): Promise<string> {
  const { chat, person } = by;
  const who = person === null ? chatKey(chat) : `${chat.platform}:${chat.workspace}:@${person}`;
  return createHmac('sha256', await keyOf(tables, seoulDay(at)))
    .update(purpose === '' ? who : `${purpose}|${who}`)
    .digest('hex');
}

/** The key of a day in Seoul: a new one each day, and the old one is gone with it. */
async function keyOf(tables: Tables, day: string): Promise<string> {
  const known = await storedKey(tables, day);
  if (known !== null) return known;
  // Writing first makes whoever comes at the same time wait here, and then find the key of the first.
  await tables.meta.set(KEY_DAY, day);
  const made = await storedKey(tables, day);
  if (made !== null) return made;
  const fresh = randomBytes(32).toString('hex');
  await tables.meta.set(KEY, `${day} ${fresh}`);
  return fresh;
}

async function storedKey(tables: Tables, day: string): Promise<string | null> {
  const [storedDay, key] = ((await tables.meta.get(KEY)) ?? '').split(' ');
  return storedDay === day && key ? key : null;
}
