import { describe, expect, it } from 'vitest';
import { createNaming } from '../../src/understanding/naming.ts';
import { createReader } from '../../src/understanding/reading.ts';
import { createMentions } from '../../src/understanding/understand.ts';
import { catalogue, read } from './measure.ts';

const mentions = createMentions(catalogue);
const readText = createReader(catalogue);
const nameSubject = createNaming(catalogue);
/** The services a text is about by its names alone, whatever it asks of them. */
const named = (text: string): readonly string[] => [...nameSubject(readText(text), true).services].sort();

describe('the services that a message names', () => {
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

  it.each([
    ['여권 신청해야 하는데 정부24 돼요?', 'gov24'],
    ['등본 떼려고 하는데 정부24가 안 열려요', 'gov24'],
    ['Is government24 down? I need a certificate of residence', 'gov24'],
    ['정부24에서 등본이 안 나와요', 'resident-registration-certificate'],
    ['정부24 들어갔는데 등본 발급이 안 돼요', 'resident-registration-certificate'],
  ])('of a task and the place for it, the one that is asked about: %s', (text, service) => {
    expect(named(text)).toEqual([service]);
  });

  it.each([
    ['무인발급기랑 정부24 빼고 등본 떼는 방법', ['resident-registration-certificate']],
    ['정부24 대신 주민센터는 되나요', ['community-center-counter']],
    ['홈택스는 필요 없고 정부24만 알려 주세요', ['gov24']],
    ['not hometax or wetax, only gov24 alerts', ['gov24']],
    ['everything except hometax and wetax, say gov24', ['gov24']],
    ['neither gov24 nor the kiosk works', ['gov24', 'unmanned-kiosk']],
    ['hikorea is not working and 1345 nobody picks up', ['call-1345', 'hikorea']],
    ['등기소하고 가족관계 되나요', ['family-relation', 'iros']],
  ])('a list is set aside or kept as a whole: %s', (text, services) => {
    expect(named(text)).toEqual(services);
  });

  it.each([
    ['정부 이십사 안 열려요', 'gov24'],
    ['is government twenty four down', 'gov24'],
    ['일삼사오 전화 안 받아요', 'call-1345'],
    ['에스알티 예매 안 돼요', 'srt'],
    ['정24 터졌어요', 'gov24'],
    ['jeongbu24 not opening', 'gov24'],
    ['neis eonje bokgu dwaeyo', 'neis'],
    ['정브24 안 열려요', 'gov24'],
    ['전입샌고 안 돼요', 'move-in-report'],
    ['goverment 24 is down', 'gov24'],
    ['hi koera is down', 'hikorea'],
    ['family certifcate site is down', 'family-relation'],
    ['우체국 앱으로 송금이 안 돼요', 'epost-bank'],
  ])('names as they are said and misspelled: %s', (text, service) => {
    expect(named(text)).toEqual([service]);
  });

  it.each([
    '햄버거집 키오스크 고장 났어요',
    'the kiosk at a burger place is broken',
    '비자카드 결제가 안 돼요',
    '정부 24시간 상담 안 되나요',
    'my passport number leaked, what now',
    'how to unclog a drain',
    '원피스 사이트 추천 좀',
    '저녁에 보기로 했는데',
  ])('near to a name and none: %s', (text) => {
    expect(named(text)).toEqual([]);
  });
});
