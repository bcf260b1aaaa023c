import { describe, expect, it } from 'vitest';
import type { Audience } from '../../src/domain/audience.ts';
import type { Delivery } from '../../src/domain/campaign.ts';
import type { Subscriber, Target } from '../../src/domain/subscriber.ts';
import type { Recipient } from '../../src/ports/outbox.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  chat,
  deliveriesTo,
  makeCampaign,
  makeChats,
  notice,
  subscriberIds,
  T0,
  t0Plus,
} from './store-samples.ts';

const outage = {
  kind: 'subscribers',
  services: ['gov24', 'certificate'],
  agencies: ['mois'],
  categories: ['civil'],
  scope: 'nationwide',
} satisfies Audience;

const subscribe = (store: Store, subscriber: string, kind: Target['kind'], id: string) =>
  store.subscriptions.add({ subscriber, target: { kind, id } as Target, createdAt: T0 });

const follow = (store: Store, subscriber: string, service: string) =>
  store.follows.add({ subscriber, service, incident: null, createdAt: T0, expiresAt: t0Plus(1000) });

/** Walks an audience page by page, as fan-out does, and holds it against its size. */
async function walk(store: Store, audience: Audience, limit = 2): Promise<readonly Recipient[]> {
  const all: Recipient[] = [];
  for (let after: string | null = null; ; ) {
    const page: readonly Recipient[] = await store.deliveries.audience(audience, after, limit);
    all.push(...page);
    if (page.length < limit) break;
    after = page.at(-1)?.subscriber.id ?? null;
  }
  expect(await store.deliveries.reach(audience)).toBe(all.length);
  return all;
}

const idsOf = (recipients: readonly Recipient[]) => recipients.map((r) => r.subscriber.id);

