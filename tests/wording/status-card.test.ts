import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/card/plain-text.ts';
import { AVAILABILITIES, isUsable } from '../../src/domain/availability.ts';
import { LANGUAGES, type Language } from '../../src/domain/language.ts';
import { statusOf } from '../../src/domain/status.ts';
import { sayIn } from '../../src/wording/i18n.ts';
import { statusLine } from '../../src/wording/status-line.ts';
import { SITUATIONS } from './cases.ts';
import {
  cardOf,
  catalogue,
  incident,
  maintenance,
  measurement,
  NOW,
  type Situation,
  seoul,
  update,
  viewOf,
} from './situations.ts';

const situation = (title: string): Situation => {
  const found = SITUATIONS[title];
  if (found === undefined) throw new Error(`No situation "${title}"`);
  return found;
};
const shown = (title: string, language: Language) =>
  plainText(cardOf(situation(title), language)).split('\n');
const sectionOf = (title: string, language: Language, label: string) =>
  cardOf(situation(title), language).sections.find((s) => s.label === label)?.lines;

describe('the headline', () => {
  it.each([
    [
      'nothing declared',
      '정상 · 홈택스 — 발표된 장애가 없어요',
      'Operational · Hometax (national tax) — no outage has been announced',
    ],
    [
      'measured as working',
      '정상 · 홈택스 — 접속이 잘 돼요',
      'Operational · Hometax (national tax) — responding normally',
    ],
    [
      'an outage with everything on record',
      '장애 · 정부24 — 13:55부터 이용할 수 없어요',
      'Outage · Government24 — not available since 13:55',
    ],
    [
      'slow, and the counters are down',
      '지연 · 정부24 — 10:00부터 접속이나 처리가 늦어지고 있어요',
      'Slow or delayed · Government24 — access or processing has been slow since 10:00',
    ],
    [
      'a part of a service out',
      '일부 장애 · 인터넷우체국 — 09:00부터 일부를 이용할 수 없어요',
      'Partial outage · Internet Post Office — part of it has not been available since 09:00',
    ],
    [
      'provisionally back',
      '임시 재개 · 정부24 — 09:00부터 임시로 다시 이용할 수 있어요',
      'Provisionally resumed · Government24 — available again since 09:00, with possible limits',
    ],
    [
      'under maintenance',
      '점검 · 정부24 — 19:30부터 22:00까지 점검해요',
      'Maintenance · Government24 — from 19:30 to 22:00',
    ],
    [
      'emergency maintenance past midnight',
      '긴급 점검 · 홈택스 — 23:00부터 11월 18일(토) 05:00까지 점검해요',
      'Emergency maintenance · Hometax (national tax) — from 23:00 to Sat 18 Nov 05:00',
    ],
    [
      'a promise broken',
      '확인 중 · 정부24 — 2시간 전 기준이에요. 예정된 안내가 늦어지고 있어요',
      'Being checked · Government24 — last word 2 hours ago; the promised update is late',
    ],
    [
      'a source fallen silent',
      '확인 중 · 홈택스 — 13:20 이후 측정값이 들어오지 않아요(43분 전 기준)',
      'Being checked · Hometax (national tax) — no measurements since 13:20 (43 minutes ago)',
    ],
    [
      'measured down, nobody has said so',
      '장애 · 홈택스 — 13:55부터 접속되지 않는 것으로 측정돼요',
      'Outage · Hometax (national tax) — measured as unreachable since 13:55',
    ],
    [
      'infrastructure down',
      '장애 · 시도·새올행정시스템(새올지방행정정보시스템) — 09:00부터 작동하지 않아요',
      'Outage · Saeol local administrative information system — not working since 09:00',
    ],
  ])('of %s', (title, ko, en) => {
    expect(shown(title, 'ko')[0]).toBe(ko);
    expect(shown(title, 'en')[0]).toBe(en);
  });

  it('has the day of an outage that began on another day', () => {
    const old = { ...situation('an outage with everything on record'), now: seoul('2023-11-17 15:00') };
    const next = {
      ...old,
      incidents: [incident({ gov24: 'major_outage' }, '2023-11-17 13:55')],
      now: seoul('2023-11-18 08:00'),
    };
    expect(cardOf(next, 'ko').headline).toBe('장애 · 정부24 — 11월 17일(금) 13:55부터 이용할 수 없어요');
    expect(cardOf(next, 'en').headline).toBe('Outage · Government24 — not available since Fri 17 Nov 13:55');
  });
});

