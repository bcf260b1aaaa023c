import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/card/plain-text.ts';
import { AVAILABILITIES } from '../../src/domain/availability.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { NOTICE_KINDS, type NoticeFact } from '../../src/domain/notice.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { FACTS, fact, toldService } from './cases.ts';
import { catalogue, seoul } from './situations.ts';

const factOf = (title: string): NoticeFact => {
  const found = FACTS[title];
  if (found === undefined) throw new Error(`No fact "${title}"`);
  return found;
};
const shown = (title: string, language: Language) => plainText(writeNotice(factOf(title))[language]);
const sectionOf = (of: NoticeFact, language: Language, label: string) =>
  writeNotice(of)[language].sections.find((s) => s.label === label)?.lines;

describe('the headline', () => {
  it.each([
    [
      'outage',
      '[장애] 정부24 이용 불가 · 11월 17일(금) 13:55부터',
      '[Outage] Government24: not available since Fri 17 Nov 13:55 KST',
    ],
    [
      'partial outage',
      '[일부 장애] 인터넷우체국 일부 이용 불가 · 11월 17일(금) 09:00부터',
      '[Partial outage] Internet Post Office: partly unavailable since Fri 17 Nov 09:00 KST',
    ],
    [
      'slow service',
      '[지연] 홈택스 접속·처리 지연 · 11월 17일(금) 09:00부터',
      '[Slow or delayed] Hometax (national tax): access and processing delays since Fri 17 Nov 09:00 KST',
    ],
    [
      'a regional outage',
      '[장애] 부산광역시 주민센터(행정복지센터) 민원창구 이용 불가 · 11월 17일(금) 09:00부터',
      '[Outage] Community service center counters (Busan): not available since Fri 17 Nov 09:00 KST',
    ],
    [
      'down again after a provisional return',
      '[장애] 정부24 다시 이용 불가 · 11월 17일(금) 13:55부터',
      '[Outage] Government24: not available again since Fri 17 Nov 13:55 KST',
    ],
    [
      'update',
      '[안내] 정부24 현재 이용 불가 · 11월 17일(금) 13:55부터',
      '[Update] Government24: currently not available, since Fri 17 Nov 13:55 KST',
    ],
    [
      'update, in part back',
      '[안내] 정부24 현재 일부 이용 불가 · 11월 17일(금) 13:55부터',
      '[Update] Government24: currently partly unavailable, since Fri 17 Nov 13:55 KST',
    ],
    [
      'provisional',
      '[임시 재개] 정부24 임시로 다시 이용 가능 · 11월 18일(토) 09:00부터',
      '[Provisionally resumed] Government24: available again, with possible limits, since Sat 18 Nov 09:00 KST',
    ],
    [
      'restoration',
      '[복구] 정부24 정상 이용 가능 · 11월 19일(일) 17:40 복구',
      '[Restored] Government24: back to normal since Sun 19 Nov 17:40 KST',
    ],
    [
      'declared in error',
      '[정정] 정부24 장애 공지(2023-1117-2)는 잘못 나간 공지예요',
      '[Correction] Government24: outage notice 2023-1117-2 was issued in error',
    ],
    [
      'a correction of an announcement',
      '[정정] 장애 시스템 수 공지(2023-1117-4) 내용을 바로잡아요',
      '[Correction] Number of systems affected: correction of notice 2023-1117-4',
    ],
    [
      'maintenance ahead',
      '[점검 예정] 정부24 · 11월 18일(토) 02:00부터 04:00까지',
      '[Planned maintenance] Government24 · Sat 18 Nov 02:00 to 04:00 KST',
    ],
    [
      'emergency maintenance now',
      '[긴급 점검] 정부24 · 11월 17일(금) 14:00부터 16:00까지',
      '[Emergency maintenance] Government24 · Fri 17 Nov 14:00 to 16:00 KST',
    ],
    [
      'maintenance over',
      '[점검 종료] 정부24 점검 종료 · 11월 18일(토) 04:00',
      '[Maintenance completed] Government24 · Sat 18 Nov 04:00 KST',
    ],
    [
      'maintenance called off',
      '[점검 취소] 정부24 · 11월 18일(토) 02:00부터 04:00까지 점검 취소',
      '[Maintenance cancelled] Government24 · was planned for Sat 18 Nov 02:00 to 04:00 KST',
    ],
    [
      'maintenance stopped half-way',
      '[점검 취소] 정부24 · 진행하던 점검을 멈췄어요',
      '[Maintenance cancelled] Government24 · work in progress has been stopped',
    ],
    [
      'announcement',
      '[공지] 민원 처리 기한을 연장합니다',
      '[Announcement] Deadlines for civil petitions are extended',
    ],
  ])('of %s', (title, ko, en) => {
    expect(writeNotice(factOf(title)).ko.headline).toBe(ko);
    expect(writeNotice(factOf(title)).en.headline).toBe(en);
  });

  it('of several services names what failed last, and nothing as down since before it was', () => {
    const { ko, en } = writeNotice(factOf('outage of several services'));
    expect(ko.headline).toBe('[장애] 정부24 이용 불가 · 11월 17일(금) 13:55부터');
    expect(en.headline).toBe('[Outage] Government24: not available since Fri 17 Nov 13:55 KST');
  });

  it('of services that failed together names the worst off', () => {
    const services = [
      toldService('hometax', 'degraded', '2023-11-17 10:00'),
      toldService('gov24', 'major_outage', '2023-11-17 10:00'),
      toldService('unmanned-kiosk', 'major_outage', '2023-11-17 10:00'),
    ];
    expect(writeNotice(fact({ services })).ko.headline).toBe(
      '[장애] 정부24, 무인민원발급기 이용 불가 · 11월 17일(금) 10:00부터',
    );
  });

  it('of a relapse names what failed again, and since when', () => {
    const services = [
      toldService('unmanned-kiosk', 'major_outage', '2023-11-17 10:00'),
      toldService('saeol', 'major_outage', '2023-11-17 13:00'),
    ];
    const { en } = writeNotice(fact({ services, again: 'relapse' }));
    expect(en.headline).toBe(
      '[Outage] Saeol local administrative information system: not available again since Fri 17 Nov 13:00 KST',
    );
  });

  it('counts what it cannot name', () => {
    const ids = catalogue.services.slice(0, 14).map((s) => s.id);
    const many = fact({
      services: ['gov24', ...ids.filter((id) => id !== 'gov24')]
        .slice(0, 13)
        .map((id) => toldService(id, 'major_outage', '2023-11-17 13:55')),
    });
    const { ko, en } = writeNotice(many);
    expect(ko.headline).toMatch(/^\[장애\] 정부24, .+ 외 11개 이용 불가/);
    expect(en.headline).toMatch(/^\[Outage\] Government24, .+ and 11 more: not available/);
  });

  it('drops brackets before it drops services', () => {
    const services = ['saeol', 'community-center-counter'].map((id) =>
      toldService(id, 'major_outage', '2023-11-17 09:00'),
    );
    expect(writeNotice(fact({ services })).ko.headline).toContain(
      '시도·새올행정시스템(새올지방행정정보시스템), 주민센터(행정복지센터) 민원창구 이용 불가',
    );
    const regions = [
      { ko: '강원특별자치도', en: 'Gangwon' },
      { ko: '전북특별자치도', en: 'Jeonbuk' },
    ];
    const { headline } = writeNotice(fact({ services, regions })).ko;
    expect(headline).toContain('시도·새올행정시스템, 주민센터 민원창구');
    expect(headline.length).toBeLessThanOrEqual(90);
  });

  it('says the year when what it tells of was in another', () => {
    const newYear = fact({
      at: seoul('2024-01-01 00:10'),
      services: [toldService('gov24', 'major_outage', '2023-12-31 23:50')],
    });
    expect(writeNotice(newYear).ko.headline).toContain('2023년 12월 31일(일) 23:50부터');
    expect(writeNotice(newYear).en.headline).toContain('since Sun 31 Dec 2023 23:50 KST');
  });
});

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('장', '애', ' ', '(', ')', 'A', '👩‍👩‍👧‍👦', '{{', '\n', '.kr'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});
const both = fc.record({ ko: text, en: text });
const instant = fc
  .integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) })
  .map((ms) => new Date(ms).toISOString());
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

