import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chat } from '../support/context.ts';
import { openTalk, type Talk } from './talk.ts';

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

describe('asking back', () => {
  const options = ['resident-registration-certificate', 'family-relation', 'iros'];
  beforeEach(() => {
    talk.means('증명서', {
      language: 'ko',
      intent: 'clarify',
      leaning: 'status',
      candidates: [...options, 'gov24', 'hometax'],
      question: { ko: '어떤 증명서가 필요하세요?', en: 'Which certificate?' },
    });
  });

  test("asks the catalogue's question with at most four buttons, each with its number", async () => {
    const { reply, labels, text } = await talk.say('증명서');
    expect(reply?.cards[0]?.headline).toBe('어떤 증명서가 필요하세요?');
    expect(labels).toHaveLength(4);
    expect(text).toContain('2. ');
  });

  test('a number answers it', async () => {
    await talk.say('증명서');
    const { reply } = await talk.say('2번');
    expect(reply?.cards[0]?.headline).toContain(nameOf('family-relation'));
  });

  test('a button answers it', async () => {
    const asked = await talk.say('증명서');
    const { reply } = await talk.pressLabel(asked, asked.labels[2] ?? '');
    expect(reply?.cards[0]?.headline).toContain(nameOf('iros'));
  });

  test('after a quarter of an hour the question is forgotten', async () => {
    await talk.say('증명서');
    talk.world.clock.forward(901);
    talk.means('2번', { language: 'ko', intent: 'unknown' });
    expect((await talk.say('2번')).text).toContain('이해하지 못했어요');
  });

  test('the intent is resumed: asked for a subscription, the choice subscribes', async () => {
    talk.means('구독', {
      language: 'ko',
      intent: 'clarify',
      leaning: 'subscribe',
      candidates: ['gov24', 'hometax'],
    });
    const asked = await talk.say('구독');
    expect((await talk.pressLabel(asked, '정부24')).text).toContain('소식을 알려 드릴게요');
  });
});

const nameOf = (id: string) => talk.world.context.catalogue.service(id)?.name.ko;

test('"which service?" offers what is down now, and a number chooses it', async () => {
  await talk.outage('gov24');
  await talk.outage('hometax', { status: 'degraded' });
  talk.means('언제 돼요', { language: 'ko', intent: 'clarify', leaning: 'eta' });
  const asked = await talk.say('언제 돼요');
  expect(asked.labels.slice(0, 2)).toEqual([nameOf('gov24'), nameOf('hometax')]);
  expect((await talk.say('1번')).reply?.cards[0]?.headline).toContain('정부24');
});

test('what was not understood leaves the question open', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'eta', services: ['gov24'] });
  talk.means('음', { language: 'ko', intent: 'unknown' });
  await talk.say('q');
  await talk.say('음');
  expect((await talk.say('네')).text).toContain('다시 정상이 되면 바로 알려 드릴게요');
});

test('a question without a name is about the service spoken of last', async () => {
  await talk.outage('gov24');
  talk.means('q', { language: 'ko', intent: 'status', services: ['gov24'] });
  talk.means('왜요?', { language: 'ko', intent: 'cause' });
  await talk.say('q');
  expect((await talk.say('왜요?')).text).toContain('원인');
});

test('a pressed service is spoken of too', async () => {
  await talk.outage('gov24');
  talk.means('언제요?', { language: 'ko', intent: 'clarify', leaning: 'eta' });
  const all = await talk.command('status');
  await talk.pressLabel(all, '정부24');
  expect((await talk.say('언제요?')).reply?.cards[0]?.headline).toContain('정부24');
});

test('an agency named alone is its own subject, whatever was spoken of before', async () => {
  const agency = talk.world.context.catalogue.agencies.find(({ name }) => name.ko === '국세청');
  talk.means('q', { language: 'ko', intent: 'status', services: ['gov24'] });
  talk.means('국세청은 괜찮아요?', {
    language: 'ko',
    intent: 'clarify',
    leaning: 'status',
    agencies: [agency?.id ?? ''],
  });
  await talk.say('q');
  expect((await talk.say('국세청은 괜찮아요?')).text).toContain('국세청 서비스에 발표된 장애가 없어요');
});

test('"end all" ends all, whatever was spoken of before', async () => {
  await talk.command('subscribe', 'gov24');
  await talk.command('subscribe', 'hometax');
  talk.means('전부 해지', { language: 'ko', intent: 'unsubscribe', topic: 'everything' });
  expect((await talk.say('전부 해지')).text).toContain('모두 해지했어요 (2개)');
});

test('"does it work?" of nothing named asks which', async () => {
  talk.means('지금 되나요', { language: 'ko', intent: 'status' });
  expect((await talk.say('지금 되나요')).text).toContain('어느 서비스');
});

describe('the language of an answer', () => {
  const en = { hint: 'en' } as const;

  test('follows the question before the client', async () => {
    expect((await talk.say('정부24 되나요?', en)).text).toMatch(/정상/);
    expect((await talk.say('Is Government24 working?')).text).toMatch(/Operational/);
  });

  test('of a command follows the client, or the Hangul of its argument', async () => {
    expect((await talk.command('help', '', en)).text).toContain('Ask me');
    expect((await talk.command('status', '정부24', en)).text).toContain('정상');
    expect((await talk.command('status', 'gov24', { hint: null })).text).toContain('정상');
  });

  test('once chosen holds for commands and stays open for questions', async () => {
    const changed = await talk.command('language', 'en');
    expect(changed.text).toContain('From now on');
    expect((await talk.command('status', '정부24')).text).toContain('Operational');
    expect((await talk.say('정부24 되나요?')).text).toContain('정상');
    expect((await talk.world.context.store.subscribers.byChat(chat('1')))?.language).toBe('en');
  });

  test.each([
    ['영어로 해줘', 'From now on'],
    ['please speak English', 'From now on'],
    ['한국어로 말해줘', '이제 한국어로'],
  ])('"%s" changes it', async (text, expected) => {
    talk.means(text, { intent: 'language' });
    expect((await talk.say(text)).text).toContain(expected);
  });

  test('a button under an English answer is answered in English', async () => {
    const heard = await talk.say('Is Government24 working?');
    expect((await talk.pressLabel(heard, 'Subscribe')).text).toContain('You will get updates');
  });

  test('/language without an argument offers both, each in itself', async () => {
    const asked = await talk.command('language');
    expect(asked.labels).toEqual(['한국어', 'English']);
    expect((await talk.pressLabel(asked, 'English')).text).toContain('From now on');
    expect((await talk.command('help')).text).toContain('Ask me');
  });
});
