import fc from 'fast-check';
import { expect, it } from 'vitest';
import { similarity } from '../../src/domain/similarity.ts';

it.each([
  ['정부24 점검 안내', '정부24 점검 안내', 1],
  ['정부24  점검\n안내', '정부24 점검 안내', 1],
  ['', '정부24', 0],
  ['정부24 점검', '홈택스 신고', 0],
])('%j and %j are alike by %d', (a, b, expected) => {
  expect(similarity(a, b)).toBeCloseTo(expected, 1);
});

it('is high for the same news with another hour, low for other news', () => {
  const news = '정부24가 오늘 14:00부터 점검으로 멈춥니다. 급한 서류는 창구에서 받아 주세요.';
  expect(similarity(news, news.replace('14:00', '15:00'))).toBeGreaterThan(0.8);
  expect(similarity(news, '주말에도 여권 창구를 엽니다. 토요일 09:00부터 오시면 됩니다.')).toBeLessThan(0.2);
});

it('is the same both ways, from 0 to 1', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const alike = similarity(a, b);
      return alike === similarity(b, a) && alike >= 0 && alike <= 1;
    }),
  );
});
