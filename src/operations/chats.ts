import { randomBytes } from 'node:crypto';
import { newId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { toEpoch } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { ChatRef, Follow, Platform, Subscriber, Subscription } from '../domain/subscriber.ts';
import type { Tables } from '../ports/store.ts';
import { type Context, record } from './context.ts';

/** Everything stored of a chat, as handed out by /mydata. */
export interface ChatExport {
  readonly exportedAt: Instant;
  readonly chat: ChatRef;
  /** Null: nothing is stored. */
  readonly settings: Omit<Subscriber, 'id' | 'chat'> | null;
  readonly subscriptions: readonly Omit<Subscription, 'subscriber'>[];
  readonly follows: readonly Omit<Follow, 'subscriber'>[];
  /** Notices sent here, newest first. */
  readonly notices: readonly { readonly code: string; readonly state: string; readonly at: Instant | null }[];
}

/** How many of the latest notices an export lists. */
const EXPORTED_NOTICES = 1000;

export const findChat = (context: Context, chat: ChatRef): Promise<Subscriber | null> =>
  context.store.subscribers.byChat(chat);

/** Finds the chat or makes it; an ended one lives again, with its subscriptions as they were. */
export function ensureChat(context: Context, chat: ChatRef, hint: Language | null): Promise<Subscriber> {
  const at = context.clock.now();
  const id = newId('sub', toEpoch(at), context.clock.random);
  return context.store.transaction(async (tables) => {
    const found = await tables.subscribers.ensure(chat, { id, hint, at });
    if (found.state === 'ended') await tables.subscribers.revive(found.id, at);
    const seen = hint === null ? { seenAt: at } : { seenAt: at, hint };
    await tables.subscribers.change(found.id, seen);
    return current(tables, found.id);
  });
}

export function changeSettings(
  context: Context,
  subscriber: Subscriber,
  to: Partial<Pick<Subscriber, 'language' | 'region' | 'quietHours' | 'announcements'>>,
): Promise<Subscriber> {
  return context.store.transaction(async (tables) => {
    await tables.subscribers.change(subscriber.id, to);
    return current(tables, subscriber.id);
  });
}

/** The chat is over for us: blocked, kicked, left. Its choices stay for a return; what is unsent to it ends. */
export function endChat(context: Context, chat: ChatRef, because: string): Promise<void> {
  return context.store.transaction(async (tables) => {
    const subscriber = await tables.subscribers.byChat(chat);
    if (subscriber === null || subscriber.state === 'ended') return;
    await tables.subscribers.end(subscriber.id, because, context.clock.now());
    await tables.deliveries.endFor(subscriber.id, because);
  });
}

/** The chat lives on under another id, merged into the one already there. */
export const moveChat = (context: Context, chat: ChatRef, toId: string): Promise<void> =>
  context.store.transaction((tables) => tables.subscribers.move(chat, toId, context.clock.now()));

/** The app was removed from a whole workspace. Returns how many chats ended. */
export const endWorkspace = (
  context: Context,
  platform: Platform,
  workspace: string,
  because: string,
): Promise<number> =>
  context.store.transaction((tables) =>
    tables.subscribers.endWorkspace(platform, workspace, because, context.clock.now()),
  );

/** Why a chat ends when the app is removed from its workspace, as against for a reason of its own. */
const REMOVALS = ['uninstalled', 'revoked', 'token_revoked', 'account_inactive'];

/** The app is back in a workspace: its chats live again, with their subscriptions as they were. Returns how many. */
export const reviveWorkspace = (context: Context, platform: Platform, workspace: string): Promise<number> =>
  context.store.transaction((tables) =>
    tables.subscribers.reviveWorkspace(platform, workspace, REMOVALS, context.clock.now()),
  );

/** Everything stored of a chat, as plain JSON. */
export async function exportChat(context: Context, chat: ChatRef): Promise<ChatExport> {
  const { store } = context;
  const exportedAt = context.clock.now();
  const subscriber = await store.subscribers.byChat(chat);
  if (subscriber === null) {
    return { exportedAt, chat, settings: null, subscriptions: [], follows: [], notices: [] };
  }
  const { id, chat: stored, ...settings } = subscriber;
  const subscriptions = await store.subscriptions.of(id);
  const follows = await store.follows.of(id, exportedAt);
  const notices: ChatExport['notices'][number][] = [];
  for (const delivery of await store.deliveries.sentTo(id, EXPORTED_NOTICES)) {
    const notice = await store.notices.get(delivery.notice);
    if (notice !== null) notices.push({ code: notice.code, state: delivery.state, at: delivery.startedAt });
  }
  return {
    exportedAt,
    chat: stored,
    settings,
    subscriptions: subscriptions.map(({ subscriber: _, ...rest }) => rest),
    follows: follows.map(({ subscriber: _, ...rest }) => rest),
    notices,
  };
}

/** Erases everything stored of a chat. The receipt stands in the audit with the counts, and with nothing of the chat. */
export function eraseChat(
  context: Context,
  chat: ChatRef,
): Promise<{ receipt: string; counts: Record<string, number> }> {
  const receipt = `E-${randomBytes(5).toString('hex').toUpperCase()}`;
  return context.store.transaction(async (tables) => {
    const subscriber = await tables.subscribers.byChat(chat);
    const counts = subscriber === null ? {} : { ...(await tables.subscribers.erase(subscriber.id)) };
    const person = { kind: 'system', name: chat.platform } as const;
    await record(tables, context, person, 'chat.erased', receipt, null, counts);
    return { receipt, counts };
  });
}

async function current(tables: Tables, id: Subscriber['id']): Promise<Subscriber> {
  const subscriber = await tables.subscribers.get(id);
  if (subscriber === null) throw new Error(`Subscriber ${id} vanished`);
  return subscriber;
}