const facts: fc.Arbitrary<NoticeFact> = fc.record({
  kind: fc.constantFrom(...NOTICE_KINDS),
  code: fc.constantFrom('2023-1117-2', '2025-0926-709'),
  at: instant,
  services: fc.array(
    fc.record({
      id: fc.constant('x'),
      name: both,
      reading: optional(text),
      status: fc.constantFrom(...AVAILABILITIES),
      since: instant,
    }),
    { maxLength: 40 },
  ),
  regions: fc.oneof(fc.constant('nationwide' as const), fc.array(both, { maxLength: 20 })),
  title: optional(both),
  message: optional(both),
  limits: optional(both),
  works: optional(both),
  alternatives: fc.array(both, { maxLength: 3 }),
  deadlines: fc.array(
    fc.record({
      duty: both,
      basis: optional(both),
      oldDate: optional(fc.constant('2023-11-17')),
      newDate: optional(fc.constant('2023-11-20')),
      automatic: fc.boolean(),
      who: optional(both),
    }),
    { maxLength: 2 },
  ),
  startedAt: optional(instant),
  endedAt: optional(instant),
  nextUpdateAt: optional(instant),
  source: fc.record({ name: both, at: instant }),
  phone: optional(fc.constantFrom('110', '119', '120', '1588-2188')),
  again: optional(fc.constantFrom('reopened' as const, 'relapse' as const)),
  phase: optional(fc.constantFrom('scheduled' as const, 'completed' as const, 'cancelled' as const)),
  emergency: fc.boolean(),
  corrects: optional(fc.constantFrom('2023-1117-1', '2025-0926-708')),
});