describe('an outage with everything on record', () => {
  const title = 'an outage with everything on record';

  it('tells what does not work, what does, what to do, deadlines, the official word, next update and number, in this order', () => {
    const labels = cardOf(situation(title), 'ko').sections.map((s) => s.label);
    expect(labels).toEqual([
      '안 되는 것',
      '되는 것',
      '지금 하실 일',
      '기한',
      '기관 안내(14:00)',
      '다음 안내',
      '문의',
    ]);
    expect(cardOf(situation(title), 'en').sections.map((s) => s.label)).toEqual([
      'Not working',
      'Working',
      'What you can do now',
      'Deadlines',
      'From the agency (14:00)',
      'Next update',
      'Call',
    ]);
  });

  it('takes the deadline from its record', () => {
    expect(sectionOf(title, 'ko', '기한')).toEqual([
      '재산세 납부 — 11월 17일(금)에서 11월 20일(월)로 바뀌었어요. 따로 신청하지 않아도 돼요. 근거: 행정절차법 제16조.',
    ]);
    expect(sectionOf(title, 'en', 'Deadlines')).toEqual([
      'Property tax payment — moved from Fri 17 Nov to Mon 20 Nov. You do not need to apply for this. Basis: Administrative Procedures Act, art. 16.',
    ]);
  });

  it('infers no deadline where none is on record', () => {
    expect(sectionOf('a task declared in part', 'ko', '기한')).toBeUndefined();
    expect(sectionOf('slow, and the counters are down', 'en', 'Deadlines')).toBeUndefined();
  });

  it('names source and age', () => {
    expect(shown(title, 'ko').at(-1)).toBe('출처 행정안전부 · 14:00 기준(3분 전)');
    expect(shown(title, 'en').at(-1)).toBe(
      'Source: Ministry of the Interior and Safety · as of 14:00 KST (3 minutes ago)',
    );
  });

  it('says plainly when no next update has been promised', () => {
    expect(sectionOf('slow, and the counters are down', 'ko', '다음 안내')).toEqual([
      '시각이 아직 발표되지 않았어요.',
    ]);
    expect(sectionOf('slow, and the counters are down', 'en', 'Next update')).toEqual([
      'No time has been announced.',
    ]);
  });
});

