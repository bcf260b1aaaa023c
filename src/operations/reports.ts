import { createHmac, randomBytes } from 'node:crypto';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds, seoulDay } from '../domain/instant.ts';
import { type ChatRef, chatKey } from '../domain/subscriber.ts';
import type { Tables } from '../ports/store.ts';
import type { Context } from './context.ts';

/** A person's report of a service counts once in this time. */
const REPORT_WINDOW_SECONDS = 1800;

const KEY = 'reports.key';
const KEY_DAY = 'reports.key.day';

/** "I have a problem too": counted once a person and service in 30 minutes. Who it was cannot be told the next day. */
export function reportProblem(
  context: Context,
  input: { service: ServiceId; chat: ChatRef; person: string | null; region: RegionId | null },
): Promise<'counted' | 'already'> {
  const at = context.clock.now();
  const person = input.person === null ? chatKey(input.chat) : personKey(input.chat, input.person);
  return context.store.transaction(async (tables) => {
    const who = createHmac('sha256', await keyOf(tables, seoulDay(at)))
      .update(person)
      .digest('hex');
    const report = { service: input.service, who, region: input.region, at };
    return (await tables.reports.add(report, REPORT_WINDOW_SECONDS)) ? 'counted' : 'already';
  });
}

/** Reports by service in the last so many seconds, most first. */
export const reportCounts = (
  context: Context,
  sinceSeconds: number,
): Promise<readonly { service: ServiceId; reports: number; lastAt: Instant }[]> =>
  context.store.reports.counts(plusSeconds(context.clock.now(), -sinceSeconds));

/** The same person in two chats of a workspace is one person. */
const personKey = (chat: ChatRef, person: string): string => `${chat.platform}:${chat.workspace}:@${person}`;

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
