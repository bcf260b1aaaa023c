import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/config/catalogue.ts';
import {
  FORGET_AFTER_SECONDS,
  inContext,
  type Remembered,
  remember,
} from '../../src/conversation/context.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';

const catalogue = readCatalogue(null);
const understand = createUnderstanding(catalogue);
const START = '2026-11-23T03:00:00.000Z';

const memory = (parts: Partial<Remembered>): Remembered => ({
  at: START,
  services: [],
  previousServices: [],
  intent: null,
  pending: null,
  ...parts,
});
const say = (text: string, remembered: Remembered | null, after = 20) =>
  inContext(understand(text, { language: null }), text, remembered, plusSeconds(START, after), catalogue);

describe('a question without a name', () => {
  const spoken = memory({ services: ['hometax'], intent: 'status' });
  it.each([
    ['그럼 언제 돼요?', 'eta'],
    ['언제 복구돼요', 'eta'],
    ['왜요?', 'cause'],
    ['다른 방법은 없나요', 'alternatives'],
    ['되면 알려주세요', 'subscribe'],
    ['when will it be back?', 'eta'],
    ['why?', 'cause'],
    ['tell me when it works again', 'subscribe'],
    ['is it back yet', 'status'],
  ])('%s is about the service spoken of last', (text, intent) => {
    expect(say(text, spoken)).toMatchObject({ intent, services: ['hometax'] });
  });

  it('is about nothing once a quarter of an hour has passed', () => {
    expect(say('언제 복구돼요', spoken, FORGET_AFTER_SECONDS + 1).services).toEqual([]);
  });

  it('leaves greetings, thanks and other topics alone', () => {
    expect(say('고맙습니다', spoken)).toMatchObject({ intent: 'thanks', services: [] });
    expect(say('영어로 해줘', spoken)).toMatchObject({ intent: 'language', services: [] });
    expect(say('오늘 점심 뭐 먹지', spoken).services).toEqual([]);
  });
});

describe('a name alone', () => {
  it.each([
    ['위택스는?', 'eta', 'wetax'],
    ['and wetax?', 'eta', 'wetax'],
    ['정부24는요', 'cause', 'gov24'],
    ['그럼 전입신고는?', 'status', 'move-in-report'],
  ])('%s asks the same again', (text, intent, id) => {
    expect(say(text, memory({ services: ['hometax'], intent: intent as 'eta' }))).toMatchObject({
      intent,
      services: [id],
    });
  });

  it('does not subscribe by itself, only as one more', () => {
    const subscribed = memory({ services: ['hometax'], intent: 'subscribe' });
    expect(say('위택스는?', subscribed).intent).toBe('status');
    expect(say('위택스도', subscribed)).toMatchObject({ intent: 'subscribe', services: ['wetax'] });
  });
});

describe('corrections', () => {
  it.each([
    '아니 홈택스 말고 위택스',
    '아 위택스 말한 거예요',
    'no, I meant wetax',
    'sorry, wetax not hometax',
  ])('%s', (text) => {
    expect(say(text, memory({ services: ['hometax'], intent: 'eta' }))).toMatchObject({
      intent: 'eta',
      services: ['wetax'],
    });
  });
});

describe('another way instead of it', () => {
  it.each([
    '정부24 말고 다른 방법 없어요?',
    '정부24 말고 다른 데 없나요',
    'what other ways are there, not gov24?',
  ])('%s is a question of its own', (text) => {
    for (const pending of [null, { kind: 'offer', intent: 'subscribe', services: ['gov24'] }] as const)
      expect(say(text, memory({ services: ['gov24'], intent: 'status', pending }))).toMatchObject({
        intent: 'alternatives',
        services: ['gov24'],
      });
  });
});

