import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../src/domain/announcement.ts';
import type { Audience, Narrowing } from '../../src/domain/audience.ts';
import type { Store } from '../../src/ports/store.ts';
import { chat, deliveriesTo, makeCampaign, makeChats, T0, t0Plus } from './store-samples.ts';

const ALL: Narrowing = { languages: null, platforms: null, regions: null };
const chosen = (more: Partial<Extract<Audience, { kind: 'chosen' }>> = {}): Audience => ({
  kind: 'chosen',
  subscribed: null,
  narrowed: ALL,
  critical: false,
  ...more,
});

const announcement = (n: number, more: Partial<Announcement> = {}): Announcement => ({
  id: `ann_${n}`,
  agency: 'mois',
  state: 'draft',
  title: { ko: '제목', en: 'Title' },
  message: { ko: '본문', en: 'Text' },
  audience: { to: 'services', ids: ['gov24'], languages: ['ko'], platforms: null, regions: ['busan'] },
  severity: 'info',
  scheduledFor: null,
  revision: 1,
  version: 1,
  authors: ['ofc_1'],
  createdAt: t0Plus(n),
  updatedAt: t0Plus(n),
  submittedAt: null,
  approval: null,
  reason: null,
  glass: null,
  publishedAt: null,
  notice: null,
  ...more,
});

const heard = async (store: Store, audience: Audience) => {
  const page = await store.deliveries.audience(audience, null, 100);
  expect(await store.deliveries.reach(audience)).toBe(page.length);
  const reach = await store.announcements.reach(audience);
  expect(reach.reduce((sum, { chats }) => sum + chats, 0)).toBe(page.length);
  return page.map(({ subscriber }) => subscriber.id);
};

const entry = (act: string) => ({
  at: T0,
  actor: 'ofc_1',
  door: 'api',
  act,
  subject: 'x',
  before: null,
  after: { act },
});

const official = (id: string) =>
  ({
    id,
    name: id,
    agency: 'mois',
    roles: ['approver'],
    createdAt: T0,
    revokedAt: null,
  }) as const;

