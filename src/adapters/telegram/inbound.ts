import type { Arrival } from '../../conversation/inbox.ts';
import type { Act, Turn } from '../../conversation/turn.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Language } from '../../domain/language.ts';
import type { ChatRef } from '../../domain/subscriber.ts';
import {
  type Chat,
  type Entity,
  type Membership,
  type Message,
  Numbered,
  type Press,
  Update,
  type User,
} from './payloads.ts';

/** Who we are here. The name is unknown until Telegram has told it. */
export interface Me {
  readonly id: number;
  readonly username: string | null;
}

/** Where the reply goes. */
export interface Back {
  readonly chat: ChatRef;
  /** The forum topic. */
  readonly thread: number | null;
  /** In groups the reply points at the question. */
  readonly asked: number | null;
  /** The button press that waits for an answer, and the message it sits under. */
  readonly press: { readonly query: string; readonly message: number } | null;
}

export interface Inbound {
  readonly turn: Turn;
  readonly back: Back;
}

/** What we ask Telegram for. The list sticks on its side, so it is always sent. */
export const ALLOWED_UPDATES = ['message', 'callback_query', 'my_chat_member', 'channel_post'] as const;

/** An update as the inbox stores it; null when it is none. */
export function arrivalOf(body: unknown): (Arrival & { readonly updateId: number }) | null {
  const head = Numbered.safeParse(body);
  if (!head.success) return null;
  const updateId = head.data.update_id;
  return { id: String(updateId), updateId, chat: chatOf(body), body };
}

/** What keeps updates in order: their chat. One of a kind that we do not know stands alone. */
function chatOf(body: unknown): string {
  const update = Update.safeParse(body).data;
  const place = update?.message ?? update?.channel_post ?? update?.my_chat_member;
  const chat = place?.chat ?? update?.callback_query?.message?.chat;
  return chat === undefined ? '-' : String(chat.id);
}

/** A stored update as a turn, and where its reply goes. Null for what is not meant for us, or not readable. */
export function readInbound(body: unknown, me: Me, at: Instant): Inbound | null {
  const update = Update.safeParse(body).data;
  if (update === undefined) return null;
  if (update.message) return readMessage(update.message, me, at);
  if (update.channel_post) return readMessage(update.channel_post, me, at);
  if (update.callback_query) return readPress(update.callback_query, me, at);
  return update.my_chat_member ? readMembership(update.my_chat_member, me, at) : null;
}

const KINDS = { private: 'private', group: 'group', supergroup: 'group', channel: 'channel' } as const;

const chatRef = (me: Me, chat: Chat): ChatRef => ({
  platform: 'telegram',
  workspace: String(me.id),
  id: String(chat.id),
  kind: KINDS[chat.type],
});

/** The client's language: Korean, else English where it tells one at all. */
function hintOf(user: User | undefined): Language | null {
  if (user?.language_code === undefined) return null;
  return /^ko\b/i.test(user.language_code) ? 'ko' : 'en';
}

function readMessage(message: Message, me: Me, at: Instant): Inbound | null {
  const chat = chatRef(me, message.chat);
  const thread = message.is_topic_message ? (message.message_thread_id ?? null) : null;
  const inbound = (act: Act, from: ChatRef = chat): Inbound => ({
    turn: {
      at,
      chat: from,
      thread: thread === null ? null : String(thread),
      person: personOf(message, chat),
      hint: hintOf(message.sender_chat === undefined ? message.from : undefined),
      act,
    },
    back: { chat, thread, asked: chat.kind === 'private' ? null : message.message_id, press: null },
  });

  // Either of the two may come first, or only one of them.
  if (message.migrate_to_chat_id !== undefined)
    return inbound({ kind: 'moved', to: String(message.migrate_to_chat_id) });
  if (message.migrate_from_chat_id !== undefined)
    return inbound({ kind: 'moved', to: chat.id }, { ...chat, id: String(message.migrate_from_chat_id) });

  // Other bots, and a channel's posts that Telegram copies into its discussion group.
  if (message.is_automatic_forward) return null;
  if (message.sender_chat === undefined && message.from?.is_bot) return null;

  const act = chat.kind === 'private' ? readPrivate(message, me) : readAddressed(message, chat, me);
  return act === null ? null : inbound(act);
}

