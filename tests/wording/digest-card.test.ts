import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { NoticeFact } from '../../src/domain/notice.ts';
import { writeDigest } from '../../src/wording/digest-card.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { fact, toldService } from './cases.ts';
import { seoul } from './situations.ts';

const lines = (facts: readonly NoticeFact[], language: 'ko' | 'en') =>
  facts.map((one) => ({ fact: one, headline: writeNotice(one)[language].headline }));

const outage = fact();
const restoration = fact({
  kind: 'restoration',
  at: seoul('2023-11-17 16:00'),
  endedAt: seoul('2023-11-17 16:00'),
  services: [toldService('hometax', 'operational', '2023-11-17 16:00')],
});

describe('a digest', () => {
  it('has a line for each notice, the latest first, and says how long lasted what is over', () => {
    const card = writeDigest(lines([outage, restoration], 'ko'), 'ko');
    expect(card.headline).toBe('[모아 보기] 기다리는 동안 있었던 소식 2건이에요');
    expect(card.sections[0]?.lines).toEqual([
      '[복구] 홈택스 정상 이용 가능 · 11월 17일(금) 16:00 복구 · 11월 17일(금) 13:55부터 2시간 5분 동안 이어졌어요',
      '[장애] 정부24 이용 불가 · 11월 17일(금) 13:55부터',
    ]);
  });

  it('counts what it has no room for', () => {
    for (const language of LANGUAGES) {
      const many = Array.from({ length: 25 }, () => outage);
      const shown = writeDigest(lines(many, language), language).sections[0]?.lines ?? [];
      expect(shown).toHaveLength(21);
      expect(shown.at(-1)).toContain('5');
    }
  });
});

describe('a notice', () => {
  it('of a service that goes out again and again says so, and how often we will tell', () => {
    const { ko, en } = writeNotice(fact({ again: 'unstable' }));
    expect(ko.headline).toBe('[불안정] 정부24 이용 불안정(중단과 재개 반복) · 11월 17일(금) 13:55부터');
    expect(ko.sections[0]?.lines[0]).toContain('한 시간에 한 번');
    expect(en.headline).toBe(
      '[Unstable] Government24: going down and coming back since Fri 17 Nov 13:55 KST',
    );
    expect(en.sections[0]?.lines[0]).toContain('at most once an hour');
  });

  it('of the end of a window does not call it a repair', () => {
    const { ko, en } = writeNotice({ ...restoration, phase: 'completed' });
    expect(ko.headline).toBe('[점검 종료] 홈택스 정상 이용 가능 · 11월 17일(금) 16:00부터');
    expect(en.headline).toContain('[Maintenance completed]');
    expect(en.headline).not.toContain('Restored');
  });
});
