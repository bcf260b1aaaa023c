import fc from 'fast-check';
import { expect, it } from 'vitest';
import { likeness } from '../../src/domain/unanswered.ts';
import { gistOf } from '../../src/understanding/gist.ts';

const PASSPORT = ['여권 재발급', '여권', 'passport'];

it.each([
  ['여권 사진 규격이 뭐예요', '사진규격'],
  ['여권사진 규격 알려주세요', '사진규격'],
  ['여권 사진규격좀 알려줘', '사진규격'],
  ['여권재발급 수수료가 얼마인가요?', '수수료얼마'],
  ['저기요 혹시 주차할 수 있나요', '주차할'],
  ['내 번호는 [전화번호]예요 사진 규격은요', '번호사진규격'],
  ['2023년 사진 규격', '년사진규격'],
])('%s → %s', (text, gist) => {
  expect(gistOf(text, 'ko', PASSPORT)).toBe(gist);
});

it.each([
  ['What is the size of passport photos?', 'photo size'],
  ['passport photo size pls', 'photo size'],
  ["what's the fee", 'fee'],
])('%s → %s', (text, gist) => {
  expect(gistOf(text, 'en', PASSPORT)).toBe(gist);
});

it('a name full of signs is taken out as it stands', () => {
  expect(gistOf('is q-net (exam) [x] broken?', 'en', ['Q-Net (exam)'])).toBe('broken');
});

it('whatever was typed, it throws nothing and keeps no digit', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('ko', 'en'),
      fc.array(fc.string()),
      (text, language, names) => {
        expect(gistOf(text, language, names)).not.toMatch(/\d/);
      },
    ),
  );
});

it('likeness is from 0 to 1, the same both ways, and 1 for the same', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      const close = likeness(one, other);
      expect(close).toBe(likeness(other, one));
      expect(close >= 0 && close <= 1).toBe(true);
      expect(likeness(one, one)).toBe(1);
    }),
  );
});

it('a wrong letter costs less than another word', () => {
  expect(likeness('사진규격', '사진구격')).toBeGreaterThan(0.7);
  expect(likeness('사진규격', '수수료얼마')).toBeLessThan(0.3);
});
