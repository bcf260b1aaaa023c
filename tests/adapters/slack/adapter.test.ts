import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Form } from '../../../src/card/form.ts';
import { reply } from '../../../src/conversation/turn.ts';
import { CREDENTIALS, eventually } from '../../support/sandbox.ts';
import { listeningLogger, someCard } from '../doubles.ts';
import { type Rig, rig } from '../rigs.ts';

let live: Rig | null = null;
const using = async (...given: Parameters<typeof rig>): Promise<Rig> => {
  live = await rig(...given);
  return live;
};
afterEach(async () => {
  const violations = live?.sandbox.violations.all ?? [];
  await live?.stop();
  live = null;
  expect(violations).toEqual([]);
});

/** What a chat was shown, less the empty acknowledgements of Socket Mode. */
const answersIn = (chat: string, kind?: 'message' | 'ephemeral') =>
  live?.sandbox.ledger.of('slack', chat, kind).filter((entry) => entry.text !== '') ?? [];

const form: Form = {
  action: '1:su',
  title: '구독',
  submit: '저장',
  cancel: '닫기',
  fields: [
    {
      kind: 'choice',
      id: 'services',
      label: '서비스',
      placeholder: '이름을 입력하세요',
      many: true,
      required: true,
      options: 'search',
      chosen: [],
    },
    {
      kind: 'text',
      id: 'note',
      label: '메모',
      placeholder: '',
      required: false,
      multiline: false,
      maxLength: 100,
      value: '',
    },
  ],
};

