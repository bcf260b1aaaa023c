import type { Availability } from '../../src/domain/availability.ts';
import type { NoticeFact, ToldService } from '../../src/domain/notice.ts';
import {
  catalogue,
  incident,
  MINISTRY,
  maintenance,
  measurement,
  type Situation,
  seoul,
  update,
} from './situations.ts';

const GOV24_DOWN = incident({ gov24: 'major_outage' }, '2023-11-17 13:55', {
  limits: { ko: '등·초본 등 증명서 발급, 전입신고', en: 'certificates, move-in reports' },
  works: {
    ko: '가족관계증명서(법원), 건강보험 증명서(공단)',
    en: 'family certificates (court), health insurance certificates (NHIS)',
  },
  nextUpdateAt: seoul('2023-11-17 16:00'),
  deadlines: [
    {
      duty: { ko: '재산세 납부', en: 'Property tax payment' },
      basis: { ko: '행정절차법 제16조', en: 'Administrative Procedures Act, art. 16' },
      oldDate: '2023-11-17',
      newDate: '2023-11-20',
      automatic: true,
      who: null,
    },
  ],
});
const GOV24_NEWS = update(
  GOV24_DOWN,
  '네트워크 장비 오류로 정부24 서비스를 멈추고 점검하고 있습니다.',
  'Government24 has been stopped because of a network equipment error.',
);
const COUNTERS_DOWN = incident(
  { saeol: 'major_outage', gpki: 'major_outage', 'community-center-counter': 'major_outage' },
  '2023-11-17 09:00',
  { id: 'inc_2' },
);
const KIOSKS_DOWN = incident({ 'unmanned-kiosk': 'major_outage' }, '2023-11-17 10:00', { id: 'inc_3' });
const WALLET_DOWN = incident({ 'e-certificate': 'major_outage' }, '2023-11-17 10:00', { id: 'inc_4' });
const BUSAN = incident({ 'community-center-counter': 'major_outage' }, '2023-11-17 09:00', {
  id: 'inc_5',
  scope: ['busan'],
});