describe('what to do now', () => {
  it('offers only what works itself', () => {
    const lines = sectionOf('slow, and the counters are down', 'ko', '지금 하실 일');
    expect(lines).toEqual(['정부민원안내콜센터 110']);
  });

  it('marks what is slow or only provisionally back', () => {
    const view: Situation = {
      service: 'gov24',
      incidents: [
        incident(
          { gov24: 'major_outage', 'unmanned-kiosk': 'degraded', 'community-center-counter': 'recovering' },
          '2023-11-17 13:55',
        ),
      ],
    };
    const ko = cardOf(view, 'ko')
      .sections.find((s) => s.label === '지금 하실 일')
      ?.lines.join('\n');
    expect(ko).toMatch(/무인민원발급기 \(지금 지연되고 있어/);
    expect(ko).toMatch(/창구 방문.* \(임시로 재개된 상태라/);
    const en = cardOf(view, 'en')
      .sections.find((s) => s.label === 'What you can do now')
      ?.lines.join('\n');
    expect(en).toMatch(/kiosk \(slow at the moment/);
    expect(en).toMatch(/counter; .* \(provisionally resumed/);
  });

  it('says honestly when every way is shut, with the number to call', () => {
    expect(sectionOf('every alternative down', 'ko', '지금 하실 일')).toEqual([
      '다른 방법은 지금 모두 막혀 있거나 확인 중이에요.',
    ]);
    expect(sectionOf('every alternative down', 'ko', '문의')).toEqual(['1588-2188']);
    expect(sectionOf('every alternative down', 'en', 'What you can do now')).toEqual([
      'Every other way is unavailable or being checked at the moment.',
    ]);
  });

  it('gives no emergency number for questions, and no line to reach itself', () => {
    const emergency = cardOf(
      { service: 'call-119', incidents: [incident({ 'call-119': 'major_outage' }, '2023-11-17 13:00')] },
      'ko',
    );
    expect(emergency.sections.find((s) => s.label === '문의')?.lines).not.toEqual(['119']);
    const own = cardOf(
      { service: 'call-110', incidents: [incident({ 'call-110': 'major_outage' }, '2023-11-17 13:00')] },
      'ko',
    );
    expect(own.sections.find((s) => s.label === '문의')?.lines).not.toEqual(['110']);
  });

  it('never offers a way that is itself shut, whatever is down', () => {
    const ids = [
      'gov24',
      'community-center-counter',
      'unmanned-kiosk',
      'e-certificate',
      'call-110',
      'nhis',
    ] as const;
    const services = [
      'gov24',
      'resident-registration-certificate',
      'community-center-counter',
      'nhis-certificate',
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...services),
        fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...AVAILABILITIES)), {
          selector: ([id]) => id,
        }),
        fc.constantFrom(...LANGUAGES),
        (service, impaired, language) => {
          const incidents =
            impaired.length > 0 ? [incident(Object.fromEntries(impaired), '2023-11-17 13:00')] : [];
          const view = viewOf({ service, incidents });
          const label = sayIn(language)('status.label.doNow');
          const offers = cardOf({ service, incidents }, language).sections.find((s) => s.label === label);
          for (const { text: offer, via } of view.service.alternatives) {
            if (via === null) continue;
            const facts = { now: NOW, incidents, maintenances: [], measurements: [] };
            if (!isUsable(statusOf(via, facts, catalogue).availability))
              expect(offers?.lines.join('\n') ?? '').not.toContain(offer[language]);
          }
        },
      ),
    );
  });
});

describe('a task offered through several channels', () => {
  it('can still be done while Government24 is down, and says where', () => {
    const title = 'a task with one channel down';
    expect(shown(title, 'ko').slice(0, 3)).toEqual([
      '일부 장애 · 주민등록등본·초본 발급 — 13:55부터 일부 방법으로만 할 수 있어요',
      '주민센터(행정복지센터) 민원창구, 무인민원발급기, 정부 전자증명서(전자문서지갑)에서는 할 수 있어요.',
      '방법별 상태:',
    ]);
    expect(shown(title, 'en').slice(0, 2)).toEqual([
      'Partial outage · Resident registration certificate issuance — available in some ways only since 13:55',
      'You can still do this through: Community service center counters, Self-service civil document kiosks, Electronic certificates (e-document wallet).',
    ]);
    expect(sectionOf(title, 'ko', '방법별 상태')).toContain('정부24: 장애, 13:55부터');
    expect(sectionOf(title, 'ko', '방법별 상태')).toContain('무인민원발급기: 정상');
    expect(sectionOf(title, 'en', 'Ways to do it')).toContain('Government24: Outage (since 13:55)');
  });

  it('does not take the limits of one channel for limits of the task', () => {
    expect(sectionOf('a task with one channel down', 'ko', '안 되는 것')).toBeUndefined();
    expect(sectionOf('a task with one channel down', 'en', 'Not working')).toBeUndefined();
  });

  it('tells what does not work at a channel, since it may be this very task', () => {
    const counters = incident({ 'community-center-counter': 'partial_outage' }, '2023-11-17 09:00', {
      limits: { ko: '인감증명서 발급', en: 'Seal certificates' },
    });
    const card = cardOf({ service: 'seal-certificate', incidents: [counters] }, 'ko');
    expect(card.sections.find((s) => s.label === '방법별 상태')?.lines).toContain(
      '주민센터(행정복지센터) 민원창구에서 안 되는 것: 인감증명서 발급',
    );
  });

  it("names the channel that an official's word is about", () => {
    expect(sectionOf('a task with one channel down', 'ko', '정부24 안내(14:00)')).toHaveLength(1);
    expect(sectionOf('a task with one channel down', 'en', 'About Government24 (14:00)')).toHaveLength(1);
  });

  it('cannot be done when every channel is down, since the last of them closed', () => {
    expect(shown('a task with every channel down', 'ko')[0]).toBe(
      '장애 · 주민등록등본·초본 발급 — 13:55부터 어떤 방법으로도 할 수 없어요',
    );
    expect(shown('a task with every channel down', 'en')[0]).toContain(
      'not available in any way since 13:55',
    );
  });

  it("follows the official's word on the task itself before any channel that seems in order", () => {
    const card = cardOf(situation('a task declared down itself'), 'ko');
    expect(card.headline).toBe('장애 · 주민등록등본·초본 발급 — 13:00부터 이용할 수 없어요');
    expect(plainText(card)).not.toContain('정상');
    expect(plainText(card)).not.toContain('무인민원발급기');
  });
});

