import type { Config } from '../../src/config/environment.ts';
import { openCore, systemClock } from '../../src/core.ts';
import type { Delivery } from '../../src/domain/campaign.ts';
import { type NoticeId, newId } from '../../src/domain/ids.ts';
import { type ChatRef, chatKey, type Platform } from '../../src/domain/subscriber.ts';
import type { Store } from '../../src/ports/store.ts';
import { CREDENTIALS, type RunningSandbox } from '../support/sandbox.ts';

/** Opens the database that no process has open just now. */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const { database } = await openCore(config, systemClock);
  try {
    return await work(database.store);
  } finally {
    await database.close();
  }
}

/** So many people on each platform, subscribed to everything. */
export async function subscribeCrowd(
  sandbox: RunningSandbox,
  config: Config,
  onEach: number,
): Promise<readonly ChatRef[]> {
  const slack = sandbox.slack.people
    .addMany(onEach, 'en')
    .map((person) => sandbox.slack.people.directMessage(person));
  const chats: ChatRef[] = [
    ...telegramChats(sandbox, onEach),
    ...slack.map((id): ChatRef => chatOf('slack', sandbox.slack.world.team.id, id)),
  ];
  await subscribe(config, chats);
  return chats;
}

/** So many people on Telegram alone, subscribed to everything. */
export async function subscribeTelegramCrowd(
  sandbox: RunningSandbox,
  config: Config,
  count: number,
): Promise<readonly ChatRef[]> {
  const chats = telegramChats(sandbox, count);
  await subscribe(config, chats);
  return chats;
}

const telegramChats = (sandbox: RunningSandbox, count: number): readonly ChatRef[] =>
  sandbox.telegram.people
    .addMany(count, 'ko', { started: true })
    .map((id) => chatOf('telegram', CREDENTIALS.telegramToken.split(':')[0] ?? '', String(id)));

async function subscribe(config: Config, chats: readonly ChatRef[]): Promise<void> {
  await withStore(config, (store) =>
    store.transaction(async ({ subscribers, subscriptions }) => {
      const at = systemClock.now();
      for (const chat of chats) {
        const hint = chat.platform === 'telegram' ? 'ko' : 'en';
        const id = newId('sub', Date.parse(at), Math.random);
        await subscribers.ensure(chat, { id, hint, at });
        await subscriptions.add({ subscriber: id, target: { kind: 'everything', id: '*' }, createdAt: at });
      }
    }),
  );
}

const chatOf = (platform: Platform, workspace: string, id: string): ChatRef => ({
  platform,
  workspace,
  id,
  kind: 'private',
});

/** How often each chat was shown the notice with this code, by chat key. */
export function tally(
  sandbox: RunningSandbox,
  chats: readonly ChatRef[],
  code: string,
): ReadonlyMap<string, number> {
  const seen = new Map(chats.map((chat) => [`${chat.platform} ${chat.id}`, 0]));
  for (const entry of sandbox.ledger.all) {
    const key = `${entry.platform} ${entry.chat}`;
    if (entry.kind === 'message' && entry.text.includes(code) && seen.has(key))
      seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return new Map(chats.map((chat) => [chatKey(chat), seen.get(`${chat.platform} ${chat.id}`) ?? 0]));
}

/** All deliveries of a notice. */
export async function deliveriesOf(store: Store, notice: NoticeId): Promise<readonly Delivery[]> {
  const all: Delivery[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.deliveries.of(notice, { limit: 200, cursor });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
