import type { Json } from '../platform.ts';
import type { Method, Parts } from './parts.ts';
import { integer } from './parts.ts';
import { badRequest, forbidden, Refusal } from './refusal.ts';
import { botOnWire, chatOnWire, memberOnWire, messageOnWire, userOnWire } from './wire.ts';
import type { Chat, MemberStatus } from './world.ts';

/** The chat an argument means. @throws Refusal 400 when there is none */
export function chatOf({ world }: Parts, values: Json): Chat {
  const id = Number(values.chat_id);
  const user = world.users.get(id);
  const chat = world.chats.get(id) ?? (user === undefined ? undefined : world.privateChat(user));
  if (chat === undefined) throw badRequest('chat not found');
  return chat;
}

/** Whether the bot may write here. @throws Refusal as the Bot API words it */
export function mayWrite(chat: Chat): void {
  if (chat.migratedTo !== null) {
    throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    });
  }
  if (chat.deactivated) throw forbidden('user is deactivated');
  if (chat.deleted) throw forbidden('the group chat was deleted');
  if (chat.type === 'private') {
    if (chat.bot === 'kicked') throw forbidden('bot was blocked by the user');
    if (chat.bot === 'left') throw forbidden("bot can't initiate conversation with a user");
  } else {
    if (chat.bot === 'kicked') throw forbidden(`bot was kicked from the ${chat.type} chat`);
    if (chat.bot === 'left') throw forbidden(`bot is not a member of the ${chat.type} chat`);
    if (chat.type === 'channel' && chat.bot !== 'administrator') {
      throw badRequest('need administrator rights in the channel chat');
    }
  }
  if (chat.forbidden !== null) throw badRequest(chat.forbidden);
}

function memberOf(parts: Parts, chat: Chat, userId: number): Json {
  if (userId === parts.world.bot.id) return memberOnWire(botOnWire(parts.world), chat.bot, chat);
  const user = parts.world.users.get(userId);
  if (user === undefined) throw badRequest('PARTICIPANT_ID_INVALID');
  const status = chat.members.get(userId) ?? (chat.owner?.id === userId ? 'member' : 'left');
  return memberOnWire(userOnWire(user), status, chat);
}

const present = (status: MemberStatus) => status !== 'left' && status !== 'kicked';
const runs = (status: MemberStatus) => status === 'creator' || status === 'administrator';

const getChat: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  const pinned = chat.pinned === null ? null : parts.world.message(chat, chat.pinned);
  return {
    ...chatOnWire(chat),
    accent_color_id: 0,
    max_reaction_count: 0,
    accepted_gift_types: {},
    ...(pinned === null ? {} : { pinned_message: messageOnWire(parts.world, chat, pinned) }),
  };
};

const getChatAdministrators: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
  const people = [...chat.members].filter(([, status]) => runs(status));
  return [
    ...people.map(([id]) => memberOf(parts, chat, id)),
    ...(runs(chat.bot) ? [memberOf(parts, chat, parts.world.bot.id)] : []),
  ];
};

const pin: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  mayWrite(chat);
  if (chat.type !== 'private' && chat.bot !== 'administrator') {
    throw badRequest('not enough rights to manage pinned messages in the chat');
  }
  const message = parts.world.message(chat, integer(values, 'message_id') ?? 0);
  if (message === null) throw badRequest('message to pin not found');
  chat.pinned = message.id;
  parts.ledger.record({
    platform: 'telegram',
    kind: 'pin',
    chat: String(chat.id),
    person: null,
    messageId: String(message.id),
    text: message.text ?? '',
    buttons: [],
    silent: values.disable_notification === true || chat.type === 'private',
  });
  parts.changes.tell({ kind: 'conversation', platform: 'telegram', id: String(chat.id) });
  return true;
};

const unpin: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  chat.pinned = null;
  parts.changes.tell({ kind: 'conversation', platform: 'telegram', id: String(chat.id) });
  return true;
};

const leaveChat: Method = (parts, { values }) => {
  const chat = chatOf(parts, values);
  if (chat.type === 'private') throw badRequest("chat member status can't be changed in private chats");
  chat.bot = 'left';
  parts.changes.tell({ kind: 'conversation', platform: 'telegram', id: String(chat.id) });
  return true;
};

export const chatMethods: Readonly<Record<string, Method>> = {
  getChat,
  getChatAdministrators,
  getChatMember: (parts, { values }) =>
    memberOf(parts, chatOf(parts, values), integer(values, 'user_id') ?? 0),
  getChatMemberCount: (parts, { values }) => {
    const chat = chatOf(parts, values);
    return [...chat.members.values()].filter(present).length + (present(chat.bot) ? 1 : 0);
  },
  pinChatMessage: pin,
  unpinChatMessage: unpin,
  leaveChat,
};
