import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CampaignProgress } from '../../src/domain/campaign.ts';
import type { IncidentInput } from '../../src/operations/incident-input.ts';
import { declareIncident, updateIncident, withdrawIncident } from '../../src/operations/incidents.ts';
import { actorOf } from '../support/context.ts';
import { eachDatabase } from '../support/databases.ts';
import { until } from '../support/program.ts';
import { type OutboxWorld, outboxWorld } from './outbox-world.ts';

const official = actorOf('mois');
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

async function declare(world: OutboxWorld, more: Partial<IncidentInput> = {}) {
  const input: IncidentInput = {
    services: [{ id: 'gov24', status: 'major_outage' }],
    state: 'investigating',
    message,
    ...more,
  };
  const told = await declareIncident(world.context, official, input);
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
  return { incident: told.value.record.id, notice: told.value.notice.id };
}

async function change(world: OutboxWorld, incident: string, state: 'resolved' | 'monitoring' | 'identified') {
  const told = await updateIncident(world.context, official, incident, { state, message });
  if (!told.ok || told.value.notice === null) throw new Error(JSON.stringify(told));
  return told.value.notice.id;
}

/** Waits until nothing of the notice is under way. */
const finished = (world: OutboxWorld, notice: string): Promise<CampaignProgress> =>
  until(`the end of ${notice}`, async () => {
    const progress = await world.store.campaigns.progress(notice, world.clock.now());
    return progress?.finishedAt == null ? null : progress;
  });

const sum = ({ deliveries }: CampaignProgress): number =>
  Object.values(deliveries).reduce((a, b) => a + b, 0);

