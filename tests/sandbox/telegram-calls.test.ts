import { Api, GrammyError, HttpError, InputFile } from 'grammy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';

let sandbox: RunningSandbox;
let api: Api;
let citizen: number;

beforeEach(async () => {
  sandbox = await startSandbox();
  api = new Api(CREDENTIALS.telegramToken, { apiRoot: sandbox.telegramRoot });
  citizen = sandbox.telegram.people.add('민수', 'ko', { started: true });
});
afterEach(() => sandbox.stop());

const refusal = async (call: Promise<unknown>): Promise<GrammyError> => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GrammyError);
  return error as GrammyError;
};
const rules = () => sandbox.violations.all.map((violation) => violation.rule);
const keyboard = (button: object) => ({ reply_markup: { inline_keyboard: [[button]] } }) as never;

describe('a well-formed call', () => {
  it('is delivered and noted, audible or silent', async () => {
    await api.sendMessage(citizen, '안녕하세요', { entities: [{ type: 'bold', offset: 0, length: 2 }] });
    await api.sendMessage(citizen, '조용히', { disable_notification: true });
    expect(sandbox.ledger.of('telegram', citizen, 'message').map((e) => [e.text, e.silent])).toEqual([
      ['안녕하세요', false],
      ['조용히', true],
    ]);
    expect(sandbox.violations.all).toEqual([]);
  });

  it('may carry a file', async () => {
    const content = new TextEncoder().encode('{"구독":[]}');
    const sent = await api.sendDocument(citizen, new InputFile(content, 'mydata.json'), {
      caption: '내 정보',
    });
    expect(sent.document.file_name).toBe('mydata.json');
    expect(sandbox.telegram.world.documents.get(`${citizen}/${sent.message_id}`)?.content).toBe(
      '{"구독":[]}',
    );
    expect(sandbox.violations.all).toEqual([]);
  });

  it('edits in place, and says so when nothing changed', async () => {
    const { message_id } = await api.sendMessage(citizen, '하나');
    await api.editMessageText(citizen, message_id, '둘');
    const same = await refusal(api.editMessageText(citizen, message_id, '둘'));
    expect(same.description).toContain('message is not modified');
    expect(sandbox.ledger.of('telegram', citizen, 'edit').map((e) => e.text)).toEqual(['둘']);
  });

  it('registers commands a language, and people see the list of their own', async () => {
    await api.setMyCommands([{ command: 'status', description: 'Is it working?' }]);
    await api.setMyCommands([{ command: 'status', description: '지금 되나요?' }], { language_code: 'ko' });
    expect(sandbox.telegram.profile.menu('ko')[0]?.description).toBe('지금 되나요?');
    expect(sandbox.telegram.profile.menu('en')[0]?.description).toBe('Is it working?');
  });
});

describe('a bad call is refused and held against the caller', () => {
  it.each<[string, () => Promise<unknown>, string, string]>([
    ['4,097 characters', () => api.sendMessage(citizen, 'x'.repeat(4097)), 'length', 'message is too long'],
    ['no text', () => api.sendMessage(citizen, ''), 'length', 'message text is empty'],
    ['only spaces', () => api.sendMessage(citizen, '   '), 'content', 'message text is empty'],
    [
      '65 bytes in a button',
      () => api.sendMessage(citizen, 'a', keyboard({ text: 'b', callback_data: '가'.repeat(22) })),
      'length',
      'BUTTON_DATA_INVALID',
    ],
    [
      'a button with two actions',
      () => api.sendMessage(citizen, 'a', keyboard({ text: 'b', callback_data: 'c', url: 'https://a.kr' })),
      'content',
      'exactly one action',
    ],
    [
      'an unknown argument',
      () => api.sendMessage(citizen, 'a', { silent: true } as never),
      'unknown-argument',
      'silent',
    ],
    [
      'an unknown field inside an argument',
      () => api.sendMessage(citizen, 'a', keyboard({ text: 'b', callback_data: 'c', colour: 'red' })),
      'unknown-argument',
      'colour',
    ],
    [
      'a wrong type',
      () => api.sendMessage(citizen, 'a', { disable_notification: 'yes' } as never),
      'type',
      'Boolean',
    ],
    ['no chat', () => api.sendMessage(undefined as never, 'a'), 'missing', 'chat_id is empty'],
    [
      'an entity past the end',
      () => api.sendMessage(citizen, 'ab', { entities: [{ type: 'bold', offset: 1, length: 2 }] }),
      'content',
      'ends after the end',
    ],
    [
      'an entity that splits a symbol',
      () => api.sendMessage(citizen, '😀a', { entities: [{ type: 'bold', offset: 1, length: 1 }] }),
      'content',
      'middle of a UTF-16 symbol',
    ],
    [
      'a toast of 201 characters',
      () => api.answerCallbackQuery('1', { text: 'x'.repeat(201) }),
      'length',
      'MESSAGE_TOO_LONG',
    ],
    ['a long description', () => api.setMyDescription('x'.repeat(513)), 'length', '0-512 characters'],
  ])('%s', async (_, call, rule, words) => {
    const error = await refusal(call());
    expect(error.error_code).toBe(400);
    expect(error.description).toContain(words);
    expect(rules()).toContain(rule);
  });

  it('a method that does not exist', async () => {
    const error = await refusal(api.raw.sendDice({ chat_id: citizen }));
    expect(error.error_code).toBe(404);
    expect(rules()).toEqual(['unknown-method']);
  });

  it('a wrong token', async () => {
    const stranger = new Api('1:wrong', { apiRoot: sandbox.telegramRoot });
    expect((await refusal(stranger.getMe())).error_code).toBe(401);
  });
});