describe('doubt', () => {
  it('is told with what was known last, and that the promised update is late', () => {
    expect(shown('a promise broken', 'ko').slice(1, 3)).toEqual([
      '마지막 발표에서는 13:55부터 ‘장애’ 상태였어요. 지금도 그런지 확인하고 있어요.',
      '16:00까지 나오기로 한 안내가 아직 나오지 않았어요.',
    ]);
    expect(shown('a promise broken', 'en').slice(1, 3)).toEqual([
      'The last announced status was “Outage” (since 13:55). Whether that still holds is being checked.',
      'The update promised by 16:00 has not come yet.',
    ]);
  });

  it('is never green', () => {
    const silent = cardOf(situation('a source fallen silent'), 'ko');
    const overdue = cardOf(
      {
        service: 'gov24',
        now: seoul('2023-11-17 17:00'),
        incidents: [
          incident({ gov24: 'operational' }, '2023-11-17 13:55', { nextUpdateAt: seoul('2023-11-17 16:00') }),
        ],
      },
      'ko',
    );
    expect([silent.tone, overdue.tone]).toEqual(['unknown', 'unknown']);
  });

  it('says what a silent source saw last', () => {
    expect(shown('a source fallen silent', 'ko')).toContain(
      '마지막 측정(13:20)에서는 ‘정상’ 상태였어요. 지금도 그런지는 알 수 없어요.',
    );
    expect(shown('a source fallen silent', 'en').at(-1)).toBe('Last measured 13:20 KST (43 minutes ago)');
  });
});

describe('a word and a measurement that differ', () => {
  it('are both told', () => {
    expect(shown('declared back, measured down', 'ko')).toContain(
      '기관 발표는 ‘임시 재개’이지만 2분 전 측정에서는 접속되지 않았어요.',
    );
    expect(shown('declared back, measured down', 'en')).toContain(
      'The agency says “Provisionally resumed”, but a measurement 2 minutes ago could not reach it.',
    );
    expect(shown('declared down, measured up', 'ko')[1]).toMatch(
      /기관 발표는 ‘장애’이지만 1분 전 측정에서는 접속이 됐어요/,
    );
    expect(shown('measured down, nobody has said so', 'ko')).toContain(
      '접속 측정 결과이고, 기관이 발표한 장애는 아직 없어요.',
    );
  });

  it('are not made up where they agree or the source is silent', () => {
    const agreed: Situation = {
      service: 'gov24',
      incidents: [incident({ gov24: 'major_outage' }, '2023-11-17 13:55')],
      measurements: [measurement('gov24', 'major_outage', '2023-11-17 13:55', '2023-11-17 14:02')],
    };
    expect(plainText(cardOf(agreed, 'ko'))).not.toContain('측정');
    const silent = {
      ...agreed,
      measurements: [measurement('gov24', 'operational', '2023-11-17 12:00', '2023-11-17 12:30')],
    };
    expect(plainText(cardOf(silent, 'ko'))).not.toContain('측정');
  });
});