eachDatabase('delivery', (kind) => {
  let world: OutboxWorld;
  beforeEach(async () => {
    world = await outboxWorld(kind);
  });
  afterEach(() => world.close());

  it('tells every subscriber once, and counts them', async () => {
    for (let i = 0; i < 30; i++) await world.subscribe(`c${i}`);
    await world.subscribe('other', { service: 'hometax' });
    world.sender();
    const { notice } = await declare(world);
    const progress = await finished(world, notice);
    expect(progress.audience).toBe(30);
    expect(progress.deliveries.sent).toBe(30);
    expect(sum(progress)).toBe(progress.audience);
    expect(new Set(world.messenger.chats()).size).toBe(30);
    expect(world.messenger.seen).toHaveLength(30);
  });

  it('sends nothing while the lane is paused, and everything afterwards', async () => {
    for (let i = 0; i < 6; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 20;
    world.messenger.script('c0', { kind: 'retry', afterSeconds: 0.6, scope: 'lane', why: '429' });
    world.sender();
    const { notice } = await declare(world);
    const progress = await finished(world, notice);
    expect(progress.deliveries.sent).toBe(6);
    const refused = world.messenger.seen.find((s) => s.chat === 'c0')?.atMs ?? 0;
    const tooSoon = world.messenger.seen.filter((s) => s.atMs > refused + 5 && s.atMs < refused + 590);
    expect(tooSoon).toEqual([]);
  });

  it('a long pause outlives the process: the next one heeds it', async () => {
    await world.subscribe('c0');
    world.messenger.script('c0', { kind: 'retry', afterSeconds: 3_600, scope: 'lane', why: '429' });
    const first = world.sender('first');
    await declare(world);
    await until('the refusal', () => world.messenger.seen.length === 1);
    await first.stop();
    world.sender('second');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(world.messenger.seen).toHaveLength(1);
    world.clock.forward(3_600);
    await until('the message', () => world.messenger.seen.length === 2);
  });

  it('a chat that must wait holds up nobody else', async () => {
    for (let i = 0; i < 4; i++) await world.subscribe(`c${i}`);
    world.messenger.script('c0', { kind: 'retry', afterSeconds: 0.5, scope: 'chat', why: '429' });
    world.sender();
    const { notice } = await declare(world);
    await finished(world, notice);
    expect(world.messenger.seen.at(-1)?.chat).toBe('c0');
    expect(world.messenger.seen).toHaveLength(5);
  });

  it('after six certain failures a delivery is a dead letter', async () => {
    await world.subscribe('c0');
    const failure = { kind: 'retry', afterSeconds: 0, scope: 'chat', why: 'refused' } as const;
    world.messenger.script('c0', failure, failure, failure, failure, failure, failure, failure);
    world.sender();
    const { notice } = await declare(world);
    const progress = await finished(world, notice);
    expect(progress.deliveries.failed).toBe(1);
    expect(world.messenger.seen).toHaveLength(6);
  });

  it('an ended chat costs no call in the next campaign', async () => {
    await world.subscribe('c0');
    await world.subscribe('c1');
    world.messenger.script('c0', { kind: 'gone', why: 'blocked' });
    world.sender();
    const { incident, notice } = await declare(world);
    expect((await finished(world, notice)).deliveries).toMatchObject({ sent: 1, ended: 1 });
    const again = await change(world, incident, 'identified');
    expect(await finished(world, again)).toMatchObject({ audience: 1 });
    expect(world.messenger.chats()).toEqual(['c0', 'c1', 'c1']);
  });

  it('a chat that moved hears the same notice under its new id', async () => {
    await world.subscribe('-100');
    world.messenger.script('-100', { kind: 'moved', to: '-100200' });
    world.sender();
    const { notice } = await declare(world);
    expect((await finished(world, notice)).deliveries.sent).toBe(1);
    expect(world.messenger.seen.map((s) => s.chat)).toEqual(['-100', '-100200']);
  });

  it('a text that the platform refuses is stopped in its language before it burns the audience; the other goes on', async () => {
    for (let i = 0; i < 40; i++) {
      await world.subscribe(`c${i}`, { language: i % 2 === 0 ? 'ko' : 'en' });
      if (i % 2 === 0)
        world.messenger.script(`c${i}`, { kind: 'refused', why: 'too long', fault: 'content' });
    }
    world.messenger.ratePerSecond = 30;
    world.sender();
    const { notice } = await declare(world);
    const progress = await until('the other language', async () => {
      const now = await world.store.campaigns.progress(notice, world.clock.now());
      return now?.deliveries.sent === 20 ? now : null;
    });
    expect(progress.deliveries).toMatchObject({ failed: 2, ready: 18 });
    expect(sum(progress)).toBe(40);
    const refused = world.messenger.seen.filter(({ chat }) => Number(chat.slice(1)) % 2 === 0);
    expect(refused.length).toBeLessThanOrEqual(7);
  });

  it('a chat that forbids us to write is not tried with the next notice, and hears again once it speaks to us', async () => {
    const subscriber = await world.subscribe('c0');
    await world.subscribe('c1');
    world.messenger.script('c0', { kind: 'refused', why: 'CHAT_WRITE_FORBIDDEN', fault: 'chat' });
    world.sender();
    const { incident, notice } = await declare(world);
    expect((await finished(world, notice)).deliveries).toMatchObject({ sent: 1, ended: 1 });
    await finished(world, await change(world, incident, 'identified'));
    expect(world.messenger.chats()).toEqual(['c0', 'c1', 'c1']);
    await world.store.subscribers.revive(subscriber.id, world.clock.now());
    await finished(world, await change(world, incident, 'monitoring'));
    expect(world.messenger.chats()).toEqual(['c0', 'c0', 'c1', 'c1', 'c1']);
  });

  it('a chat that the platform does not know ends only when it is unknown on another day too', async () => {
    const subscriber = await world.subscribe('c0');
    const unknown = { kind: 'suspect', why: 'chat not found' } as const;
    world.messenger.script('c0', unknown, unknown, unknown);
    world.sender();
    const state = async () => (await world.store.subscribers.get(subscriber.id))?.state;
    const { incident, notice } = await declare(world);
    expect((await finished(world, notice)).deliveries.failed).toBe(1);
    await finished(world, await change(world, incident, 'identified'));
    expect(await state()).toBe('active');
    world.clock.forward(24 * 3_600);
    await finished(world, await change(world, incident, 'monitoring'));
    expect(await state()).toBe('ended');
  });

  it('a limit that an answer met holds for the notices too', async () => {
    for (let i = 0; i < 40; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 20;
    const sender = world.sender();
    await declare(world);
    await until('the first few', () => world.messenger.seen.length >= 3);
    await sender.heedLimit('telegram:bot', 1, '429');
    const toldMs = performance.now();
    await until('the rest', () => world.messenger.seen.length === 40);
    expect(world.messenger.seen.filter(({ atMs }) => atMs > toldMs && atMs < toldMs + 1_000)).toEqual([]);
  });

  it('an uncertain delivery is sent once more, silently, and never a third time', async () => {
    await world.subscribe('c0');
    const lost = { kind: 'uncertain', why: 'timeout' } as const;
    world.messenger.script('c0', lost, lost, lost);
    world.sender();
    const { notice } = await declare(world);
    const progress = await finished(world, notice);
    expect(world.messenger.seen.map((s) => s.silent)).toEqual([false, true]);
    expect(progress.deliveries.uncertain).toBe(1);
    expect(progress.resent).toBe(1);
  });

  it('what a dead sender left on the wire becomes uncertain once its lease is over', async () => {
    await world.subscribe('c0');
    world.messenger.script('c0', 'hang');
    const dead = world.sender('dead');
    const { notice } = await declare(world);
    await until('the request', () => world.messenger.seen.length === 1);
    world.clock.forward(60);
    dead.wake();
    world.sender('alive');
    const progress = await finished(world, notice);
    expect(progress.deliveries.sent).toBe(1);
    expect(progress.resent).toBe(1);
  });

  it('a successor that sees its predecessor dead takes over at once: what was on the wire goes again, silently', async () => {
    for (let i = 0; i < 12; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 50;
    for (let i = 0; i < 12; i++) world.messenger.script(`c${i}`, 'hang');
    world.sender('dead');
    const { notice } = await declare(world);
    await until('requests', () => world.messenger.seen.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const onTheWire = world.messenger.seen.length;
    for (let i = 0; i < 12; i++) world.messenger.script(`c${i}`);
    world.bury('dead');
    world.sender('heir');
    const progress = await until(
      'the rest',
      async () => {
        const now = await world.store.campaigns.progress(notice, world.clock.now());
        return now?.deliveries.sent === 12 ? now : null;
      },
      4_000,
    );
    expect(progress.resent).toBe(onTheWire);
    expect(world.messenger.seen.filter((s) => s.silent)).toHaveLength(onTheWire);
    expect(world.messenger.seen).toHaveLength(12 + onTheWire);
  });

  it('a restoration calls off what is unsent and tells exactly those who were told', async () => {
    for (let i = 0; i < 10; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 10;
    world.sender();
    const { incident, notice } = await declare(world);
    await until('the first few', () => world.messenger.seen.length >= 3);
    const restored = await change(world, incident, 'resolved');
    await finished(world, restored);
    const outage = await world.store.campaigns.progress(notice, world.clock.now());
    const told = world.messenger.seen.filter((s) => s.headline.startsWith('[outage]')).map((s) => s.chat);
    const freed = world.messenger.seen
      .filter((s) => s.headline.startsWith('[restoration]'))
      .map((s) => s.chat);
    expect(told.length).toBeLessThan(10);
    expect(freed.sort()).toEqual(told.sort());
    expect(outage?.deliveries.superseded).toBeGreaterThan(0);
  });

  it('within the hold a mistake or a blip tells nobody', async () => {
    await world.close();
    world = await outboxWorld(kind, 60);
    await world.subscribe('c0');
    world.sender();
    const { incident } = await declare(world);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(world.messenger.seen).toEqual([]);
    const correction = await withdrawIncident(world.context, official, incident, { message });
    expect(correction.ok).toBe(true);
    world.clock.forward(120);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(world.messenger.seen).toEqual([]);
  });

  it('whoever asked to be told when it is back hears it once, subscriber or not, and the follow ends', async () => {
    const follower = await world.follow('f0');
    world.sender();
    const { incident } = await declare(world);
    const restored = await change(world, incident, 'resolved');
    await finished(world, restored);
    expect(world.messenger.seen.map((s) => [s.chat, s.headline.slice(0, 13)])).toEqual([
      ['f0', '[restoration]'],
    ]);
    expect(await world.store.follows.of(follower.id, world.clock.now())).toEqual([]);
  });

  it('at night the ordinary waits for the morning, and the critical and the asked-for do not', async () => {
    await world.subscribe('sleeper', { quietHours: '13:00-16:00' });
    await world.follow('sleeper');
    await world.subscribe('dozer', { quietHours: '13:00-16:00' });
    world.sender();
    const ordinary = await declare(world);
    await until('the hold', async () => {
      const progress = await world.store.campaigns.progress(ordinary.notice, world.clock.now());
      return progress?.deliveries.held === 2;
    });
    expect(world.messenger.seen).toEqual([]);
    await declare(world, { services: [{ id: 'kiosk', status: 'major_outage' }], critical: true });
    await world.subscribe('critical', { service: 'kiosk', quietHours: '13:00-16:00' });
    const critical = await declare(world, {
      services: [{ id: 'kiosk', status: 'major_outage' }],
      critical: true,
    });
    await finished(world, critical.notice);
    expect(world.messenger.chats()).toContain('critical');
    const restored = await change(world, ordinary.incident, 'resolved');
    await until('the one who asked', async () => {
      const progress = await world.store.campaigns.progress(restored, world.clock.now());
      return progress?.deliveries.sent === 1 && progress.deliveries.held === 1;
    });
    expect(
      world.messenger.seen.filter((s) => s.chat === 'sleeper').map((s) => s.headline.slice(0, 13)),
    ).toEqual(['[restoration]']);
    expect(world.messenger.chats()).not.toContain('dozer');
  });

  it('what was held is sent when the quiet hours end', async () => {
    await world.subscribe('sleeper', { quietHours: '13:00-16:00' });
    world.sender();
    const { notice } = await declare(world);
    await until('the hold', async () => {
      const progress = await world.store.campaigns.progress(notice, world.clock.now());
      return progress?.deliveries.held === 1;
    });
    world.clock.forward(2 * 3_600);
    expect((await finished(world, notice)).deliveries.sent).toBe(1);
  });

  it('at a modest rate at most four are on the wire at once, so a crash leaves no more than four in doubt', async () => {
    for (let i = 0; i < 12; i++) {
      await world.subscribe(`c${i}`);
      world.messenger.script(`c${i}`, 'hang');
    }
    world.messenger.ratePerSecond = 30;
    world.sender();
    await declare(world);
    await until('four on the wire', () => world.messenger.seen.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(world.messenger.seen).toHaveLength(4);
  });

  it('two processes share the work and double nothing', async () => {
    for (let i = 0; i < 40; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 200;
    world.sender('one');
    world.sender('two');
    const { notice } = await declare(world);
    await finished(world, notice);
    expect(world.messenger.seen).toHaveLength(40);
    expect(new Set(world.messenger.chats()).size).toBe(40);
  });

  it('a sender that stops hands over at once', async () => {
    for (let i = 0; i < 20; i++) await world.subscribe(`c${i}`);
    world.messenger.ratePerSecond = 20;
    const first = world.sender('one');
    const { notice } = await declare(world);
    await until('some', () => world.messenger.seen.length >= 5);
    await first.stop();
    const before = world.messenger.seen.length;
    world.sender('two');
    await until('the next', () => world.messenger.seen.length > before, 2_000);
    await finished(world, notice);
    expect(new Set(world.messenger.chats()).size).toBe(20);
    expect(world.messenger.seen).toHaveLength(20);
  });
});

describe('the region of a fault', () => {
  it('alarms those who gave that region or none, and nobody elsewhere', async () => {
    const world = await outboxWorld('sqlite');
    await world.subscribe('nowhere');
    await world.subscribe('haeundae', { region: 'busan-haeundae' });
    await world.subscribe('seoul', { region: 'seoul' });
    world.sender();
    const { notice } = await declare(world, { scope: ['busan'] });
    await finished(world, notice);
    expect(world.messenger.chats()).toEqual(['haeundae', 'nowhere']);
    await world.close();
  });
});
