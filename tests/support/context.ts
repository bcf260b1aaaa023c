import { card } from '../../src/card/card.ts';
import { Catalogue } from '../../src/domain/catalogue.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Actor, Official, Role } from '../../src/domain/official.ts';
import type { Agency, Region, Service } from '../../src/domain/service.ts';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { MemoOf } from '../../src/ports/memo.ts';
import type { NoticeWriter } from '../../src/ports/notice-writer.ts';
import { type OpenDatabase, openDatabase } from '../../src/storage/open.ts';

/** The seed's day, 13:55 in Seoul. */
export const NOON: Instant = '2023-11-17T04:55:00.000Z';

/** A clock that stands where it is put, and chance that is the same each time. */
export class TestClock implements Clock {
  #now: Instant;
  #seed = 1;
  constructor(at: Instant = NOON) {
    this.#now = at;
  }
  now(): Instant {
    return this.#now;
  }
  set(at: Instant): void {
    this.#now = at;
  }
  forward(seconds: number): Instant {
    this.#now = plusSeconds(this.#now, seconds);
    return this.#now;
  }
  readonly random = (): number => {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#seed / 2 ** 32;
  };
}

const noAliases = { ko: [], en: [] };
const agency = (id: string, ko: string, en: string, phone: string | null): Agency => ({
  id,
  name: { ko, en },
  aliases: noAliases,
  phone,
});
const region = (id: string, ko: string, en: string, parent: string | null): Region => ({
  id,
  name: { ko, en },
  aliases: noAliases,
  parent,
});
const service = (id: string, ko: string, en: string, more: Partial<Service> = {}): Service => ({
  id,
  name: { ko, en },
  reading: null,
  agency: 'mois',
  kind: 'service',
  audience: 'citizen',
  category: 'civil',
  aliases: noAliases,
  needsCue: [],
  url: null,
  helpline: null,
  parent: null,
  dependsOn: [],
  channels: [],
  tasks: [],
  alternatives: [],
  note: null,
  ...more,
});

/** Eight services of three agencies: a site, a kiosk and a counter that offer one function, and what they rest on. */
export const smallCatalogue = (): Catalogue =>
  new Catalogue({
    agencies: [
      agency('mois', '행정안전부', 'Ministry of the Interior and Safety', '02-2100-3399'),
      agency('nts', '국세청', 'National Tax Service', '126'),
      agency('court', '대법원', 'Supreme Court', null),
    ],
    regions: [
      region('seoul', '서울특별시', 'Seoul', null),
      region('busan', '부산광역시', 'Busan', null),
      region('busan-haeundae', '해운대구', 'Haeundae-gu', 'busan'),
    ],
    categories: [
      { id: 'civil', name: { ko: '민원', en: 'Civil services' } },
      { id: 'tax', name: { ko: '세금', en: 'Tax' } },
      { id: 'systems', name: { ko: '공통 기반', en: 'Systems' } },
    ],
    ambiguous: [],
    services: [
      service('gov24', '정부24', 'Government24', {
        helpline: '1588-2188',
        aliases: { ko: ['민원24'], en: ['gov 24'] },
        dependsOn: ['gpki'],
        alternatives: [
          { text: { ko: '무인민원발급기', en: 'Unmanned kiosks' }, via: 'kiosk' },
          { text: { ko: '주민센터 창구', en: 'Community center counters' }, via: 'counter' },
        ],
      }),
      service('kiosk', '무인민원발급기', 'Unmanned kiosks', { kind: 'channel' }),
      service('counter', '주민센터 창구', 'Community center counters', {
        kind: 'channel',
        dependsOn: ['saeol'],
      }),
      service('resident-certificate', '주민등록등본 발급', 'Resident certificates', {
        kind: 'function',
        channels: ['gov24', 'kiosk', 'counter'],
      }),
      service('saeol', '새올행정시스템', 'Saeol', {
        kind: 'internal',
        audience: 'official',
        category: 'systems',
      }),
      service('gpki', '행정전자서명', 'GPKI', { kind: 'infrastructure', category: 'systems' }),
      service('hometax', '홈택스', 'Hometax', { agency: 'nts', category: 'tax' }),
      service('efamily', '전자가족관계등록시스템', 'Family relations', { agency: 'court' }),
    ],
  });

/** Says only the kind and the code; the real texts have their own tests. */
export const plainWriter: NoticeWriter = (fact) => ({
  ko: card(`[${fact.kind}] ${fact.code}`),
  en: card(`[${fact.kind}] ${fact.code}`),
});

export interface TestWorld {
  readonly context: Context;
  readonly clock: TestClock;
  readonly memo: MemoOf;
  /** How often the sender was woken. */
  woken(): number;
  close(): Promise<void>;
}

/** Everything an operation needs, on a real SQLite database in memory that lives until `close`, or on one that is given. */
export async function testWorld(
  options: Partial<Omit<Context, 'store' | 'clock'>> = {},
  given: OpenDatabase | null = null,
): Promise<TestWorld> {
  const clock = new TestClock();
  const inMemory = { kind: 'sqlite', path: ':memory:' } as const;
  const database = given ?? (await openDatabase(inMemory, { mode: 'live', clock }));
  let wakes = 0;
  const context: Context = {
    store: database.store,
    clock,
    catalogue: smallCatalogue(),
    writeNotice: plainWriter,
    lintNotice: () => [],
    sending: { ratePerSecond: { telegram: 30, slack: 4 }, paid: false },
    holdSeconds: 10,
    wakeSender: () => {
      wakes += 1;
    },
    ...options,
  };
  return { context, clock, memo: database.memo, woken: () => wakes, close: database.close };
}

export const official = (agency: string, ...roles: readonly Role[]): Official => ({
  id: `ofc_${agency}_${roles.join('_')}`,
  name: 'Test official',
  agency,
  roles,
  createdAt: NOON,
  revokedAt: null,
});

/** An official of an agency at the API's door; without roles an operator. */
export const actorOf = (agency: string, ...roles: readonly Role[]): Actor => ({
  kind: 'official',
  official: official(agency, ...(roles.length === 0 ? (['operator'] as const) : roles)),
  door: 'api',
});

export const chat = (id: string, platform: ChatRef['platform'] = 'telegram'): ChatRef => ({
  platform,
  workspace: 'bot',
  id,
  kind: 'private',
});