describe.each(['http', 'socket'] as const)('Slack by %s', (transport) => {
  it('answers a question in a direct message, in the language of the client', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.slack.people.add('Jane', 'en');
    const direct = sandbox.slack.people.directMessage(person);
    sandbox.slack.people.say(direct, person, 'is gov24 down?');
    expect(await heard(1)).toMatchObject([
      { chat: { id: person, kind: 'private' }, hint: 'en', act: { kind: 'text', text: 'is gov24 down?' } },
    ]);
    expect(sandbox.ledger.of('slack', direct, 'message')).toMatchObject([
      { text: expect.stringMatching(/정부24 중단/), buttons: ['다시 되면 알림'] },
    ]);
  });

  it('answers a mention once, in a thread below it', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { creator: person, members: [person] });
    const asked = sandbox.slack.people.say(channel, person, '@allim 정부24 돼요?');
    await heard(1);
    const [answer] = sandbox.slack.world.channels.get(channel)?.messages.filter((m) => m.from === null) ?? [];
    expect(answer?.threadTs).toBe(asked);
    expect(sandbox.ledger.of('slack', channel, 'message').length).toBe(1);
  });

  it('stores an event before it acknowledges it, and hears it again while it cannot', async () => {
    const { sandbox, heard, inbox } = await using(transport);
    const person = sandbox.slack.people.add('김민수', 'ko');
    inbox.away = true;
    setTimeout(() => {
      inbox.away = false;
    }, 10);
    sandbox.slack.people.say(sandbox.slack.people.directMessage(person), person, '하나');
    // By socket Slack only knows after three seconds that nothing was acknowledged.
    await heard(1);
    expect(inbox.stored.length).toBe(1);
  });

  it('draws the answer to a button over its message', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      reply(
        [
          {
            ...someCard,
            headline: turn.act.kind,
            buttons: turn.act.kind === 'button' ? [] : someCard.buttons,
          },
        ],
        {
          replace: turn.act.kind === 'button',
        },
      ),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    const direct = sandbox.slack.people.directMessage(person);
    sandbox.slack.people.say(direct, person, '정부24');
    await heard(1);
    const [shown] = sandbox.ledger.of('slack', direct, 'message');
    await sandbox.slack.people.press(direct, person, String(shown?.messageId), '다시 되면 알림');
    await heard(2);
    expect(sandbox.ledger.of('slack', direct, 'edit')).toMatchObject([
      { messageId: shown?.messageId, text: expect.stringMatching(/button/) },
    ]);
  });

  it('answers /allim for all to see, or for the person alone', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      reply([someCard], { privately: turn.act.kind === 'command' }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { members: [person] });
    await sandbox.slack.people.slash(channel, person, '정부24 돼요?');
    await heard(1);
    expect(sandbox.ledger.of('slack', channel, 'message').length).toBe(1);
    await sandbox.slack.people.slash(channel, person, 'subscribe gov24');
    await heard(2);
    expect(answersIn(channel, 'ephemeral')).toMatchObject([{ person }]);
  });

  it('answers /allim to the person alone where we are no member', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('elsewhere', { members: [person], bot: false });
    await sandbox.slack.people.slash(channel, person, '정부24 돼요?');
    await heard(1);
    expect(answersIn(channel, 'ephemeral')).toMatchObject([{ person }]);
  });

  it('opens a form, fills its search, and answers where it was asked for', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      turn.act.kind === 'form' ? reply([someCard]) : reply([someCard], { form }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { members: [person] });
    await sandbox.slack.people.slash(channel, person, 'subscribe');
    await heard(1);
    expect(answersIn(channel)).toEqual([]);
    const { modals } = sandbox.slack.people;
    expect(await modals.suggest(person, 'services', '정부')).toEqual([
      { value: 'services:정부', label: '정부!' },
    ]);
    await modals.submit(person, { services: ['gov24'], note: '' });
    expect((await heard(2))[1]).toMatchObject({
      chat: { id: channel, kind: 'channel' },
      act: { kind: 'form', action: '1:su', values: { services: ['gov24'], note: [] } },
    });
    expect(modals.top(person)).toBeNull();
    expect(sandbox.ledger.of('slack', channel, 'message').length).toBe(1);
  });

  it('shows a form again in the same breath when something in it will not do', async () => {
    const again = { ...form, title: '다시' };
    const { sandbox, heard } = await using(transport, (turn) =>
      reply([someCard], { form: turn.act.kind === 'form' ? again : form }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    await sandbox.slack.people.shortcut(person, 'ask_status');
    await heard(1);
    await sandbox.slack.people.modals.submit(person, { services: ['gov24'] });
    await heard(2);
    expect(sandbox.slack.people.modals.top(person)?.json).toMatchObject({ title: { text: '다시' } });
    expect(sandbox.ledger.of('slack', sandbox.slack.people.directMessage(person), 'message')).toEqual([]);
  });

  it('draws the App Home, and what a button on it says so above the Home as it is then', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      reply([{ ...someCard, headline: turn.act.kind }], { replace: true }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    await sandbox.slack.people.openHome(person);
    await heard(1);
    await sandbox.slack.people.pressHome(person, '다시 되면 알림');
    await heard(3);
    const drawn = () => JSON.stringify(sandbox.slack.world.homes.get(person)?.json);
    await eventually(() => /\*button\*.*\*home\*/.test(drawn()));
  });

  it('hears of being added, taken out and removed altogether', async () => {
    const { sandbox, heard } = await using(transport, () => null);
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { members: [person], bot: false });
    await sandbox.slack.people.addBot(channel, person);
    await sandbox.slack.people.removeBot(channel, person);
    await sandbox.slack.people.uninstall();
    const acts = (await heard(4)).map((turn) => turn.act);
    expect(acts).toEqual([
      { kind: 'joined' },
      { kind: 'left', because: 'kicked' },
      { kind: 'workspace_ended', because: 'uninstalled' },
      { kind: 'workspace_ended', because: 'revoked' },
    ]);
  });

  it('acknowledges what nobody handles', async () => {
    const { sandbox, heard, turns } = await using(transport);
    const person = sandbox.slack.people.add('김민수', 'ko');
    const direct = sandbox.slack.people.directMessage(person);
    await sandbox.slack.people.deliver({ type: 'something_new', channel: direct });
    await sandbox.slack.people.shortcut(person, 'unknown');
    await sandbox.slack.people.pressRaw(direct, person, '1.1', { type: 'static_select', action_id: 'x' });
    sandbox.slack.people.say(direct, person, '정부24');
    await heard(1);
    expect(turns.length).toBe(1);
    expect(sandbox.ledger.of('slack', direct, 'trouble')).toEqual([]);
  });
});