/** Who hears a notice. */
export function findsAudiences(open: () => Promise<Store>): void {
  describe('an audience of subscribers', () => {
    it('is of any of the services, agencies or categories, or of everything, each chat once', async () => {
      const store = await open();
      await makeChats(store, 7);
      await subscribe(store, 'sub_1', 'service', 'gov24');
      await subscribe(store, 'sub_2', 'agency', 'mois');
      await subscribe(store, 'sub_3', 'category', 'civil');
      await subscribe(store, 'sub_4', 'everything', '*');
      for (const [kind, id] of [
        ['service', 'gov24'],
        ['service', 'certificate'],
        ['agency', 'mois'],
        ['everything', '*'],
      ] as const) {
        await subscribe(store, 'sub_5', kind, id);
      }
      await subscribe(store, 'sub_6', 'service', 'hometax');
      await subscribe(store, 'sub_6', 'agency', 'gov24');
      expect(idsOf(await walk(store, outage))).toEqual(['sub_1', 'sub_2', 'sub_3', 'sub_4', 'sub_5']);
    });

    it('never holds a chat that has ended', async () => {
      const store = await open();
      await makeChats(store, 2);
      await subscribe(store, 'sub_1', 'service', 'gov24');
      await subscribe(store, 'sub_2', 'service', 'gov24');
      await store.subscribers.end('sub_1', 'blocked', T0);
      expect(idsOf(await walk(store, outage))).toEqual(['sub_2']);
    });

    it('of a regional fault holds who gave a region it touches, and who gave none', async () => {
      const store = await open();
      const regions = [null, 'busan', 'busan-haeundae', 'busan-nam', 'seoul'];
      await makeChats(store, regions.length);
      for (const [n, region] of regions.entries()) {
        await store.subscribers.change(`sub_${n + 1}`, { region });
        await subscribe(store, `sub_${n + 1}`, 'service', 'gov24');
      }
      const scope = ['busan', 'busan-haeundae'];
      expect(idsOf(await walk(store, { ...outage, scope }))).toEqual(['sub_1', 'sub_2', 'sub_3']);
      expect(idsOf(await walk(store, { ...outage, scope: [] }))).toEqual(['sub_1']);
      expect(idsOf(await walk(store, outage))).toHaveLength(5);
    });

    it('says who follows one of the services', async () => {
      const store = await open();
      await makeChats(store, 2);
      await subscribe(store, 'sub_1', 'agency', 'mois');
      await subscribe(store, 'sub_2', 'agency', 'mois');
      await follow(store, 'sub_1', 'hometax');
      await follow(store, 'sub_2', 'certificate');
      expect((await walk(store, outage)).map((r) => r.follows)).toEqual([false, true]);
    });

    it('comes with the whole subscriber', async () => {
      const store = await open();
      const [made] = await makeChats(store, 1);
      await subscribe(store, 'sub_1', 'service', 'gov24');
      expect(await walk(store, outage)).toEqual([{ subscriber: made as Subscriber, follows: false }]);
    });

    it('is nobody when it names nothing and nobody wants everything', async () => {
      const store = await open();
      await makeChats(store, 1);
      const empty = { ...outage, services: [], agencies: [], categories: [] };
      expect(await walk(store, empty)).toEqual([]);
    });

    it('of more than a thousand is walked without repeating or missing one', async () => {
      const store = await open();
      const ids = subscriberIds(1203);
      await store.transaction(async (tables) => {
        for (const [n, id] of ids.entries()) {
          await tables.subscribers.ensure(chat(id), { id, hint: null, at: T0 });
          const kinds = [
            ['service', 'gov24'],
            ['agency', 'mois'],
            ['category', 'civil'],
          ] as const;
          for (const [kind, target] of kinds.slice(n % 3)) {
            await tables.subscriptions.add({ subscriber: id, target: { kind, id: target }, createdAt: T0 });
          }
        }
      });
      for (const limit of [100, 500, 1203]) expect(idsOf(await walk(store, outage, limit))).toEqual(ids);
    });
  });

  describe('an audience of those told', () => {
    const told: Audience = { kind: 'told', incident: 'inc_1', services: ['gov24'] };

    it('holds who was told, or may have been, of any notice of the incident, each once', async () => {
      const store = await open();
      await makeChats(store, 9);
      await makeCampaign(store, 1);
      await makeCampaign(store, 2);
      await makeCampaign(store, 3, { notice: { incident: 'inc_2' } });
      const states: readonly Delivery['state'][] = [
        'sent',
        'sending',
        'uncertain',
        'ready',
        'ended',
        'failed',
      ];
      for (const [n, state] of states.entries()) {
        await store.deliveries.insertMany(deliveriesTo(1, [`sub_${n + 1}`], { state }));
      }
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1', 'sub_8'], { state: 'sent' }));
      await store.deliveries.insertMany(deliveriesTo(3, ['sub_9'], { state: 'sent' }));
      expect(idsOf(await walk(store, told))).toEqual(['sub_1', 'sub_2', 'sub_3', 'sub_8']);
    });

    it('holds who follows one of the services though they were told nothing, and says so', async () => {
      const store = await open();
      await makeChats(store, 4);
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2'], { state: 'sent' }));
      await follow(store, 'sub_2', 'gov24');
      await follow(store, 'sub_3', 'gov24');
      await follow(store, 'sub_4', 'hometax');
      const recipients = await walk(store, told);
      expect(recipients.map((r) => [r.subscriber.id, r.follows])).toEqual([
        ['sub_1', false],
        ['sub_2', true],
        ['sub_3', true],
      ]);
    });

    it('holds neither the erased nor the ended', async () => {
      const store = await open();
      await makeChats(store, 3);
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2', 'sub_3'], { state: 'sent' }));
      await store.subscribers.erase('sub_1');
      await store.subscribers.end('sub_2', 'blocked', T0);
      expect(idsOf(await walk(store, told))).toEqual(['sub_3']);
    });

    it('is found however many notices the incident had', async () => {
      const store = await open();
      await makeChats(store, 2);
      await store.transaction(async (tables) => {
        for (let n = 1; n <= 60; n++) await makeCampaign(tables, n);
      });
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1'], { state: 'sent' }));
      await store.deliveries.insertMany(deliveriesTo(60, ['sub_1', 'sub_2'], { state: 'sent' }));
      expect(idsOf(await walk(store, told))).toEqual(['sub_1', 'sub_2']);
    });

    it('is nobody for an incident without notices', async () => {
      const store = await open();
      expect(await walk(store, { ...told, services: [] })).toEqual([]);
    });
  });

  describe('an audience of everyone', () => {
    it('is who accepted announcements or subscribed to something, less who refused unless it is critical', async () => {
      const store = await open();
      await makeChats(store, 6);
      await store.subscribers.change('sub_1', { announcements: true });
      await subscribe(store, 'sub_2', 'service', 'gov24');
      await store.subscribers.change('sub_3', { announcements: false });
      await subscribe(store, 'sub_3', 'service', 'gov24');
      await store.subscribers.change('sub_5', { announcements: true });
      await store.subscribers.end('sub_5', 'blocked', T0);
      await store.subscribers.change('sub_6', { announcements: true, region: 'busan' });
      expect(idsOf(await walk(store, { kind: 'everyone', critical: false }))).toEqual([
        'sub_1',
        'sub_2',
        'sub_6',
      ]);
      expect(idsOf(await walk(store, { kind: 'everyone', critical: true }))).toEqual([
        'sub_1',
        'sub_2',
        'sub_3',
        'sub_6',
      ]);
    });

    it('follows nothing', async () => {
      const store = await open();
      await makeChats(store, 1);
      await store.subscribers.change('sub_1', { announcements: true });
      await follow(store, 'sub_1', 'gov24');
      const [recipient] = await walk(store, { kind: 'everyone', critical: false });
      expect(recipient?.follows).toBe(false);
    });
  });

  it('a stored audience finds the same people as the one it was made from', async () => {
    const store = await open();
    await makeChats(store, 1);
    await subscribe(store, 'sub_1', 'category', 'civil');
    await makeCampaign(store, 1, { notice: { audience: outage } });
    const stored = (await store.notices.get('ntc_1'))?.audience ?? notice().audience;
    expect(stored).toEqual(outage);
    expect(idsOf(await walk(store, stored))).toEqual(['sub_1']);
  });
}
