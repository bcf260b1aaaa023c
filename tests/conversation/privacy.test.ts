import { afterEach, beforeEach, expect, test } from 'vitest';
import { addOfficial } from '../../src/operations/officials.ts';
import { chat } from '../support/context.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

const inStore = () => talk.world.context.store.subscribers.byChat(chat('1'));

test('asking stores nothing of a chat', async () => {
  await talk.say('정부24 되나요?');
  await talk.command('privacy');
  await talk.command('subscriptions');
  await talk.command('quiet');
  expect(await inStore()).toBeNull();
});

test('/privacy tells what is stored of this very chat', async () => {
  expect((await talk.command('privacy')).text).toContain('아무것도 저장하지 않아요');
  await talk.command('subscribe', 'gov24');
  const { text } = await talk.command('privacy');
  expect(text).toContain('구독 1개: 정부24');
  expect(text).toContain('해외');
});

test('/mydata hands over all of it as JSON, with a summary', async () => {
  await talk.command('subscribe', 'gov24');
  const { reply, text } = await talk.command('mydata');
  const data = JSON.parse(reply?.file?.content ?? '');
  expect(data.subscriptions).toMatchObject([{ target: { kind: 'service', id: 'gov24' } }]);
  expect(text).toContain('구독 1개: 정부24');
});

test('/forget asks first, and erases only when confirmed, with a receipt', async () => {
  await talk.command('subscribe', 'gov24');
  const sure = await talk.command('forget');
  expect(await inStore()).not.toBeNull();
  const done = await talk.pressLabel(sure, '네, 모두 지워 주세요');
  expect(done.text).toMatch(/확인 번호: E-[0-9A-F]{10}/);
  expect(await inStore()).toBeNull();
});

test.each(['확인', 'yes'])('/forget %s is the typed equal of the button', async (word) => {
  await talk.command('subscribe', 'gov24');
  await talk.command('forget', word);
  expect(await inStore()).toBeNull();
});

test('a sentence asking to erase everything only asks back', async () => {
  await talk.command('subscribe', 'gov24');
  talk.means('내 정보 지워줘', { language: 'ko', intent: 'privacy', topic: 'forget' });
  expect((await talk.say('내 정보 지워줘')).text).toContain('모두 지울까요');
  expect(await inStore()).not.toBeNull();
});

test('after /forget the dialog is forgotten too, and undo brings nothing back', async () => {
  await talk.outage('gov24');
  await talk.command('subscribe', 'gov24');
  const ended = await talk.command('unsubscribe', '전부');
  await talk.command('forget', 'yes');
  talk.means('언제요?', { language: 'ko', intent: 'clarify', leaning: 'eta' });
  expect((await talk.say('언제요?')).text).toContain('어느 서비스');
  expect((await talk.pressLabel(ended, '되돌리기')).text).toContain('되돌릴 것이 없어요');
  expect(await inStore()).toBeNull();
});

test('/link ties an official to the chat identity, once', async () => {
  const { context } = talk.world;
  const agency = context.catalogue.service('gov24')?.agency ?? '';
  const made = await addOfficial(
    context,
    { kind: 'console' },
    { name: '김담당', agency, roles: ['operator'] },
  );
  if (!made.ok) throw new Error(made.problem.code);
  expect((await talk.command('link', made.value.linkCode)).text).toContain('김담당 담당자로 연결했어요');
  expect((await talk.command('link', made.value.linkCode)).text).toContain('코드가 맞지 않거나');
  expect((await talk.command('link')).text).toContain('/link');
});
