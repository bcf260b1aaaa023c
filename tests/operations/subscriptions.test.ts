import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Subscriber, Target } from '../../src/domain/subscriber.ts';
import { changeSettings, ensureChat } from '../../src/operations/chats.ts';
import { declareIncident, updateIncident, withdrawIncident } from '../../src/operations/incidents.ts';
import { scheduleMaintenance } from '../../src/operations/maintenance.ts';
import { follow, subscribe, unfollow, unsubscribe } from '../../src/operations/subscriptions.ts';
import { chat, NOON, type TestWorld, testWorld } from '../support/context.ts';
import { markTold } from '../support/told.ts';

const message = { ko: '안내', en: 'News' };
const console_ = { kind: 'console' } as const;
const gov24: Target = { kind: 'service', id: 'gov24' };

let world: TestWorld;
let someone: Subscriber;
beforeEach(async () => {
  world = await testWorld();
  someone = await ensureChat(world.context, chat('1'), 'ko');
});
afterEach(() => world.close());

const outage = async (...services: string[]) => {
  const outcome = await declareIncident(world.context, console_, {
    services: services.map((id) => ({ id, status: 'major_outage' })),
    state: 'investigating',
    message,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};
const followed = async () =>
  (await world.context.store.follows.of(someone.id, world.clock.now())).map((f) => f.service);

describe('subscribing', () => {
  it('is done once', async () => {
    expect(await subscribe(world.context, someone, gov24)).toEqual({ added: true, followed: [] });
    expect(await subscribe(world.context, someone, gov24)).toEqual({ added: false, followed: [] });
  });

  it.each<[Target, readonly string[]]>([
    [gov24, ['gov24']],
    [{ kind: 'service', id: 'resident-certificate' }, ['resident-certificate']],
    [{ kind: 'agency', id: 'mois' }, ['gov24', 'kiosk']],
    [{ kind: 'category', id: 'tax' }, ['hometax']],
    [{ kind: 'everything', id: '*' }, ['gov24', 'kiosk', 'hometax']],
    [{ kind: 'service', id: 'efamily' }, []],
  ])('to %o during an outage follows what is down of it', async (target, expected) => {
    await outage('gov24', 'kiosk', 'hometax');
    expect((await subscribe(world.context, someone, target)).followed).toEqual(expected);
    expect([...(await followed())].sort()).toEqual([...expected].sort());
  });

  it('during a planned window follows nothing: its end is told anyway', async () => {
    await scheduleMaintenance(world.context, console_, {
      services: ['gov24'],
      startsAt: NOON,
      endsAt: plusSeconds(NOON, 60),
      message,
    });
    expect(await subscribe(world.context, someone, gov24)).toEqual({ added: true, followed: [] });
  });

  it('ends one by one, with the follow of the same service, or all at once', async () => {
    await outage('gov24');
    await subscribe(world.context, someone, gov24);
    await subscribe(world.context, someone, { kind: 'agency', id: 'nts' });
    expect(await unsubscribe(world.context, someone, gov24)).toBe(1);
    expect(await unsubscribe(world.context, someone, gov24)).toBe(0);
    expect(await followed()).toEqual([]);
    await subscribe(world.context, someone, gov24);
    expect(await unsubscribe(world.context, someone, 'all')).toBe(2);
    expect(await followed()).toEqual([]);
  });
});

describe('following', () => {
  it('waits only for what does not work now', async () => {
    expect(await follow(world.context, someone, 'gov24')).toEqual({ added: false, needed: false });
    const { record } = await outage('gov24');
    expect(await follow(world.context, someone, 'gov24')).toEqual({ added: true, needed: true });
    expect(await follow(world.context, someone, 'gov24')).toEqual({ added: false, needed: true });
    expect(await world.context.store.follows.of(someone.id, NOON)).toMatchObject([
      { service: 'gov24', incident: record.id, expiresAt: plusSeconds(NOON, 14 * 86_400) },
    ]);
    expect(await unfollow(world.context, someone, 'gov24')).toBe(true);
    expect(await unfollow(world.context, someone, 'gov24')).toBe(false);
  });

  it("waits for a fault in another region, too, and knows one's own", async () => {
    await declareIncident(world.context, console_, {
      services: [{ id: 'counter', status: 'major_outage' }],
      state: 'investigating',
      message,
      scope: ['busan'],
    });
    const here = await changeSettings(world.context, someone, { region: 'busan-haeundae' });
    expect(await follow(world.context, here, 'counter')).toMatchObject({ needed: true });
    expect(await follow(world.context, here, 'kiosk')).toMatchObject({ needed: false });
  });
});

describe('the audience of what an official does', () => {
  const reached = async (notice: { id: string } | null) => {
    const found = await world.context.store.notices.get(notice?.id ?? '');
    if (found === null) throw new Error('no notice');
    const rows = await world.context.store.deliveries.audience(found.audience, null, 100);
    return rows.map((r) => r.subscriber.chat.id).sort();
  };

  it('is the subscribers; at the restoration those who were told and those who follow', async () => {
    const told = await ensureChat(world.context, chat('told'), 'ko');
    const late = await ensureChat(world.context, chat('late'), 'en');
    const waiting = await ensureChat(world.context, chat('waiting'), 'en');
    await subscribe(world.context, told, { kind: 'service', id: 'resident-certificate' });
    const { record, notice } = await outage('gov24');
    expect(await reached(notice)).toEqual(['told']);
    await markTold(world.context, notice?.id ?? '', told);
    await follow(world.context, waiting, 'resident-certificate');
    const resolved = await updateIncident(world.context, console_, record.id, { state: 'resolved', message });
    await subscribe(world.context, late, gov24);
    expect(resolved.ok && (await reached(resolved.value.notice))).toEqual(['told', 'waiting']);
  });

  it('of a correction is those who were told, and nobody else', async () => {
    const told = await ensureChat(world.context, chat('told'), 'ko');
    await subscribe(world.context, someone, gov24);
    const { record, notice } = await outage('gov24');
    await markTold(world.context, notice?.id ?? '', told);
    const withdrawn = await withdrawIncident(world.context, console_, record.id, { message });
    expect(withdrawn.ok && (await reached(withdrawn.value.notice))).toEqual(['told']);
  });
});
