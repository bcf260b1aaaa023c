import { describe, expect, it } from 'vitest';
import { ago, clockTime, dateTime, dayOf, duration, period, withZone } from '../../src/wording/dates.ts';
import { seoul } from './situations.ts';

const NOW = seoul('2023-11-17 14:00');

describe('a moment in an answer', () => {
  it('is a clock time today', () => {
    expect(clockTime(seoul('2023-11-17 13:55'), NOW, 'ko')).toBe('13:55');
    expect(clockTime(seoul('2023-11-17 13:55'), NOW, 'en')).toBe('13:55');
  });

  it('has day and weekday on another day of the year', () => {
    expect(clockTime(seoul('2023-11-16 09:05'), NOW, 'ko')).toBe('11월 16일(목) 09:05');
    expect(clockTime(seoul('2023-11-16 09:05'), NOW, 'en')).toBe('Thu 16 Nov 09:05');
  });

  it('has the year when it is another', () => {
    expect(clockTime(seoul('2022-12-31 23:59'), NOW, 'ko')).toBe('2022년 12월 31일(토) 23:59');
    expect(clockTime(seoul('2024-01-01 00:00'), NOW, 'en')).toBe('Mon 1 Jan 2024 00:00');
  });

  it.each([
    ['2023-11-17 00:00', '2023-11-17 23:59', '00:00'],
    ['2023-11-16 23:59', '2023-11-17 00:00', '11월 16일(목) 23:59'],
    ['2023-11-18 00:00', '2023-11-17 23:59', '11월 18일(토) 00:00'],
    // Between midnight and nine the day in Seoul is a day ahead of UTC.
    ['2023-11-17 08:59', '2023-11-17 09:00', '08:59'],
    ['2023-11-17 00:30', '2023-11-17 13:00', '00:30'],
  ])('turns the day at midnight in Seoul: %s seen at %s', (at, now, expected) => {
    expect(clockTime(seoul(at), seoul(now), 'ko')).toBe(expected);
  });

  it('turns the year at midnight in Seoul', () => {
    const eve = seoul('2023-12-31 23:59');
    const newYear = seoul('2024-01-01 00:01');
    expect(clockTime(eve, newYear, 'ko')).toBe('2023년 12월 31일(일) 23:59');
    expect(clockTime(newYear, eve, 'ko')).toBe('2024년 1월 1일(월) 00:01');
  });

  it('has its day even today where a notice says it', () => {
    expect(dateTime(seoul('2023-11-17 13:55'), NOW, 'ko')).toBe('11월 17일(금) 13:55');
    expect(dateTime(seoul('2023-11-17 13:55'), NOW, 'en')).toBe('Fri 17 Nov 13:55');
  });
});

describe('a calendar day', () => {
  it('has its weekday, and the year when it is another', () => {
    expect(dayOf('2023-11-20', NOW, 'ko')).toBe('11월 20일(월)');
    expect(dayOf('2024-02-29', NOW, 'ko')).toBe('2024년 2월 29일(목)');
    expect(dayOf('2023-11-20', NOW, 'en')).toBe('Mon 20 Nov');
    expect(dayOf('2024-02-29', NOW, 'en')).toBe('Thu 29 Feb 2024');
  });

  it('is the day of Seoul, not of UTC', () => {
    expect(dayOf('2024-01-01', seoul('2024-01-01 00:30'), 'ko')).toBe('1월 1일(월)');
  });
});

describe('how long ago', () => {
  it.each([
    [0, '방금', 'just now'],
    [59, '방금', 'just now'],
    [60, '1분 전', '1 minute ago'],
    [179, '2분 전', '2 minutes ago'],
    [3599, '59분 전', '59 minutes ago'],
    [3600, '1시간 전', '1 hour ago'],
    [86_399, '23시간 전', '23 hours ago'],
    [86_400, '1일 전', '1 day ago'],
    [5 * 86_400, '5일 전', '5 days ago'],
    [-300, '방금', 'just now'],
  ])('%i seconds', (seconds, ko, en) => {
    const at = new Date(Date.parse(NOW) - seconds * 1000).toISOString();
    expect(ago(at, NOW, 'ko')).toBe(ko);
    expect(ago(at, NOW, 'en')).toBe(en);
  });
});

describe('a length of time', () => {
  it.each([
    [0, '1분 미만', 'less than a minute'],
    [60, '1분', '1 minute'],
    [20 * 60, '20분', '20 minutes'],
    [3600, '1시간', '1 hour'],
    [19 * 3600 + 5 * 60, '19시간 5분', '19 hours 5 minutes'],
    [24 * 3600, '1일', '1 day'],
    [56 * 3600 + 30 * 60, '2일 8시간', '2 days 8 hours'],
  ])('%i seconds', (seconds, ko, en) => {
    expect(duration(seconds, 'ko')).toBe(ko);
    expect(duration(seconds, 'en')).toBe(en);
  });
});

describe('a stretch of time', () => {
  it('says a shared day once', () => {
    const [start, end] = [seoul('2023-11-18 02:00'), seoul('2023-11-18 04:00')];
    expect(period(start, end, NOW, 'ko')).toBe('11월 18일(토) 02:00부터 04:00까지');
    expect(period(start, end, NOW, 'en')).toBe('Sat 18 Nov 02:00 to 04:00');
  });

  it('says both days when it runs past midnight', () => {
    const [start, end] = [seoul('2023-11-17 23:00'), seoul('2023-11-18 05:00')];
    expect(period(start, end, NOW, 'ko')).toBe('23:00부터 11월 18일(토) 05:00까지');
    expect(period(start, end, NOW, 'en', dateTime)).toBe('Fri 17 Nov 23:00 to Sat 18 Nov 05:00');
  });
});

it('names the zone of a time that stands alone', () => {
  expect(withZone('11월 17일(금) 14:00', 'ko')).toBe('11월 17일(금) 14:00(한국 시간)');
  expect(withZone('Fri 17 Nov 14:00', 'en')).toBe('Fri 17 Nov 14:00 KST');
});