describe('chats that cannot be written to', () => {
  const people = () => sandbox.telegram.people;
  const having = (done: (person: number) => void) => {
    done.call(people(), citizen);
    return citizen;
  };
  it.each<[string, () => number, number, string]>([
    ['never started', () => people().add('새', 'ko'), 403, "can't initiate conversation"],
    ['blocked', () => having(people().block), 403, 'bot was blocked by the user'],
    ['deactivated', () => having(people().deactivate), 403, 'user is deactivated'],
    ['unknown', () => 424242, 400, 'chat not found'],
    [
      'forbidden',
      () => {
        const group = people().addChat('supergroup', 'g');
        people().forbid(group, 'CHAT_WRITE_FORBIDDEN');
        return group;
      },
      400,
      'CHAT_WRITE_FORBIDDEN',
    ],
    [
      'kicked',
      () => {
        const group = people().addChat('supergroup', 'g');
        people().setBotStatus(group, citizen, 'kicked');
        return group;
      },
      403,
      'bot was kicked from the supergroup chat',
    ],
  ])('%s', async (_, chat, code, words) => {
    const error = await refusal(api.sendMessage(chat(), 'a'));
    expect(error.error_code).toBe(code);
    expect(error.description).toContain(words);
  });

  it('a group that moved tells where to', async () => {
    const group = people().addChat('group', '이웃');
    const next = people().migrate(group, { quietly: true });
    const error = await refusal(api.sendMessage(group, 'a'));
    expect(error.parameters.migrate_to_chat_id).toBe(next);
    await api.sendMessage(next, 'a');
  });
});

describe('endings that no update tells of', () => {
  it('a deleted group refuses everything', async () => {
    const group = sandbox.telegram.people.addChat('supergroup', '이웃');
    sandbox.telegram.people.deleteGroup(group);
    const error = await refusal(api.sendMessage(group, 'a'));
    expect(error.error_code).toBe(403);
    expect(error.description).toBe('Forbidden: the group chat was deleted');
  });

  it.each([
    ['closed', 'TOPIC_CLOSED'],
    ['deleted', 'message thread not found'],
  ] as const)('a %s topic refuses, and General takes', async (how, words) => {
    const group = sandbox.telegram.people.addChat('supergroup', '이웃');
    sandbox.telegram.people.loseTopic(group, 7, how);
    const error = await refusal(api.sendMessage(group, 'a', { message_thread_id: 7 }));
    expect(error.description).toContain(words);
    await api.sendMessage(group, 'a');
    await api.sendMessage(group, 'a', { message_thread_id: 8 });
  });
});

describe('faults on order', () => {
  it('answers with the error for as many calls as were ordered', async () => {
    sandbox.faults.arm({
      platform: 'telegram',
      method: 'sendMessage',
      times: 2,
      effect: { kind: 'error', code: 429, description: 'Too Many Requests: retry after 7', retryAfter: 7 },
    });
    expect((await refusal(api.sendMessage(citizen, 'a'))).parameters.retry_after).toBe(7);
    await refusal(api.sendMessage(citizen, 'a'));
    await api.sendMessage(citizen, 'a');
  });

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('breaks the connection %s the deed', async (when, delivered) => {
    sandbox.faults.arm({ platform: 'telegram', effect: { kind: 'drop', when } });
    await expect(api.sendMessage(citizen, 'a')).rejects.toBeInstanceOf(HttpError);
    expect(sandbox.ledger.of('telegram', citizen)).toHaveLength(delivered);
  });

  it('strikes one chat and spares the others', async () => {
    const other = sandbox.telegram.people.add('b', 'en', { started: true });
    sandbox.faults.arm({
      platform: 'telegram',
      chat: String(other),
      effect: { kind: 'error', code: 500, description: 'Internal Server Error: restart' },
    });
    await api.sendMessage(citizen, 'a');
    expect((await refusal(api.sendMessage(other, 'a'))).error_code).toBe(500);
  });

  it('refuses every connection while told to', async () => {
    await sandbox.refuse();
    await expect(api.getMe()).rejects.toBeInstanceOf(HttpError);
    await sandbox.admit();
    expect((await api.getMe()).username).toBe('allim_sandbox_bot');
  });
});
