import { expect } from 'vitest';
import { card } from '../../src/card/card.ts';
import { type Campaign, type Delivery, deliveryId, PRIORITY } from '../../src/domain/campaign.ts';
import type { Incident, IncidentUpdate } from '../../src/domain/incident.ts';
import { type Instant, plusSeconds } from '../../src/domain/instant.ts';
import type { Maintenance } from '../../src/domain/maintenance.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Official } from '../../src/domain/official.ts';
import type { ChatRef, Subscriber } from '../../src/domain/subscriber.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Claim, FanOutRule, Fence, Settlement } from '../../src/ports/outbox.ts';
import type { Store, Tables } from '../../src/ports/store.ts';

/** Friday morning in Seoul, the day it all broke. */
export const T0: Instant = '2023-11-16T23:46:00.000Z';
export const t0Plus = (seconds: number): Instant => plusSeconds(T0, seconds);
export const clock: Clock = { now: () => T0, random: () => 0.5 };

const both = (ko: string, en: string) => ({ ko, en });
const source = { name: both('행정안전부', 'Ministry of the Interior and Safety'), at: T0 };

export const incident = (change: Partial<Incident> = {}): Incident => ({
  id: 'inc_1',
  agency: 'mois',
  state: 'investigating',
  title: both('정부24 접속 장애', 'Government24 outage'),
  services: [{ service: 'gov24', status: 'major_outage', since: T0 }],
  scope: 'nationwide',
  limits: null,
  works: both('무인민원발급기', 'Kiosks'),
  source,
  deadlines: [
    {
      duty: both('지방세 납부', 'Local tax'),
      basis: null,
      oldDate: '2023-11-17',
      newDate: null,
      automatic: true,
      who: null,
    },
  ],
  nextUpdateAt: t0Plus(3600),
  critical: false,
  startedAt: T0,
  declaredAt: T0,
  updatedAt: T0,
  resolvedAt: null,
  declaredBy: 'ofc_1',
  revision: 1,
  ...change,
});

export const update = (change: Partial<IncidentUpdate> = {}): IncidentUpdate => ({
  incident: 'inc_1',
  sequence: 1,
  state: 'investigating',
  services: incident().services,
  message: both('원인을 확인하고 있습니다.', 'We are looking into it.'),
  nextUpdateAt: null,
  source,
  at: T0,
  by: 'ofc_1',
  ...change,
});

export const maintenance = (change: Partial<Maintenance> = {}): Maintenance => ({
  id: 'mnt_1',
  agency: 'mois',
  services: ['gov24', 'saeol'],
  state: 'scheduled',
  startsAt: t0Plus(3600),
  endsAt: t0Plus(7200),
  message: both('정기 점검', 'Maintenance'),
  emergency: false,
  createdAt: T0,
  createdBy: null,
  revision: 1,
  ...change,
});

export const notice = (change: Partial<Notice> = {}): Notice => ({
  id: 'ntc_1',
  code: '2023-1117-1',
  kind: 'outage',
  severity: 'important',
  agency: 'mois',
  incident: 'inc_1',
  sequence: 1,
  maintenance: null,
  audience: { kind: 'everyone', critical: false },
  scope: 'nationwide',
  fact: {
    kind: 'outage',
    code: '2023-1117-1',
    at: T0,
    services: [
      {
        id: 'gov24',
        name: both('정부24', 'Government24'),
        reading: null,
        status: 'major_outage',
        since: T0,
      },
    ],
    regions: 'nationwide',
    title: null,
    message: null,
    limits: null,
    works: null,
    alternatives: [both('무인민원발급기', 'Kiosks')],
    deadlines: [],
    startedAt: T0,
    endedAt: null,
    nextUpdateAt: null,
    source,
    phone: '110',
    again: null,
    phase: null,
    emergency: false,
    corrects: null,
  },
  createdAt: T0,
  ...change,
});

export const cards = {
  ko: card('정부24 접속 장애', { tone: 'bad', sections: [{ label: '대신', lines: ['무인민원발급기'] }] }),
  en: card('Government24 is down', { buttons: [[{ label: 'Follow', action: 'f:gov24', style: 'plain' }]] }),
};

export const campaign = (change: Partial<Campaign> = {}): Campaign => ({
  id: 'cmp_1',
  notice: 'ntc_1',
  state: 'sending',
  holdUntil: T0,
  cursor: 0,
  createdAt: T0,
  startedAt: null,
  finishedAt: null,
  ...change,
});

export const LANE = 'telegram:allim';

const delivery = (change: Partial<Delivery> = {}): Delivery => ({
  id: 'cmp_1.sub_1',
  campaign: 'cmp_1',
  notice: 'ntc_1',
  subscriber: 'sub_1',
  lane: LANE,
  priority: 2,
  state: 'ready',
  dueAt: T0,
  attempts: 0,
  resent: false,
  silent: false,
  leaseUntil: null,
  startedAt: null,
  messageId: null,
  error: null,
  ...change,
});

