import { convertHangulToQwerty, getChoseong } from 'es-hangul';
import fc from 'fast-check';
import { romanize } from 'koroman';
import { describe, expect, it } from 'vitest';
import {
  editDistance,
  fromKeys,
  initialsOf,
  isSyllable,
  putTogether,
  romanise,
  takeApart,
  toKeys,
} from '../../src/understanding/hangul.ts';
import { normalise } from '../../src/understanding/normalise.ts';
import { rowsOf } from './measure.ts';

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code));
const hangul = fc
  .array(fc.oneof(syllable, fc.constant(' '), fc.constantFrom(...'0123456789?!')))
  .map((c) => c.join(''));

describe('두벌식 자판', () => {
  it.each([
    ['ghaxortm', '홈택스'],
    ['wjdqn24', '정부24'],
    ['dks ehldy', '안 되요'],
    ['djqtdjdy', '없어요'],
    ['Rmsgdjwudy', '끊어져요'],
    ['dho dlfo', '왜 이래'],
    ['rkqt', '값'],
    ['ㅎ', 'ㅎ'],
  ])('%s 자판을 치면 %s', (keys, text) => {
    expect(fromKeys(keys)).toBe(text);
  });

  it.each([
    ['gov24', '햎24'],
    ['is', 'ㅑㄴ'],
    ['how', 'ㅙㅈ'],
    ['photo', 'ㅔㅙ새'],
  ])('한글 상태에서 친 영어 %s는 입력기가 %s로 조합한다', (keys, shown) => {
    expect(fromKeys(keys)).toBe(shown);
  });

  it('겹받침 뒤에 모음이 오면 뒤 자음만 넘어간다', () => {
    expect(fromKeys('ekfrdms')).toBe('닭은');
    expect(fromKeys('ekfrmf')).toBe('달글');
  });

  it('글을 자판으로, 자판을 글로 옮기면 처음 글이 된다', () => {
    fc.assert(fc.property(hangul, (text) => fromKeys(toKeys(text)) === text));
  });

  it('자판으로 옮긴 글은 다른 구현과 같다', () => {
    const only = fc.array(syllable, { minLength: 1 }).map((c) => c.join(''));
    fc.assert(fc.property(only, (text) => toKeys(text) === convertHangulToQwerty(text)));
  });

  it.each([
    ['dho', '왜'],
    ['dnl', '위'],
    ['dml', '의'],
    ['ejqqkq', '덥밥'],
    ['Tkdk', '싸아'],
    ['dlTdj', '있어'],
    ['dkswdk', '앉아'],
    ['rkqtl', '갑시'],
  ])('겹모음과 겹받침: %s 자판은 %s', (keys, text) => {
    expect(fromKeys(keys)).toBe(text);
  });

  it.each([
    ['ㅎㅌㅅ', 'gxt'],
    ['ㅋㅋ', 'zz'],
    ['ㅠㅠ', 'bb'],
    ['ㅄ', 'qt'],
  ])('홀로 친 %s도 자판을 다녀오면 그대로다', (text, keys) => {
    expect(toKeys(text)).toBe(keys);
    expect(fromKeys(keys)).toBe(text);
  });

  it('쉬프트를 눌러도 같은 글자인 자판은 그 글자로 읽는다', () => {
    expect(fromKeys('GHAk')).toBe('호마');
    expect(fromKeys('GHAKT')).toBe('호맜');
  });

  it('개발 모음의 한국어 문장은 모두 그대로 돌아온다', () => {
    const plain = rowsOf('dev.ko.jsonl').filter((row) => !/[a-zA-Zㄱ-ㅣ]/.test(row.text));
    expect(plain.length).toBeGreaterThan(900);
    for (const { text } of plain) expect(fromKeys(toKeys(text))).toBe(text);
  });

  it('어떤 문자열에도 던지지 않는다', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fromKeys(text);
        toKeys(text);
        initialsOf(text);
        romanise(text);
        normalise(text);
      }),
    );
    for (const word of ['constructor', '__proto__', 'toString', 'hospital', 'hotel'])
      expect(() => fromKeys(word)).not.toThrow();
  });
});

describe('글자', () => {
  it('모든 음절은 풀었다 모으면 같다', () => {
    for (let code = 0xac00; code <= 0xd7a3; code++) {
      const character = String.fromCodePoint(code);
      const s = takeApart(character);
      expect(s === null ? '' : putTogether(s.initial, s.vowel, s.final)).toBe(character);
    }
  });

  it('초성은 다른 구현과 같다', () => {
    fc.assert(
      fc.property(fc.array(syllable), (all) => initialsOf(all.join('')) === getChoseong(all.join(''))),
    );
  });

  it('홀로 친 초성은 정규화 뒤에도 그대로다', () => {
    expect(normalise('ㅈㅂ24')).toBe('ㅈㅂ24');
    expect(normalise('홈택스'.normalize('NFD'))).toBe('홈택스');
    expect(normalise('ＧＯＶ２４')).toBe('gov24');
  });

  it('늘인 글자는 줄이고 두 번 쓴 글자는 둔다', () => {
    expect(normalise('hooooometax ㅠㅠㅠㅠ')).toBe('hometax ㅠㅠ');
    expect(normalise('ㅋㅋ good')).toBe('ㅋㅋ good');
  });

  it.each([
    ['정부24', 'jeongbu24'],
    ['접속이', 'jeopsogi'],
    ['홈택스', 'homtaekseu'],
    ['여권', 'yeogwon'],
  ])('%s는 로마자로 %s', (text, roman) => {
    expect(romanise(text)).toBe(roman);
  });

  it('한 음절의 로마자는 다른 구현과 같다', () => {
    fc.assert(fc.property(syllable, (one) => romanise(one) === romanize(one)));
  });

  it('받침이 없는 말의 로마자는 다른 구현과 같다', () => {
    const open = syllable.filter((one) => takeApart(one)?.final === '');
    const word = fc.array(open, { minLength: 2, maxLength: 6 }).map((c) => c.join(''));
    fc.assert(fc.property(word, (text) => romanise(text) === romanize(text)));
  });

  it('고친 횟수는 대칭이고 한도를 넘으면 한도보다 하나 크다', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), fc.nat(8), (a, b, limit) => {
        const there = editDistance(a, b, limit);
        return there === editDistance(b, a, limit) && there <= limit + 1 && (there === 0) === (a === b);
      }),
    );
    expect(isSyllable('가')).toBe(true);
  });
});
