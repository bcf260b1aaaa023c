import { describe, expect, it } from 'vitest';
import { statusAllCard } from '../../src/wording/status-all.ts';
import { catalogue, incident, maintenance, NOW, statusesOf } from './situations.ts';

const three = statusesOf(['gov24', 'unmanned-kiosk', 'hometax'], {
  incidents: [
    incident(
      { gov24: 'major_outage', 'unmanned-kiosk': 'major_outage', hometax: 'degraded' },
      '2023-11-17 13:55',
    ),
  ],
});

describe('what is down', () => {
  it('is nothing, with the basis of that', () => {
    const card = statusAllCard([], [], catalogue, 'ko', NOW);
    expect(card.headline).toBe('정상 — 지금 발표된 장애가 없어요');
    expect(card.tone).toBe('good');
    expect(card.footer).toBe('기관 발표와 측정을 모은 결과 · 14:03 기준');
  });

  it('is counted by status word and grouped, the worst first', () => {
    const ko = statusAllCard(three, [], catalogue, 'ko', NOW);
    expect(ko.headline).toBe('장애 2개 · 지연 1개 — 지금 정상이 아닌 서비스가 3개예요');
    expect(ko.tone).toBe('bad');
    expect(ko.sections.slice(0, 2)).toEqual([
      { label: '장애', lines: ['정부24, 13:55부터', '무인민원발급기, 13:55부터'] },
      { label: '지연', lines: ['홈택스, 13:55부터'] },
    ]);
    expect(statusAllCard(three, [], catalogue, 'en', NOW).headline).toBe(
      'Outage: 2 · Slow or delayed: 1 — 3 services are not running normally',
    );
  });

  it('counts one as one in English', () => {
    expect(statusAllCard(three.slice(0, 1), [], catalogue, 'en', NOW).headline).toBe(
      'Outage — 1 service is not running normally',
    );
  });

  it('lists maintenance ahead', () => {
    const ahead = [maintenance(['korail', 'srt'], '2023-11-18 02:00', '2023-11-18 04:00')];
    const card = statusAllCard([], ahead, catalogue, 'ko', NOW);
    expect(card.sections[0]).toEqual({
      label: '점검 예정',
      lines: ['코레일 승차권 예매, SRT 승차권 예매: 11월 18일(토) 02:00부터 04:00까지'],
    });
  });

  it('says where a fault is that only one region has', () => {
    const regional = statusesOf(['community-center-counter'], {
      incidents: [
        incident({ 'community-center-counter': 'major_outage' }, '2023-11-17 09:00', { scope: ['busan'] }),
      ],
    });
    const card = statusAllCard(regional, [], catalogue, 'ko', NOW);
    expect(card.tone).toBe('caution');
    expect(card.sections[0]).toEqual({
      label: '일부 지역 장애',
      lines: ['주민센터(행정복지센터) 민원창구, 부산광역시에서만 장애'],
    });
  });

  it('keeps a long day readable: a group shows twenty and how many more', () => {
    const ids = catalogue.services.filter((s) => s.kind === 'service').map((s) => s.id);
    const down = Object.fromEntries(ids.map((id) => [id, 'major_outage' as const]));
    const card = statusAllCard(
      statusesOf(ids, { incidents: [incident(down, '2025-09-26 20:15')] }),
      [],
      catalogue,
      'ko',
      NOW,
    );
    expect(card.sections[0]?.lines).toHaveLength(21);
    expect(card.sections[0]?.lines.at(-1)).toMatch(new RegExp(`^그 밖에 ${ids.length - 20}개`));
  });
});
