import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandList } from '../../src/conversation/commands.ts';
import { cleanText } from '../../src/conversation/reading.ts';
import { subscribe } from '../../src/operations/subscriptions.ts';
import { chat } from '../support/context.ts';
import { group, openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

test.each(['', 'status:gov24', '0:st:s.gov24', '1:st:s.gone-service', '1:xx', '9:st:s.gov24'])(
  'the old or broken button "%s" gets a kind reply with fresh buttons',
  async (action) => {
    const { text, labels, reply } = await talk.press(action);
    expect(text).toContain('예전 버튼');
    expect(labels.length).toBeGreaterThan(2);
    expect(reply?.toast).not.toBeNull();
  },
);

test('a subscription to what left the catalogue can still be ended by its button', async () => {
  await talk.command('start');
  const { context } = talk.world;
  const subscriber = await context.store.subscribers.byChat(chat('1'));
  if (subscriber === null) throw new Error('not stored');
  await subscribe(context, subscriber, { kind: 'agency', id: 'gone-agency' });
  const list = await talk.command('subscriptions');
  await talk.pressLabel(list, list.labels[0] ?? '');
  expect(await context.store.subscriptions.of(subscriber.id)).toEqual([]);
});

test('a form of an old version is answered kindly', async () => {
  expect((await talk.act({ kind: 'form', action: 'nonsense', values: {} })).text).toContain('예전 버튼');
});

test('a flood is told so once, then not answered, then answered again', async () => {
  const turn = {
    at: talk.world.clock.now(),
    chat: chat('1'),
    thread: null,
    person: 'p',
    hint: 'ko',
    act: { kind: 'text', text: '정부24 되나요?' },
  } as const;
  const replies = [];
  for (let i = 0; i < 25; i++) replies.push(await talk.conversation.converse(turn));
  expect(replies.slice(0, 20).every((reply) => reply !== null)).toBe(true);
  expect(replies[20]?.cards[0]?.headline).toContain('잠시 뒤');
  expect(replies.slice(21)).toEqual([null, null, null, null]);
  talk.world.clock.forward(11);
  expect((await talk.conversation.converse(turn))?.cards[0]?.headline).toContain('정부24');
});

test('leaving is taken note of even in a flood', async () => {
  await talk.command('subscribe', 'gov24');
  const turn = { at: '', chat: chat('1'), thread: null, person: 'p', hint: null } as const;
  for (let i = 0; i < 30; i++)
    await talk.conversation.converse({ ...turn, act: { kind: 'text', text: '?' } });
  await talk.conversation.converse({ ...turn, act: { kind: 'left', because: 'blocked' } });
  expect((await talk.world.context.store.subscribers.byChat(chat('1')))?.state).toBe('ended');
});

test('of a message of 10,000 letters the beginning is understood', async () => {
  const { text } = await talk.say(`정부24 되나요? ${'가나다 '.repeat(2500)}`);
  expect(text.length).toBeGreaterThan(0);
  expect(text).not.toContain('가나다');
  expect(cleanText('가'.repeat(10_000))).toHaveLength(1000);
});

test('an emoji at the border is not cut in half', () => {
  const text = cleanText('😀'.repeat(2000));
  expect([...text]).toHaveLength(1000);
  expect(text.isWellFormed()).toBe(true);
});

test('control characters, direction marks and zero width spaces do not hide a name', async () => {
  expect(cleanText('정부\u202e24\u0000 되\u0007나요')).toBe('정부 24  되 나요');
  expect((await talk.say('\u202e\u200b정부24 되나요?\u0000')).text).toContain('정부24');
});

test('markup that a person sends never comes back', async () => {
  for (const text of [
    '<b>정부24</b> [x](http://evil.example)',
    '*hello* <!channel>',
    '/subscribe <script>',
  ]) {
    const { text: answer } = await talk.say(text);
    expect(answer).not.toMatch(/<|http|evil|script>/);
  }
});

test('an empty message gets a reply', async () => {
  expect((await talk.say('   ')).reply?.cards).toHaveLength(1);
});

test.each(['sticker', 'photo', 'voice', 'video', 'file', 'location', 'other'] as const)(
  'a %s is answered kindly: only text can be read',
  async (what) => {
    expect((await talk.act({ kind: 'unreadable', what })).text).toContain('글만 읽을 수 있어요');
  },
);

test('an unknown command is read as a sentence', async () => {
  expect((await talk.command('정부24', '되나요?')).text).toContain('정부24');
  expect((await talk.command('constructor')).reply?.cards.length).toBe(1);
  expect((await talk.command('')).text).toContain('물어보세요');
});

test('a command after a mention is a command', async () => {
  expect((await talk.say('/status 정부24')).text).toContain('정부24');
  expect((await talk.say('/help@allim_bot')).text).toContain('물어보세요');
  expect((await talk.say('help')).text).toContain('물어보세요');
  expect((await talk.say('region 부산')).text).toContain('부산');
  expect((await talk.say('/allim quiet 22-7')).text).toContain('22:00–07:00');
});

test('commands are shown as they are typed on the platform', async () => {
  expect((await talk.command('help')).text).toContain('/quiet 22:00-07:00');
  const slack = await talk.command('help', '', { chat: chat('U1', 'slack') });
  expect(slack.text).toContain('/allim quiet 22:00-07:00');
  expect(slack.text).toContain('/allim mydata');
  expect(slack.text).not.toMatch(/\/(quiet|mydata|verify)/);
});

test('when something breaks inside, the person gets an apology with 110 and a code', async () => {
  await talk.world.close();
  const { text, reply } = await talk.say('정부24 되나요?');
  expect(text).toContain('110');
  expect(text).toMatch(/확인 번호 [2-9A-Z]{6}/);
  expect(reply?.cards[0]?.tone).toBe('unknown');
  expect(
    await talk.conversation.search(
      { at: '', chat: chat('1'), thread: null, person: null, hint: null },
      'f',
      'x',
    ),
  ).toEqual([]);
  talk = await openTalk();
});

test('a chat that left and writes again lives again with its subscriptions', async () => {
  const { store } = talk.world.context;
  await talk.command('subscribe', 'gov24');
  await talk.act({ kind: 'left', because: 'blocked' });
  expect((await store.subscribers.byChat(chat('1')))?.state).toBe('ended');
  const hello = await talk.command('start');
  expect(hello.text).toContain('구독 1개가 그대로');
  expect((await store.subscribers.byChat(chat('1')))?.state).toBe('active');
});

test('being added to an unknown group stores nothing and says nothing', async () => {
  const { reply } = await talk.act({ kind: 'joined' }, { chat: group() });
  expect(reply).toBeNull();
  expect(await talk.world.context.store.subscribers.byChat(group())).toBeNull();
});

test('a moved chat keeps its subscriptions under its new id', async () => {
  const { store } = talk.world.context;
  await talk.command('subscribe', 'gov24');
  await talk.act({ kind: 'moved', to: '-1001' });
  const moved = await store.subscribers.byChat(chat('-1001'));
  expect(moved && (await store.subscriptions.of(moved.id))).toHaveLength(1);
});

test('the end of a workspace ends all its chats', async () => {
  const { store } = talk.world.context;
  await talk.command('subscribe', 'gov24', { chat: chat('a', 'slack') });
  await talk.command('subscribe', 'gov24', { chat: chat('b', 'slack') });
  await talk.act({ kind: 'workspace_ended', because: 'revoked' }, { chat: chat('a', 'slack') });
  expect((await store.subscribers.byChat(chat('b', 'slack')))?.state).toBe('ended');
});

test('the App Home shows what is down, the own subscriptions and how to ask', async () => {
  await talk.outage('gov24');
  await talk.command('subscribe', 'hometax');
  const { text, reply } = await talk.act({ kind: 'home' });
  expect(reply?.cards.length).toBeGreaterThanOrEqual(3);
  expect(text).toContain('정부24');
  expect(text).toContain('구독 1개');
});

test.each(['ko', 'en'] as const)('every button of every screen leads somewhere, in %s', async (language) => {
  await talk.outage('gov24');
  const seen = new Set<string>();
  const queue: string[] = [];
  const collect = (heard: Awaited<ReturnType<Talk['press']>>) => {
    for (const { action } of heard.reply?.cards.flatMap((card) => card.buttons.flat()) ?? []) {
      expect(Buffer.byteLength(action)).toBeLessThanOrEqual(64);
      if (seen.has(action)) continue;
      seen.add(action);
      // One of each kind is enough to walk on from.
      const kind = action.split(':').slice(0, 2).join(':');
      if (queue.filter((other) => other.startsWith(kind)).length < 3) queue.push(action);
    }
  };
  for (const { command } of commandList(language))
    collect(await talk.command(command, '', { hint: language }));
  for (let steps = 0; steps < 120; steps++) {
    const action = queue.shift();
    if (action === undefined) break;
    const heard = await talk.press(action, { hint: language });
    expect(heard.reply?.cards.length).toBeGreaterThan(0);
    expect(heard.text).not.toMatch(/예전 버튼|old button|죄송해요. 저희 쪽|fault on our side/);
    collect(heard);
  }
  expect(seen.size).toBeGreaterThan(40);
});

test.each(['ko', 'en'] as const)('the menu fits what the platforms take, in %s', (language) => {
  const list = commandList(language);
  expect(new Set(list.map(({ command }) => command)).size).toBe(list.length);
  for (const { command, description } of list) {
    expect(command).toMatch(/^[a-z0-9_]{1,32}$/);
    expect(description.length).toBeGreaterThanOrEqual(1);
    expect(description.length).toBeLessThanOrEqual(256);
  }
});
