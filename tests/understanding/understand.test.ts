import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../src/understanding/understand.ts';
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
});
