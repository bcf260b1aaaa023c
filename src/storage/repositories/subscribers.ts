import type { Kysely } from 'kysely';
import { z } from 'zod';
import { LANGUAGES } from '../../domain/language.ts';
import type { Subscriber } from '../../domain/subscriber.ts';
import { PLATFORMS } from '../../domain/subscriber.ts';
import type { Subscribers } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { endUnsent, unlinkDeliveries } from './ended-deliveries.ts';
import { mergeChats, renameChat } from './moved-chats.ts';

const words = z.object({
  platform: z.enum(PLATFORMS),
  kind: z.enum(['private', 'group', 'channel']),
  language: z.enum(LANGUAGES).nullable(),
  hint: z.enum(LANGUAGES).nullable(),
  state: z.enum(['active', 'ended']),
});

export function parseSubscriber(row: SubscriberRow): Subscriber {
  const { platform, kind, language, hint, state } = words.parse(row);
  return {
    id: row.id,
    chat: { platform, workspace: row.workspace, id: row.chat, kind },
    language,
    hint,
    region: row.region,
    quietHours: row.quiet_hours,
    announcements: row.announcements === null ? null : row.announcements === 1,
    state,
    endedBecause: row.ended_because,
    createdAt: row.created_at,
    seenAt: row.seen_at,
  };
}

const parsed = (row: SubscriberRow | undefined): Subscriber | null =>
  row === undefined ? null : parseSubscriber(row);

type ChatKey = Parameters<Subscribers['byChat']>[0];

const rowOf = (db: Kysely<Schema>, { platform, workspace, id }: ChatKey) =>
  db
    .selectFrom('subscribers')
    .selectAll()
    .where('platform', '=', platform)
    .where('workspace', '=', workspace)
    .where('chat', '=', id)
    .executeTakeFirst();

export function subscribersOn({ db, atomically }: Handle): Subscribers {
  return {
    async get(id) {
      return parsed(await db.selectFrom('subscribers').selectAll().where('id', '=', id).executeTakeFirst());
    },

    async byChat(chat) {
      return parsed(await rowOf(db, chat));
    },

    async ensure(chat, fresh) {
      const known = await rowOf(db, chat);
      if (known !== undefined) return parseSubscriber(known);
      const { platform, workspace, id, kind } = chat;
      await db
        .insertInto('subscribers')
        .values({
          id: fresh.id,
          platform,
          workspace,
          chat: id,
          kind,
          language: null,
          hint: fresh.hint,
          region: null,
          quiet_hours: null,
          announcements: null,
          state: 'active',
          ended_because: null,
          created_at: fresh.at,
          seen_at: fresh.at,
        })
        .onConflict((c) => c.columns(['platform', 'workspace', 'chat']).doNothing())
        .execute();
      const made = await rowOf(db, chat);
      if (made === undefined)
        throw new Error(`Chat ${platform}:${workspace} was erased while it was being made`);
      return parseSubscriber(made);
    },

    async change(id, to) {
      const set: Partial<SubscriberRow> = {
        ...('language' in to && { language: to.language }),
        ...('hint' in to && { hint: to.hint }),
        ...('region' in to && { region: to.region }),
        ...('quietHours' in to && { quiet_hours: to.quietHours }),
        ...('announcements' in to && { announcements: asNumber(to.announcements) }),
        ...('seenAt' in to && { seen_at: to.seenAt }),
      };
      if (Object.keys(set).length === 0) return;
      await db.updateTable('subscribers').set(set).where('id', '=', id).execute();
    },

    end: (id, because, at) =>
      atomically(async (db) => {
        await db
          .updateTable('subscribers')
          .set({ state: 'ended', ended_because: because, seen_at: at })
          .where('id', '=', id)
          .where('state', '=', 'active')
          .execute();
        await endUnsent(db, [id], because);
      }),

    async revive(id, at) {
      await db
        .updateTable('subscribers')
        .set({ state: 'active', ended_because: null, seen_at: at })
        .where('id', '=', id)
        .execute();
    },

    endWorkspace: (platform, workspace, because, at) =>
      atomically(async (db) => {
        const ended = await db
          .updateTable('subscribers')
          .set({ state: 'ended', ended_because: because, seen_at: at })
          .where('platform', '=', platform)
          .where('workspace', '=', workspace)
          .where('state', '=', 'active')
          .returning('id')
          .execute();
        await endUnsent(
          db,
          ended.map((row) => row.id),
          because,
        );
        return ended.length;
      }),

    async reviveWorkspace(platform, workspace, because, at) {
      const revived = await db
        .updateTable('subscribers')
        .set({ state: 'active', ended_because: null, seen_at: at })
        .where('platform', '=', platform)
        .where('workspace', '=', workspace)
        .where('state', '=', 'ended')
        .where('ended_because', 'in', [...because])
        .returning('id')
        .execute();
      return revived.length;
    },

    move: (from, toId, at) =>
      atomically(async (db) => {
        if (toId === from.id) return;
        const old = await rowOf(db, from);
        if (old === undefined) return;
        const target = await rowOf(db, { ...from, id: toId });
        if (target === undefined) await renameChat(db, old.id, toId, at);
        else await mergeChats(db, old, target, at);
      }),

    erase: (id) =>
      atomically(async (db) => {
        const deliveries = await unlinkDeliveries(db, id);
        const follows = await db.deleteFrom('follows').where('subscriber', '=', id).executeTakeFirst();
        const subscriptions = await db
          .deleteFrom('subscriptions')
          .where('subscriber', '=', id)
          .executeTakeFirst();
        const subscribers = await db.deleteFrom('subscribers').where('id', '=', id).executeTakeFirst();
        return {
          chats: Number(subscribers.numDeletedRows),
          subscriptions: Number(subscriptions.numDeletedRows),
          follows: Number(follows.numDeletedRows),
          deliveries,
        };
      }),

    async count() {
      const rows = await db
        .selectFrom('subscribers')
        .select((e) => ['state', e.fn.countAll<number>().as('chats')])
        .groupBy('state')
        .execute();
      const of = (state: string) => rows.find((row) => row.state === state)?.chats ?? 0;
      return { active: of('active'), ended: of('ended') };
    },
  };
}

/** Undefined, as everywhere in a change, leaves it alone. */
const asNumber = (value: boolean | null | undefined) =>
  value === undefined || value === null ? value : Number(value);
