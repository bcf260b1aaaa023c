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

describe('what was said before, in a chat', () => {
  const headline = async (text: string) => (await talk.say(text)).reply?.cards[0]?.headline;

  test('the list of all that is down can be pointed at', async () => {
    await talk.outage('hikorea');
    await talk.outage('applyhome', { status: 'degraded' });
    await talk.say('지금 뭐가 안 되나요?');
    expect(await headline('두 번째 거는요?')).toContain(nameOf('applyhome'));
    expect(await headline('첫 번째는?')).toContain(nameOf('hikorea'));
  });

  test('a number that the list does not have asks again, with the list', async () => {
    await talk.outage('hikorea');
    await talk.outage('applyhome', { status: 'degraded' });
    await talk.say('지금 뭐가 안 되나요?');
    expect((await talk.say('9번')).labels).toEqual([nameOf('hikorea'), nameOf('applyhome')]);
  });

  test('the subscriptions that were shown can be ended by number', async () => {
    await talk.command('subscribe', 'gov24');
    await talk.command('subscribe', 'hometax');
    await talk.command('subscriptions');
    expect((await talk.say('2번 빼줘')).text).toContain('홈택스');
    expect((await talk.command('subscriptions')).text).not.toContain('홈택스');
  });

  test('the last order is taken back and given again', async () => {
    await talk.command('subscribe', 'gov24');
    expect((await talk.say('방금 거 취소')).text).toContain('정부24');
    expect((await talk.command('subscriptions')).text).toContain('아직 구독한 것이 없어요');
    await talk.say('다시 넣어줘');
    expect((await talk.command('subscriptions')).text).toContain('정부24');
  });

  test('all that was ended at once comes back at once', async () => {
    await talk.command('subscribe', 'gov24');
    await talk.command('subscribe', 'hometax');
    await talk.command('unsubscribe', 'all');
    await talk.say('되돌려 주세요');
    const { text } = await talk.command('subscriptions');
    expect(text).toContain('정부24');
    expect(text).toContain('홈택스');
  });

  test('"when it is back" is about what is down, though something that works was asked about since', async () => {
    await talk.outage('gov24');
    await talk.say('정부24 되나요?');
    await talk.say('홈택스는요?');
    expect((await talk.say('복구되면 알려주세요')).text).toContain('정부24');
  });

  test('a phone number is that of what was spoken of', async () => {
    await talk.say('하이코리아 되나요?');
    expect((await talk.say('전화번호 알려주세요')).text).toContain('1345');
  });

  test('a strange name is asked about, with what was spoken of and the way to all others', async () => {
    talk.means('두나무는 됨?', { language: 'ko', intent: 'status', leaning: 'status' });
    await talk.say('정부24 되나요?');
    const { labels } = await talk.say('두나무는 됨?');
    expect(labels).toEqual([nameOf('gov24'), '다른 서비스 고르기']);
  });

  test('a place that was named as another way can be asked about as "there"', async () => {
    talk.means('다른 방법은?', { language: 'ko', intent: 'alternatives', services: ['pccc'] });
    talk.means('거기는 됨?', { language: 'ko', intent: 'status', leaning: 'status' });
    const ways = await talk.say('다른 방법은?');
    const [way, another] = talk.world.context.catalogue.service('pccc')?.channels ?? [];
    expect([way, another]).toEqual(['unipass', undefined]);
    expect(ways.text).toContain(nameOf('unipass'));
    expect(await headline('거기는 됨?')).toContain(nameOf('unipass'));
  });

  test('a question in pieces', async () => {
    await talk.say('홈택스');
    expect(await headline('지금')).toContain('홈택스');
    expect(await headline('됨?')).toContain('홈택스');
  });

  test('two people in one group have a memory each', async () => {
    const room = { ...chat('g1'), kind: 'group' as const };
    await talk.say('정부24 되나요?', { chat: room, person: 'a' });
    await talk.say('홈택스 되나요?', { chat: room, person: 'b' });
    const heard = await talk.say('언제부터요?', { chat: room, person: 'a' });
    expect(heard.text).toContain('정부24');
    expect(heard.text).not.toContain('홈택스');
  });
});
