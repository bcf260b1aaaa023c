import { describe, expect, it } from 'vitest';
import { linesOf, oneLine, unlinked } from '../../src/wording/official-text.ts';

const both = (text: string) => ({ ko: text, en: text });
const visible = (text: string) => text.replaceAll('\u2060', '');

describe('an official text', () => {
  it('comes as clean lines', () => {
    expect(linesOf(both('  첫 줄 \r\n\r\n둘째\u0007\t줄\u202e '), 'ko')).toEqual(['첫 줄', '둘째 줄']);
    expect(oneLine(both('first\nsecond'), 'en')).toBe('first second');
  });

  it.each([
    ['https://www.gov.kr/portal', 'www.gov.kr/portal'],
    ['정부24(gov.kr)에서', '정부24(gov.kr)에서'],
    ['tg://resolve?domain=x', 'resolve?domain=x'],
    ['help@mois.go.kr', 'help@mois.go.kr'],
    ['정부24.한국', '정부24.한국'],
    ['T.me/abc', 'T.me/abc'],
    ['xn--3e0b707e.xn--3e0b707e', 'xn--3e0b707e.xn--3e0b707e'],
    ['10.0.0.1/login', '10.0.0.1/login'],
  ])('keeps the name in %s readable and untappable', (text, seen) => {
    const safe = unlinked(text);
    expect(visible(safe)).toBe(seen);
    expect(safe).not.toMatch(/[\p{L}\p{N}]\.[a-z]{2,}|:\/\/|\.한국|\d\.\d/iu);
  });

  it.each(['11.17. 13:55부터', '버전 2.0', '복구했습니다.감사합니다', '오전 9시. 다음'])(
    'leaves %s alone',
    (text) => {
      expect(unlinked(text)).toBe(text);
    },
  );
});
