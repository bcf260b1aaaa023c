import { expect, test } from 'vitest';
import { languageIn } from '../../src/conversation/answers/language.ts';
import { readQuietHours } from '../../src/conversation/answers/quiet.ts';
import { codeIn } from '../../src/conversation/answers/verify.ts';

test.each([
  ['22:00-07:00', '22:00-07:00'],
  ['22-7', '22:00-07:00'],
  ['22:30 ~ 6:15', '22:30-06:15'],
  ['22시~7시', '22:00-07:00'],
  ['22시부터 7시까지', '22:00-07:00'],
  ['밤 10시부터 아침 7시까지', '22:00-07:00'],
  ['오후 11시 반부터 오전 6시까지', '23:30-06:00'],
  ['밤 12시부터 아침 6시', '00:00-06:00'],
  ['10pm to 7am', '22:00-07:00'],
  ['10:30 p.m. until 7 a.m.', '22:30-07:00'],
  ['off', 'off'],
  ['끄기', 'off'],
  ['digest daily', 'daily'],
  ['digest weekly', 'weekly'],
  ['digest off', 'default'],
  ['하루에 한 번 모아서 보내 주세요', 'daily'],
  ['일주일에 한 번만 모아 주세요', 'weekly'],
  ['모아서 보내지 말아 주세요', 'default'],
  ['모아서 보내 주세요', null],
  ['a digest once a week please', 'weekly'],
  ['default', 'default'],
  ['기본값', 'default'],
  ['25:00-07:00', null],
  ['22:00-22:00', null],
  ['22:75-07:00', null],
  ['밤에는 보내지 마세요', null],
  ['', null],
])('quiet hours in "%s": %s', (text, hours) => {
  expect(readQuietHours(text)).toBe(hours);
});

test.each([
  ['이 문자 진짜예요? 2023-1117-2', '2023-1117-2'],
  ['2023-1117-02', '2023-1117-2'],
  ['２０２３-１１１７-２', '2023-1117-2'],
  ['2023 1117 2', '2023-1117-2'],
  ['20231117-2', '2023-1117-2'],
  ['전화 02-2100-3399', null],
  ['그냥 글', null],
])('the notice code in "%s": %s', (text, code) => {
  expect(codeIn(text)).toBe(code);
});

test.each([
  ['영어로 해줘', 'en'],
  ['English please', 'en'],
  ['한국어로', 'ko'],
  ['영어 말고 한국어로', 'ko'],
  ['not Korean, English', 'en'],
  ['kotlin', null],
])('the language asked for in "%s": %s', (text, language) => {
  expect(languageIn(text)).toBe(language);
});
