import { describe, expect, it } from 'vitest';
import type { Follow, Target } from '../../src/domain/subscriber.ts';
import type { Store } from '../../src/ports/store.ts';
import {
  begin,
  chat,
  claimFrom,
  deliveriesTo,
  FENCE,
  LANE,
  makeCampaign,
  makeChats,
  requeue,
  settle,
  T0,
  t0Plus,
} from './store-samples.ts';

const toGov24: Target = { kind: 'service', id: 'gov24' };
const everything: Target = { kind: 'everything', id: '*' };

const follow = (subscriber: string, change: Partial<Follow> = {}): Follow => ({
  subscriber,
  service: 'gov24',
  incident: null,
  createdAt: T0,
  expiresAt: t0Plus(100),
  ...change,
});

/** Subscribers, their subscriptions and follows. */
export function keepsChats(open: () => Promise<Store>): void {
  describe('subscribers', () => {
    it('are made once a chat, however many ask at once', async () => {
      const { subscribers } = await open();
      const made = await Promise.all(
        [1, 2, 3, 4].map((n) =>
          subscribers.ensure(chat('42'), { id: `sub_${n}`, hint: n === 1 ? 'en' : null, at: T0 }),
        ),
      );
      expect(new Set(made.map((s) => s.id)).size).toBe(1);
      expect(await subscribers.count()).toEqual({ active: 1, ended: 0 });
      expect(await subscribers.byChat(chat('42'))).toEqual(made[0]);
      expect(await subscribers.byChat(chat('42', { platform: 'slack' }))).toBeNull();
      expect(await subscribers.byChat(chat('42', { workspace: 'other' }))).toBeNull();
    });

    it('begin active, with nothing chosen', async () => {
      const { subscribers } = await open();
      await subscribers.ensure(chat('42', { kind: 'group' }), { id: 'sub_1', hint: 'en', at: T0 });
      expect(await subscribers.get('sub_1')).toEqual({
        id: 'sub_1',
        chat: chat('42', { kind: 'group' }),
        language: null,
        hint: 'en',
        region: null,
        quietHours: null,
        announcements: null,
        state: 'active',
        endedBecause: null,
        createdAt: T0,
        seenAt: T0,
      });
      expect(await subscribers.get('sub_2')).toBeNull();
    });

    it('change only what is named, and take a choice back', async () => {
      const { subscribers } = await open();
      await makeChats({ subscribers }, 1);
      await subscribers.change('sub_1', { language: 'en', region: 'busan', quietHours: 'off' });
      await subscribers.change('sub_1', { announcements: false, seenAt: t0Plus(5) });
      await subscribers.change('sub_1', {});
      expect(await subscribers.get('sub_1')).toMatchObject({
        language: 'en',
        region: 'busan',
        quietHours: 'off',
        announcements: false,
        seenAt: t0Plus(5),
      });
      await subscribers.change('sub_1', { language: null, announcements: true });
      expect(await subscribers.get('sub_1')).toMatchObject({ language: null, announcements: true });
    });

    it('end with a reason and come back with their subscriptions as they were', async () => {
      const store = await open();
      await makeChats(store, 1);
      await store.subscriptions.add({ subscriber: 'sub_1', target: toGov24, createdAt: T0 });
      await store.subscribers.end('sub_1', 'blocked', t0Plus(1));
      await store.subscribers.end('sub_1', 'kicked', t0Plus(2));
      expect(await store.subscribers.get('sub_1')).toMatchObject({
        state: 'ended',
        endedBecause: 'blocked',
      });
      expect(
        await store.subscribers.ensure(chat('chat of sub_1'), { id: 'x', hint: null, at: T0 }),
      ).toMatchObject({
        id: 'sub_1',
        state: 'ended',
      });
      expect(await store.subscribers.count()).toEqual({ active: 0, ended: 1 });
      await store.subscribers.revive('sub_1', t0Plus(3));
      expect(await store.subscribers.get('sub_1')).toMatchObject({ state: 'active', endedBecause: null });
      expect(await store.subscriptions.of('sub_1')).toHaveLength(1);
    });

    it('of a workspace end together, with what was unsent to them', async () => {
      const store = await open();
      await makeChats(store, 2);
      const elsewhere = chat('C1', { platform: 'slack', workspace: 'T1' });
      await store.subscribers.ensure(elsewhere, { id: 'sub_9', hint: null, at: T0 });
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_9']));
      expect(await store.subscribers.endWorkspace('telegram', 'allim', 'revoked', T0)).toBe(2);
      expect(await store.subscribers.count()).toEqual({ active: 1, ended: 2 });
      expect((await store.deliveries.get('cmp_1.sub_1'))?.state).toBe('ended');
      expect((await store.deliveries.get('cmp_1.sub_9'))?.state).toBe('ready');
    });
  });

  describe('a chat that moves', () => {
    it('keeps everything under its new id, except message ids, which die', async () => {
      const store = await open();
      await makeChats(store, 1);
      await store.subscriptions.add({ subscriber: 'sub_1', target: toGov24, createdAt: T0 });
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1']));
      await sendAll(store, 'm1');
      await store.subscribers.move(chat('chat of sub_1'), '-100', t0Plus(1));
      expect(await store.subscribers.byChat(chat('chat of sub_1'))).toBeNull();
      expect(await store.subscribers.byChat(chat('-100'))).toMatchObject({ id: 'sub_1' });
      expect(await store.subscriptions.of('sub_1')).toHaveLength(1);
      expect(await store.deliveries.get('cmp_1.sub_1')).toMatchObject({ state: 'sent', messageId: null });
    });

    it('merges into the one already there: the choices of both, each notice once, counts unchanged', async () => {
      const store = await open();
      await makeChats(store, 2);
      await store.subscribers.change('sub_1', { language: 'en', region: 'busan' });
      await store.subscribers.change('sub_2', { region: 'seoul' });
      await store.subscribers.end('sub_2', 'kicked', T0);
      await store.subscribers.revive('sub_2', T0);
      for (const subscriber of ['sub_1', 'sub_2']) {
        await store.subscriptions.add({ subscriber, target: toGov24, createdAt: T0 });
      }
      await store.subscriptions.add({ subscriber: 'sub_1', target: everything, createdAt: T0 });
      await store.follows.add(follow('sub_1'));
      await makeCampaign(store, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2']));
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1']));

      await store.subscribers.move(chat('chat of sub_1'), 'chat of sub_2', t0Plus(1));

      expect(await store.subscribers.get('sub_1')).toBeNull();
      expect(await store.subscribers.get('sub_2')).toMatchObject({
        state: 'active',
        language: 'en',
        region: 'seoul',
      });
      expect((await store.subscriptions.of('sub_2')).map((s) => s.target)).toEqual(
        expect.arrayContaining([toGov24, everything]),
      );
      expect(await store.subscriptions.of('sub_2')).toHaveLength(2);
      expect(await store.follows.of('sub_2', T0)).toHaveLength(1);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 2,
        deliveries: { ready: 1, ended: 1 },
      });
      expect(await store.deliveries.get('cmp_2.sub_1')).toBeNull();
      expect(await store.deliveries.get('cmp_2.sub_2')).toMatchObject({
        subscriber: 'sub_2',
        state: 'ready',
      });
    });

    it('is brought back by the living one it merges with', async () => {
      const { subscribers } = await open();
      await makeChats({ subscribers }, 2);
      await subscribers.end('sub_2', 'kicked', T0);
      await subscribers.move(chat('chat of sub_1'), 'chat of sub_2', T0);
      expect(await subscribers.get('sub_2')).toMatchObject({ state: 'active', endedBecause: null });
    });

    it('is left alone when it is not known or moves nowhere', async () => {
      const { subscribers } = await open();
      await makeChats({ subscribers }, 1);
      await subscribers.move(chat('unknown'), 'chat of sub_1', T0);
      await subscribers.move(chat('chat of sub_1'), 'chat of sub_1', T0);
      expect(await subscribers.count()).toEqual({ active: 1, ended: 0 });
    });

    it('while a message to it is out: the message goes out again to the new id, once', async () => {
      const store = await open();
      await makeChats(store, 2);
      await makeCampaign(store, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2']));
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1']));
      const claims = await claimFrom(store, LANE, 10, T0, t0Plus(10));
      for (const { delivery } of claims) await begin(store, delivery.id, T0, t0Plus(10));
      await store.transaction(async (tables) => {
        await settle(tables, 'cmp_1.sub_1', { state: 'ready', dueAt: T0 }, T0);
        await tables.subscribers.move(chat('chat of sub_1'), 'chat of sub_2', T0);
      });
      await settle(store, 'cmp_1.sub_2', { state: 'sent', messageId: 'm' }, T0);
      const next = await claimFrom(store, LANE, 10, T0, t0Plus(10));
      expect(next.map((c) => [c.delivery.id, c.chat.id])).toEqual([['cmp_2.sub_2', 'chat of sub_2']]);
    });
  });

  describe('erasing a chat', () => {
    it('takes the person out of everything and leaves the counts of notices as they were', async () => {
      const store = await open();
      await makeChats(store, 2);
      await store.subscriptions.add({ subscriber: 'sub_1', target: toGov24, createdAt: T0 });
      await store.follows.add(follow('sub_1'));
      await makeCampaign(store, 1);
      await makeCampaign(store, 2);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1', 'sub_2']));
      await sendAll(store, 'm1');
      await store.deliveries.insertMany(deliveriesTo(2, ['sub_1', 'sub_2']));

      expect(await store.subscribers.erase('sub_1')).toEqual({
        chats: 1,
        subscriptions: 1,
        follows: 1,
        deliveries: 2,
      });
      expect(await store.subscribers.get('sub_1')).toBeNull();
      expect(await store.subscriptions.of('sub_1')).toEqual([]);
      expect(await store.follows.of('sub_1', T0)).toEqual([]);
      expect(await store.deliveries.sentTo('sub_1', 10)).toEqual([]);
      const ofNotice = async (id: string) =>
        (await store.deliveries.of(id, { limit: 9, cursor: null })).items;
      const [erased] = await ofNotice('ntc_1');
      expect(erased).toMatchObject({ state: 'sent', messageId: null });
      expect(JSON.stringify(erased)).not.toContain('sub_1');
      // Nor can what they were sent be put together again.
      expect((await ofNotice('ntc_2'))[0]?.subscriber).not.toBe(erased?.subscriber);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({
        audience: 2,
        deliveries: { sent: 2 },
      });
      expect(await store.campaigns.progress('ntc_2', T0)).toMatchObject({
        audience: 2,
        deliveries: { ready: 1, ended: 1 },
      });
    });

    it('while a message to it is out leaves that uncertain, and never sends it again', async () => {
      const store = await open();
      await makeChats(store, 1);
      await makeCampaign(store, 1);
      await store.deliveries.insertMany(deliveriesTo(1, ['sub_1']));
      const [claim] = await claimFrom(store, LANE, 1, T0, t0Plus(10));
      await begin(store, claim?.delivery.id ?? '', T0, t0Plus(10));
      await store.subscribers.erase('sub_1');
      await settle(store, 'cmp_1.sub_1', { state: 'ready', dueAt: T0 }, T0);
      expect(await requeue(store, LANE, T0)).toBe(0);
      expect(await store.campaigns.finish(T0, FENCE)).toBe(1);
      expect(await store.campaigns.progress('ntc_1', T0)).toMatchObject({ deliveries: { uncertain: 1 } });
    });

    it('of an unknown chat erases nothing', async () => {
      const { subscribers } = await open();
      expect(await subscribers.erase('sub_1')).toEqual({
        chats: 0,
        subscriptions: 0,
        follows: 0,
        deliveries: 0,
      });
    });
  });

  describe('subscriptions', () => {
    it('are there once, listed oldest first, and removed by name or all at once', async () => {
      const store = await open();
      await makeChats(store, 2);
      const add = (subscriber: string, target: Target, seconds: number) =>
        store.subscriptions.add({ subscriber, target, createdAt: t0Plus(seconds) });
      expect(await add('sub_1', everything, 2)).toBe(true);
      expect(await add('sub_1', toGov24, 1)).toBe(true);
      expect(await add('sub_1', toGov24, 3)).toBe(false);
      expect(await add('sub_2', toGov24, 1)).toBe(true);
      expect(await store.subscriptions.of('sub_1')).toEqual([
        { subscriber: 'sub_1', target: toGov24, createdAt: t0Plus(1) },
        { subscriber: 'sub_1', target: everything, createdAt: t0Plus(2) },
      ]);
      expect(await store.subscriptions.targets()).toEqual([
        { target: everything, subscribers: 1 },
        { target: toGov24, subscribers: 2 },
      ]);
      expect(await store.subscriptions.remove('sub_1', toGov24)).toBe(true);
      expect(await store.subscriptions.remove('sub_1', toGov24)).toBe(false);
      expect(await store.subscriptions.removeAll('sub_1')).toBe(1);
      expect(await store.subscriptions.removeAll('sub_1')).toBe(0);
      expect(await store.subscriptions.of('sub_2')).toHaveLength(1);
    });
  });

  describe('follows', () => {
    it('are one a service, until removed, fired or expired', async () => {
      const store = await open();
      await makeChats(store, 1);
      expect(await store.follows.add(follow('sub_1', { incident: 'inc_1' }))).toBe(true);
      expect(await store.follows.add(follow('sub_1'))).toBe(false);
      expect(await store.follows.add(follow('sub_1', { service: 'saeol', createdAt: t0Plus(1) }))).toBe(true);
      expect(await store.follows.add(follow('sub_1', { service: 'nps', expiresAt: t0Plus(9) }))).toBe(true);
      expect((await store.follows.of('sub_1', t0Plus(8))).map((f) => f.service)).toEqual([
        'gov24',
        'nps',
        'saeol',
      ]);
      expect((await store.follows.of('sub_1', t0Plus(9))).map((f) => f.service)).toEqual(['gov24', 'saeol']);
      expect(await store.follows.expire(t0Plus(9))).toBe(1);
      expect(await store.follows.remove('sub_1', 'saeol')).toBe(true);
      expect(await store.follows.remove('sub_1', 'saeol')).toBe(false);
      await store.follows.fired('sub_1', []);
      expect((await store.follows.of('sub_1', T0))[0]).toEqual(follow('sub_1', { incident: 'inc_1' }));
      await store.follows.fired('sub_1', ['gov24', 'other']);
      expect(await store.follows.of('sub_1', T0)).toEqual([]);
    });

    it('that ran out can be asked for anew before anybody swept them away', async () => {
      const store = await open();
      await makeChats(store, 1);
      await store.follows.add(follow('sub_1', { expiresAt: t0Plus(5) }));
      const again = follow('sub_1', { createdAt: t0Plus(5), expiresAt: t0Plus(50) });
      expect(await store.follows.add(again)).toBe(true);
      expect(await store.follows.of('sub_1', t0Plus(10))).toEqual([again]);
    });
  });
}

/** Claims and sends all that is ready. */
async function sendAll(store: Store, messageId: string): Promise<void> {
  for (const { delivery } of await claimFrom(store, LANE, 100, T0, t0Plus(10))) {
    await begin(store, delivery.id, T0, t0Plus(10));
    await settle(store, delivery.id, { state: 'sent', messageId }, T0);
  }
}
