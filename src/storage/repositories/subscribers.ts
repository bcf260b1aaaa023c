import type { Kysely } from 'kysely';
import { z } from 'zod';
import { seoulDay } from '../../domain/instant.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { Subscriber } from '../../domain/subscriber.ts';
import { PLATFORMS } from '../../domain/subscriber.ts';
import type { Subscribers } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { endUnsent, unlinkDeliveries } from './ended-deliveries.ts';
import { nextNumber } from './lane-numbers.ts';
import { mergeChats, renameChat } from './moved-chats.ts';
import { numberOf } from './subscriber-number.ts';

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

export function subscribersOn({ db, dialect, atomically }: Handle): Subscribers {
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
          number: await nextNumber(db, chat),
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
          suspected_at: null,
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
        const number = await numberOf(db, id);
        if (number !== null) await endUnsent(db, dialect, [number], because);
      }),

    suspect: (id, at) =>
      atomically(async (db) => {
        const row = await db
          .selectFrom('subscribers')
          .select('suspected_at')
          .where('id', '=', id)
          .executeTakeFirst();
        if (row === undefined) return false;
        if (row.suspected_at !== null) return seoulDay(row.suspected_at) < seoulDay(at);
        await db.updateTable('subscribers').set({ suspected_at: at }).where('id', '=', id).execute();
        return false;
      }),

    async revive(id, at) {
      await db
        .updateTable('subscribers')
        .set({ state: 'active', ended_because: null, suspected_at: null, seen_at: at })
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
          .returning('number')
          .execute();
        await endUnsent(
          db,
          dialect,
          ended.map((row) => row.number),
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
        if (target === undefined) await renameChat(db, old, toId, at);
        else await mergeChats(db, dialect, old, target, at);
      }),

    erase: (id) =>
      atomically(async (db) => {
        const number = await numberOf(db, id);
        if (number === null) return { chats: 0, subscriptions: 0, follows: 0, deliveries: 0 };
        await db.updateTable('subscribers').set({ state: 'ended' }).where('number', '=', number).execute();
        const deliveries = await unlinkDeliveries(db, dialect, number);
        const follows = await db.deleteFrom('follows').where('subscriber', '=', number).executeTakeFirst();
        const subscriptions = await db
          .deleteFrom('subscriptions')
          .where('subscriber', '=', number)
          .executeTakeFirst();
        const subscribers = await db
          .deleteFrom('subscribers')
          .where('number', '=', number)
          .executeTakeFirst();
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
