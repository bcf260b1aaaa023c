import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createExplanation, createUnderstanding } from '../../src/understanding/understand.ts';
import { INTENTS } from '../../src/understanding/understanding.ts';
import { catalogue, read } from './measure.ts';

const pieces = fc.constantFrom(
  '홈택스',
  '정부24',
  'ㅎㅌㅅ',
  'gov24',
  '안 돼',
  '왜',
  'down',
  '언제',
  '\u1112',
  '\u200b',
  '😭',
  '24',
  ' ',
  '?',
  'ㅋㅋ',
  '<@U1>',
  '\ud800',
);

describe('what one message means', () => {
  it('throws on no string, and always keeps its promises', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const got = read(text);
        expect([...INTENTS, 'clarify', 'unknown']).toContain(got.intent);
        expect(got.confidence).toBeGreaterThanOrEqual(0);
        expect(got.confidence).toBeLessThanOrEqual(1.000001);
        expect(got.candidates.length).toBeLessThanOrEqual(4);
        if (got.intent === 'clarify') expect(got.candidates.length).toBeGreaterThan(0);
        for (const id of [...got.services, ...got.candidates]) expect(catalogue.service(id)).toBeDefined();
      }),
      { numRuns: 1500 },
    );
  });

  it('reads a very long message in bounds', () => {
    expect(() => read('홈택스 '.repeat(5000))).not.toThrow();
    expect(() => read('ㅎ'.repeat(100000))).not.toThrow();
  });

  it('says the same twice, and from another start', () => {
    const other = createUnderstanding(catalogue);
    for (const text of ['홈택스 안 돼요', 'is it back', 'ㅈㅂ24', '']) {
      expect(read(text)).toEqual(read(text));
      expect(other(text, { language: null })).toEqual(read(text));
    }
  });

  it.each([
    ['죽고 싶어요', 'crisis_self_harm'],
    ['I want to kill myself', 'crisis_self_harm'],
    ['우리 집에 불이 났어요', 'crisis_fire'],
    ['my father collapsed and is not breathing', 'crisis_fire'],
    ['칼 든 사람이 쫓아와요', 'crisis_crime'],
    ['someone broke into my house', 'crisis_crime'],
  ])('danger comes first: %s', (text, topic) => {
    expect(read(text).topic).toBe(topic);
  });

  it('asking whether an emergency line works is a question like any other', () => {
    expect(read('119 전화가 안 걸려요')).toMatchObject({ services: ['call-119'] });
    expect(read('119 전화 지금 되나요')).toMatchObject({ intent: 'status', services: ['call-119'] });
  });

  it.each([
    ['ㅑㄴ 햎24 애주', 'en'],
    ['ghaxortm dks ehldy', 'ko'],
    ['hometax 안됨', 'ko'],
    ['is hometax down', 'en'],
    ['jeongbu24 wae andwaeyo', 'ko'],
  ])('%s is answered in %s', (text, language) => {
    expect(read(text).language).toBe(language);
  });

  it('a bare number or name leaves the language to what is known', () => {
    const understand = createUnderstanding(catalogue);
    expect(understand('119', { language: 'en' }).language).toBe('en');
    expect(understand('119', { language: null }).language).toBe('ko');
  });

  it.each([
    ['복구되면 알려줘 홈택스', 'one_shot'],
    ['내 정보 다 지워줘', 'forget'],
    ['what data do you have about me', 'mydata'],
    ['밤에는 알림 안 오게 해줘', 'quiet_hours'],
    ['is this notice real', 'verification'],
  ])('a finer shade: %s', (text, topic) => {
    expect(read(text).topic).toBe(topic);
  });

  it.each([
    ['이 문자 진짜인가요? 정부24 복구 http://bit.ly/xyz 눌러주세요', 'help', 'verification'],
    ['got a text that hometax is back with a link, is it really from the government', 'help', 'verification'],
    ['i have a deadline tomorrow, is it extended?', 'status', 'deadline'],
    ['나라장터 장애 때문에 입찰 마감 연장되나요?', 'status', 'deadline'],
    ['오늘이 마감인데 정부24가 안 열려요', 'status', null],
    ['비자 연장하려는데 하이코리아 되나요', 'status', null],
    ['밤 10시부터 아침 7시까지 알림 끄고 싶어요', 'help', 'quiet_hours'],
  ])('what is asked, not what is told beside it: %s', (text, intent, topic) => {
    expect(read(text)).toMatchObject({ intent, topic });
  });

  it('despair beside a question about a service is heard', () => {
    expect(read('정부24도 안되고 다 포기하고 싶어요').topic).toBe('crisis_self_harm');
  });

  it('tells the groups of cues it heard', () => {
    expect(read('홈택스 왜 안 돼요?').cues).toEqual(expect.arrayContaining(['trouble', 'why']));
  });
});

describe('why a message is understood as it is', () => {
  const explain = createExplanation(catalogue);

  it('tells the ways to read it, what was found, and what was decided', () => {
    const told = explain('홈텍스 왜 안 돼요?');
    expect(told.taken).toBe('typed');
    expect(told.links).toMatchObject([{ services: ['hometax'], weak: false, aside: false }]);
    expect(told.cues.map(({ cue }) => cue)).toEqual(expect.arrayContaining(['trouble', 'why']));
    expect(told.weights.map(({ because }) => because)).toContain('a service and a word of trouble');
    expect(told.understanding).toEqual(read('홈텍스 왜 안 돼요?'));
  });

  it('tells the chances of every intent, before and after the weights', () => {
    const { byModel, chances } = explain('is gov24 down');
    for (const all of [byModel, chances]) {
      expect(Object.keys(all).sort()).toEqual([...INTENTS].sort());
      expect(Object.values(all).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
    }
  });

  it('shows what was meant on the other keyboard', () => {
    const told = explain('ghaxortm dks ehldy');
    expect(told.taken).toBe('korean_keys');
    expect(told.variants.map(({ text }) => text)).toContain('홈택스 안 되요');
  });
});
