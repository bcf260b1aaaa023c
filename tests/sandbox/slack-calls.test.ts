import { readdirSync, readFileSync } from 'node:fs';
import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flawsOfBlocks, flawsOfView } from '../../src/sandbox/slack/block-kit.ts';
import { flawsOfElement } from '../../src/sandbox/slack/elements.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let client: webApi.WebClient;
let person: string;
let direct: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  client = clientWith(CREDENTIALS.slackBotToken);
  person = sandbox.slack.people.add('민수', 'ko');
  direct = sandbox.slack.people.directMessage(person);
});
afterEach(() => sandbox.stop());

const clientWith = (token: string) =>
  new webApi.WebClient(token, {
    slackApiUrl: sandbox.slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: 'error' as never,
  });
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: { data?: { error?: string }; code?: string }) => error.data?.error ?? error.code,
  );
const rules = () => sandbox.violations.all.map((violation) => violation.rule);
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });
const buttons = (count: number, label = '구독') => ({
  type: 'actions' as const,
  elements: Array.from({ length: count }, (_, i) => ({
    type: 'button' as const,
    action_id: `a${i}`,
    text: { type: 'plain_text' as const, text: label },
  })),
});

describe('a well-formed call', () => {
  it('posts, updates and deletes', async () => {
    const { ts } = await client.chat.postMessage({
      channel: direct,
      text: '하나',
      blocks: [section('*하나*'), buttons(2)],
      metadata: { event_type: 'notice', event_payload: { delivery: '7' } },
    });
    await client.chat.update({ channel: direct, ts: ts ?? '', text: '둘', blocks: [] });
    await client.chat.delete({ channel: direct, ts: ts ?? '' });
    expect(sandbox.ledger.of('slack', direct).map((e) => [e.kind, e.text])).toEqual([
      ['message', '*하나*'],
      ['edit', '둘'],
      ['delete', '둘'],
    ]);
    expect(sandbox.violations.all).toEqual([]);
  });

  it('a message to a person opens their direct message', async () => {
    const opened = await client.conversations.open({ users: person });
    const { channel } = await client.chat.postMessage({ channel: person, text: '안녕' });
    expect([opened.channel?.id, channel]).toEqual([direct, direct]);
  });

  it('an uncertain message is found again by its metadata', async () => {
    const metadata = { event_type: 'notice', event_payload: { delivery: '9' } };
    await client.chat.postMessage({ channel: direct, text: '알림', metadata });
    const { messages } = await client.conversations.history({ channel: direct, include_all_metadata: true });
    expect(messages?.[0]?.metadata).toEqual(metadata);
  });

  it('tells who a person is, in their language', async () => {
    const owner = sandbox.cast.citizens[0]?.slack ?? '';
    const { user } = await client.users.info({ user: owner, include_locale: true });
    expect(user).toMatchObject({ is_admin: true, is_owner: true, locale: 'ko-KR' });
    const { channel } = await client.conversations.info({ channel: sandbox.cast.slackChannel });
    expect(channel?.creator).toBe(sandbox.cast.citizens[1]?.slack);
  });

  it('an ephemeral message is for one member of the channel', async () => {
    const [owner] = sandbox.cast.citizens;
    const channel = sandbox.cast.slackChannel;
    await client.chat.postEphemeral({ channel, user: owner?.slack ?? '', text: '쉿' });
    expect(sandbox.ledger.of('slack', channel, 'ephemeral')[0]?.person).toBe(owner?.slack);
    expect(await errorOf(client.chat.postEphemeral({ channel, user: person, text: '쉿' }))).toBe(
      'user_not_in_channel',
    );
  });
});