describe('a fault in one region', () => {
  it('is in the headline for somebody who gave no region', () => {
    expect(shown('a fault in Busan, asked from nowhere', 'ko')[0]).toBe(
      '장애(부산광역시에서만) · 주민센터(행정복지센터) 민원창구 — 09:00부터예요. 그 밖의 지역은 정상이에요',
    );
    expect(shown('a fault in Busan, asked from nowhere', 'en')[0]).toBe(
      'Outage (Busan only) · Community service center counters — since 09:00; normal elsewhere',
    );
    expect(cardOf(situation('a fault in Busan, asked from nowhere'), 'ko').tone).toBe('caution');
  });

  it('alarms nobody in Seoul, who still hears of it', () => {
    const card = cardOf(situation('a fault in Busan, asked from Seoul'), 'ko');
    expect(card.headline).toBe(
      '정상 · 주민센터(행정복지센터) 민원창구 — 서울특별시에는 발표된 장애가 없어요',
    );
    expect(card.tone).toBe('good');
    expect(sectionOf('a fault in Busan, asked from Seoul', 'ko', '다른 지역')).toEqual([
      '부산광역시: 장애, 09:00부터',
    ]);
    expect(sectionOf('a fault in Busan, asked from Seoul', 'en', 'Other regions')).toEqual([
      'Busan: Outage (since 09:00)',
    ]);
  });

  it('is an outage of Busan for somebody in Busan', () => {
    expect(shown('a fault in Busan, asked from Busan', 'ko')[0]).toBe(
      '장애(부산광역시) · 주민센터(행정복지센터) 민원창구 — 09:00부터 이용할 수 없어요',
    );
    expect(shown('a fault in Busan, asked from Busan', 'en')[0]).toBe(
      'Outage (Busan) · Community service center counters — not available since 09:00',
    );
  });

  it("labels the official's word and the deadlines with the region", () => {
    const busan = incident({ 'community-center-counter': 'major_outage' }, '2023-11-17 09:00', {
      scope: ['busan'],
      deadlines: [
        {
          duty: { ko: '전입신고', en: 'Move-in report' },
          basis: null,
          oldDate: null,
          newDate: '2023-11-20',
          automatic: true,
          who: null,
        },
      ],
    });
    const asked: Situation = {
      service: 'community-center-counter',
      incidents: [busan],
      latest: update(busan, '통신 장비를 바꾸고 있습니다.', 'Network equipment is being replaced.'),
    };
    const ko = plainText(cardOf(asked, 'ko'));
    expect(ko).toContain('기한: 부산광역시: 전입신고 — 11월 20일(월)로 바뀌었어요.');
    expect(ko).toContain('부산광역시 안내(14:00): 통신 장비를 바꾸고 있습니다.');
    const seoulite = plainText(cardOf({ ...asked, region: 'seoul' }, 'en'));
    expect(seoulite).toContain('About Busan (14:00): Network equipment is being replaced.');
    expect(seoulite).not.toContain('Deadlines');
  });

  it('of one channel impairs the task only in part, and the way there is marked', () => {
    const title = 'a task whose counter is down in Busan';
    expect(shown(title, 'ko')[0]).toMatch(/^일부 장애\(부산광역시에서만\) · 인감증명서/);
    expect(sectionOf(title, 'ko', '지금 하실 일')?.[0]).toMatch(/\(부산광역시에서는 지금 장애\)$/);
    expect(sectionOf(title, 'en', 'What you can do now')?.[0]).toMatch(/\(Outage in Busan\)$/);
  });

  it('is seen in a list', () => {
    const { status } = viewOf(situation('a fault in Busan, asked from nowhere'));
    expect(statusLine(status, catalogue, 'ko', NOW)).toBe(
      '주민센터(행정복지센터) 민원창구: 정상, 부산광역시에서만 장애',
    );
    expect(statusLine(status, catalogue, 'en', NOW)).toBe(
      'Community service center counters: Operational (Outage in Busan only)',
    );
  });
});

