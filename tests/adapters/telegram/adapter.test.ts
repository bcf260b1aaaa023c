import { afterEach, describe, expect, it } from 'vitest';
import { reply } from '../../../src/conversation/turn.ts';
import { eventually } from '../../support/sandbox.ts';
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

describe.each(['polling', 'webhook'] as const)('Telegram by %s', (transport) => {
  it('answers a question in a private chat', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.telegram.people.add('김민수', 'ko');
    sandbox.telegram.people.say(person, person, '정부24 돼요?');
    expect(await heard(1)).toMatchObject([
      { person: String(person), hint: 'ko', act: { kind: 'text', text: '정부24 돼요?' } },
    ]);
    expect(sandbox.ledger.of('telegram', person, 'message')).toMatchObject([
      { text: expect.stringMatching(/^정부24 중단/), buttons: ['다시 되면 알림'] },
    ]);
  });

  it('draws the answer to a button over its message, and answers the press', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      turn.act.kind === 'button'
        ? reply([{ ...someCard, headline: '알려 드릴게요', buttons: [] }], {
            replace: true,
            toast: '저장했어요',
          })
        : reply([someCard]),
    );
    const person = sandbox.telegram.people.add('김민수', 'ko');
    sandbox.telegram.people.say(person, person, '정부24');
    await heard(1);
    const [shown] = sandbox.ledger.of('telegram', person, 'message');
    sandbox.telegram.people.press(person, person, Number(shown?.messageId), '다시 되면 알림');
    await heard(2);
    expect(sandbox.ledger.of('telegram', person, 'edit')).toMatchObject([
      { messageId: shown?.messageId, text: expect.stringMatching(/^알려 드릴게요/) },
    ]);
    expect(sandbox.ledger.of('telegram', person, 'toast')).toMatchObject([{ text: '저장했어요' }]);
  });

  it('shows what is for one person of a group in the window that answers the press', async () => {
    const { sandbox, heard } = await using(transport, (turn) =>
      turn.act.kind === 'button'
        ? reply([{ ...someCard, headline: '관리자만 바꿀 수 있어요' }], {
            privately: true,
            toast: '관리자만',
          })
        : reply([someCard]),
    );
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const group = sandbox.telegram.people.addChat('supergroup', '동네', { members: { [person]: 'member' } });
    sandbox.telegram.people.say(group, person, '/status 정부24');
    await heard(1);
    await eventually(() => sandbox.ledger.of('telegram', group, 'message').length === 1);
    const [shown] = sandbox.ledger.of('telegram', group, 'message');
    sandbox.telegram.people.press(group, person, Number(shown?.messageId), '다시 되면 알림');
    await eventually(() => sandbox.ledger.of('telegram', group, 'toast').length === 1);
    expect(sandbox.ledger.of('telegram', group, 'toast')).toMatchObject([
      { person: String(person), text: '관리자만 바꿀 수 있어요' },
    ]);
    expect(sandbox.ledger.of('telegram', group, 'message')).toHaveLength(1);
  });

  it('takes an update in again until it could be stored, and once only', async () => {
    const { sandbox, heard, inbox } = await using(transport);
    const person = sandbox.telegram.people.add('김민수', 'ko');
    inbox.away = true;
    sandbox.telegram.people.say(person, person, '하나');
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(inbox.stored).toEqual([]);
    inbox.away = false;
    // Asked to come again after ten seconds, a webhook does; the test need not wait for it.
    if (transport === 'webhook') return;
    sandbox.telegram.people.say(person, person, '둘');
    expect((await heard(2)).map((turn) => turn.act)).toMatchObject([{ text: '하나' }, { text: '둘' }]);
  });

  it('stays silent in a group until it is addressed', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const group = sandbox.telegram.people.addChat('supergroup', '동네', { members: { [person]: 'creator' } });
    sandbox.telegram.people.say(group, person, '정부24 안 되네');
    const asked = sandbox.telegram.people.say(group, person, '/status 정부24');
    expect((await heard(1)).map((turn) => turn.act)).toEqual([
      { kind: 'command', name: 'status', argument: '정부24' },
    ]);
    expect(sandbox.ledger.of('telegram', group, 'message').length).toBe(1);
    expect(asked).toBeGreaterThan(0);
    expect(
      await live?.adapter.messenger.isAdministrator(
        { platform: 'telegram', workspace: '7000000001', id: String(group), kind: 'group' },
        String(person),
      ),
    ).toBe(true);
  });

  it('hears of being blocked and let in again', async () => {
    const { sandbox, heard } = await using(transport);
    const person = sandbox.telegram.people.add('김민수', 'en', { started: true });
    sandbox.telegram.people.block(person);
    sandbox.telegram.people.unblock(person);
    expect((await heard(2)).map((turn) => turn.act)).toEqual([
      { kind: 'left', because: 'blocked' },
      { kind: 'joined' },
    ]);
  });

  it('hands over a document', async () => {
    const file = { name: 'allim-data.json', content: '{"구독":["정부24"]}' };
    const { sandbox, heard } = await using(transport, () => reply([someCard], { file }));
    const person = sandbox.telegram.people.add('김민수', 'ko');
    sandbox.telegram.people.say(person, person, '/mydata');
    await heard(1);
    expect(sandbox.ledger.of('telegram', person, 'document').length).toBe(1);
  });

  it('registers its commands for Korean, English and everyone else', async () => {
    const { sandbox } = await using(transport);
    const { profile } = sandbox.telegram;
    await eventually(() => profile.commands.size === 3, 'not registered');
    const described = ['ko', 'en', 'vi'].map((language) => profile.menu(language)[0]?.description);
    expect(described).toEqual(['상태 보기', 'See the status', 'See the status']);
  });
});

