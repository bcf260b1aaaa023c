import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import { statusOf } from '../../src/domain/status.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { currentFacts } from '../../src/operations/facts.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import {
  advanceMaintenances,
  cancelMaintenance,
  type MaintenanceInput,
  scheduleMaintenance,
} from '../../src/operations/maintenance.ts';
import { follow } from '../../src/operations/subscriptions.ts';
import { actorOf, chat, NOON, type TestWorld, testWorld } from '../support/context.ts';

const HOUR = 3600;
const message = { ko: '정기 점검입니다.', en: 'Scheduled maintenance.' };
const input: MaintenanceInput = {
  services: ['gov24'],
  startsAt: plusSeconds(NOON, HOUR),
  endsAt: plusSeconds(NOON, 3 * HOUR),
  message,
};
const operator = actorOf('mois');

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const schedule = async (more: Partial<MaintenanceInput> = {}) => {
  const outcome = await scheduleMaintenance(world.context, operator, { ...input, ...more });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};
/** The notices so far, by their numbers of the day. */
const notices = async () => {
  const found = [];
  for (let nth = 1; ; nth++) {
    const notice = await world.context.store.notices.byCode(`2023-1117-${nth}`);
    if (notice === null) return found;
    found.push(notice);
  }
};
const status = async () =>
  statusOf('gov24', await currentFacts(world.context.store, world.clock.now()), world.context.catalogue);

