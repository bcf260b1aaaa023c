import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/config/catalogue.ts';
import type { FindingCode } from '../../src/domain/finding.ts';
import type { Severity } from '../../src/domain/notice.ts';
import { createNoticeLinter } from '../../src/wording/notice-linter.ts';

const lint = createNoticeLinter(readCatalogue(null));

const say = (
  ko: string,
  en: string,
  severity: Severity = 'info',
  title = { ko: '운영 안내', en: 'Opening hours' },
) => lint({ title, message: { ko, en }, severity });
const errors = (ko: string, en: string) =>
  say(ko, en)
    .filter(({ weight }) => weight === 'error')
    .map(({ code }) => code);

/** What a careful colleague would stop. */
const WRONG: readonly [code: FindingCode, ko: string, en: string][] = [
  ['times_differ', '내일 09:00부터 엽니다.', 'We open tomorrow at 10:00.'],
  ['times_differ', '오후 2시에 엽니다.', 'We open at 2 a.m.'],
  ['times_differ', '오후 2시 30분에 엽니다.', 'We open at 2:00 p.m.'],
  ['times_differ', '정오에 엽니다.', 'We open at midnight.'],
  ['times_differ', '18시까지 받습니다.', 'We accept papers until 5 p.m.'],
  ['times_differ', '09:00부터 18:00까지 엽니다.', 'We are open from 09:00.'],
  ['dates_differ', '11월 17일에 엽니다.', 'We open on 18 November.'],
  ['dates_differ', '2023-11-17에 엽니다.', 'We open on November 27, 2023.'],
  ['dates_differ', '12. 1.(금)에 엽니다.', 'We open on 2 December (Fri).'],
  ['dates_differ', '11월 17일까지 받습니다.', 'We accept papers.'],
  ['phones_differ', '문의 02-2100-3399', 'Call 02-2100-3398'],
  ['phones_differ', '문의 1588-2188', 'Call us'],
  ['numbers_differ', '수수료는 1,000원입니다.', 'The fee is 1,100 won.'],
  ['numbers_differ', '서류 3부를 준비해 주세요.', 'Please bring two copies.'],
  ['numbers_differ', '약 2만 명이 기다립니다.', 'About 2,000 people are waiting.'],
  ['numbers_differ', '2시간 걸립니다.', 'It takes 3 hours.'],
  ['services_differ', '정부24를 이용해 주세요.', 'Please use Hometax.'],
  ['services_differ', '홈택스에서 신고해 주세요.', 'Please file your return.'],
  ['slang', '시스템이 먹통입니다.', 'The system does not work.'],
  ['same_text', 'We are open.', 'We are open.'],
  ['wrong_script', 'We are open.', 'We are open today.'],
  ['wrong_script', '엽니다.', '오늘 엽니다.'],
];

/** The same thing said twice, as officials write it: none of it may be stopped. */
const RIGHT: readonly [ko: string, en: string][] = [
  ['내일 09:00부터 엽니다.', 'We open tomorrow at 9 a.m.'],
  ['오후 2시에 엽니다.', 'We open at 2 p.m.'],
  ['오후 2시 반에 엽니다.', 'We open at 2:30 p.m.'],
  ['낮 12시부터 오후 1시까지 쉽니다.', 'We close from noon to 1 p.m.'],
  ['밤 9시에 닫습니다.', 'We close at 21:00.'],
  ['새벽 2시에 점검합니다.', 'Maintenance starts at 2 a.m.'],
  ['자정까지 받습니다.', 'We accept papers until midnight.'],
  ['오전 9시부터 11시까지 엽니다.', 'We are open from 9 to 11 a.m.'],
  ['24시간 운영합니다.', 'We are open 24 hours.'],
  ['11월 17일(금)에 엽니다.', 'We open on Fri 17 November.'],
  ['11. 17.(금) 13:55부터', 'From 13:55 on November 17 (Fri)'],
  ['2023년 11월 17일에 엽니다.', 'We open on November 17th, 2023.'],
  ['2023.11.17. 접수 마감', 'Closes on 2023-11-17'],
  ['17일에 엽니다.', 'We open on the 17th.'],
  ['문의 02-2100-3399', 'Call 02-2100-3399'],
  ['문의 02-2100-3399', 'Call +82-2-2100-3399'],
  ['문의 1588-2188, 국번 없이 110', 'Call 1588-2188 or 110'],
  ['수수료는 1,000원입니다.', 'The fee is 1000 won.'],
  ['서류 세 부를 준비해 주세요.', 'Please bring 3 copies.'],
  ['서류 2부를 준비해 주세요.', 'Please bring two copies.'],
  ['약 2만 명이 기다립니다.', 'About 20,000 people are waiting.'],
  ['예산은 35억 원입니다.', 'The budget is 3.5 billion won.'],
  ['수도권 1차 접수입니다.', 'This is the first round for the capital area.'],
  ['30분 뒤에 다시 해 주세요.', 'Please try again in half an hour.'],
  ['정부24를 이용해 주세요.', 'Please use Government24.'],
  ['홈택스에서 신고해 주세요.', 'Please file your return on Hometax.'],
  ['수수료가 10% 오릅니다.', 'The fee rises by 10 percent.'],
  ['창구 5곳에서 받습니다.', 'Five counters accept papers.'],
  ['정부24와 홈택스가 정상입니다.', 'Hometax and Government24 are back to normal.'],
  ['3시간 30분 동안 멈춥니다.', 'It stops for 3 hours 30 minutes.'],
  ['서울특별시 종로구 세종대로 209', '209 Sejong-daero, Jongno-gu, Seoul'],
  ['주민센터 창구에 오시면 됩니다.', 'Please come to a community service center counter.'],
];