describe('a bad call is refused and held against the caller', () => {
  it.each<[string, () => Promise<unknown>, string, string]>([
    [
      'a section of 3,001 characters',
      () => client.chat.postMessage({ channel: direct, text: 'a', blocks: [section('가'.repeat(3001))] }),
      'length',
      'invalid_blocks',
    ],
    [
      'fifty-one blocks',
      () => client.chat.postMessage({ channel: direct, text: 'a', blocks: Array(51).fill(section('a')) }),
      'length',
      'invalid_blocks',
    ],
    [
      'twenty-six buttons in a row',
      () => client.chat.postMessage({ channel: direct, text: 'a', blocks: [buttons(26)] }),
      'length',
      'invalid_blocks',
    ],
    [
      'a button of 76 characters',
      () => client.chat.postMessage({ channel: direct, text: 'a', blocks: [buttons(1, 'x'.repeat(76))] }),
      'length',
      'invalid_blocks',
    ],
    [
      'blocks that are too long together',
      () =>
        client.chat.postMessage({
          channel: direct,
          text: 'a',
          blocks: Array(4).fill(section('x'.repeat(2900))),
        }),
      'msg_blocks_too_long',
      'msg_blocks_too_long',
    ],
    [
      'an unknown argument',
      () => client.apiCall('chat.postMessage', { channel: direct, text: 'a', silent: true }),
      'unknown-argument',
      'invalid_arguments',
    ],
    ['no channel', () => client.apiCall('chat.postMessage', { text: 'a' }), 'missing', 'invalid_arguments'],
    ['nothing to say', () => client.apiCall('chat.postMessage', { channel: direct }), 'no_text', 'no_text'],
    [
      'metadata without a payload',
      () => client.apiCall('chat.postMessage', { channel: direct, text: 'a', metadata: { event_type: 'x' } }),
      'content',
      'invalid_metadata_format',
    ],
    [
      'a method we do not play',
      () => client.apiCall('chat.meMessage', {}),
      'unknown-method',
      'unknown_method',
    ],
  ])('%s', async (_, call, rule, code) => {
    expect(await errorOf(call())).toBe(code);
    expect(rules()).toContain(rule);
    expect(sandbox.ledger.of('slack', direct)).toEqual([]);
  });

  it('blocks without text are posted, and noted', async () => {
    await client.apiCall('chat.postMessage', { channel: direct, blocks: [section('a')] });
    expect(rules()).toEqual(['no-fallback']);
  });

  it('a modal that Slack would refuse', () => {
    const modal = {
      type: 'modal',
      title: { type: 'plain_text', text: 'x'.repeat(25) },
      private_metadata: 'x'.repeat(3001),
      blocks: [
        {
          type: 'input',
          label: { type: 'plain_text', text: '서비스' },
          element: {
            type: 'static_select',
            options: Array(101).fill({ text: { type: 'plain_text', text: 'a' }, value: 'a' }),
          },
        },
      ],
    };
    const paths = flawsOfView(modal, ['modal']).map((flaw) => flaw.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/view/title/text',
        '/view/private_metadata',
        '/view/submit',
        '/view/blocks/0/element/options',
      ]),
    );
  });

  it('tokens: none, a stranger’s, the wrong kind, a dead one', async () => {
    expect(await errorOf(clientWith('').auth.test())).toBe('not_authed');
    expect(await errorOf(clientWith('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await errorOf(clientWith(CREDENTIALS.slackAppToken).auth.test())).toBe('not_allowed_token_type');
    void sandbox.slack.people.uninstall();
    expect(await errorOf(client.auth.test())).toBe('account_inactive');
  });
});

it('channels that cannot be written to', async () => {
  const { people } = sandbox.slack;
  const closed = people.addChannel('old');
  void people.archive(closed, person);
  const without = people.addChannel('elsewhere', { bot: false });
  const hidden = people.addChannel('secret', { private: true, bot: false });
  const post = (channel: string) => errorOf(client.chat.postMessage({ channel, text: 'a' }));
  expect(await post(closed)).toBe('is_archived');
  expect(await post(without)).toBe('not_in_channel');
  expect(await post(hidden)).toBe('channel_not_found');
  await client.conversations.join({ channel: without });
  expect(await post(without)).toBe('ok');
});

describe('limits', () => {
  it('one channel: a short burst, then one a second', async () => {
    const codes: unknown[] = [];
    for (let i = 0; i < 6; i++)
      codes.push(await errorOf(client.chat.postMessage({ channel: direct, text: 'a' })));
    expect(codes.slice(0, 5)).toEqual(Array(5).fill('ok'));
    expect(codes[5]).toBe('slack_webapi_rate_limited_error');
    expect(sandbox.violations.floods.slack.refused).toBe(1);
  });

  it('one method: its tier a minute, while other methods go on', async () => {
    for (let i = 0; i < 20; i++) await client.users.list({});
    expect(await errorOf(client.users.list({}))).toBe('slack_webapi_rate_limited_error');
    expect(await errorOf(client.users.info({ user: person }))).toBe('ok');
  });

  it('the workspace: several hundred posts a minute', async () => {
    const people = sandbox.slack.people.addMany(301, 'ko');
    let refused = 0;
    for (const each of people) {
      const outcome = await errorOf(client.chat.postMessage({ channel: each, text: 'a' }));
      if (outcome !== 'ok') refused += 1;
    }
    expect(refused).toBe(1);
  });
});

describe('the published fixtures', () => {
  const folder = new URL('./fixtures/block-kit/', import.meta.url);
  const fixtures = (kind: string) =>
    readdirSync(new URL(`${kind}/`, folder)).map((file): [string, unknown] => [
      file,
      JSON.parse(readFileSync(new URL(`${kind}/${file}`, folder), 'utf8')),
    ]);

  it.each(fixtures('blocks'))('block %s is accepted', (_, block) => {
    expect(flawsOfBlocks([block], '/blocks', 'modal')).toEqual([]);
  });
  it.each(fixtures('elements'))('element %s is accepted', (_, element) => {
    expect(flawsOfElement(element, '/element', () => true)).toEqual([]);
  });
  it.each(fixtures('views'))('view %s is accepted', (_, view) => {
    expect(flawsOfView(view, ['modal', 'home'])).toEqual([]);
  });
});
