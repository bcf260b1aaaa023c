import { afterEach, beforeEach, expect, it } from 'vitest';
import { createQuestionRecorder, type QuestionRecorder } from '../../src/conversation/unanswered.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
let questions: QuestionRecorder;
beforeEach(async () => {
  talk = await openTalk([], (context) => {
    questions = createQuestionRecorder({
      context,
      understand: createUnderstanding(context.catalogue),
      logger: createLogger('silent'),
    });
    return questions;
  });
});
afterEach(() => talk.world.close());

const kept = async () => {
  await questions.settled();
  const { items } = await talk.world.context.store.questions.list(
    { language: null, since: '0000-00-00' },
    { limit: 50, cursor: null },
  );
  return items;
};

it('what is declined is kept, without what belongs to one person', async () => {
  talk.means('여권 사진 규격이 뭐예요? 제 번호는 010-1234-5678', { language: 'ko', intent: 'off_topic' });
  await talk.say('여권 사진 규격이 뭐예요? 제 번호는 010-1234-5678');
  const [cluster, another] = await kept();
  expect(another).toBeUndefined();
  expect(cluster).toMatchObject({
    language: 'ko',
    reason: 'declined',
    leaning: null,
    people: 1,
    samples: ['여권 사진 규격이 뭐예요? 제 번호는 [전화번호]'],
  });
  expect(JSON.stringify(cluster)).not.toMatch(/1234/);
});

it('what is asked back about is kept with the services it may be about', async () => {
  talk.means('그 사이트 안 돼요', {
    language: 'ko',
    intent: 'clarify',
    leaning: 'status',
    candidates: ['gov24', 'hometax'],
  });
  await talk.say('그 사이트 안 돼요');
  expect(await kept()).toMatchObject([
    { reason: 'asked_back', leaning: 'status', services: ['gov24', 'hometax'] },
  ]);
});

it.each([
  ['ko', '정부24 되나요?', '그게 아니라 다른 걸 물어봤어요'],
  ['ko', '정부24 되나요?', '제 말을 잘못 알아들으셨네요'],
  ['en', 'is government24 working?', "that's not what I meant"],
  ['en', 'is government24 working?', 'you misunderstood'],
])(
  'after an answer, a misreading that is pointed out (%s: %s %s) is kept with what was answered about',
  async (hint, first, then) => {
    const who = { hint: hint as 'ko' | 'en' };
    await talk.say(first, who);
    expect(await kept()).toEqual([]);
    await talk.say(then, who);
    expect(await kept()).toMatchObject([
      { language: hint, reason: 'misread', services: ['gov24'], samples: [then] },
    ]);
  },
);

it('an answered question, a button, a bare command and signs without a word leave nothing', async () => {
  await talk.say('정부24 되나요?');
  await talk.press('nonsense');
  await talk.command('subscribe');
  await talk.say('???');
  await talk.say('👍');
  expect(await kept()).toEqual([]);
});

it('nothing is kept of somebody who may be in danger', async () => {
  talk.means('힘들어서 그만 살고 싶어요', { language: 'ko', intent: 'off_topic', topic: 'crisis_self_harm' });
  await talk.say('힘들어서 그만 살고 싶어요');
  expect(await kept()).toEqual([]);
});

it('one person counts once a day, another counts too', async () => {
  for (const text of ['오늘 날씨 어때', '오늘 날씨 어때요', '오늘 날씨는 어때?']) {
    talk.means(text, { language: 'ko', intent: 'off_topic' });
    await talk.say(text);
  }
  await talk.say('오늘 날씨 어때', { person: 'another' });
  expect(await kept()).toMatchObject([{ people: 2 }]);
});

it('a store that fails neither fails nor delays the answer', async () => {
  const { context } = talk.world;
  const broken = createQuestionRecorder({
    context: {
      ...context,
      store: { ...context.store, transaction: () => Promise.reject(new Error('disk full')) },
    },
    understand: createUnderstanding(context.catalogue),
    logger: createLogger('silent'),
  });
  const own = await openTalk([], () => broken);
  own.means('오늘 날씨 어때', { language: 'ko', intent: 'off_topic' });
  expect((await own.say('오늘 날씨 어때')).reply).not.toBeNull();
  await broken.settled();
  await own.world.close();
});

it('of a long message the beginning is kept, and no half of a number', async () => {
  const text = `${'오늘 점심 뭐 먹지 '.repeat(39)}010-1234-5678로 알려줘`;
  talk.means(text, { language: 'ko', intent: 'off_topic' });
  await talk.say(text);
  const [sample = ''] = (await kept())[0]?.samples ?? [];
  expect(sample.length).toBeLessThanOrEqual(200);
  expect(sample).not.toMatch(/\d/);
});