/** Announcements, whom they reach, alerts, requests with a key, and the audit as a chain. */
export function keepsDesk(open: () => Promise<Store>): void {
  describe('an announcement', () => {
    it('is kept whole, and only the version that follows is taken', async () => {
      const store = await open();
      const first = announcement(1, {
        approval: { by: 'ofc_2', at: T0, revision: 1, expiresAt: t0Plus(60) },
        glass: {
          by: 'ofc_2',
          at: T0,
          whyNow: 'a',
          whyAlone: 'b',
          reviewBy: t0Plus(60),
          reviewed: null,
          nagged: false,
        },
      });
      await store.announcements.insert(first);
      expect(await store.announcements.get('ann_1')).toEqual(first);
      expect(await store.announcements.advance({ ...first, version: 2, state: 'in_review' })).toBe(true);
      expect(await store.announcements.advance({ ...first, version: 2, state: 'cancelled' })).toBe(false);
      expect(await store.announcements.advance({ ...first, version: 4, state: 'cancelled' })).toBe(false);
      expect(await store.announcements.get('ann_1')).toMatchObject({ state: 'in_review' });
      expect(await store.announcements.get('ann_9')).toBeNull();
    });

    it('is found by its notice', async () => {
      const store = await open();
      await makeCampaign(store, 1);
      await store.announcements.insert(announcement(1, { notice: { id: 'ntc_1', code: '1' } }));
      expect(await store.announcements.byNotice('ntc_1')).toMatchObject({ id: 'ann_1' });
      expect(await store.announcements.byNotice('ntc_2')).toBeNull();
    });

    it('is listed newest first, by state and agency, page by page', async () => {
      const store = await open();
      for (const n of [1, 2, 3, 4]) {
        const state = n === 2 ? 'cancelled' : 'draft';
        await store.announcements.insert(announcement(n, { state, agency: n === 4 ? 'nts' : 'mois' }));
      }
      const ids = async (filter: Parameters<Store['announcements']['list']>[0]) =>
        (await store.announcements.list(filter, { limit: 50, cursor: null })).items.map(({ id }) => id);
      expect(await ids({})).toEqual(['ann_4', 'ann_3', 'ann_2', 'ann_1']);
      expect(await ids({ states: ['draft'], agency: 'mois' })).toEqual(['ann_3', 'ann_1']);
      expect(await ids({ states: [] })).toEqual([]);
      const page = await store.announcements.list({}, { limit: 3, cursor: null });
      const rest = await store.announcements.list({}, { limit: 3, cursor: page.next });
      expect(rest.items.map(({ id }) => id)).toEqual(['ann_1']);
    });

    it('is due when its time comes, its approval runs out, its fan-out may be over or its review is late', async () => {
      const store = await open();
      const by = { by: 'ofc_2', at: T0, revision: 1 };
      const glass = { by: 'ofc_2', at: T0, whyNow: 'a', whyAlone: 'b', reviewed: null, nagged: false };
      await store.announcements.insert(announcement(1, { state: 'scheduled', scheduledFor: t0Plus(100) }));
      await store.announcements.insert(
        announcement(2, { state: 'approved', approval: { ...by, expiresAt: t0Plus(200) } }),
      );
      await store.announcements.insert(announcement(3, { state: 'publishing', publishedAt: t0Plus(300) }));
      await store.announcements.insert(
        announcement(4, { state: 'published', glass: { ...glass, reviewBy: t0Plus(400) } }),
      );
      await store.announcements.insert(
        announcement(5, { state: 'published', glass: { ...glass, reviewBy: T0, nagged: true } }),
      );
      await store.announcements.insert(announcement(6, { state: 'draft', scheduledFor: T0 }));
      const due = async (seconds: number) =>
        (await store.announcements.due(t0Plus(seconds))).map(({ id }) => id);
      expect(await due(99)).toEqual([]);
      expect(await due(100)).toEqual(['ann_1']);
      expect(await due(1000)).toEqual(['ann_1', 'ann_2', 'ann_3', 'ann_4']);
    });
  });

  describe('a chosen audience', () => {
    it('is everyone, or the subscribers of what it names, less those who turned announcements off', async () => {
      const store = await open();
      await makeChats(store, 5);
      for (const [id, kind, target] of [
        ['sub_1', 'service', 'gov24'],
        ['sub_2', 'agency', 'mois'],
        ['sub_3', 'everything', '*'],
        ['sub_4', 'service', 'gov24'],
      ] as const) {
        const to = { kind, id: target } as Parameters<Store['subscriptions']['add']>[0]['target'];
        await store.subscriptions.add({ subscriber: id, target: to, createdAt: T0 });
      }
      await store.subscribers.change('sub_4', { announcements: false });
      const subscribed = { services: ['gov24'], agencies: [], categories: [] };
      expect(await heard(store, chosen({ subscribed }))).toEqual(['sub_1', 'sub_3']);
      expect(await heard(store, chosen({ subscribed, critical: true }))).toEqual(['sub_1', 'sub_3', 'sub_4']);
      expect(await heard(store, chosen())).toEqual(['sub_1', 'sub_2', 'sub_3']);
      expect(await heard(store, chosen({ critical: true }))).toEqual(['sub_1', 'sub_2', 'sub_3', 'sub_4']);
    });

    it('is narrowed by language, platform and region, each alone and all together', async () => {
      const store = await open();
      await makeChats(store, 4);
      await store.subscribers.ensure(chat('U5', { platform: 'slack', workspace: 'T1' }), {
        id: 'sub_5',
        hint: 'en',
        at: T0,
      });
      for (const n of [1, 2, 3, 4, 5]) await store.subscribers.change(`sub_${n}`, { announcements: true });
      await store.subscribers.change('sub_1', { language: 'en', region: 'busan' });
      await store.subscribers.change('sub_2', { language: 'ko', region: 'busan' });
      await store.subscribers.change('sub_3', { hint: 'en' });
      const narrowed = (more: Partial<Narrowing>) => heard(store, chosen({ narrowed: { ...ALL, ...more } }));
      expect((await narrowed({ languages: ['en'] })).sort()).toEqual(['sub_1', 'sub_3', 'sub_5']);
      expect((await narrowed({ languages: ['ko'] })).sort()).toEqual(['sub_2', 'sub_4']);
      expect(await narrowed({ platforms: ['slack'] })).toEqual(['sub_5']);
      expect((await narrowed({ regions: ['busan', 'seoul'] })).sort()).toEqual(['sub_1', 'sub_2']);
      expect(await narrowed({ languages: ['en'], platforms: ['telegram'], regions: ['busan'] })).toEqual([
        'sub_1',
      ]);
      expect(await narrowed({ regions: [] })).toEqual([]);
    });

    it('is counted by platform, workspace, kind and language', async () => {
      const store = await open();
      await makeChats(store, 2);
      await store.subscribers.ensure(chat('U5', { platform: 'slack', workspace: 'T1' }), {
        id: 'sub_5',
        hint: 'en',
        at: T0,
      });
      for (const n of [1, 2, 5]) await store.subscribers.change(`sub_${n}`, { announcements: true });
      const reach = await store.announcements.reach(chosen());
      expect(reach.map(({ platform, language, chats }) => [platform, language, chats]).sort()).toEqual([
        ['slack', 'en', 1],
        ['telegram', 'ko', 2],
      ]);
    });
  });

  it('the recipients of notices are those who got one, or may have, and nobody else', async () => {
    const store = await open();
    await makeChats(store, 8);
    await makeCampaign(store, 1, { notice: { incident: null } });
    await makeCampaign(store, 2, { notice: { incident: null } });
    await makeCampaign(store, 3, { notice: { incident: null } });
    const states = ['sent', 'sending', 'uncertain', 'ready', 'failed', 'ended'] as const;
    for (const [n, state] of states.entries())
      await store.deliveries.insertMany(deliveriesTo(1, [`sub_${n + 1}`], { state }));
    await store.deliveries.insertMany(deliveriesTo(2, ['sub_1', 'sub_7'], { state: 'sent' }));
    await store.deliveries.insertMany(deliveriesTo(3, ['sub_8'], { state: 'sent' }));
    const recipients = (...notices: string[]): Audience => ({ kind: 'recipients', notices });
    expect(await heard(store, recipients('ntc_1'))).toEqual(['sub_1', 'sub_2', 'sub_3']);
    expect(await heard(store, recipients('ntc_1', 'ntc_2'))).toEqual(['sub_1', 'sub_2', 'sub_3', 'sub_7']);
    expect(await heard(store, recipients())).toEqual([]);
  });

  it('a notice is withdrawn once', async () => {
    const store = await open();
    await makeCampaign(store, 1);
    await makeCampaign(store, 2);
    expect(await store.notices.withdrawnBy('ntc_1')).toBeNull();
    expect(await store.notices.withdraw('ntc_1', 'ntc_2', T0)).toBe(true);
    expect(await store.notices.withdraw('ntc_1', 'ntc_1', T0)).toBe(false);
    expect(await store.notices.withdrawnBy('ntc_1')).toBe('ntc_2');
  });

  it('alerts are each official’s own, newest first, and read up to one', async () => {
    const store = await open();
    for (const id of ['ofc_1', 'ofc_2']) await store.officials.insert(official(id));
    await store.alerts.add(['ofc_1', 'ofc_2'], { kind: 'submitted', subject: 'ann_1', at: T0 });
    await store.alerts.add(['ofc_1'], { kind: 'withdrawn', subject: 'ntc_1', at: t0Plus(1) });
    await store.alerts.add([], { kind: 'corrected', subject: 'ntc_1', at: T0 });
    const page = { limit: 10, cursor: null };
    const { items } = await store.alerts.of('ofc_1', page);
    expect(items.map(({ kind }) => kind)).toEqual(['withdrawn', 'submitted']);
    await store.alerts.seen('ofc_1', items[1]?.sequence ?? 0, t0Plus(2));
    expect((await store.alerts.of('ofc_1', page)).items.map(({ seenAt }) => seenAt)).toEqual([
      null,
      t0Plus(2),
    ]);
    expect((await store.alerts.of('ofc_2', page)).items.map(({ seenAt }) => seenAt)).toEqual([null]);
  });

  it('a request with a key is taken once, answered again, and taken over only from the dead', async () => {
    const store = await open();
    const begin = (fingerprint: string, now = T0, staleBefore = T0) =>
      store.requests.begin('ofc_1', 'k', fingerprint, now, staleBefore);
    const both = await Promise.all([begin('a'), begin('a')]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['new', 'under_way']);
    expect(await begin('b')).toEqual({ kind: 'other' });
    expect(await begin('a', t0Plus(61), t0Plus(1))).toEqual({ kind: 'new' });
    const answer = { status: 201, location: '/x', body: '{}' };
    await store.requests.finish('ofc_1', 'k', answer);
    expect(await begin('a', t0Plus(99), t0Plus(98))).toEqual({ kind: 'answered', answer });
    await store.requests.forget('ofc_1', 'k');
    expect(await begin('a')).toEqual({ kind: 'answered', answer });
    expect(await store.requests.purge(t0Plus(62))).toBe(1);
    expect(await begin('b')).toEqual({ kind: 'new' });
    await store.requests.forget('ofc_1', 'k');
    expect(await begin('c')).toEqual({ kind: 'new' });
  });

  describe('the audit', () => {
    it('is one chain, also when many append at once', async () => {
      const store = await open();
      await Promise.all(
        Array.from({ length: 12 }, (_, n) =>
          store.transaction((tables) => tables.audit.append(entry(`a${n}`))),
        ),
      );
      const all = await store.audit.after(0, 100);
      expect(all).toHaveLength(12);
      expect(new Set(all.map(({ act }) => act)).size).toBe(12);
      for (const [n, one] of all.entries()) expect(one.previous).toBe(all[n - 1]?.hash ?? '0'.repeat(64));
      expect(await store.audit.verify()).toEqual({ entries: 12, broken: null });
    });

    it('of nothing is whole', async () => {
      const store = await open();
      expect(await store.audit.verify()).toEqual({ entries: 0, broken: null });
    });

    it('forgets what a transaction gave up, and stays whole', async () => {
      const store = await open();
      await store.audit.append(entry('one'));
      const failing = store.transaction(async (tables) => {
        await tables.audit.append(entry('lost'));
        throw new Error('given up');
      });
      await expect(failing).rejects.toThrow('given up');
      await store.audit.append(entry('two'));
      expect((await store.audit.after(0, 10)).map(({ act }) => act)).toEqual(['one', 'two']);
      expect(await store.audit.verify()).toEqual({ entries: 2, broken: null });
    });
  });
}