/** Realistic moments, by title; every one is shown in the gallery, in both languages. */
export const SITUATIONS: Readonly<Record<string, Situation>> = {
  'nothing declared': { service: 'hometax' },
  'measured as working': {
    service: 'hometax',
    measurements: [measurement('hometax', 'operational', '2023-11-10 09:00', '2023-11-17 14:01')],
  },
  'an outage with everything on record': {
    service: 'gov24',
    incidents: [GOV24_DOWN],
    latest: GOV24_NEWS,
  },
  'an outage two hours later': { service: 'gov24', incidents: [GOV24_DOWN], now: seoul('2023-11-17 15:59') },
  'an outage with a cause behind it': {
    service: 'gov24',
    incidents: [
      GOV24_DOWN,
      incident({ 'resident-registration-system': 'major_outage' }, '2023-11-17 08:40', { id: 'inc_9' }),
    ],
  },
  'slow, and the counters are down': {
    service: 'gov24',
    incidents: [incident({ gov24: 'degraded' }, '2023-11-17 10:00'), COUNTERS_DOWN, KIOSKS_DOWN],
  },
  'every alternative down': {
    service: 'unmanned-kiosk',
    incidents: [GOV24_DOWN, COUNTERS_DOWN, KIOSKS_DOWN],
  },
  'a task with one channel down': {
    service: 'resident-registration-certificate',
    incidents: [GOV24_DOWN],
    latest: GOV24_NEWS,
  },
  'a task with every channel down': {
    service: 'resident-registration-certificate',
    incidents: [GOV24_DOWN, COUNTERS_DOWN, KIOSKS_DOWN, WALLET_DOWN],
  },
  'a task with nothing declared': { service: 'move-in-report' },
  'a task declared down itself': {
    service: 'resident-registration-certificate',
    incidents: [incident({ 'resident-registration-certificate': 'major_outage' }, '2023-11-17 13:00')],
  },
  'a task declared in part': {
    service: 'move-in-report',
    incidents: [incident({ 'move-in-report': 'partial_outage' }, '2023-11-17 09:00')],
  },
  'a part of a service out': {
    service: 'epost',
    now: seoul('2025-09-29 10:00'),
    incidents: [
      incident({ epost: 'partial_outage' }, '2025-09-29 09:00', {
        limits: {
          ko: '신선식품 소포, 착불 소포, 미국행 EMS',
          en: 'fresh food parcels, collect on delivery, EMS to the US',
        },
        works: { ko: '편지, 일반 소포', en: 'letters, ordinary parcels' },
        source: { name: { ko: '우정사업본부', en: 'Korea Post' }, at: seoul('2025-09-29 09:30') },
        updatedAt: seoul('2025-09-29 09:30'),
      }),
    ],
  },
  'provisionally back': {
    service: 'gov24',
    now: seoul('2023-11-18 10:00'),
    incidents: [
      incident({ gov24: 'recovering' }, '2023-11-18 09:00', {
        updatedAt: seoul('2023-11-18 09:00'),
        source: { name: MINISTRY, at: seoul('2023-11-18 09:00') },
      }),
    ],
  },
  'a promise broken': { service: 'gov24', incidents: [GOV24_DOWN], now: seoul('2023-11-17 16:42') },
  'a source fallen silent': {
    service: 'hometax',
    measurements: [measurement('hometax', 'operational', '2023-11-10 09:00', '2023-11-17 13:20')],
  },
  'measured down, nobody has said so': {
    service: 'hometax',
    measurements: [measurement('hometax', 'major_outage', '2023-11-17 13:55', '2023-11-17 14:01')],
  },
  'declared back, measured down': {
    service: 'gov24',
    now: seoul('2023-11-18 10:00'),
    incidents: [incident({ gov24: 'recovering' }, '2023-11-18 09:00')],
    measurements: [measurement('gov24', 'major_outage', '2023-11-17 13:55', '2023-11-18 09:58')],
  },
  'declared down, measured up': {
    service: 'gov24',
    incidents: [GOV24_DOWN],
    measurements: [measurement('gov24', 'operational', '2023-11-17 13:58', '2023-11-17 14:02')],
  },
  'a fault in Busan, asked from nowhere': { service: 'community-center-counter', incidents: [BUSAN] },
  'a fault in Busan, asked from Seoul': {
    service: 'community-center-counter',
    region: 'seoul',
    incidents: [BUSAN],
  },
  'a fault in Busan, asked from Busan': {
    service: 'community-center-counter',
    region: 'busan',
    incidents: [BUSAN],
  },
  'a task whose counter is down in Busan': { service: 'seal-certificate', incidents: [BUSAN] },
  'under maintenance': {
    service: 'gov24',
    now: seoul('2025-09-26 19:45'),
    maintenances: [
      maintenance(['gov24'], '2025-09-26 19:30', '2025-09-26 22:00', {
        createdAt: seoul('2025-09-25 10:00'),
      }),
    ],
  },
  'emergency maintenance past midnight': {
    service: 'hometax',
    now: seoul('2023-11-17 23:30'),
    maintenances: [
      maintenance(['hometax'], '2023-11-17 23:00', '2023-11-18 05:00', { emergency: true, agency: 'nts' }),
    ],
  },
  'maintenance ahead': {
    service: 'gov24',
    maintenances: [maintenance(['gov24'], '2023-11-18 02:00', '2023-11-18 04:00')],
  },
  'infrastructure down': { service: 'saeol', incidents: [COUNTERS_DOWN] },
  'infrastructure in order': { service: 'admin-network' },
  'an internal system down': {
    service: 'g-drive',
    incidents: [incident({ 'g-drive': 'major_outage' }, '2023-11-17 09:00')],
  },
  'a call center in order': { service: 'call-110' },
  'fine, though what it rests on is not': {
    service: 'gov24',
    incidents: [incident({ 'resident-registration-system': 'major_outage' }, '2023-11-17 08:40')],
  },
};

export function toldService(id: string, status: Availability, since: string): ToldService {
  const service = catalogue.service(id);
  if (service === undefined) throw new Error(`No ${id}`);
  return { id, name: service.name, reading: service.reading, status, since: seoul(since) };
}

export const fact = (rest: Partial<NoticeFact> = {}): NoticeFact => ({
  kind: 'outage',
  code: '2023-1117-2',
  at: seoul('2023-11-17 14:05'),
  services: [toldService('gov24', 'major_outage', '2023-11-17 13:55')],
  regions: 'nationwide',
  title: null,
  message: {
    ko: '네트워크 장비 오류로 정부24 서비스를 멈추고 점검하고 있습니다.',
    en: 'Government24 has been stopped because of a network equipment error.',
  },
  limits: null,
  works: null,
  alternatives: [],
  deadlines: [],
  startedAt: seoul('2023-11-17 13:55'),
  endedAt: null,
  nextUpdateAt: null,
  source: { name: MINISTRY, at: seoul('2023-11-17 14:00') },
  phone: '110',
  again: null,
  phase: null,
  emergency: false,
  corrects: null,
  ...rest,
});

const BACK = '2023-11-18 09:00';
const WINDOW = { startedAt: seoul('2023-11-18 02:00'), endedAt: seoul('2023-11-18 04:00'), message: null };
const PLANNED = [toldService('gov24', 'maintenance', '2023-11-18 02:00')];