describe('a text that says two things', () => {
  it.each(WRONG)('is stopped for %s: %s / %s', (code, ko, en) => {
    expect(errors(ko, en)).toContain(code);
  });
});

describe('a text that says one thing in two languages', () => {
  it.each(RIGHT)('is let through: %s / %s', (ko, en) => {
    expect(errors(ko, en)).toEqual([]);
  });
});

describe('the first line', () => {
  const title = (ko: string, en = 'A title') =>
    lint({ title: { ko, en }, message: { ko: '안내', en: 'News' }, severity: 'info' }).map(
      ({ code, field }) => `${code} ${field}`,
    );

  it('has ninety Korean characters with its label, and no more', () => {
    const label = '[공지] '.length;
    expect(title('가'.repeat(90 - label))).not.toContain('first_line_too_long title.ko');
    expect(title('가'.repeat(91 - label))).toContain('first_line_too_long title.ko');
  });

  it.each(['창구 운영 및', '주말 창구를 열고,', '시스템 개선을 위한', '서비스를 멈추고…'])(
    '%s is not complete',
    (ko) => {
      expect(title(ko)).toContain('first_line_incomplete title.ko');
    },
  );

  it.each(['The counters and', 'A notice about', 'We will…'])('%s is not complete', (en) => {
    expect(title('안내', en)).toContain('first_line_incomplete title.en');
  });

  it.each(['주말 창구 운영 안내', '정부24 점검 예정', '서류를 준비해 주세요.'])('%s is complete', (ko) => {
    expect(title(ko)).not.toContain('first_line_incomplete title.ko');
  });
});

describe('what only a person can judge is a warning', () => {
  const warnings = (ko: string, en: string, severity: Severity = 'info') =>
    say(ko, en, severity)
      .filter(({ weight }) => weight === 'warning')
      .map(({ code, field }) => `${code} ${field}`);

  it('promotion', () => {
    expect(warnings('추첨을 통해 상품을 드립니다.', 'Win a prize.')).toEqual(
      expect.arrayContaining(['promotion message.ko', 'promotion message.en']),
    );
  });

  it.each([
    ['홈택스은 정상입니다.', '홈택스는'],
    ['정부24을 이용해 주세요.', '정부24를'],
    ['홈택스으로 신고해 주세요.', '홈택스로'],
  ])('a particle that does not fit its name: %s', (ko, right) => {
    const found = say(ko, 'Please use it.').find(({ code }) => code === 'particle');
    expect(found?.params.right).toBe(right);
  });

  it.each(['홈택스는 정상입니다.', '정부24가 열렸습니다.', '홈택스로 신고해 주세요.'])(
    '%s has the right one',
    (ko) => {
      expect(say(ko, 'Please use it.').map(({ code }) => code)).not.toContain('particle');
    },
  );

  it('nothing to do, and no next update where it is pressing', () => {
    expect(warnings('창구가 멈췄습니다.', 'The counters stopped.', 'important')).toEqual([
      'no_action message.ko',
      'no_next_update message.ko',
      'no_action message.en',
      'no_next_update message.en',
    ]);
    expect(
      warnings(
        '창구가 멈췄습니다. 내일 와 주세요. 저녁에 다시 안내해 드리겠습니다.',
        'The counters stopped. Please come tomorrow. We will report again in the evening.',
        'important',
      ),
    ).toEqual([]);
  });
});

it('names a system that only officials know as an error', () => {
  const found = say('새올행정시스템이 멈췄습니다.', 'The Saeol administrative system stopped.');
  expect(found.filter(({ code }) => code === 'internal_name').map(({ weight }) => weight)).toContain('error');
});