describe('Slack by HTTP', () => {
  const sign = (
    body: string,
    secret: string = CREDENTIALS.slackSigningSecret,
    at = Math.floor(Date.now() / 1000),
  ) => ({
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  });
  const post = (url: string, body: string, headers: Record<string, string>) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const event = JSON.stringify({
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    event: { type: 'message', channel: 'D1', channel_type: 'im', user: 'U1', text: '?', ts: '1.1' },
  });

  it('lets nobody in without the signature, or with an old one', async () => {
    const it = await using('http');
    const old = Math.floor(Date.now() / 1000) - 3600;
    expect((await post(it.url, event, sign(event, 'guess'))).status).toBe(401);
    expect((await post(it.url, event, sign(event, undefined, old))).status).toBe(401);
    expect((await post(it.url, event, {})).status).toBe(401);
    expect(it.inbox.stored).toEqual([]);
  });

  it('stores before it answers, a repeat only once, and fails while it cannot', async () => {
    const it = await using('http');
    it.inbox.away = true;
    expect((await post(it.url, event, sign(event))).status).toBe(500);
    it.inbox.away = false;
    expect((await post(it.url, event, sign(event))).status).toBe(200);
    expect((await post(it.url, event, sign(event))).status).toBe(200);
    expect(it.inbox.stored.map((arrival) => arrival.id)).toEqual(['Ev1']);
  });

  it('answers the check of its address', async () => {
    const it = await using('http');
    const check = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    expect(await (await post(it.url, check, sign(check))).json()).toEqual({ challenge: 'abc' });
  });

  it.each([
    ['no JSON', '{', 400],
    ['null', 'null', 400],
    ['a list', '[]', 400],
    ['a number', '42', 400],
    ['far too long', `"${'x'.repeat(1024 * 1024 + 1)}"`, 413],
  ])('survives a body that is %s', async (_, body, status) => {
    const it = await using('http');
    expect((await post(it.url, body, sign(body))).status).toBe(status);
    expect((await post(it.url, event, sign(event))).status).toBe(200);
  });

  it.each([
    '{}',
    '{"type":"event_callback","event":null}',
    '{"type":"event_callback","event":"message"}',
    '{"type":"event_callback","event":{}}',
    '{"type":"block_actions"}',
    '{"type":"block_actions","actions":null}',
    '{"type":"block_actions","actions":[],"user":null}',
    '{"type":"view_submission"}',
    '{"type":"view_submission","view":{},"user":{}}',
    '{"type":"block_suggestion"}',
    '{"type":"shortcut"}',
    '{"command":"/allim","text":5}',
    '{"type":"something_new","hello":"world"}',
  ])('answers what it cannot read at once, so that it does not come again: %s', async (body) => {
    const it = await using('http');
    expect((await post(it.url, body, sign(body))).status).toBe(200);
    expect(it.inbox.stored).toEqual([]);
    expect((await post(it.url, event, sign(event))).status).toBe(200);
  });

  it('says in the log that something could not be read, and nothing of what it was', async () => {
    const { logger, lines } = listeningLogger();
    const it = await using('http', undefined, logger);
    for (const body of ['{"type":"something_new","text":"비밀"}', '{"event":null,"text":"비밀"}'])
      await post(it.url, body, sign(body));
    expect(lines.filter((line) => line.includes('cannot be read'))).toHaveLength(2);
    expect(lines.join()).not.toContain('비밀');
  });

  it('survives a stray GET and a broken form', async () => {
    const it = await using('http');
    expect((await fetch(it.url)).status).toBe(404);
    const broken = 'payload=null';
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sign(broken) };
    expect((await fetch(it.url, { method: 'POST', body: broken, headers })).status).toBe(400);
    expect((await post(it.url, event, sign(event))).status).toBe(200);
  });
});

describe('Slack by Socket Mode', () => {
  it('says when it is not connected, and comes up again by itself', async () => {
    const { sandbox, adapter, heard } = await using('socket');
    // What Bolt itself would take for the end.
    const effect = { kind: 'error', code: 200, description: 'invalid_auth' } as const;
    sandbox.faults.arm({ platform: 'slack', method: 'apps.connections.open', times: 2, effect });
    sandbox.slack.socket.refresh();
    await eventually(() => adapter.trouble() === 'socket: invalid_auth', 'no trouble told');
    await eventually(() => adapter.trouble() === null, 'still in trouble');
    const person = sandbox.slack.people.add('김민수', 'ko');
    sandbox.slack.people.say(sandbox.slack.people.directMessage(person), person, '돌아왔나요');
    await heard(1);
  });
});

