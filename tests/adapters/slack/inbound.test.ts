import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arrivalOf, readInbound, readSuggestion } from '../../../src/adapters/slack/inbound.ts';
import { plainWords } from '../../../src/adapters/slack/mrkdwn.ts';
import { NOW } from '../doubles.ts';

const ME = { userId: 'UBOT' };
const TEAM = 'T1';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Slack's own sample, its blanks filled in. */
function sample(name: string, values: Json): Json {
  const file = new URL(`../../fixtures/slack-payloads/${name}Payload.json`, import.meta.url);
  return filled(JSON.parse(readFileSync(file, 'utf8')), values);
}
const filled = (blank: Json, values: Json): Json => ({
  ...blank,
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const was = blank[name];
      return [name, isObject(value) && isObject(was) ? filled(was, value) : value];
    }),
  ),
});

const event = (parts: Json, body: Json = {}): Json => ({
  token: 'deprecated-secret',
  team_id: TEAM,
  api_app_id: 'A1',
  type: 'event_callback',
  event_id: 'Ev1',
  event_time: 1700000000,
  authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: 'UBOT', is_bot: true }],
  event: parts,
  ...body,
});
const dm = (parts: Json = {}) =>
  event({
    type: 'message',
    channel: 'D1',
    channel_type: 'im',
    user: 'U1',
    text: '정부24 돼요?',
    ts: '17.1',
    ...parts,
  });
const mention = (parts: Json = {}) =>
  event({
    type: 'app_mention',
    channel: 'C1',
    user: 'U1',
    text: '<@UBOT> 정부24 돼요?',
    ts: '17.1',
    ...parts,
  });
const press = (parts: Json = {}) => ({
  type: 'block_actions',
  token: 'deprecated-secret',
  team: { id: TEAM, domain: 'city' },
  user: { id: 'U1', username: 'u', name: 'u', team_id: TEAM },
  trigger_id: '1.2.x',
  response_url: 'https://hooks.slack.com/actions/1',
  channel: { id: 'C1', name: 'general' },
  container: { type: 'message', message_ts: '17.5', channel_id: 'C1', is_ephemeral: false },
  message: { type: 'message', ts: '17.5' },
  actions: [
    { type: 'button', action_id: 'press:0:0:0', block_id: 'b', value: '1:st:s.gov24', action_ts: '1' },
  ],
  ...parts,
});
const slash = (text: string, parts: Json = {}) =>
  sample('SlashCommand', {
    team_id: TEAM,
    channel_id: 'C1',
    channel_name: 'general',
    user_id: 'U1',
    command: '/allim',
    text,
    trigger_id: '1.2.x',
    response_url: 'https://hooks.slack.com/commands/1',
    ...parts,
  });

const read = (body: unknown) => readInbound(body, ME, NOW);
const act = (body: unknown) => read(body)?.turn.act ?? null;