describe('an answer to "which one?"', () => {
  const asked = memory({
    intent: 'eta',
    pending: { kind: 'choose', intent: 'eta', options: ['hometax', 'wetax', 'gov24'] },
  });
  it.each([
    ['2번', 'wetax'],
    ['두 번째', 'wetax'],
    ['첫번째요', 'hometax'],
    ['마지막 거', 'gov24'],
    ['the second one', 'wetax'],
    ['number 3', 'gov24'],
    ['1', 'hometax'],
    ['위택스요', 'wetax'],
    ['지방세', 'wetax'],
    ['the first', 'hometax'],
  ])('%s', (text, id) => {
    expect(say(text, asked)).toMatchObject({ intent: 'eta', services: [id] });
  });

  it.each(['둘 다', '전부', 'both', 'all of them'])('%s takes all', (text) => {
    expect(say(text, asked).services).toEqual(['hometax', 'wetax', 'gov24']);
  });

  it('a number out of range chooses nothing', () => {
    expect(say('7번', asked).services).toEqual([]);
  });
});

describe('an answer to an offer', () => {
  const offered = memory({
    services: ['hometax'],
    intent: 'status',
    pending: { kind: 'offer', intent: 'subscribe', services: ['hometax'] },
  });
  it.each([
    '네',
    '넵',
    '응',
    'ㅇㅇ',
    '네 부탁드려요',
    '그래요',
    '좋아요',
    'yes',
    'yes please',
    'sure',
    'go ahead',
    '👍',
  ])('%s accepts', (text) => {
    expect(say(text, offered)).toMatchObject({ intent: 'subscribe', services: ['hometax'] });
  });
  it.each(['아니요', '아뇨 괜찮아요', 'ㄴㄴ', '됐어요', '필요 없어요', 'no', 'no thanks', 'not now', '🙅'])(
    '%s refuses and changes nothing',
    (text) => {
      expect(say(text, offered)).toMatchObject({ intent: 'thanks', services: [], topic: 'no' });
    },
  );
  it('another question is answered, not taken for a yes', () => {
    expect(say('언제 복구돼요?', offered)).toMatchObject({ intent: 'eta', services: ['hometax'] });
  });
  it('a bare yes with nothing offered does nothing', () => {
    expect(say('네', memory({ services: ['hometax'], intent: 'status' })).intent).not.toBe('subscribe');
  });
});

describe('pointing at a list', () => {
  const shown = memory({
    services: ['epeople', 'safety-report', 'epost-bank'],
    listed: ['epeople', 'safety-report', 'epost-bank'],
    intent: 'status_all',
  });
  it('one of it', () => {
    expect(say('두 번째 거 자세히', shown)).toMatchObject({ intent: 'status', services: ['safety-report'] });
  });
  it('several of it, after another was looked at', () => {
    const after = remember(say('두 번째 거 자세히', shown), shown, plusSeconds(START, 20));
    expect(say('첫 번째랑 세 번째 알림 걸어줘', after, 40)).toMatchObject({
      intent: 'subscribe',
      services: ['epeople', 'epost-bank'],
    });
  });
});

describe('the memory', () => {
  it('keeps two services deep, so that "both" has a meaning', () => {
    let memo = remember(say('홈택스 안 돼요', null), null, START);
    memo = remember(say('위택스는?', memo), memo, plusSeconds(START, 20));
    expect(memo).toMatchObject({ services: ['wetax'], previousServices: ['hometax'], intent: 'status' });
    expect(say('둘 다 알림 신청할게요', memo, 40)).toMatchObject({
      intent: 'subscribe',
      services: ['hometax', 'wetax'],
    });
  });

  it('waits for a choice after asking', () => {
    const memo = remember(say('등본 알림 신청할게요', null), null, START);
    expect(memo.pending).toMatchObject({ kind: 'choose', intent: 'subscribe' });
  });

  it('a crisis is never bent into a follow-up', () => {
    const memo = memory({ services: ['hometax'], intent: 'status' });
    expect(say('죽고 싶어요', memo)).toMatchObject({ intent: 'off_topic', topic: 'crisis_self_harm' });
  });
});

describe('a piece of a question', () => {
  it.each(['지금', '아직도', 'right now'])(
    '%s is about the service named before, however it reads alone',
    (text) => {
      const alone = {
        ...understand(text, { language: null }),
        intent: 'off_topic',
        leaning: 'off_topic',
      } as const;
      const spoken = memory({ services: ['hometax'], intent: 'status' });
      expect(inContext(alone, text, spoken, plusSeconds(START, 20), catalogue)).toMatchObject({
        intent: 'status',
        services: ['hometax'],
      });
    },
  );
});
