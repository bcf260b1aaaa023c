import { isObject, type Json } from '../platform.ts';
import type { Stage } from '../stage.ts';

const SHOWN = 80;

/** A Telegram chat as its app shows it; null when there is none. */
export function telegramView({ telegram }: Stage, id: number): Json | null {
  const chat = telegram.world.chats.get(id);
  if (chat === undefined) return null;
  return {
    id: chat.id,
    type: chat.type,
    title: chat.title,
    bot: chat.bot,
    members: [...chat.members].map(([member, status]) => ({ id: member, status })),
    pinned: chat.pinned,
    movedTo: chat.migratedTo,
    messages: chat.messages.slice(-SHOWN).map((message) => ({
      id: message.id,
      from: message.from === null ? null : { id: message.from.id, name: message.from.firstName },
      byBot: message.byBot,
      at: message.at,
      text: message.text,
      entities: message.entities,
      keyboard: message.keyboard,
      editedAt: message.editedAt,
      silent: message.silent,
      replyTo: message.replyTo,
      attachment: attachmentOf(message.extra),
      note: noteOf(message.extra),
    })),
  };
}

function attachmentOf(extra: Json): Json | null {
  if (isObject(extra.document)) return { kind: 'file', name: extra.document.file_name };
  if (isObject(extra.sticker)) return { kind: 'sticker', name: extra.sticker.emoji };
  const kind = ['photo', 'voice', 'video', 'location'].find((name) => extra[name] !== undefined);
  return kind === undefined ? null : { kind, name: '' };
}

const noteOf = (extra: Json): string | null =>
  extra.migrate_to_chat_id !== undefined
    ? 'moved'
    : extra.migrate_from_chat_id !== undefined
      ? 'moved-here'
      : null;

/** A Slack conversation; messages for one person only carry `onlyFor`. */
export function slackView({ slack }: Stage, id: string): Json | null {
  const channel = slack.world.channels.get(id);
  if (channel === undefined) return null;
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.name,
    botIn: channel.botIn,
    archived: channel.archived,
    members: [...channel.members],
    messages: channel.messages.slice(-SHOWN).map((message) => ({
      ts: message.ts,
      from: message.from === null ? null : { id: message.from.id, name: message.from.name },
      text: message.text,
      blocks: message.blocks,
      threadTs: message.threadTs,
      onlyFor: message.ephemeralTo,
      edited: message.edited,
      pinned: channel.pins.has(message.ts),
      files: Array.isArray(message.extra.files)
        ? message.extra.files.filter(isObject).map((file) => file.name)
        : [],
    })),
  };
}

/** What only one person sees in Slack: open modal and App Home. */
export function slackPersonView({ slack }: Stage, person: string): Json {
  const stack = slack.world.modals.get(person) ?? [];
  const modal = stack.at(-1) ?? null;
  const home = slack.world.homes.get(person) ?? null;
  return {
    person,
    modal:
      modal === null
        ? null
        : { id: modal.id, hash: modal.hash, depth: stack.length, view: modal.json, errors: modal.errors },
    home: home === null ? null : { id: home.id, hash: home.hash, view: home.json },
  };
}
