import { z } from 'zod';

/*
 * What Telegram sends, as far as we read it. Nothing more is asked of an update, so that a new field breaks nothing.
 */

export const User = z.object({
  id: z.number(),
  is_bot: z.boolean().optional(),
  language_code: z.string().optional(),
});
export const Chat = z.object({ id: z.number(), type: z.enum(['private', 'group', 'supergroup', 'channel']) });
export const Entity = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: User.optional(),
});
/** Loose, since what a message holds is told by which of many fields is there. */
export const Message = z.looseObject({
  message_id: z.number(),
  chat: Chat,
  from: User.optional(),
  sender_chat: z.object({ id: z.number() }).optional(),
  text: z.string().optional(),
  entities: z.array(Entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(Entity).optional(),
  message_thread_id: z.int().optional(),
  is_topic_message: z.boolean().optional(),
  is_automatic_forward: z.boolean().optional(),
  reply_to_message: z.looseObject({ from: User.optional() }).optional(),
  migrate_to_chat_id: z.number().optional(),
  migrate_from_chat_id: z.number().optional(),
});
export const Press = z.object({
  id: z.string(),
  from: User,
  message: z
    .object({
      message_id: z.number(),
      chat: Chat,
      message_thread_id: z.int().optional(),
      is_topic_message: z.boolean().optional(),
    })
    .optional(),
  data: z.string().optional(),
});
export const Membership = z.object({
  chat: Chat,
  from: User,
  old_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
  new_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
});
export const Update = z.object({
  update_id: z.number(),
  message: Message.optional(),
  channel_post: Message.optional(),
  callback_query: Press.optional(),
  my_chat_member: Membership.optional(),
});

/** The least that an update is. */
export const Numbered = z.object({ update_id: z.int() });

export type User = z.infer<typeof User>;
export type Chat = z.infer<typeof Chat>;
export type Entity = z.infer<typeof Entity>;
export type Message = z.infer<typeof Message>;
export type Press = z.infer<typeof Press>;
export type Membership = z.infer<typeof Membership>;