describe('Telegram by webhook', () => {
  const post = (url: string, body: string, secret = 'hook-secret') =>
    fetch(url, { method: 'POST', body, headers: { 'x-telegram-bot-api-secret-token': secret } });
  const hookOf = ({ sandbox }: Rig) => {
    const url = sandbox.telegram.webhook.settings?.url;
    if (url === undefined) throw new Error('no webhook was set');
    return url;
  };

  it('lets nobody in without the secret', async () => {
    const it = await using('webhook');
    const update = JSON.stringify({ update_id: 1 });
    expect((await post(hookOf(it), update, 'guess')).status).toBe(401);
    expect((await fetch(hookOf(it), { method: 'POST', body: update })).status).toBe(401);
    expect(it.inbox.stored).toEqual([]);
  });

  it('stores before it answers, a repeat only once', async () => {
    const it = await using('webhook');
    const update = JSON.stringify({ update_id: 7, something_new: {} });
    expect((await post(hookOf(it), update)).status).toBe(200);
    expect((await post(hookOf(it), update)).status).toBe(200);
    expect(it.inbox.stored.map((arrival) => arrival.id)).toEqual(['7']);
  });

  it('asks to come again while the database is away', async () => {
    const it = await using('webhook');
    it.inbox.away = true;
    const answer = await post(hookOf(it), JSON.stringify({ update_id: 8 }));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no update', '{"hello":1}', 200],
    ['far too long', `"${'x'.repeat(1024 * 1024 + 1)}"`, 413],
  ])('survives a body that is %s', async (_, body, status) => {
    const it = await using('webhook');
    expect((await post(hookOf(it), body)).status).toBe(status);
    expect(it.inbox.stored).toEqual([]);
  });
});