describe('whatever the fact', () => {
  it('has a headline of at most 90 characters in Korean and 140 in English, on one line', () => {
    fc.assert(
      fc.property(facts, (any) => {
        const { ko, en } = writeNotice(any);
        expect(ko.headline.length).toBeLessThanOrEqual(90);
        expect(en.headline.length).toBeLessThanOrEqual(140);
        for (const { headline } of [ko, en]) expect(headline).toMatch(/^\[[^\]\n]+\] [^\n]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('carries its number, its source and no link', () => {
    fc.assert(
      fc.property(facts, (any) => {
        for (const language of LANGUAGES) {
          const card = writeNotice(any)[language];
          expect(card.footer).toContain(any.code);
          expect(plainText(card)).not.toMatch(/[\p{L}\p{N}]\.kr|:\/\//u);
          expect(card.sections.every((s) => s.lines.length > 0)).toBe(true);
          expect(card.buttons).toEqual([]);
        }
      }),
    );
  });

  it('never cuts a name inside a letter', () => {
    const letters = ['👩‍👩‍👧‍👦', '🇰🇷', 'e\u0301', '각'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { minLength: 80, maxLength: 120 }), (name) => {
        const told = toldService('gov24', 'major_outage', '2023-11-17 13:55');
        const long = name.join('');
        const { headline } = writeNotice(fact({ services: [{ ...told, name: { ko: long, en: long } }] })).ko;
        const [subject = ''] = headline.slice('[장애] '.length).split('…');
        const kept = [...new Intl.Segmenter('ko', { granularity: 'grapheme' }).segment(subject)].length;
        expect(subject).toBe(name.slice(0, kept).join(''));
        expect(kept).toBeGreaterThan(0);
      }),
    );
  });
});

describe('an outage', () => {
  it('is complete in itself', () => {
    expect(shown('outage', 'ko').split('\n')).toEqual([
      '[장애] 정부24 이용 불가 · 11월 17일(금) 13:55부터',
      '안 되는 것: 등·초본 등 증명서 발급, 전입신고',
      '되는 것: 가족관계증명서(법원), 건강보험 증명서(공단)',
      '지금 하실 일: 급한 서류는 주민센터 수기 접수(접수일 인정)',
      '기한: 재산세 납부 — 11월 17일(금)에서 11월 20일(월)로 바뀌었어요. 따로 신청하지 않아도 돼요. 근거: 행정절차법 제16조.',
      '기관 안내: 네트워크 장비 오류로 정부24 서비스를 멈추고 점검하고 있습니다.',
      '다음 안내: 11월 17일(금) 16:00까지',
      '문의: 110',
      '출처 행정안전부 · 11월 17일(금) 14:00(한국 시간) 기준 · 공지 2023-1117-2',
    ]);
    expect(shown('outage', 'en').split('\n')).toEqual([
      '[Outage] Government24: not available since Fri 17 Nov 13:55 KST',
      'Not working: certificates, move-in reports',
      'Working: family certificates (court), health insurance certificates (NHIS)',
      'Do now: Urgent papers can be filed on paper at a community center',
      'Deadlines: Property tax payment — moved from Fri 17 Nov to Mon 20 Nov. You do not need to apply for this. Basis: Administrative Procedures Act, art. 16.',
      'From the agency: Government24 has been stopped because of a network equipment error.',
      'Next update: by Fri 17 Nov 16:00 KST',
      'Call: 110',
      'Source: Ministry of the Interior and Safety · as of Fri 17 Nov 14:00 KST · Notice 2023-1117-2',
    ]);
  });

  it('of several services tells each with its own status', () => {
    expect(sectionOf(factOf('outage of several services'), 'ko', '서비스별 상태')).toEqual([
      '정부24: 장애, 11월 17일(금) 13:55부터',
      '무인민원발급기: 장애, 11월 17일(금) 10:00부터',
      '홈택스: 지연, 11월 17일(금) 11:00부터',
    ]);
    expect(sectionOf(factOf('outage of several services'), 'en', 'Status by service')?.[2]).toBe(
      'Hometax (national tax): Slow or delayed, since Fri 17 Nov 11:00',
    );
  });

  it('that came back says so', () => {
    expect(shown('down again after a provisional return', 'ko')).toContain(
      '임시로 재개됐다가 다시 문제가 생겼어요.',
    );
    expect(shown('reopened', 'ko')).toContain('복구됐다고 알려 드렸지만 다시 문제가 생겼어요.');
    expect(shown('reopened', 'en')).toContain(
      'It had been reported as restored, but trouble has started again.',
    );
    expect(shown('reopened', 'en')).toContain('Network failure stops Government24');
  });

  it('of many regions names each once', () => {
    const regions = ['부산광역시', '대구광역시', '인천광역시', '광주광역시'].map((ko) => ({ ko, en: ko }));
    const notice = fact({ regions });
    expect(writeNotice(notice).ko.headline).toContain('부산광역시 외 3개 지역 정부24');
    expect(sectionOf(notice, 'ko', '지역')).toEqual(['부산광역시, 대구광역시, 인천광역시, 광주광역시']);
    expect(sectionOf(factOf('a regional outage'), 'ko', '지역')).toBeUndefined();
  });
});

describe('a return', () => {
  it('in full tells how long it took', () => {
    expect(sectionOf(factOf('restoration'), 'ko', '지속 시간')).toEqual([
      '11월 17일(금) 13:55부터 11월 19일(일) 17:40까지(2일 3시간)',
    ]);
    expect(sectionOf(factOf('restoration'), 'en', 'Lasted')).toEqual([
      'Fri 17 Nov 13:55 to Sun 19 Nov 17:40 (2 days 3 hours)',
    ]);
    expect(writeNotice(factOf('restoration')).ko.tone).toBe('good');
  });

  it('that is provisional warns, and names what is still limited and still down', () => {
    const ko = shown('provisional', 'ko');
    expect(ko).toContain('느려지거나 다시 멈출 수 있어요');
    expect(ko).toContain('아직 안 되는 것: 모바일 앱 로그인');
    expect(ko).toContain('시도·새올행정시스템(새올지방행정정보시스템): 장애, 11월 17일(금) 13:00부터');
    expect(writeNotice(factOf('provisional')).ko.tone).toBe('caution');
  });
});

describe('a correction', () => {
  it('of a wrong declaration is not a restoration', () => {
    const ko = shown('declared in error', 'ko');
    expect(ko).toContain('공지 2023-1117-2에서 알려 드린 장애는 잘못 발표된 것으로 확인됐어요.');
    expect(ko).not.toContain('복구');
    expect(shown('declared in error', 'en')).not.toMatch(/restor/i);
  });

  it('tells the status of what something else still holds down', () => {
    const held = fact({
      kind: 'correction',
      corrects: '2023-1117-2',
      services: [toldService('gov24', 'maintenance', '2023-11-17 13:00')],
    });
    expect(sectionOf(held, 'ko', '서비스별 상태')).toEqual(['정부24: 점검, 11월 17일(금) 13:00부터']);
    expect(writeNotice(held).ko.headline).toBe('[정정] 정부24 공지(2023-1117-2) 내용을 바로잡아요');
  });

  it('sets the old and the new side by side, as officials wrote them', () => {
    expect(sectionOf(factOf('a correction of an announcement'), 'ko', '기관 안내')).toEqual([
      '처음 발표: 647개',
      '바로잡은 값: 709개',
    ]);
  });
});

describe('maintenance', () => {
  it('lists its services when there are several', () => {
    const two = fact({
      ...factOf('maintenance ahead'),
      services: ['korail', 'srt'].map((id) => toldService(id, 'maintenance', '2023-11-18 02:00')),
    });
    expect(writeNotice(two).ko.headline).toBe(
      '[점검 예정] 코레일 승차권 예매, SRT 승차권 예매 · 11월 18일(토) 02:00부터 04:00까지',
    );
    expect(sectionOf(two, 'ko', '점검 대상')).toEqual(['코레일 승차권 예매', 'SRT 승차권 예매']);
  });

  it('that is over says when a service is still not well', () => {
    const over = fact({
      ...factOf('maintenance over'),
      services: [toldService('gov24', 'major_outage', '2023-11-18 03:00')],
    });
    expect(sectionOf(over, 'ko', '서비스별 상태')).toEqual(['정부24: 장애, 11월 18일(토) 03:00부터']);
    expect(writeNotice(over).ko.tone).not.toBe('good');
  });
});

it('gives no emergency number, and 120 with the area code', () => {
  expect(sectionOf(fact({ phone: '119' }), 'ko', '문의')).toBeUndefined();
  expect(sectionOf(fact({ phone: '120' }), 'ko', '문의')).toEqual(['지역번호+120']);
  expect(sectionOf(fact({ phone: null }), 'en', 'Call')).toBeUndefined();
});

it('names an announcement in full where its headline had to be cut', () => {
  const title =
    '행정정보시스템 장애에 따른 민원 처리 기한 연장과 수기 접수 절차 및 증명서 발급 대체 수단, 과태료 면제 기준, 문의처에 관한 종합 안내를 모든 분께 드립니다';
  const notice = writeNotice(
    fact({ kind: 'announcement', services: [], title: { ko: title, en: title } }),
  ).ko;
  expect(notice.headline).toMatch(/…$/);
  expect(notice.sections[0]?.lines[0]).toBe(title);
});
