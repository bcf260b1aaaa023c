import type { Json } from '../platform.ts';
import type { Chat, MemberStatus, Message, User, World } from './world.ts';

const seconds = (ms: number) => Math.floor(ms / 1000);

export const botOnWire = (world: World): Json => ({
  id: world.bot.id,
  is_bot: true,
  first_name: world.bot.firstName,
  username: world.bot.username,
});

export const userOnWire = (user: User): Json => ({
  id: user.id,
  is_bot: false,
  first_name: user.firstName,
  language_code: user.language,
});

export const chatOnWire = (chat: Chat): Json => ({
  id: chat.id,
  type: chat.type,
  ...(chat.owner === null ? { title: chat.title } : { first_name: chat.title }),
});

/** A message as the Bot API writes it. */
export function messageOnWire(world: World, chat: Chat, message: Message, withReply = true): Json {
  const repliedTo = message.replyTo === null ? null : world.message(chat, message.replyTo);
  const sender =
    chat.type === 'channel'
      ? { sender_chat: chatOnWire(chat) }
      : { from: message.from === null ? botOnWire(world) : userOnWire(message.from) };
  return {
    message_id: message.id,
    ...sender,
    chat: chatOnWire(chat),
    date: seconds(message.at),
    ...(message.thread === null ? {} : { message_thread_id: message.thread, is_topic_message: true }),
    ...(message.editedAt === null ? {} : { edit_date: seconds(message.editedAt) }),
    ...(repliedTo !== null && withReply
      ? { reply_to_message: messageOnWire(world, chat, repliedTo, false) }
      : {}),
    ...(message.text === null ? {} : { text: message.text }),
    ...(message.entities.length === 0 ? {} : { entities: message.entities }),
    ...(message.keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: message.keyboard } }),
    ...message.extra,
  };
}

const FULL_RIGHTS = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
};

export function memberOnWire(user: Json, status: MemberStatus, chat: Chat): Json {
  switch (status) {
    case 'creator':
      return { status, user, is_anonymous: false };
    case 'administrator':
      return {
        status,
        user,
        ...FULL_RIGHTS,
        ...(chat.type === 'channel'
          ? { can_post_messages: true, can_edit_messages: true }
          : { can_pin_messages: true }),
      };
    case 'kicked':
      return { status, user, until_date: 0 };
    default:
      return { status, user };
  }
}