/** The person; in a group that posts in its own name, the group; in a channel nobody. */
function personOf(message: Message, chat: ChatRef): string | null {
  if (chat.kind === 'channel') return null;
  const speaker = message.sender_chat ?? message.from;
  return speaker === undefined ? null : String(speaker.id);
}

const MEDIA = {
  sticker: 'sticker',
  photo: 'photo',
  live_photo: 'photo',
  voice: 'voice',
  audio: 'voice',
  video: 'video',
  video_note: 'video',
  animation: 'video',
  document: 'file',
  location: 'location',
  venue: 'location',
  contact: 'other',
  poll: 'other',
  dice: 'other',
  game: 'other',
  story: 'other',
  paid_media: 'other',
  checklist: 'other',
} as const;

function readPrivate(message: Message, me: Me): Act | null {
  const text = (message.text ?? message.caption ?? '').trim();
  if (text !== '') return readCommand(text, me) ?? { kind: 'text', text };
  for (const [field, what] of Object.entries(MEDIA))
    if (field in message) return { kind: 'unreadable', what };
  // Service messages: pinned, timer changed and the like.
  return null;
}

/** In a group: a command, a mention, a reply to us. In a channel a reply is the editors talking, not a question. */
function readAddressed(message: Message, chat: ChatRef, me: Me): Act | null {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  if (text.trimStart().startsWith('/')) return readCommand(text.trim(), me);

  const mention = entities.find((entity) => isOurName(entity, text, me));
  if (mention !== undefined) {
    const rest = text.slice(0, mention.offset) + text.slice(mention.offset + mention.length);
    const said = rest.replace(/\s+/g, ' ').trim();
    if (said === '') return { kind: 'command', name: 'help', argument: '' };
    return readCommand(said, me) ?? { kind: 'text', text: said };
  }
  // In a topic every message replies to the one that opened it.
  const to = message.reply_to_message;
  const repliesToUs = to?.from?.id === me.id && !('forum_topic_created' in to);
  return chat.kind === 'group' && repliesToUs && text.trim() !== ''
    ? { kind: 'text', text: text.trim() }
    : null;
}

function isOurName(entity: Entity, text: string, me: Me): boolean {
  if (entity.type === 'text_mention') return entity.user?.id === me.id;
  if (entity.type !== 'mention' || me.username === null) return false;
  const name = text.slice(entity.offset, entity.offset + entity.length);
  return name.toLowerCase() === `@${me.username.toLowerCase()}`;
}

/** `/name`, `/name@Bot argument`. Null for no command, and for one that names another bot. */
function readCommand(text: string, me: Me): Act | null {
  const found = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+([\s\S]*))?$/.exec(text);
  const [, name, bot, argument = ''] = found ?? [];
  if (name === undefined) return null;
  if (bot !== undefined && me.username !== null && bot.toLowerCase() !== me.username.toLowerCase())
    return null;
  return { kind: 'command', name: name.toLowerCase(), argument: argument.trim() };
}

function readPress(press: Press, me: Me, at: Instant): Inbound | null {
  if (press.message === undefined) return null;
  const { message } = press;
  const chat = chatRef(me, message.chat);
  const thread = message.is_topic_message ? (message.message_thread_id ?? null) : null;
  return {
    turn: {
      at,
      chat,
      thread: thread === null ? null : String(thread),
      person: String(press.from.id),
      hint: hintOf(press.from),
      act: { kind: 'button', action: press.data ?? '' },
    },
    back: { chat, thread, asked: null, press: { query: press.id, message: message.message_id } },
  };
}

function readMembership(change: Membership, me: Me, at: Instant): Inbound | null {
  const chat = chatRef(me, change.chat);
  const was = isIn(change.old_chat_member);
  const is = isIn(change.new_chat_member);
  if (was === is) return null;
  const kicked = change.new_chat_member.status === 'kicked';
  const because = kicked ? (chat.kind === 'private' ? 'blocked' : 'kicked') : 'left';
  return {
    turn: {
      at,
      chat,
      thread: null,
      person: String(change.from.id),
      hint: hintOf(change.from),
      act: is ? { kind: 'joined' } : { kind: 'left', because },
    },
    back: { chat, thread: null, asked: null, press: null },
  };
}

const isIn = ({
  status,
  is_member,
}: {
  readonly status: string;
  readonly is_member?: boolean | undefined;
}) => (status === 'restricted' ? is_member === true : !['left', 'kicked'].includes(status));