export const official = (change: Partial<Official> = {}): Official => ({
  id: 'ofc_1',
  name: '김주무',
  agency: 'mois',
  roles: ['operator', 'author'],
  createdAt: T0,
  revokedAt: null,
  ...change,
});

export const chat = (id: string, change: Partial<ChatRef> = {}): ChatRef => ({
  platform: 'telegram',
  workspace: 'allim',
  id,
  kind: 'private',
  ...change,
});

/** Makes chats `sub_1`, `sub_2` … with ids of as many digits as their number has, so that they sort. */
export async function makeChats(
  tables: Pick<Tables, 'subscribers'>,
  count: number,
): Promise<readonly Subscriber[]> {
  const made: Subscriber[] = [];
  for (const name of subscriberIds(count)) {
    made.push(await tables.subscribers.ensure(chat(`chat of ${name}`), { id: name, hint: null, at: T0 }));
  }
  return made;
}

export const subscriberIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `sub_${String(i + 1).padStart(String(count).length, '0')}`);

/** A notice and its campaign: `ntc_N`, `cmp_N`, the Nth of its incident. */
export async function makeCampaign(
  tables: Tables,
  n: number,
  change: { readonly notice?: Partial<Notice>; readonly campaign?: Partial<Campaign> } = {},
): Promise<void> {
  await tables.notices.insert(
    notice({ id: `ntc_${n}`, code: `2023-1117-${n}`, sequence: n, ...change.notice }),
    cards,
  );
  await tables.campaigns.insert(
    campaign({ id: `cmp_${n}`, notice: `ntc_${n}`, createdAt: t0Plus(n), ...change.campaign }),
  );
}

/** Deliveries of the Nth campaign to these, `dlv_N_SUBSCRIBER`. */
export const deliveriesTo = (
  n: number,
  subscribers: readonly string[],
  change: Partial<Delivery> = {},
): readonly Delivery[] =>
  subscribers.map((subscriber) =>
    delivery({
      id: deliveryId(`cmp_${n}`, subscriber),
      campaign: `cmp_${n}`,
      notice: `ntc_${n}`,
      subscriber,
      ...change,
    }),
  );

/** Every item of a list that comes in pages. */
export async function everyPage<T>(
  read: (cursor: string | null) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly T[]; readonly next: string | null } = await read(cursor);
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}

export const LEASE = t0Plus(15);

/** A store with some chats and one campaign to all of them. */
export async function openWith(open: () => Promise<Store>, chats: number, change: Partial<Delivery> = {}) {
  const store = await open();
  await makeChats(store, chats);
  await makeCampaign(store, 1);
  await store.deliveries.insertMany(deliveriesTo(1, subscriberIds(chats), change));
  return store;
}

export const claimIds = (claims: readonly Claim[]) => claims.map((c) => c.delivery.id);
/** The lease under which the suite writes; `openLed` takes it. */
export const FENCE: Fence = { lease: 'lane:tests', epoch: 1 };

/** Makes us the first to hold the lease. */
export async function lead(store: Store): Promise<Store> {
  expect(await store.leases.acquire(FENCE.lease, 'tests', T0, t0Plus(1_000_000))).toBe(FENCE.epoch);
  return store;
}

type Deliveries = { readonly deliveries: Store['deliveries'] };

export const claimFrom = (
  store: Deliveries,
  lane: string,
  limit: number,
  now: Instant,
  leaseUntil: Instant,
) => store.deliveries.claim({ lane, limit, now, leaseUntil }, FENCE);
export const claim = (store: Store, limit: number, now = T0) => claimFrom(store, LANE, limit, now, LEASE);
export const begin = async (store: Deliveries, id: string, now: Instant, leaseUntil: Instant) =>
  (await store.deliveries.begin([id], now, leaseUntil, FENCE)).has(id);
export const settle = (store: Deliveries, id: string, to: Omit<Settlement, 'id'>, now: Instant) =>
  store.deliveries.settle([{ id, ...to }], now, FENCE);
export const sweep = (store: Deliveries, now: Instant, lane?: string) =>
  store.deliveries.sweep(now, FENCE, lane);
export const requeue = (store: Deliveries, lane: string, now: Instant) =>
  store.deliveries.requeueUncertain(lane, now, FENCE);
export const stateOf = async (store: Store, id: string) => (await store.deliveries.get(id))?.state;

/** One page of a fan-out by the plainest rule: everybody who accepted announcements, at once. */
export const fanOut = (
  { campaigns }: Pick<Store, 'campaigns'>,
  campaign: string,
  rule: Partial<FanOutRule>,
  { span = 1_000, now = T0, fence = FENCE }: { span?: number; now?: Instant; fence?: Fence } = {},
) =>
  campaigns.fanOut(
    campaign,
    {
      audience: { kind: 'everyone', critical: true },
      priority: PRIORITY.outage,
      followerPriority: PRIORITY.critical,
      silent: false,
      quietUntil: () => null,
      wakesFollowers: false,
      ...rule,
    },
    span,
    now,
    fence,
  );
