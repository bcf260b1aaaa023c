import { expect, test } from 'vitest';
import { chat } from '../support/context.ts';
import { openTalk } from './talk.ts';

/* What twenty conversations held by hand showed to be missing in the answers. */

test('what was restored lately says so, to who still cannot get in', async () => {
  const talk = await openTalk();
  await talk.resolve(await talk.outage('hometax'));
  expect((await talk.say('홈택스 되나요?')).text).toContain('복구됐다고 발표됐어요');
  expect((await talk.say('위택스 되나요?')).text).not.toContain('복구됐다고');
});

test('papers and prices of a service: whom to call about it, and how it is now', async () => {
  const talk = await openTalk();
  await talk.outage('hometax');
  const { text } = await talk.say('홈택스에서 증명서 발급 수수료 얼마예요?');
  expect(text).toContain('홈택스의 절차, 서류, 운영 시간 등은 126으로 문의해 주세요');
  expect(text).toContain('홈택스의 지금 상태: 장애');
});

test('one guess is a question that a yes answers', async () => {
  const talk = await openTalk();
  talk.means('홈텍스', { intent: 'clarify', leaning: 'status', candidates: ['hometax'] });
  const asked = await talk.say('홈텍스');
  expect(asked.text).toContain('혹시 홈택스를 말씀하시나요?');
  expect(asked.text).not.toContain('1.');
  expect((await talk.say('네')).text).toContain('정상 · 홈택스');
});

test('a no is no thanks', async () => {
  const talk = await openTalk();
  await talk.outage('hometax');
  await talk.say('홈택스 되나요?');
  expect((await talk.say('아뇨 괜찮아요')).text).toContain('네, 알겠어요');
});

test('a group is told that the word will come there', async () => {
  const talk = await openTalk(['7']);
  await talk.outage('hometax');
  const there = { chat: { ...chat('-100'), kind: 'group' as const }, person: '7' };
  await talk.say('홈택스 되나요?', there);
  expect((await talk.say('다시 되면 알려 줘', there)).text).toContain('이 방에 바로 알려 드릴게요');
});

test('the region is set in words', async () => {
  const talk = await openTalk();
  expect((await talk.say('제 지역은 해운대구로 해 주세요')).text).toContain('해운대구로 정했어요');
});
