import { beforeEach, expect, it } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import { ensureChat } from '../../src/operations/chats.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { advanceMaintenances, scheduleMaintenance } from '../../src/operations/maintenance.ts';
import { addOfficial, linkIdentity } from '../../src/operations/officials.ts';
import { reportProblem } from '../../src/operations/reports.ts';
import { chat, NOON, TestClock, type TestWorld, testWorld } from '../support/context.ts';
import { eachDatabase, emptyDatabase, openTestDatabase } from '../support/databases.ts';

const message = { ko: '안내', en: 'News' };
const console_ = { kind: 'console' } as const;

eachDatabase('two at once', (kind) => {
  let one: TestWorld;
  let two: TestWorld;
  beforeEach(async () => {
    const setting = await emptyDatabase(kind);
    const first = await openTestDatabase(setting, new TestClock());
    // SQLite waits for a lock by stopping the thread, so two connections need two processes: here it is two callers.
    const second = kind === 'sqlite' ? first : await openTestDatabase(setting, new TestClock());
    one = await testWorld({}, first);
    two = await testWorld({}, second);
    // Chance differs between two processes.
    for (let i = 0; i < 100; i++) two.clock.random();
  });

  const declare = async (world: TestWorld) => {
    const outcome = await declareIncident(world.context, console_, {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message,
    });
    if (!outcome.ok) throw new Error(outcome.problem.code);
    return outcome.value;
  };

  it('give their notices different numbers', async () => {
    const told = await Promise.all([one, two, one, two, one, two].map(declare));
    expect(told.map((t) => t.notice?.code).sort()).toEqual(
      [1, 2, 3, 4, 5, 6].map((nth) => `2023-1117-${nth}`),
    );
  });

  it('both update an incident, one after the other, and keep the whole story', async () => {
    const { record } = await declare(one);
    const worlds = [one, two, one, two];
    const outcomes = await Promise.all(
      worlds.map((w) => updateIncident(w.context, console_, record.id, { state: 'identified', message })),
    );
    expect(outcomes.map((o) => o.ok && o.value.record.revision).sort()).toEqual([2, 3, 4, 5]);
    const story = await one.context.store.incidents.updates(record.id);
    expect(story.map((u) => u.sequence)).toEqual([1, 2, 3, 4, 5]);
    const notices = await one.context.store.notices.of(record.id);
    expect(notices).toHaveLength(5);
    expect(await one.context.store.campaigns.active()).toHaveLength(1);
  });

  it('let only one of two writers through who saw the same revision', async () => {
    const { record } = await declare(one);
    const outcomes = await Promise.all(
      [one, two].map((w) =>
        updateIncident(w.context, console_, record.id, { state: 'monitoring', message, revision: 1 }),
      ),
    );
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect(outcomes.find((o) => !o.ok)).toMatchObject({ problem: { code: 'stale_revision' } });
  });

  it('close a window once and tell of it once', async () => {
    await scheduleMaintenance(one.context, console_, {
      services: ['gov24'],
      startsAt: plusSeconds(NOON, 60),
      endsAt: plusSeconds(NOON, 120),
      message,
    });
    one.clock.forward(121);
    two.clock.forward(121);
    const moved = await Promise.all([one, two].map((w) => advanceMaintenances(w.context)));
    expect(moved.sort()).toEqual([0, 1]);
    expect(await one.context.store.notices.byCode('2023-1117-2')).not.toBeNull();
    expect(await one.context.store.notices.byCode('2023-1117-3')).toBeNull();
  });

  it('make a chat once, use a link code once and count a report once', async () => {
    const made = await Promise.all([one, two].map((w) => ensureChat(w.context, chat('1'), 'ko')));
    expect(made[0]?.id).toBe(made[1]?.id);

    const added = await addOfficial(one.context, console_, {
      name: 'A',
      agency: 'mois',
      roles: ['operator'],
    });
    const code = added.ok ? added.value.linkCode : '';
    const linked = await Promise.all(
      [one, two].map((w, i) =>
        linkIdentity(w.context, code, { platform: 'slack', workspace: 'T', person: `U${i}` }),
      ),
    );
    expect(linked.filter((o) => o.ok)).toHaveLength(1);

    const report = { service: 'gov24', chat: chat('1'), person: 'p', region: null };
    const counted = await Promise.all([one, two].map((w) => reportProblem(w.context, report)));
    expect(counted.sort()).toEqual(['already', 'counted']);
  });
});