describe('what Slack sends', () => {
  it('as a direct message is a turn in the person’s own chat, answered where it was written', () => {
    expect(read(dm())).toEqual({
      turn: {
        at: NOW,
        chat: { platform: 'slack', workspace: TEAM, id: 'U1', kind: 'private' },
        thread: null,
        person: 'U1',
        hint: null,
        act: { kind: 'text', text: '정부24 돼요?' },
      },
      back: {
        chat: { platform: 'slack', workspace: TEAM, id: 'U1', kind: 'private' },
        channel: 'D1',
        thread: null,
        person: 'U1',
        trigger: null,
        responseUrl: null,
        pressed: null,
        home: null,
        submission: null,
      },
    });
    expect(read(dm({ thread_ts: '16.1' }))?.back.thread).toBe('16.1');
  });

  it('as a mention is a turn of the channel, answered in a thread below it', () => {
    expect(read(mention())?.turn).toMatchObject({
      chat: { id: 'C1', kind: 'channel' },
      thread: '17.1',
      person: 'U1',
      act: { kind: 'text', text: '정부24 돼요?' },
    });
    expect(read(mention({ thread_ts: '16.9' }))?.back).toMatchObject({ channel: 'C1', thread: '16.9' });
    expect(act(mention({ text: '<@UBOT>' }))).toMatchObject({ kind: 'command', name: 'help' });
  });

  it('a second time, as the message event of a mention, is dropped', () => {
    expect(act(mention({ type: 'message', channel_type: 'channel' }))).toBeNull();
  });

  it.each([
    ['our own message', { user: 'UBOT' }],
    ['another bot’s', { bot_id: 'B1' }],
    ['an edit', { subtype: 'message_changed' }],
    ['a deletion', { subtype: 'message_deleted' }],
    ['somebody joining', { subtype: 'channel_join' }],
    ['a message already edited', { edited: { user: 'U1', ts: '18' } }],
    ['nobody’s', { user: undefined }],
  ])('that is %s is dropped', (_, parts) => {
    expect(act(dm(parts))).toBeNull();
  });

  it.each([
    ['image/png', 'photo'],
    ['audio/mp4', 'voice'],
    ['video/mp4', 'video'],
    ['application/pdf', 'file'],
  ])('with a file of %s and no words is named, since we cannot read it', (mimetype, what) => {
    expect(act(dm({ subtype: 'file_share', text: '', files: [{ mimetype }] }))).toEqual({
      kind: 'unreadable',
      what,
    });
  });

  it('with a file and words is the words', () => {
    expect(
      act(dm({ subtype: 'file_share', text: '이거요', files: [{ mimetype: 'image/png' }] })),
    ).toMatchObject({
      text: '이거요',
    });
  });

  it.each([
    ['status 정부24', { kind: 'command', name: 'status', argument: '정부24' }],
    ['Subscribe gov24', { kind: 'command', name: 'subscribe', argument: 'gov24' }],
    ['/help', { kind: 'command', name: 'help', argument: '' }],
    ['link ABCD-1234', { kind: 'command', name: 'link', argument: 'ABCD-1234' }],
    ['', { kind: 'command', name: 'help', argument: '' }],
    ['정부24 돼요?', { kind: 'text', text: '정부24 돼요?' }],
    ['is gov24 down &amp; out?', { kind: 'text', text: 'is gov24 down & out?' }],
  ])('by /allim %s', (text, expected) => {
    expect(act(slash(text))).toEqual(expected);
  });

  it('by /allim in a direct message is the person’s own chat', () => {
    expect(read(slash('help', { channel_id: 'D9', channel_name: 'directmessage' }))).toMatchObject({
      turn: { chat: { id: 'U1', kind: 'private' } },
      back: { channel: 'D9', responseUrl: 'https://hooks.slack.com/commands/1', trigger: '1.2.x' },
    });
  });

  it('by a button under a message in a channel, answered below that message', () => {
    expect(read(press())).toMatchObject({
      turn: { thread: '17.5', person: 'U1', act: { kind: 'button', action: '1:st:s.gov24' } },
      back: { pressed: { ts: '17.5', ephemeral: false }, trigger: '1.2.x' },
    });
    expect(read(press({ message: { thread_ts: '16.1' } }))?.back.thread).toBe('16.1');
  });

  it('by a button under a message that only the person sees, answered through its own address', () => {
    const container = { type: 'message', message_ts: '17.5', channel_id: 'C1', is_ephemeral: true };
    expect(read(press({ container, message: undefined }))?.back).toMatchObject({
      thread: null,
      pressed: { ephemeral: true },
    });
  });

  it('by a button in the App Home', () => {
    const home = press({
      channel: undefined,
      message: undefined,
      response_url: undefined,
      container: { type: 'view', view_id: 'V1' },
      view: { id: 'V1', type: 'home' },
    });
    expect(read(home)).toMatchObject({
      turn: { chat: { id: 'U1', kind: 'private' } },
      back: { home: 'pressed', channel: 'U1' },
    });
  });

  it('by something else than a button of ours is dropped', () => {
    expect(act(press({ actions: [{ type: 'static_select', action_id: 'x' }] }))).toBeNull();
    expect(act(press({ actions: [] }))).toBeNull();
  });

  it('when the App Home is opened, but not its messages', () => {
    const opened = (tab: string) =>
      sample('AppHomeOpened', {
        type: 'event_callback',
        team_id: TEAM,
        event_id: 'Ev2',
        event: { user: 'U1', channel: 'D1', tab },
      });
    expect(read(opened('home'))).toMatchObject({
      turn: { chat: { id: 'U1', kind: 'private' }, act: { kind: 'home' } },
      back: { home: 'opened' },
    });
    expect(act(opened('messages'))).toBeNull();
  });

  it('when we are added to a channel; somebody else joining is nothing to us', () => {
    const joined = (user: string) =>
      sample('MemberJoinedChannel', {
        team_id: TEAM,
        event_id: 'Ev3',
        event: { user, channel: 'C7', inviter: 'U5' },
      });
    expect(read(joined('UBOT'))?.turn).toMatchObject({
      chat: { id: 'C7', kind: 'channel' },
      person: 'U5',
      act: { kind: 'joined' },
    });
    expect(act(joined('U2'))).toBeNull();
  });

  it.each([
    ['ChannelArchive', 'archived'],
    ['ChannelDeleted', 'deleted'],
  ])('%s ends the chat', (name, because) => {
    expect(
      read(sample(name, { type: 'event_callback', team_id: TEAM, event_id: 'Ev4', event: { channel: 'C7' } }))
        ?.turn,
    ).toMatchObject({ chat: { id: 'C7' }, act: { kind: 'left', because } });
  });

  it('when we are taken out, when the channel returns, and when it gets another id', () => {
    expect(act(event({ type: 'channel_left', channel: 'C7' }))).toEqual({ kind: 'left', because: 'kicked' });
    expect(act(event({ type: 'channel_unarchive', channel: 'C7', user: 'U1' }))).toEqual({ kind: 'joined' });
    const ids = { type: 'channel_id_changed', old_channel_id: 'G1', new_channel_id: 'C8' };
    expect(read(event(ids))?.turn).toMatchObject({ chat: { id: 'G1' }, act: { kind: 'moved', to: 'C8' } });
  });

  it('when the app is removed, in either order', () => {
    const body = { type: 'event_callback', team_id: TEAM, event_id: 'Ev5' };
    expect(read(sample('AppUninstalled', body))?.turn).toMatchObject({
      chat: { workspace: TEAM },
      act: { kind: 'workspace_ended', because: 'uninstalled' },
    });
    expect(act(sample('TokensRevoked', body))).toEqual({ kind: 'workspace_ended', because: 'revoked' });
    const usersOnly = { ...body, event: { tokens: { bot: [] } } };
    expect(act(sample('TokensRevoked', usersOnly))).toBeNull();
  });

  it('by the shortcut asks for the status in the person’s own chat', () => {
    const shortcut = { type: 'shortcut', callback_id: 'ask_status', trigger_id: '1.2.x' };
    const who = { team: { id: TEAM }, user: { id: 'U1', team_id: TEAM } };
    expect(read({ ...shortcut, ...who })).toMatchObject({
      turn: { chat: { id: 'U1', kind: 'private' }, act: { kind: 'command', name: 'status' } },
      back: { trigger: '1.2.x' },
    });
    expect(read({ ...shortcut, ...who, callback_id: 'other' })).toBeNull();
  });

  it('by a submitted form carries its values back to where it was asked for', () => {
    const submitted = sample('ViewSubmission', {
      team: { id: TEAM },
      user: { id: 'U1', team_id: TEAM },
      trigger_id: '1.2.x',
      view: {
        id: 'V1',
        hash: 'h1',
        callback_id: '1:su',
        private_metadata: JSON.stringify({ chat: 'C1', kind: 'channel', channel: 'C1', thread: '17.1' }),
        state: {
          values: {
            services: {
              services: {
                type: 'multi_external_select',
                selected_options: [{ value: 'gov24' }, { value: 'wetax' }],
              },
            },
            region: { region: { type: 'static_select', selected_option: { value: 'busan' } } },
            note: { note: { type: 'plain_text_input', value: null } },
          },
        },
      },
    });
    expect(read(submitted)).toMatchObject({
      turn: {
        chat: { id: 'C1', kind: 'channel' },
        thread: '17.1',
        act: {
          kind: 'form',
          action: '1:su',
          values: { services: ['gov24', 'wetax'], region: ['busan'], note: [] },
        },
      },
      back: { submission: 'V1:h1' },
    });
    expect(arrivalOf(submitted, ME, NOW)?.id).toBe('V1:h1');
  });

  it('as somebody types into a search field', () => {
    const asked = {
      type: 'block_suggestion',
      user: { id: 'U1', team_id: TEAM },
      team: { id: TEAM },
      action_id: 'services',
      block_id: 'services',
      value: '정부',
      view: { private_metadata: 'broken' },
    };
    expect(readSuggestion(asked, NOW)).toMatchObject({
      turn: { chat: { id: 'U1', kind: 'private', workspace: TEAM }, person: 'U1' },
      field: 'services',
      typed: '정부',
    });
  });

  it.each([
    null,
    42,
    'text',
    [],
    {},
    event({}),
    event({ type: 'new_thing' }),
    { command: '/allim' },
    { type: 'shortcut' },
  ])('malformed or of no use is dropped: %o', (body) => {
    expect(read(body)).toBeNull();
    expect(arrivalOf(body, ME, NOW)).toBeNull();
  });
});

