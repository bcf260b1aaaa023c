import { z } from 'zod';

/*
 * What Slack sends, as far as we read it. Nothing more is asked of a payload, so that a new field breaks nothing.
 */

const Id = z.string().min(1);
/** Only a help where we do not know ourselves yet: a strange one spoils no event. */
const Authorizations = z
  .array(z.object({ user_id: Id, is_bot: z.boolean().optional() }))
  .optional()
  .catch(undefined);
export const EventBody = z.object({
  type: z.literal('event_callback'),
  /** What concerns a whole organisation may name only that. */
  team_id: Id.nullish(),
  enterprise_id: Id.nullish().catch(null),
  event_id: Id,
  authorizations: Authorizations,
  event: z.looseObject({ type: Id }),
});
export const Said = z.object({
  channel: Id,
  channel_type: z.string().optional(),
  user: Id.optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  ts: Id,
  thread_ts: Id.optional(),
  edited: z.unknown().optional(),
  files: z.array(z.object({ mimetype: z.string().optional() })).optional(),
});
export const HomeOpened = z.object({ user: Id, tab: z.string().optional() });
export const Member = z.object({ user: Id, channel: Id, inviter: Id.optional() });
export const InChannel = z.object({ channel: Id });
export const NewId = z.object({ old_channel_id: Id, new_channel_id: Id });
export const Revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) });

export const SlashBody = z.object({
  command: Id,
  team_id: Id,
  channel_id: Id,
  user_id: Id,
  text: z.string().default(''),
  trigger_id: Id,
  response_url: Id.optional(),
});
const Who = {
  user: z.object({ id: Id, team_id: Id.optional() }),
  team: z.object({ id: Id }).nullish(),
  trigger_id: Id,
};
export const PressBody = z.object({
  type: z.literal('block_actions'),
  ...Who,
  response_url: Id.optional(),
  channel: z.object({ id: Id }).nullish(),
  container: z.object({
    type: z.string(),
    message_ts: Id.optional(),
    thread_ts: Id.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ thread_ts: Id.optional() }).nullish(),
  view: z.object({ type: z.string() }).nullish(),
  actions: z.array(z.object({ type: z.string(), value: z.string().optional() })).min(1),
});
export const ShortcutBody = z.object({ type: z.literal('shortcut'), ...Who, callback_id: z.string() });
export const SubmissionBody = z.object({
  type: z.literal('view_submission'),
  ...Who,
  view: z.object({
    id: Id,
    hash: z.string(),
    callback_id: z.string(),
    private_metadata: z.string(),
    state: z.unknown(),
  }),
});
export const SuggestionBody = z.object({
  type: z.literal('block_suggestion'),
  ...Who,
  trigger_id: Id.optional(),
  action_id: z.string(),
  value: z.string().default(''),
  view: z.object({ private_metadata: z.string() }).nullish(),
});

export const Identified = z.object({
  event_id: Id.optional(),
  trigger_id: Id.optional(),
  type: z.string().optional(),
  view: z.object({ id: Id, hash: z.string() }).optional().catch(undefined),
});

export type EventBody = z.infer<typeof EventBody>;
export type Said = z.infer<typeof Said>;
export type SlashBody = z.infer<typeof SlashBody>;
export type PressBody = z.infer<typeof PressBody>;
export type ShortcutBody = z.infer<typeof ShortcutBody>;
export type SubmissionBody = z.infer<typeof SubmissionBody>;