describe('Slack', () => {
  it('takes notices to people and channels, an update below the one before it', async () => {
    const { sandbox, adapter } = await using('http');
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { creator: person, bot: false });
    for (const [id, kind, shown] of [
      [person, 'private', sandbox.slack.people.directMessage(person)],
      [channel, 'channel', channel],
    ] as const) {
      const chat = { platform: 'slack', workspace: 'T0SANDBOX', id, kind } as const;
      const first = await adapter.messenger.send(chat, someCard, {
        silent: false,
        deliveryId: 'd1',
        replyTo: null,
      });
      const replyTo = first.kind === 'sent' ? first.messageId : '';
      const next = { silent: true, deliveryId: 'd2', replyTo };
      expect(await adapter.messenger.send(chat, someCard, next)).toMatchObject({ kind: 'sent' });
      const messages = sandbox.slack.world.channels.get(shown)?.messages ?? [];
      expect(messages.map((m) => [m.threadTs, m.metadata?.event_payload])).toEqual([
        [null, { delivery_id: 'd1' }],
        [replyTo, { delivery_id: 'd2' }],
      ]);
      expect(await adapter.messenger.isAdministrator(chat, person)).toBe(true);
    }
    sandbox.slack.people.deactivate(person);
    const gone = { platform: 'slack', workspace: 'T0SANDBOX', id: person, kind: 'private' } as const;
    expect(
      await adapter.messenger.send(gone, someCard, { silent: false, deliveryId: 'd3', replyTo: null }),
    ).toEqual({
      kind: 'gone',
      why: 'deactivated',
    });
  });

  it.each(['http', 'socket'] as const)(
    'logs by %s what went wrong without tokens and what was written',
    async (by) => {
      const { logger, lines } = listeningLogger();
      const { sandbox, heard } = await using(by, undefined, logger);
      const person = sandbox.slack.people.add('김민수', 'ko');
      const direct = sandbox.slack.people.directMessage(person);
      const refused = { kind: 'error', code: 200, description: 'msg_too_long' } as const;
      sandbox.faults.arm({
        platform: 'slack',
        method: 'chat.postMessage',
        effect: { kind: 'drop', when: 'before' },
      });
      sandbox.faults.arm({ platform: 'slack', method: 'chat.postMessage', effect: refused });
      sandbox.slack.people.say(direct, person, '주민번호 비밀');
      sandbox.slack.people.say(direct, person, '둘');
      await heard(2);
      expect(lines.filter((line) => line.includes('could not be sent')).length).toBe(2);
      expect(lines.join('\n')).not.toMatch(/xoxb|xapp|signing-secret|ticket=|deprecated|주민번호|정부24/);
    },
  );

  it('drops an answer that meets a long 429, and goes on', async () => {
    const { sandbox, heard } = await using('http');
    const person = sandbox.slack.people.add('김민수', 'ko');
    const direct = sandbox.slack.people.directMessage(person);
    const effect = { kind: 'error', code: 429, description: 'ratelimited', retryAfter: 60 } as const;
    sandbox.faults.arm({ platform: 'slack', method: 'chat.postMessage', effect });
    sandbox.slack.people.say(direct, person, '하나');
    await heard(1);
    sandbox.slack.people.say(direct, person, '둘');
    await heard(2);
    expect(sandbox.ledger.of('slack', direct, 'message').length).toBe(1);
  });

  it('posts anew when the message to draw over cannot be edited any more', async () => {
    const { sandbox, heard } = await using('http', (turn) =>
      reply([someCard], { replace: turn.act.kind === 'button' }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    const direct = sandbox.slack.people.directMessage(person);
    sandbox.slack.people.say(direct, person, '정부24');
    await heard(1);
    const [shown] = sandbox.ledger.of('slack', direct, 'message');
    const effect = { kind: 'error', code: 200, description: 'edit_window_closed' } as const;
    sandbox.faults.arm({ platform: 'slack', method: 'chat.update', effect });
    await sandbox.slack.people.press(direct, person, String(shown?.messageId), '다시 되면 알림');
    await heard(2);
    expect(sandbox.ledger.of('slack', direct, 'message').length).toBe(2);
  });

  it('sends the cards when a form cannot be opened', async () => {
    const { sandbox, heard } = await using('http', () => reply([someCard], { form }));
    const person = sandbox.slack.people.add('김민수', 'ko');
    const effect = { kind: 'error', code: 200, description: 'expired_trigger_id' } as const;
    sandbox.faults.arm({ platform: 'slack', method: 'views.open', effect });
    await sandbox.slack.people.shortcut(person, 'ask_status');
    await heard(1);
    expect(sandbox.ledger.of('slack', sandbox.slack.people.directMessage(person), 'message').length).toBe(1);
  });

  it('hands over a document as text, and says a lone word privately', async () => {
    const file = { name: 'allim-data.json', content: '{"구독":["정부24"]}' };
    const { sandbox, heard } = await using('http', (turn) =>
      turn.act.kind === 'button' ? reply([], { toast: '이미 구독 중이에요' }) : reply([someCard], { file }),
    );
    const person = sandbox.slack.people.add('김민수', 'ko');
    const channel = sandbox.slack.people.addChannel('general', { members: [person] });
    sandbox.slack.people.say(channel, person, '@allim 내 정보');
    await heard(1);
    const shown = sandbox.ledger.of('slack', channel, 'message');
    expect(shown.map((entry) => entry.text).join()).toContain('"구독"');
    await sandbox.slack.people.press(channel, person, String(shown[0]?.messageId), '다시 되면 알림');
    await heard(2);
    expect(sandbox.ledger.of('slack', channel, 'ephemeral')).toMatchObject([
      { text: '이미 구독 중이에요', person },
    ]);
  });
});