describe('a maintenance window', () => {
  it('is told when planned, opens and closes by the clock, and is told at its end', async () => {
    const { record, notice } = await schedule();
    expect(record).toMatchObject({ state: 'scheduled', agency: 'mois', revision: 1 });
    expect(await notices()).toMatchObject([
      {
        id: notice?.id,
        kind: 'maintenance',
        severity: 'info',
        incident: null,
        maintenance: record.id,
        audience: { kind: 'subscribers', services: ['gov24', 'resident-certificate'] },
        fact: {
          phase: 'scheduled',
          services: [{ id: 'gov24', status: 'maintenance' }],
          endedAt: input.endsAt,
        },
      },
    ]);
    expect(await advanceMaintenances(world.context)).toBe(0);
    expect(await status()).toMatchObject({ availability: 'operational', upcoming: { id: record.id } });

    world.clock.forward(HOUR);
    expect(await advanceMaintenances(world.context)).toBe(1);
    expect(await status()).toMatchObject({ availability: 'maintenance', since: input.startsAt });
    expect(await notices()).toHaveLength(1);

    world.clock.forward(2 * HOUR);
    expect(await advanceMaintenances(world.context)).toBe(1);
    expect(await advanceMaintenances(world.context)).toBe(0);
    expect(await status()).toMatchObject({ availability: 'operational', maintenance: null });
    expect((await notices())[1]).toMatchObject({
      fact: { phase: 'completed', services: [{ id: 'gov24', status: 'operational' }] },
    });
    expect((await notices()).length).toBe(2);
  });

  it('moves once when two replicas tick at the same time', async () => {
    await schedule();
    world.clock.forward(3 * HOUR);
    const moved = await Promise.all([advanceMaintenances(world.context), advanceMaintenances(world.context)]);
    expect(moved.sort()).toEqual([0, 1]);
    expect(await notices()).toHaveLength(2);
  });

  it('answers at its end those who asked to be told when it is back, and only them', async () => {
    await schedule();
    world.clock.forward(HOUR);
    await advanceMaintenances(world.context);
    const subscriber = await ensureChat(world.context, chat('1'), 'ko');
    expect(await follow(world.context, subscriber, 'gov24')).toEqual({ added: true, needed: true });
    world.clock.forward(2 * HOUR);
    await advanceMaintenances(world.context);
    const [, , restored] = await notices();
    expect(restored).toMatchObject({
      kind: 'restoration',
      fact: { services: [{ id: 'gov24' }], phase: 'completed' },
    });
    if (restored === undefined) throw new Error('no notice');
    const audience = await world.context.store.deliveries.audience(restored.audience, null, 10);
    expect(audience.map((r) => r.subscriber.id)).toEqual([subscriber.id]);
  });

  it('called off or over says nothing more of what was not sent yet', async () => {
    const stateOf = async (id: string | undefined) =>
      (await world.context.store.campaigns.byNotice(id ?? ''))?.state;
    const { record, notice } = await schedule();
    await cancelMaintenance(world.context, operator, record.id, {});
    expect(await stateOf(notice?.id)).toBe('superseded');
    const other = await schedule();
    world.clock.forward(3 * HOUR);
    await advanceMaintenances(world.context);
    expect(await stateOf(other.notice?.id)).toBe('superseded');
    const done = (await notices()).at(-1);
    expect(await stateOf(done?.id)).toBe('holding');
  });

  it('is not called over where an incident still holds the service down', async () => {
    await schedule();
    world.clock.forward(HOUR);
    await advanceMaintenances(world.context);
    await declareIncident(world.context, operator, {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message,
    });
    const subscriber = await ensureChat(world.context, chat('1'), 'ko');
    await follow(world.context, subscriber, 'gov24');
    world.clock.forward(2 * HOUR);
    await advanceMaintenances(world.context);
    const all = await notices();
    expect(all).toHaveLength(3);
    expect(all[2]?.fact).toMatchObject({ phase: 'completed', services: [{ status: 'major_outage' }] });
  });

  it('whose end was long ago ends silently', async () => {
    await schedule();
    world.clock.forward(10 * HOUR);
    expect(await advanceMaintenances(world.context)).toBe(1);
    expect(await notices()).toHaveLength(1);
  });

  it('can be called off, which is told, but not twice and not when it is over', async () => {
    const { record } = await schedule();
    const reason = { ko: '연기합니다.', en: 'Postponed.' };
    const off = await cancelMaintenance(world.context, operator, record.id, { message: reason });
    expect(off).toMatchObject({ ok: true, value: { record: { state: 'cancelled', revision: 2 } } });
    expect((await notices())[1]).toMatchObject({ fact: { phase: 'cancelled', message: reason } });
    expect(await cancelMaintenance(world.context, operator, record.id, {})).toMatchObject({
      problem: { code: 'illegal_move', params: { from: 'cancelled', to: 'cancelled' } },
    });
    const { record: other } = await schedule();
    world.clock.forward(4 * HOUR);
    expect(await cancelMaintenance(world.context, operator, other.id, {})).toMatchObject({
      problem: { code: 'illegal_move', params: { from: 'completed' } },
    });
  });

  it('may begin at once when it is an emergency, and is told as important', async () => {
    const { record } = await schedule({ startsAt: plusSeconds(NOON, -600), emergency: true });
    expect(record.state).toBe('in_progress');
    expect((await notices())[0]).toMatchObject({ severity: 'important', fact: { emergency: true } });
  });

  it.each<[string, Partial<MaintenanceInput>, string]>([
    ['no service', { services: [] }, 'invalid services'],
    ['an unknown service', { services: ['gov24', 'x'] }, 'unknown_service services[1]'],
    ["another agency's service", { services: ['hometax'] }, 'wrong_agency services[0]'],
    ['an end before its start', { endsAt: input.startsAt }, 'time_order endsAt'],
    ['a start that is past', { startsAt: plusSeconds(NOON, -61) }, 'in_the_past startsAt'],
    ['a link', { message: { ko: 'gov.kr', en: 'x' } }, 'contains_link message.ko'],
    [
      'an emergency that is over',
      { startsAt: plusSeconds(NOON, -20), endsAt: plusSeconds(NOON, -10), emergency: true },
      'in_the_past endsAt',
    ],
  ])('is refused for %s', async (_, more, expected) => {
    const outcome = await scheduleMaintenance(world.context, operator, { ...input, ...more });
    expect(outcome.ok ? null : `${outcome.problem.code} ${outcome.problem.field}`).toBe(expected);
  });

  it('is found by its own id and agency only', async () => {
    expect(await cancelMaintenance(world.context, operator, 'mnt_0', {})).toMatchObject({
      problem: { code: 'not_found' },
    });
    const { record } = await schedule();
    expect(await cancelMaintenance(world.context, actorOf('nts'), record.id, {})).toMatchObject({
      problem: { code: 'wrong_agency' },
    });
  });
});