/** One notice of every kind and shade. */
export const FACTS: Readonly<Record<string, NoticeFact>> = {
  outage: fact({
    limits: GOV24_DOWN.limits,
    works: GOV24_DOWN.works,
    alternatives: [
      {
        ko: '급한 서류는 주민센터 수기 접수(접수일 인정)',
        en: 'Urgent papers can be filed on paper at a community center',
      },
    ],
    deadlines: GOV24_DOWN.deadlines,
    nextUpdateAt: seoul('2023-11-17 16:00'),
  }),
  'outage of several services': fact({
    services: [
      toldService('gov24', 'major_outage', '2023-11-17 13:55'),
      toldService('unmanned-kiosk', 'major_outage', '2023-11-17 10:00'),
      toldService('hometax', 'degraded', '2023-11-17 11:00'),
    ],
  }),
  'a regional outage': fact({
    services: [toldService('community-center-counter', 'major_outage', '2023-11-17 09:00')],
    regions: [{ ko: '부산광역시', en: 'Busan' }],
    message: null,
  }),
  'partial outage': fact({ services: [toldService('epost', 'partial_outage', '2023-11-17 09:00')] }),
  'slow service': fact({ services: [toldService('hometax', 'degraded', '2023-11-17 09:00')], phone: '126' }),
  'down again after a provisional return': fact({ again: 'relapse' }),
  reopened: fact({
    again: 'reopened',
    title: { ko: '행정망 장애로 정부24 중단', en: 'Network failure stops Government24' },
  }),
  update: fact({ kind: 'update', nextUpdateAt: seoul('2023-11-17 18:00') }),
  'update, in part back': fact({
    kind: 'update',
    services: [toldService('gov24', 'partial_outage', '2023-11-17 13:55')],
  }),
  provisional: fact({
    kind: 'provisional',
    at: seoul('2023-11-18 09:05'),
    code: '2023-1118-1',
    services: [
      toldService('gov24', 'recovering', BACK),
      toldService('saeol', 'major_outage', '2023-11-17 13:00'),
    ],
    limits: { ko: '모바일 앱 로그인', en: 'signing in on the mobile app' },
    message: null,
  }),
  restoration: fact({
    kind: 'restoration',
    at: seoul('2023-11-19 17:40'),
    code: '2023-1119-1',
    services: [toldService('gov24', 'operational', '2023-11-19 17:40')],
    message: {
      ko: '모든 기능이 정상임을 확인했습니다.',
      en: 'All functions have been checked and work normally.',
    },
    endedAt: seoul('2023-11-19 17:40'),
    source: { name: MINISTRY, at: seoul('2023-11-19 17:30') },
  }),
  'declared in error': fact({
    kind: 'correction',
    code: '2023-1117-5',
    services: [toldService('gov24', 'operational', '2023-11-17 15:00')],
    corrects: '2023-1117-2',
    message: {
      ko: '다른 서비스의 장애를 잘못 입력했습니다.',
      en: 'An outage of another service was entered by mistake.',
    },
  }),
  'a correction of an announcement': fact({
    kind: 'correction',
    services: [],
    code: '2023-1117-6',
    corrects: '2023-1117-4',
    title: { ko: '장애 시스템 수', en: 'Number of systems affected' },
    message: { ko: '처음 발표: 647개\n바로잡은 값: 709개', en: 'First announced: 647\nCorrected: 709' },
  }),
  'maintenance ahead': fact({
    kind: 'maintenance',
    phase: 'scheduled',
    services: PLANNED,
    ...WINDOW,
    message: { ko: '데이터베이스를 점검합니다.', en: 'Database maintenance.' },
  }),
  'emergency maintenance now': fact({
    kind: 'maintenance',
    phase: 'scheduled',
    emergency: true,
    services: PLANNED,
    message: null,
    startedAt: seoul('2023-11-17 14:00'),
    endedAt: seoul('2023-11-17 16:00'),
  }),
  'maintenance over': fact({
    kind: 'maintenance',
    phase: 'completed',
    at: seoul('2023-11-18 04:00'),
    services: [toldService('gov24', 'operational', '2023-11-18 04:00')],
    ...WINDOW,
  }),
  'maintenance called off': fact({
    kind: 'maintenance',
    phase: 'cancelled',
    services: [toldService('gov24', 'operational', '2023-11-17 14:05')],
    ...WINDOW,
  }),
  'maintenance stopped half-way': fact({
    kind: 'maintenance',
    phase: 'cancelled',
    at: seoul('2023-11-18 03:00'),
    services: [toldService('gov24', 'operational', '2023-11-18 03:00')],
    ...WINDOW,
  }),
  announcement: fact({
    kind: 'announcement',
    services: [],
    title: { ko: '민원 처리 기한을 연장합니다', en: 'Deadlines for civil petitions are extended' },
    message: {
      ko: '11월 17일까지인 민원은 복구된 다음 날까지 접수합니다.\n따로 신청하지 않아도 됩니다.',
      en: 'Petitions due by 17 November are accepted until the day after restoration.\nYou do not need to apply.',
    },
    startedAt: null,
  }),
};
