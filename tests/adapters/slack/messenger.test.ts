import { webApi } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { createMessenger } from '../../../src/adapters/slack/messenger.ts';
import { createPeople } from '../../../src/adapters/slack/people.ts';
import { quietLogger } from '../../../src/adapters/slack/receive.ts';
import { card } from '../../../src/card/card.ts';
import type { ChatRef } from '../../../src/domain/subscriber.ts';
import type { SendOutcome } from '../../../src/ports/messenger.ts';
import { type Answer, type Call, deadPort, memoOf, silent, someCard, standIn } from '../doubles.ts';

const TOKEN = 'xoxb-1-secret-secret-secret';
const CHANNEL: ChatRef = { platform: 'slack', workspace: 'T1', id: 'C1', kind: 'channel' };
const PERSON: ChatRef = { platform: 'slack', workspace: 'T1', id: 'U1', kind: 'private' };
const OPTIONS = { silent: false, deliveryId: 'd1', replyTo: null };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const posted: Answer = { json: { ok: true, channel: 'C1', ts: '1700000000.000100' } };
const refusal = (error: string): Answer => ({ json: { ok: false, error } });

async function setUp(respond: (call: Call) => Answer = () => posted) {
  const platform = await standIn(respond);
  closing.push(platform.close);
  return { platform, messenger: messengerFor(platform.url) };
}