describe('Telegram', () => {
  it('takes notices to people and groups, an update in reply to the one before it', async () => {
    const { sandbox, adapter } = await using('polling');
    const person = sandbox.telegram.people.add('김민수', 'ko', { started: true });
    const group = sandbox.telegram.people.addChat('supergroup', '동네');
    for (const [id, kind] of [
      [person, 'private'],
      [group, 'group'],
    ] as const) {
      const chat = { platform: 'telegram', workspace: '7000000001', id: String(id), kind } as const;
      const first = await adapter.messenger.send(chat, someCard, {
        silent: false,
        deliveryId: 'd1',
        replyTo: null,
      });
      const replyTo = first.kind === 'sent' ? first.messageId : '';
      await adapter.messenger.send(chat, someCard, { silent: true, deliveryId: 'd2', replyTo });
      expect(sandbox.ledger.of('telegram', id, 'message').map((entry) => entry.silent)).toEqual([
        false,
        true,
      ]);
    }
    sandbox.telegram.people.block(person);
    const gone = {
      platform: 'telegram',
      workspace: '7000000001',
      id: String(person),
      kind: 'private',
    } as const;
    expect(
      await adapter.messenger.send(gone, someCard, { silent: false, deliveryId: 'd3', replyTo: null }),
    ).toEqual({
      kind: 'gone',
      why: 'blocked',
    });
  });

  it('starts while the platform is away, says so, and comes up when it is back', async () => {
    const it = await using('polling');
    await it.sandbox.refuse();
    await eventually(() => it.adapter.trouble() !== null, 'no trouble told');
    expect(it.adapter.trouble()).not.toContain('sandbox-token');
    await it.sandbox.admit();
    await eventually(() => it.adapter.trouble() === null, 'still in trouble');
    const person = it.sandbox.telegram.people.add('김민수', 'ko');
    it.sandbox.telegram.people.say(person, person, '돌아왔나요');
    await it.heard(1);
  });

  it('logs what went wrong without the token and without what was written', async () => {
    const { logger, lines } = listeningLogger();
    const { sandbox, heard } = await using('polling', undefined, logger);
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const refused = { kind: 'error', code: 400, description: 'Bad Request: message is too long' } as const;
    sandbox.faults.arm({
      platform: 'telegram',
      method: 'sendMessage',
      effect: { kind: 'drop', when: 'before' },
    });
    sandbox.faults.arm({ platform: 'telegram', method: 'sendMessage', effect: refused });
    sandbox.faults.arm({
      platform: 'telegram',
      method: 'getUpdates',
      effect: { kind: 'drop', when: 'after' },
    });
    sandbox.telegram.people.say(person, person, '주민번호 비밀');
    sandbox.telegram.people.say(person, person, '둘');
    await heard(2);
    expect(lines.filter((line) => line.includes('could not be sent')).length).toBe(2);
    expect(lines.join('\n')).not.toMatch(/sandbox-token|hook-secret|주민번호|정부24/);
  });

  it('waits out short 429s before it answers', async () => {
    const { sandbox, heard } = await using('polling');
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const effect = {
      kind: 'error',
      code: 429,
      description: 'Too Many Requests: retry after 1',
      retryAfter: 1,
    } as const;
    sandbox.faults.arm({ platform: 'telegram', method: 'sendMessage', times: 2, effect });
    sandbox.telegram.people.say(person, person, '정부24');
    await heard(1);
    expect(sandbox.ledger.of('telegram', person, 'message').length).toBe(1);
  });

  it.each([
    ['a long 429', 429, 'Too Many Requests: retry after 60', 60],
    ['a block', 403, 'Forbidden: bot was blocked by the user', undefined],
  ])('drops an answer that meets %s, and goes on', async (_, code, description, retryAfter) => {
    const { sandbox, heard } = await using('polling');
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const effect = { kind: 'error', code, description, retryAfter } as const;
    sandbox.faults.arm({ platform: 'telegram', method: 'sendMessage', effect });
    sandbox.telegram.people.say(person, person, '하나');
    sandbox.telegram.people.say(person, person, '둘');
    await heard(2);
    expect(sandbox.ledger.of('telegram', person, 'message').length).toBe(1);
  });

  it.each([
    ['is as it was', 'Bad Request: message is not modified: specified new message content …', 1],
    ['is too old', "Bad Request: message can't be edited", 2],
    ['is gone', 'Bad Request: message to edit not found', 2],
  ])('when the message to draw over %s', async (_, description, messages) => {
    const { sandbox, heard } = await using('polling', (turn) =>
      reply([someCard], { replace: turn.act.kind === 'button' }),
    );
    const person = sandbox.telegram.people.add('김민수', 'ko');
    sandbox.telegram.people.say(person, person, '정부24');
    await heard(1);
    const [shown] = sandbox.ledger.of('telegram', person, 'message');
    const effect = { kind: 'error', code: 400, description } as const;
    sandbox.faults.arm({ platform: 'telegram', method: 'editMessageText', effect });
    sandbox.telegram.people.press(person, person, Number(shown?.messageId), '다시 되면 알림');
    await heard(2);
    expect(sandbox.ledger.of('telegram', person, 'message').length).toBe(messages);
  });

  it('follows a group that has become a supergroup with its answer', async () => {
    const { sandbox, heard } = await using('polling');
    const person = sandbox.telegram.people.add('김민수', 'ko');
    const group = sandbox.telegram.people.addChat('group', '동네', { members: { [person]: 'creator' } });
    const next = sandbox.telegram.people.migrate(group, { quietly: true });
    sandbox.telegram.people.say(group, person, '/status');
    await heard(1);
    expect(sandbox.ledger.of('telegram', next, 'message').length).toBe(1);
  });
});
