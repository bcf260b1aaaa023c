import { describe, expect, it } from 'vitest';
import { createMentions } from '../../src/understanding/understand.ts';
import { catalogue, read } from './measure.ts';

const mentions = createMentions(catalogue);

describe('the services that a message names', () => {
  it('every alias of every service finds it beside a word of trouble', () => {
    const missed: string[] = [];
    for (const service of catalogue.services) {
      for (const [language, aliases] of Object.entries(service.aliases)) {
        for (const alias of aliases) {
          const text = language === 'ko' ? `${alias} 접속이 안 돼요` : `${alias} is down`;
          const shared = catalogue.ambiguous.find((one) => one.alias === alias);
          const found = mentions(text);
          if (!found.includes(service.id) && !(shared !== undefined && found.includes(shared.prefer)))
            missed.push(`${service.id}: ${text} → ${found.join()}`);
        }
      }
    }
    expect(missed).toEqual([]);
  });

  it.each([
    ['안전신문고 되나요', ['safety-report']],
    ['신문고 되나요', ['epeople']],
    ['등기부등본 발급 되나요', ['iros']],
    ['모바일 운전면허증 안 떠요', ['mobile-driver-license']],
  ])('the longest name wins: %s', (text, services) => {
    expect(read(text).services).toEqual(services);
  });

  it.each([
    '홈텍스 안 열려요',
    '홈택쓰 안 열려요',
    '홈택스는요?',
    '홈택스접속이안돼요',
    'ㅎㅌㅅ 접속 안 됨',
    'ghaxortm dks ehlsek',
    'HOMETAX is down',
    'hooometax is down',
    'homtaekseu andwaeyo',
  ])('spelled its own way: %s', (text) => {
    expect(read(text).services).toEqual(['hometax']);
  });

  it('digits bear no slip', () => {
    expect(read('정부42 안 돼요').services).not.toContain('gov24');
    expect(read('1190 안 돼요').services).not.toContain('call-119');
  });

  it('Latin names end where words end', () => {
    expect(mentions('my taxi is down')).toEqual([]);
    expect(mentions('the kiosks are down')).toEqual(['unmanned-kiosk']);
  });

  it.each([
    '친구한테 온 메일 봤어',
    '오늘 날씨 좋다',
    '이 사람 누구야',
    '통계학과 나오면 취업 잘 되나',
    '나이스 샷!',
    '이젠 좀 쉬어야지',
  ])('common words are no services: %s', (text) => {
    expect(read(text).services).toEqual([]);
  });

  it.each([
    ['홈택스 말고 위택스 되나요', ['wetax']],
    ['is wetax up, not hometax', ['wetax']],
    ['정부24는 되는데 홈택스만 안 돼요', ['hometax']],
    ['hometax works but wetax is down', ['wetax']],
  ])('names set aside do not count: %s', (text, services) => {
    expect(read(text).services).toEqual(services);
  });

  it.each([
    ['홈택스랑 위택스 둘 다 안 돼요', ['hometax', 'wetax']],
    ['are gov24 and hometax down', ['gov24', 'hometax']],
  ])('several services: %s', (text, services) => {
    expect([...read(text).services].sort()).toEqual(services);
  });

  it('a shared name is answered in its usual sense with the others at hand, and asked about before a change', () => {
    const question = read('등본 안 나와요');
    expect(question.services).toEqual(['resident-registration-certificate']);
    expect(question.candidates).toContain('iros');
    const wish = read('등본 알림 신청할게요');
    expect(wish.intent).toBe('clarify');
    expect(wish.leaning).toBe('subscribe');
    expect(wish.question?.ko).toContain('?');
  });

  it('regions and agencies are told', () => {
    expect(read('강릉시청 홈페이지 안 열려요').regions.length).toBeGreaterThan(0);
    expect(read('국세청 공지 알려줘').agencies.length).toBeGreaterThan(0);
  });
});