function messengerFor(
  url: string,
  timeout = 15_000,
  onRemoved: ((workspace: string) => Promise<void>) | null = null,
) {
  const client = new webApi.WebClient(TOKEN, {
    slackApiUrl: `${url}/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout,
    logger: quietLogger(silent),
  });
  const call = <T>(_: string, use: (given: typeof client) => Promise<T>) => use(client);
  const people = createPeople({ call, memo: memoOf(), logger: silent });
  return createMessenger({ call, people, ratePerMinute: 240, logger: silent, onRemoved });
}

describe('a notice sent to Slack', () => {
  it('goes out as blocks with text beside them, marked with its delivery, without unfurling', async () => {
    const { platform, messenger } = await setUp();
    expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual({
      kind: 'sent',
      messageId: '1700000000.000100',
    });
    expect(platform.of('chat.postMessage')).toEqual([
      {
        channel: 'C1',
        text: expect.stringMatching(/^정부24 중단\n/),
        blocks: expect.arrayContaining([expect.objectContaining({ type: 'section' })]),
        unfurl_links: 'false',
        unfurl_media: 'false',
        parse: 'none',
        metadata: { event_type: 'allim_delivery', event_payload: { delivery_id: 'd1' } },
      },
    ]);
  });

  it('continues the message before it, and shows in the channel too', async () => {
    const { platform, messenger } = await setUp();
    await messenger.send(CHANNEL, someCard, { ...OPTIONS, replyTo: '17.1' });
    expect(platform.of('chat.postMessage')).toMatchObject([{ thread_ts: '17.1', reply_broadcast: 'true' }]);
  });

  it('stands alone when the message before it takes no replies', async () => {
    const { platform, messenger } = await setUp(({ values }) =>
      values.thread_ts === undefined ? posted : refusal('cannot_reply_to_message'),
    );
    expect(await messenger.send(CHANNEL, someCard, { ...OPTIONS, replyTo: '17.1' })).toMatchObject({
      kind: 'sent',
    });
    expect(platform.calls.length).toBe(2);
  });

  const lane = (why: string, afterSeconds: number): SendOutcome => ({
    kind: 'retry',
    scope: 'lane',
    afterSeconds,
    why,
  });
  const refused = (why: string, fault: 'content' | 'chat'): SendOutcome => ({ kind: 'refused', why, fault });

  it.each<[string, SendOutcome]>([
    ['ratelimited', lane('ratelimited', 30)],
    ['channel_not_found', refused('channel_not_found', 'chat')],
    ['is_archived', { kind: 'gone', why: 'archived' }],
    ['no_permission', refused('no_permission', 'chat')],
    ['restricted_action', refused('restricted_action', 'chat')],
    ['restricted_action_read_only_channel', refused('restricted_action_read_only_channel', 'chat')],
    ['ekm_access_denied', refused('ekm_access_denied', 'chat')],
    ['messages_tab_disabled', refused('messages_tab_disabled', 'chat')],
    ['app_access_restricted', refused('app_access_restricted', 'chat')],
    ['account_inactive', { kind: 'revoked', why: 'account_inactive' }],
    ['token_revoked', { kind: 'revoked', why: 'token_revoked' }],
    ['invalid_auth', { kind: 'revoked', why: 'invalid_auth' }],
    ['not_authed', { kind: 'revoked', why: 'not_authed' }],
    ['team_not_found', { kind: 'revoked', why: 'team_not_found' }],
    ['token_expired', lane('token_expired', 30)],
    ['missing_scope', lane('missing_scope', 3600)],
    ['not_allowed_token_type', lane('not_allowed_token_type', 3600)],
    ['org_login_required', lane('org_login_required', 30)],
    ['team_added_to_org', lane('team_added_to_org', 30)],
    ['service_unavailable', lane('service_unavailable', 30)],
    ['request_timeout', lane('request_timeout', 30)],
    ['accesslimited', lane('accesslimited', 30)],
    ['message_limit_exceeded', lane('message_limit_exceeded', 86_400)],
    ['rate_limited', lane('rate_limited', 30)],
    ['not_in_channel', refused('not_in_channel', 'chat')],
    ['restricted_action_thread_only_channel', refused('restricted_action_thread_only_channel', 'chat')],
    ['channel_is_deleted', { kind: 'gone', why: 'channel_is_deleted' }],
    ['user_not_found', { kind: 'gone', why: 'user_not_found' }],
    ['markdown_text_conflict', refused('markdown_text_conflict', 'content')],
    ['invalid_metadata_format', refused('invalid_metadata_format', 'content')],
    ['too_many_attachments', refused('too_many_attachments', 'content')],
    ['invalid_blocks', refused('invalid_blocks', 'content')],
    ['invalid_blocks_format', refused('invalid_blocks_format', 'content')],
    ['msg_blocks_too_long', refused('msg_blocks_too_long', 'content')],
    ['msg_too_long', refused('msg_too_long', 'content')],
    ['no_text', refused('no_text', 'content')],
    ['metadata_too_large', refused('metadata_too_large', 'content')],
    ['user_disabled', { kind: 'gone', why: 'user_disabled' }],
    ['fatal_error', { kind: 'uncertain', why: 'fatal_error' }],
    ['internal_error', { kind: 'uncertain', why: 'internal_error' }],
    ['something_new', refused('something_new', 'chat')],
  ])('%s', async (code, outcome) => {
    const { messenger } = await setUp(() => refusal(code));
    expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual(outcome);
  });

  it.each<[string, Answer, SendOutcome]>([
    ['HTTP 429', { status: 429, json: {}, headers: { 'retry-after': '77' } }, lane('ratelimited', 77)],
    ['HTTP 429 without a time', { status: 429, json: {} }, lane('429 without a time', 30)],
    ['HTTP 503', { status: 503, html: 'busy' }, { kind: 'uncertain', why: 'HTTP 503' }],
    ['HTTP 404', { status: 404, html: 'where?' }, lane('HTTP 404', 3600)],
    ['a page of a proxy', { html: '<h1>hello</h1>' }, { kind: 'uncertain', why: 'no answer: not JSON' }],
    ['a broken connection', 'drop', { kind: 'uncertain', why: 'no answer: UND_ERR_SOCKET' }],
  ])('%s', async (_, answer, outcome) => {
    const { messenger } = await setUp(() => answer);
    expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual(outcome);
  });

  it('is uncertain when no answer comes in time', async () => {
    const platform = await standIn(() => 'hang');
    closing.push(platform.close);
    expect(await messengerFor(platform.url, 200).send(CHANNEL, someCard, OPTIONS)).toEqual({
      kind: 'uncertain',
      why: 'no answer: timeout',
    });
  });

  it('is certainly not sent when nobody listens', async () => {
    const messenger = messengerFor(`http://127.0.0.1:${await deadPort()}`);
    expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual({
      ...lane('no answer: ECONNREFUSED', 5),
      away: true,
    });
  });

  it.each([
    ['the name is not found', async () => 'http://slack.invalid'],
    ['the other side does not speak TLS', async () => (await setUp()).platform.url.replace('http', 'https')],
  ])('is certainly not sent when %s', async (_, url) => {
    expect(await messengerFor(await url()).send(CHANNEL, someCard, OPTIONS)).toMatchObject({
      kind: 'retry',
      scope: 'lane',
      away: true,
    });
  });

  it.each(['not_in_channel', 'channel_not_found', 'no_permission'])(
    'joins a public channel once on %s',
    async (code) => {
      let joined = false;
      const { messenger, platform } = await setUp(({ method }) => {
        if (method === 'conversations.join') joined = true;
        return joined ? posted : refusal(code);
      });
      expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toMatchObject({ kind: 'sent' });
      expect(platform.of('conversations.join')).toEqual([{ channel: 'C1' }]);
      expect(platform.of('chat.postMessage')).toHaveLength(2);
    },
  );

  it('has nothing to join in a direct message or a group', async () => {
    const { messenger, platform } = await setUp(() => refusal('channel_not_found'));
    for (const chat of [PERSON, { ...CHANNEL, id: 'G1' }])
      expect(await messenger.send(chat, someCard, OPTIONS)).toEqual(refused('channel_not_found', 'chat'));
    expect(platform.of('conversations.join')).toEqual([]);
  });

  it('leaves it at that when the channel cannot be joined', async () => {
    const { messenger, platform } = await setUp(({ method }) =>
      refusal(method === 'conversations.join' ? 'missing_scope' : 'not_in_channel'),
    );
    expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual(refused('not_in_channel', 'chat'));
    expect(platform.calls.length).toBe(2);
  });

  it('tells a closed account of a person from a dead token of ours', async () => {
    const { messenger } = await setUp(({ method }) =>
      method === 'auth.test' ? { json: { ok: true } } : refusal('account_inactive'),
    );
    expect(await messenger.send(PERSON, someCard, OPTIONS)).toEqual({ kind: 'gone', why: 'deactivated' });
  });

  it.each(['token_revoked', 'account_inactive'])(
    '%s ends the chat where removing the app ends a workspace, and tells so',
    async (code) => {
      const { platform } = await setUp(() => refusal(code));
      const removed: string[] = [];
      const messenger = messengerFor(platform.url, 15_000, async (workspace) => void removed.push(workspace));
      expect(await messenger.send(CHANNEL, someCard, OPTIONS)).toEqual({ kind: 'gone', why: code });
      expect(removed).toEqual(['T1']);
    },
  );

  it('never retries by itself', async () => {
    const { messenger, platform } = await setUp(() => 'drop');
    await messenger.send(CHANNEL, someCard, OPTIONS);
    expect(platform.calls.length).toBe(1);
  });

  it('counts as sent once its first part arrived, the rest below it', async () => {
    const { messenger, platform } = await setUp();
    const long = card('긴 알림', { sections: [{ label: null, lines: Array(400).fill('가'.repeat(40)) }] });
    expect(await messenger.send(CHANNEL, long, OPTIONS)).toMatchObject({ kind: 'sent' });
    const [first, ...rest] = platform.of('chat.postMessage').map((values) => values.thread_ts);
    expect(first).toBeUndefined();
    expect(new Set(rest)).toEqual(new Set(['1700000000.000100']));
  });
});

