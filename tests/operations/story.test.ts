import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SETTLED_AFTER_SECONDS } from '../../src/domain/flapping.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Subscriber } from '../../src/domain/subscriber.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import type { IncidentInput } from '../../src/operations/incident-input.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { subscribe } from '../../src/operations/subscriptions.ts';
import { actorOf, chat, type TestWorld, testWorld } from '../support/context.ts';
import { markTold } from '../support/told.ts';

const operator = actorOf('mois');
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

let world: TestWorld;
let first: Subscriber;
let second: Subscriber;
beforeEach(async () => {
  world = await testWorld();
  [first, second] = [await citizen('first'), await citizen('second')];
});
afterEach(() => world.close());

async function citizen(id: string): Promise<Subscriber> {
  const subscriber = await ensureChat(world.context, chat(id), 'ko');
  await subscribe(world.context, subscriber, { kind: 'service', id: 'gov24' });
  return subscriber;
}

async function out(more: Partial<IncidentInput> = {}) {
  world.clock.forward(1);
  const told = await declareIncident(world.context, operator, {
    services: [{ id: 'gov24', status: 'major_outage' }],
    state: 'investigating',
    message,
    ...more,
  });
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
  return { id: told.value.record.id, notice: told.value.notice.id };
}

async function move(id: string, state: 'resolved' | 'investigating'): Promise<string> {
  world.clock.forward(1);
  const told = await updateIncident(world.context, operator, id, { state, message });
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
  return told.value.notice.id;
}

async function read(id: string): Promise<Notice> {
  const notice = await world.context.store.notices.get(id);
  if (notice === null) throw new Error(`no notice ${id}`);
  return notice;
}

const heldFor = async (notice: string) => {
  const campaign = await world.context.store.campaigns.byNotice(notice);
  const ms = Date.parse(campaign?.holdUntil ?? '') - Date.parse(campaign?.createdAt ?? '');
  return ms / 1000;
};
const stateOf = async (notice: string) => (await world.context.store.campaigns.byNotice(notice))?.state;
const reach = async (notice: string) => {
  const { deliveries } = world.context.store;
  const everybody = await deliveries.audience((await read(notice)).audience, null, 100);
  return everybody.map((r) => r.subscriber.chat.id).sort();
};
const unstableOf = async (id: string) =>
  (await world.context.store.notices.of(id)).filter((notice) => notice.fact.again === 'unstable');

/** Out and back, fifteen seconds each. */
async function flap(): Promise<string> {
  const { id } = await out();
  world.clock.forward(15);
  await move(id, 'resolved');
  world.clock.forward(15);
  return id;
}

describe('a service that goes out and comes back again and again', () => {
  it('is held longer the second time', async () => {
    await flap();
    const { notice } = await out();
    expect(await heldFor(notice)).toBe(30);
  });

  it('is called unstable the third time, to those who heard nothing yet, and once', async () => {
    const one = await out();
    await markTold(world.context, one.notice, first);
    world.clock.forward(15);
    await move(one.id, 'resolved');
    await flap();
    const third = await out();
    const [unstable, ...more] = await unstableOf(third.id);
    expect(more).toEqual([]);
    expect(unstable).toMatchObject({ kind: 'outage', fact: { again: 'unstable' } });
    expect(await reach(unstable?.id ?? '')).toEqual(['second']);
    expect(await heldFor(third.notice)).toBe(SETTLED_AFTER_SECONDS);
    await move(third.id, 'resolved');
    const fourth = await out();
    expect(await unstableOf(fourth.id)).toEqual([]);
    expect(await stateOf(unstable?.id ?? '')).toBe('holding');
  });

  it('is called unstable again after an hour of it, and no sooner', async () => {
    const said: string[] = [];
    for (let minutes = 0; minutes < 90; minutes += 5) {
      const [unstable] = await unstableOf(await flap());
      if (unstable !== undefined) said.push(unstable.createdAt);
      world.clock.forward(270);
    }
    expect(said).toHaveLength(2);
    const [once = '', again = ''] = said;
    expect(again >= plusSeconds(once, 3600)).toBe(true);
  });

  it('tells the end of it once it has stood, and what is unsent then is told no more', async () => {
    await flap();
    await flap();
    const third = await out();
    const [unstable] = await unstableOf(third.id);
    const back = await move(third.id, 'resolved');
    expect(await heldFor(back)).toBe(SETTLED_AFTER_SECONDS);
    expect(await stateOf(third.notice)).toBe('superseded');
    expect((await read(back)).settles).toEqual([unstable?.id]);
    const again = await out();
    expect(await stateOf(back)).toBe('superseded');
    expect(await stateOf(again.notice)).toBe('holding');
  });

  it('tells the end of it to all whose last word was another, of whichever outage', async () => {
    const one = await out();
    await markTold(world.context, one.notice, first);
    await markTold(world.context, one.notice, second);
    const back = await move(one.id, 'resolved');
    await markTold(world.context, back, first);
    const two = await out();
    expect(await reach(await move(two.id, 'resolved'))).toEqual(['second']);
  });

  it('of a reopened incident does not repeat to anybody that it is back', async () => {
    const one = await out();
    await markTold(world.context, one.notice, first);
    await markTold(world.context, await move(one.id, 'resolved'), first);
    await move(one.id, 'investigating');
    expect(await reach(await move(one.id, 'resolved'))).toEqual([]);
  });

  it('is told without restraint when it is critical', async () => {
    for (let i = 0; i < 3; i++) {
      const { id, notice } = await out({ critical: true });
      expect(await heldFor(notice)).toBe(0);
      expect(await unstableOf(id)).toEqual([]);
      expect(await heldFor(await move(id, 'resolved'))).toBe(0);
    }
  });

  it('is another matter than the same service elsewhere, or than other services', async () => {
    await flap();
    const elsewhere = await out({ scope: ['busan'] });
    expect(await heldFor(elsewhere.notice)).toBe(10);
    const other = await out({ services: [{ id: 'kiosk', status: 'major_outage' }] });
    expect(await heldFor(other.notice)).toBe(10);
  });
});

describe('who asked to hear when it is back', () => {
  it('hears of a fault in a region only when that region is theirs, or they named none', async () => {
    const { context } = world;
    for (const [id, region] of [
      ['there', 'busan'],
      ['elsewhere', 'seoul'],
      ['anywhere', null],
    ] as const) {
      const subscriber = await ensureChat(context, chat(id), 'ko');
      await context.store.subscribers.change(subscriber.id, { region });
      await context.store.follows.add({
        subscriber: subscriber.id,
        service: 'kiosk',
        incident: null,
        createdAt: context.clock.now(),
        expiresAt: '2099-01-01T00:00:00.000Z',
      });
    }
    const { id } = await out({ services: [{ id: 'kiosk', status: 'major_outage' }], scope: ['busan'] });
    expect(await reach(await move(id, 'resolved'))).toEqual(['anywhere', 'there']);
  });
});