describe('systems behind the scenes', () => {
  it('are told as what they mean for citizens', () => {
    expect(shown('infrastructure down', 'ko')[1]).toBe(
      '공무원이 쓰는 시스템이라 시민이 직접 접속하지는 않아요.',
    );
    expect(sectionOf('infrastructure down', 'ko', '시민 서비스에 미치는 영향')).toContain(
      '주민센터(행정복지센터) 민원창구: 장애, 09:00부터',
    );
    expect(sectionOf('infrastructure down', 'en', "What this means for citizens' services")?.at(-1)).toMatch(
      /^No outage announced: /,
    );
    expect(sectionOf('an internal system down', 'ko', '시민 서비스에 미치는 영향')).toEqual([
      '이 시스템에 기대는 것으로 등록된 시민 서비스는 없어요.',
    ]);
  });

  it('explain, and do not decide', () => {
    const card = cardOf(situation('fine, though what it rests on is not'), 'ko');
    expect(card.headline).toMatch(/^정상 · 정부24/);
    expect(sectionOf('fine, though what it rests on is not', 'ko', '관련 상황')).toEqual([
      '연결된 시스템에 문제가 발표돼 있어요: 주민등록시스템. 그러나 여기에는 발표된 장애가 없어요.',
    ]);
    expect(sectionOf('an outage with a cause behind it', 'en', 'Related')?.[0]).toMatch(/may be related/);
  });
});

describe('maintenance', () => {
  it('ahead is told to who asks before', () => {
    expect(sectionOf('maintenance ahead', 'ko', '점검 안내')).toEqual([
      '11월 18일(토) 02:00부터 04:00까지 점검할 예정이에요.',
      '시스템을 점검해요.',
    ]);
    expect(sectionOf('maintenance ahead', 'en', 'Maintenance')?.[0]).toBe(
      'Maintenance is planned from Sat 18 Nov 02:00 to 04:00 KST.',
    );
  });

  it('is told beside a worse outage', () => {
    const both: Situation = {
      service: 'gov24',
      now: seoul('2025-09-26 20:30'),
      incidents: [incident({ gov24: 'major_outage' }, '2025-09-26 20:20')],
      maintenances: [maintenance(['gov24'], '2025-09-26 19:30', '2025-09-26 22:00')],
    };
    expect(cardOf(both, 'ko').headline).toBe('장애 · 정부24 — 20:20부터 이용할 수 없어요');
    expect(plainText(cardOf(both, 'ko'))).toContain('19:30부터 22:00까지 점검도 하고 있어요.');
  });
});

it('turns an address in an official text into plain words', () => {
  const down = incident({ gov24: 'major_outage' }, '2023-11-17 13:55', {
    limits: { ko: '자세한 내용은 https://www.gov.kr 참고', en: 'see https://www.gov.kr' },
  });
  for (const language of LANGUAGES) {
    const text = plainText(cardOf({ service: 'gov24', incidents: [down] }, language));
    expect(text).not.toMatch(/https?:|gov\.kr/);
    expect(text.replaceAll('\u2060', '')).toContain('www.gov.kr');
  }
});

describe.each(LANGUAGES)('every answer (%s)', (language) => {
  it.each(Object.keys(SITUATIONS))('%s: status word first, a source last, nothing broken', (title) => {
    const card = cardOf(situation(title), language);
    const words = AVAILABILITIES.map((a) => sayIn(language)(`status.word.${a}`));
    expect(
      card.headline.startsWith(sayIn(language)('status.word.emergency')) ||
        words.some((w) => card.headline.startsWith(w)),
    ).toBe(true);
    expect(card.footer).not.toBeNull();
    expect(plainText(card)).not.toMatch(/\{\{|\}\}|undefined|null|NaN|Invalid| {2}|https?:/);
    expect(card.buttons).toEqual([]);
  });

  it.each(catalogue.services.map((s) => [s.id]))('names %s well, up and down', (id) => {
    for (const availability of AVAILABILITIES) {
      const card = cardOf(
        { service: id, incidents: [incident({ [id]: availability }, '2023-11-17 13:00')] },
        language,
      );
      expect(card.headline.replaceAll('\u2060', '')).toContain(catalogue.service(id)?.name[language]);
      expect(plainText(card)).not.toMatch(/\{\{|undefined|은\(는\)/);
    }
  });
});
