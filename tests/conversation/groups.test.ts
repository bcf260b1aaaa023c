import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import { group, openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk(['boss']);
});
afterEach(() => talk.world.close());

const boss = { chat: group(), person: 'boss' };
const member = { chat: group(), person: 'member' };
const groupInStore = () => talk.world.context.store.subscribers.byChat(group());
const targets = async () => {
  const subscriber = await groupInStore();
  return subscriber === null ? [] : talk.world.context.store.subscriptions.of(subscriber.id);
};

test('an administrator subscribes for the group', async () => {
  expect((await talk.command('subscribe', 'gov24', boss)).text).toContain('이 방에 정부24 소식을');
  expect(await targets()).toHaveLength(1);
});

test.each([
  ['subscribe', 'gov24'],
  ['unsubscribe', 'all'],
  ['language', 'en'],
  ['quiet', 'off'],
  ['region', '부산'],
  ['announcements', 'on'],
  ['forget', ''],
])(
  '/%s of a member who is no administrator is refused kindly, to the member alone',
  async (name, argument) => {
    await talk.command('subscribe', 'hometax', boss);
    const before = { chat: await groupInStore(), targets: await targets() };
    const { text, reply } = await talk.command(name, argument, member);
    expect(text).toContain('관리자만');
    expect(reply?.privately).toBe(true);
    expect({ chat: await groupInStore(), targets: await targets() }).toEqual(before);
  },
);

test("a member cannot press an administrator's buttons either", async () => {
  await talk.outage('gov24');
  await talk.command('subscribe', 'hometax', boss);
  const list = await talk.command('subscriptions', '', boss);
  expect((await talk.pressLabel(list, '전부 해지', member)).text).toContain('관리자만');
  const status = await talk.command('status', 'gov24', member);
  expect((await talk.pressLabel(status, '다시 되면 알려 주세요', member)).text).toContain('관리자만');
  expect(await targets()).toHaveLength(1);
});

test('anybody in a group may ask and report', async () => {
  expect((await talk.command('status', 'gov24', member)).text).toContain('정상');
  expect((await talk.command('report', 'gov24', member)).text).toContain('안 된다는 제보를 받았어요');
  expect(await groupInStore()).toBeNull();
});

test('two people in one group report once each', async () => {
  await talk.command('report', 'gov24', member);
  expect((await talk.command('report', 'gov24', boss)).text).toContain('안 된다는 제보를 받았어요');
  expect((await talk.command('report', 'gov24', member)).text).toContain('이미 받았어요');
});

test('/start of a member stores nothing of the group', async () => {
  expect((await talk.command('start', '', member)).text).toContain('이 방에서는');
  expect(await groupInStore()).toBeNull();
});

test('"and when?" goes on with what the same person asked, not with what another did', async () => {
  await talk.outage('gov24');
  await talk.outage('hometax');
  for (const [text, service] of [
    ['q1', 'gov24'],
    ['q2', 'hometax'],
  ] as const)
    talk.means(text, { language: 'ko', intent: 'status', services: [service] });
  talk.means('언제 다시 돼요?', { language: 'ko', intent: 'clarify', leaning: 'eta' });
  await talk.say('q1', member);
  await talk.say('q2', boss);
  expect((await talk.say('언제 다시 돼요?', member)).reply?.cards[0]?.headline).toContain('정부24');
  expect((await talk.say('언제 다시 돼요?', boss)).reply?.cards[0]?.headline).toContain('홈택스');
});

test('threads of one channel are kept apart', async () => {
  await talk.outage('gov24');
  talk.means('q1', { language: 'ko', intent: 'status', services: ['gov24'] });
  talk.means('언제 다시 돼요?', { language: 'ko', intent: 'clarify', leaning: 'eta' });
  await talk.say('q1', { ...member, thread: 't1' });
  const other = await talk.say('언제 다시 돼요?', { ...member, thread: 't2' });
  expect(other.text).toContain('어느 서비스');
});

test("in a group a question is answered in its own language, and what has none in the group's", async () => {
  expect((await talk.say('정부24 되나요?', member)).text).toContain('정상');
  await talk.command('language', 'en', boss);
  talk.means('정부24 되나요?', { language: 'ko', intent: 'status', services: ['gov24'] });
  expect((await talk.say('정부24 되나요?', member)).text).toContain('정상');
  expect((await talk.command('help', '', member)).text).toContain('Ask me');
});

test("a channel's own posts come from its administrators", async () => {
  const channel: ChatRef = { ...group('c'), kind: 'channel' };
  await talk.command('subscribe', 'gov24', { chat: channel, person: null });
  const stored = await talk.world.context.store.subscribers.byChat(channel);
  expect(stored?.chat.kind).toBe('channel');
  expect((await talk.command('subscribe', 'gov24', { chat: group(), person: null })).text).toContain(
    '관리자만',
  );
});

test('a link code is not taken in a group', async () => {
  const { text, reply } = await talk.command('link', 'ABCDE-FGHJK', boss);
  expect(text).toContain('개인 대화에서만');
  expect(reply?.privately).toBe(true);
});
