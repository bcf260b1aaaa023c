import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { NASTY } from './bodies.ts';

/** Stands in every text that we send, so that it can be looked for where it must not be. */
export const MARK = '비밀글7731';

const texts = fc.oneof(
  fc.constantFrom(
    ...NASTY,
    '정부24 되나요?',
    '/start x'.padEnd(80, 'y'),
    '/status@other_bot',
    '/',
    '/subscribe',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
);
const marked = texts.map((text) => `${text} ${MARK}`);
const ids = fc.oneof(fc.integer({ min: 5_000, max: 5_040 }), fc.constantFrom(-1, 0, 2 ** 53, -1e15, 1.5));
const chat = fc.record({
  id: ids,
  type: fc.constantFrom('private', 'group', 'supergroup', 'channel', 'secret'),
  title: marked,
});
const user = fc.record(
  {
    id: ids,
    is_bot: fc.boolean(),
    first_name: marked,
    language_code: fc.constantFrom('ko', 'en', 'xx', '', '한'),
  },
  { requiredKeys: ['id', 'is_bot', 'first_name'] },
);
const entity = fc.record({
  type: fc.constantFrom('bot_command', 'mention', 'text_mention', 'url', 'new'),
  offset: fc.integer({ min: -5, max: 50 }),
  length: fc.integer({ min: -5, max: 5000 }),
});
const message = fc.record(
  {
    message_id: fc.integer({ min: 1, max: 99 }),
    date: fc.constant(1_700_000_000),
    chat,
    from: user,
    sender_chat: chat,
    text: marked,
    caption: marked,
    entities: fc.array(entity, { maxLength: 3 }),
    sticker: fc.constant({ file_id: 'x' }),
    document: fc.constant({ file_name: MARK }),
    message_thread_id: fc.constantFrom(1, 2 ** 31, 1e20),
    is_topic_message: fc.boolean(),
    forward_origin: fc.constant({ type: 'channel' }),
    is_automatic_forward: fc.boolean(),
    migrate_to_chat_id: ids,
    via_bot: user,
    new_chat_members: fc.array(user, { maxLength: 2 }),
  },
  { requiredKeys: ['message_id', 'date', 'chat'] },
);
const press = fc.record(
  {
    id: fc.string({ maxLength: 20 }),
    from: user,
    message,
    data: fc.oneof(
      fc.constantFrom(
        '1:st:s.gov24',
        '1:un:*',
        '1:fo:s.gov24',
        'x'.repeat(64),
        '1:',
        ':::',
        '1:st:s.__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 64 }),
    ),
  },
  { requiredKeys: ['id', 'from'] },
);
const status = fc.record({ status: fc.constantFrom('member', 'kicked', 'left', 'administrator', 'new') });

/** Updates of all kinds, most of them nearly right. */
export const telegramUpdates: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.oneof(
  fc.record({ message }),
  fc.record({ channel_post: message }),
  fc.record({ edited_message: message }),
  fc.record({ callback_query: press }),
  fc.record({
    my_chat_member: fc.record({ chat, from: user, old_chat_member: status, new_chat_member: status }),
  }),
  fc.record({ message: fc.jsonValue() }),
  fc.dictionary(
    fc.constantFrom('poll', 'chat_boost', 'message', 'callback_query', '__proto__'),
    fc.jsonValue(),
  ),
);

const slackId = fc.constantFrom('U0SEOYEON', 'U0NOBODY', 'C0NOWHERE', 'D0X', 'B1', '');
const event = fc.record(
  {
    type: fc.constantFrom(
      'message',
      'app_mention',
      'app_home_opened',
      'app_uninstalled',
      'tokens_revoked',
      'new',
    ),
    subtype: fc.constantFrom('bot_message', 'message_changed', 'file_share', 'channel_join'),
    user: slackId,
    bot_id: slackId,
    channel: slackId,
    channel_type: fc.constantFrom('im', 'channel', 'group', 'mpim', 'new'),
    tab: fc.constantFrom('home', 'messages'),
    text: marked,
    ts: fc.constantFrom('1700000000.000100', '', 'x', '9'.repeat(80)),
    thread_ts: fc.constantFrom('1700000000.000100', 'x'.repeat(300)),
    message: fc.jsonValue(),
  },
  { requiredKeys: ['type'] },
);
const person = fc.record({ id: slackId, team_id: fc.constant('T0') });

export interface SlackPayload {
  readonly type: 'application/json' | 'application/x-www-form-urlencoded';
  readonly body: string;
}
const asJson = (value: unknown): SlackPayload => ({ type: 'application/json', body: JSON.stringify(value) });
const asForm = (values: Readonly<Record<string, string>>): SlackPayload => ({
  type: 'application/x-www-form-urlencoded',
  body: new URLSearchParams(values).toString(),
});
const asInteraction = (value: unknown): SlackPayload => asForm({ payload: JSON.stringify(value) });

/** Slack's payloads of all kinds, most of them nearly right. */
export const slackPayloads: fc.Arbitrary<SlackPayload> = fc.oneof(
  fc
    .record({ type: fc.constant('event_callback'), team_id: fc.constant('T0'), event_id: fc.uuid(), event })
    .map(asJson),
  fc.record({ type: fc.constant('event_callback'), event: fc.jsonValue() }).map(asJson),
  fc
    .record({
      command: fc.constantFrom('/allim', '/other'),
      text: marked.map((text) => text.toWellFormed()),
      team_id: fc.constant('T0'),
      channel_id: slackId,
      user_id: slackId,
      trigger_id: fc.uuid(),
      response_url: fc.constantFrom('http://127.0.0.1:1/x', 'nonsense', ''),
    })
    .map(asForm),
  fc
    .record({
      type: fc.constantFrom(
        'block_actions',
        'view_submission',
        'view_closed',
        'shortcut',
        'block_suggestion',
        'new',
      ),
      user: person,
      team: fc.constantFrom({ id: 'T0' }, null),
      trigger_id: fc.uuid(),
      callback_id: fc.constantFrom('ask_status', 'x', ''),
      channel: fc.record({ id: slackId }),
      container: fc.record({ type: fc.constant('message'), message_ts: fc.constantFrom('1.1', 'x') }),
      actions: fc.oneof(
        fc.array(fc.record({ type: fc.constant('button'), action_id: texts, value: marked }), {
          maxLength: 2,
        }),
        fc.jsonValue(),
      ),
      view: fc.oneof(
        fc.record({
          id: fc.uuid(),
          hash: fc.constant('1.a'),
          type: fc.constant('modal'),
          callback_id: texts,
          private_metadata: texts,
          state: fc.constant({ values: { a: { b: { type: 'plain_text_input', value: MARK } } } }),
        }),
        fc.jsonValue(),
      ),
      action_id: texts,
      value: marked,
    })
    .map(asInteraction),
  fc.jsonValue().map(asInteraction),
  fc.jsonValue().map(asJson),
);

/** As Slack signs, or with a difference. */
export function signed(
  { type, body }: SlackPayload,
  secret: string,
  at: number = Math.floor(Date.now() / 1000),
): Readonly<Record<string, string>> {
  const digest = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
  return {
    'content-type': type,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${digest}`,
  };
}