describe('an administrator in Slack', () => {
  const answers =
    (user: object, creator = 'U0') =>
    ({ method }: Call): Answer => ({
      json: { ok: true, ...(method === 'users.info' ? { user } : { channel: { creator } }) },
    });

  it.each([
    ['an administrator of the workspace', { is_admin: true }, 'U0', true],
    ['an owner of the workspace', { is_owner: true }, 'U0', true],
    ['who created the channel', {}, 'U9', true],
    ['anyone else', {}, 'U0', false],
  ])('%s', async (_, user, creator, is) => {
    const { messenger } = await setUp(answers(user, creator));
    expect(await messenger.isAdministrator(CHANNEL, 'U9')).toBe(is);
  });

  it('is everyone in a direct message', async () => {
    const { messenger, platform } = await setUp();
    expect(await messenger.isAdministrator(PERSON, 'U1')).toBe(true);
    expect(platform.calls).toEqual([]);
  });

  it('is asked for once a minute, and nobody while Slack does not say', async () => {
    let away = true;
    const { messenger, platform } = await setUp((call) =>
      away ? 'drop' : answers({ is_admin: true })(call),
    );
    expect(await messenger.isAdministrator(CHANNEL, 'U9')).toBe(false);
    away = false;
    expect(await messenger.isAdministrator(CHANNEL, 'U9')).toBe(true);
    expect(await messenger.isAdministrator(CHANNEL, 'U9')).toBe(true);
    expect(platform.of('users.info').length).toBe(2);
  });
});

it('a Slack lane is the workspace’s, at its ceiling', () => {
  const messenger = messengerFor('http://127.0.0.1:1');
  expect(messenger.lane(CHANNEL)).toBe('slack:T1');
  expect(messenger.ratePerSecond).toBe(4);
  expect(messenger.chatGapMs('private')).toBe(1000);
});