describe('a Slack payload as it arrives', () => {
  it('is known by its event or trigger and kept in order by its chat', () => {
    expect(arrivalOf(dm(), ME, NOW)).toMatchObject({ id: 'Ev1', chat: 'T1:U1' });
    expect(arrivalOf(press(), ME, NOW)).toMatchObject({ id: '1.2.x', chat: 'T1:C1' });
    expect(arrivalOf(slash('help'), ME, NOW)).toMatchObject({ id: '1.2.x', chat: 'T1:C1' });
  });

  it('is stored without the shared secret that travels in it', () => {
    expect(JSON.stringify(arrivalOf(dm(), ME, NOW))).not.toContain('deprecated-secret');
  });

  it('of our own doing is not stored', () => {
    expect(arrivalOf(dm({ user: 'UBOT' }), { userId: null }, NOW)).toBeNull();
  });
});

describe('the words of a Slack message', () => {
  it.each([
    ['<@UBOT> 정부24', '정부24'],
    ['<@UBOT|allim>  status', 'status'],
    ['<@U2|민수> 님', '@민수 님'],
    ['<#C1|general> 에서', '#general 에서'],
    ['<https://gov.kr|정부24> 왜 안 돼', '정부24 왜 안 돼'],
    ['<https://gov.kr>', 'https://gov.kr'],
    ['<tel:110|110>', '110'],
    ['<!here> 급해요', '급해요'],
    ['A &lt; B &amp;&amp; C &gt; D', 'A < B && C > D'],
    ['&amp;lt;', '&lt;'],
  ])('%s', (text, words) => {
    expect(plainWords(text, 'UBOT')).toBe(words);
  });
});
