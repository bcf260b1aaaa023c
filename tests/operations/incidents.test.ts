import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INCIDENT_MOVES, INCIDENT_STATES, type IncidentState } from '../../src/domain/incident.ts';
import { plusSeconds } from '../../src/domain/instant.ts';
import type { Outcome } from '../../src/domain/problem.ts';
import { statusOf } from '../../src/domain/status.ts';
import { currentFacts } from '../../src/operations/facts.ts';
import type { IncidentInput, IncidentUpdateInput } from '../../src/operations/incident-input.ts';
import { declareIncident, updateIncident, withdrawIncident } from '../../src/operations/incidents.ts';
import { actorOf, NOON, type TestWorld, testWorld } from '../support/context.ts';

const message = { ko: '정부24에 접속할 수 없습니다.', en: 'Government24 cannot be reached.' };
const outage: IncidentInput = {
  services: [{ id: 'gov24', status: 'major_outage' }],
  state: 'investigating',
  message,
};
const operator = actorOf('mois');

const good = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.problem)}`);
  return outcome.value;
};
const problemOf = (outcome: Outcome<unknown>) => (outcome.ok ? null : outcome.problem);

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const declare = async (input: Partial<IncidentInput> = {}) =>
  good(await declareIncident(world.context, operator, { ...outage, ...input }));
const update = async (
  id: string,
  input: Partial<IncidentUpdateInput> & { state: 'resolved' | 'investigating' | 'identified' | 'monitoring' },
) => good(await updateIncident(world.context, operator, id, { message, ...input }));
const noticeOf = async (told: { notice: { id: string } | null }) => {
  const notice = await world.context.store.notices.get(told.notice?.id ?? '');
  if (notice === null) throw new Error('no notice');
  return notice;
};
const statusNow = async (service: string) =>
  statusOf(service, await currentFacts(world.context.store, world.clock.now()), world.context.catalogue);

/** Brings a new incident into a state. */
async function incidentIn(state: IncidentState): Promise<string> {
  const { record } = await declare();
  if (state === 'withdrawn') good(await withdrawIncident(world.context, operator, record.id, { message }));
  else if (state !== 'investigating') await update(record.id, { state });
  return record.id;
}

describe('the moves of an incident', () => {
  const verbs = ['investigating', 'identified', 'monitoring', 'resolved', 'withdrawn'] as const;
  for (const from of INCIDENT_STATES) {
    for (const to of verbs) {
      const legal = INCIDENT_MOVES[from].includes(to);
      it(`${from} ${legal ? 'may become' : 'never becomes'} ${to}`, async () => {
        const id = await incidentIn(from);
        const before = await world.context.store.incidents.get(id);
        const outcome =
          to === 'withdrawn'
            ? await withdrawIncident(world.context, operator, id, { message })
            : await updateIncident(world.context, operator, id, { state: to, message });
        const after = await world.context.store.incidents.get(id);
        if (legal) {
          expect(good(outcome).record.state).toBe(to);
          expect(after).toEqual(good(outcome).record);
          expect(after?.revision).toBe((before?.revision ?? 0) + 1);
        } else {
          const allowed = INCIDENT_MOVES[from].join(', ') || '—';
          expect(problemOf(outcome)).toEqual({
            code: 'illegal_move',
            field: 'state',
            params: { from, to, allowed },
          });
          expect(after).toEqual(before);
        }
      });
    }
  }
});

describe('declaring', () => {
  it('writes incident, story, audit, notice and campaign, and wakes the sender', async () => {
    const told = await declare({ nextUpdateAt: plusSeconds(NOON, 3600) });
    const { store } = world.context;
    expect(await store.incidents.get(told.record.id)).toEqual(told.record);
    expect(await store.incidents.updates(told.record.id)).toMatchObject([
      {
        sequence: 1,
        state: 'investigating',
        message,
        by: operator.kind === 'official' && operator.official.id,
      },
    ]);
    expect((await store.audit.list({ limit: 10, cursor: null })).items).toMatchObject([
      { act: 'incident.declared', subject: told.record.id, door: 'api', before: null },
    ]);
    const notice = await noticeOf(told);
    expect(notice).toMatchObject({ code: '2023-1117-1', kind: 'outage', sequence: 1, severity: 'important' });
    expect(await store.notices.card(notice.id, 'ko')).not.toBeNull();
    expect(await store.notices.card(notice.id, 'en')).not.toBeNull();
    expect(await store.campaigns.byNotice(notice.id)).toMatchObject({
      state: 'holding',
      holdUntil: plusSeconds(NOON, 10),
    });
    expect(world.woken()).toBe(1);
  });

  it('is all or nothing: when the notice cannot be written nothing has changed', async () => {
    const context = {
      ...world.context,
      writeNotice: () => {
        throw new Error('no words');
      },
    };
    await expect(declareIncident(context, operator, outage)).rejects.toThrow('no words');
    const { store } = context;
    expect(await store.incidents.open()).toEqual([]);
    expect((await store.audit.list({ limit: 10, cursor: null })).items).toEqual([]);
    expect(await store.campaigns.active()).toEqual([]);
    expect(await store.notices.nextNumber('2023-11-17')).toBe(1);
  });

  it('tells subscribers of the service, its agency, its category and the functions through it', async () => {
    expect((await noticeOf(await declare())).audience).toEqual({
      kind: 'subscribers',
      services: ['gov24', 'resident-certificate'],
      agencies: ['mois'],
      categories: ['civil'],
      scope: 'nationwide',
    });
  });

  it('says what works instead, checked after the change, and whom to call', async () => {
    const { fact } = await noticeOf(
      await declare({
        services: [
          { id: 'gov24', status: 'major_outage' },
          { id: 'kiosk', status: 'major_outage' },
        ],
      }),
    );
    expect(fact.alternatives).toEqual([{ ko: '주민센터 창구', en: 'Community center counters' }]);
    expect(fact.phone).toBe('1588-2188');
    expect(fact.source.name.en).toBe('Ministry of the Interior and Safety');
  });

  it('calls the agency where the service has no number, and 110 where the agency has none', async () => {
    const anyone = { kind: 'console' } as const;
    const of = async (id: string) => {
      const told = good(
        await declareIncident(world.context, anyone, {
          ...outage,
          services: [{ id, status: 'major_outage' }],
        }),
      );
      return (await noticeOf(told)).fact.phone;
    };
    expect(await of('hometax')).toBe('126');
    expect(await of('efamily')).toBe('110');
  });

  it('holds no critical one back', async () => {
    const notice = await noticeOf(await declare({ critical: true }));
    expect(notice.severity).toBe('critical');
    expect((await world.context.store.campaigns.byNotice(notice.id))?.holdUntil).toBe(NOON);
  });

  it("tells a regional fault as the region's, and changes nothing elsewhere", async () => {
    const told = await declare({
      services: [{ id: 'counter', status: 'major_outage' }],
      scope: ['busan'],
    });
    const notice = await noticeOf(told);
    expect(notice.fact.regions).toEqual([{ ko: '부산광역시', en: 'Busan' }]);
    expect(notice.audience).toMatchObject({ kind: 'subscribers', scope: ['busan', 'busan-haeundae'] });
    expect(await statusNow('counter')).toMatchObject({ availability: 'operational' });
  });

  it('leaves the title to the wording where the official gave none, also when services are added', async () => {
    const first = await declare();
    expect((await noticeOf(first)).fact.title).toBeNull();
    const second = await update(first.record.id, {
      state: 'identified',
      services: [{ id: 'kiosk', status: 'major_outage' }],
    });
    expect(second.record.title).toEqual({
      ko: '정부24, 무인민원발급기',
      en: 'Government24, Unmanned kiosks',
    });
    expect((await noticeOf(second)).fact.title).toBeNull();
    const title = { ko: '정부24 접속 장애', en: 'Government24 unreachable' };
    expect((await noticeOf(await declare({ title }))).fact.title).toEqual(title);
  });

  it('numbers the notices of a day in Seoul', async () => {
    await declare();
    expect((await declare()).notice?.code).toBe('2023-1117-2');
    world.clock.set('2023-11-17T15:00:00.000Z');
    expect((await declare()).notice?.code).toBe('2023-1118-1');
  });
});

describe('updating', () => {
  it.each([
    ['news only', 'degraded', undefined, 'update', 0],
    ['getting worse', 'degraded', 'major_outage', 'outage', 10],
    ['provisionally back', 'major_outage', 'recovering', 'provisional', 0],
    ['one service back for good', 'major_outage', 'operational', 'provisional', 0],
    ['a little better', 'major_outage', 'degraded', 'update', 0],
  ] as const)('%s is told as it is', async (_, before, after, kind, hold) => {
    const { record } = await declare({ services: [{ id: 'gov24', status: before }] });
    const now = world.clock.forward(600);
    const told = await update(record.id, {
      state: 'identified',
      ...(after === undefined ? {} : { services: [{ id: 'gov24', status: after }] }),
    });
    const notice = await noticeOf(told);
    expect(notice).toMatchObject({ kind, sequence: 2, fact: { again: null } });
    expect(notice.severity).toBe(kind === 'update' ? 'info' : 'important');
    expect((await world.context.store.campaigns.byNotice(notice.id))?.holdUntil).toBe(plusSeconds(now, hold));
  });

  it('takes a false recovery back: at 13:00 it is an outage again, since 13:00', async () => {
    world.clock.set('2023-11-17T00:00:00.000Z');
    const { record } = await declare({
      services: [
        { id: 'saeol', status: 'major_outage' },
        { id: 'counter', status: 'major_outage' },
      ],
    });
    world.clock.set('2023-11-17T03:00:00.000Z');
    const back = await update(record.id, {
      state: 'monitoring',
      services: [{ id: 'counter', status: 'recovering' }],
    });
    expect((await noticeOf(back)).kind).toBe('provisional');
    expect(await statusNow('counter')).toMatchObject({
      availability: 'recovering',
      since: '2023-11-17T03:00:00.000Z',
    });
    world.clock.set('2023-11-17T04:00:00.000Z');
    const again = await update(record.id, {
      state: 'identified',
      services: [{ id: 'counter', status: 'major_outage' }],
    });
    expect(await noticeOf(again)).toMatchObject({ kind: 'outage', fact: { again: 'relapse' } });
    expect(await statusNow('counter')).toMatchObject({
      availability: 'major_outage',
      since: '2023-11-17T04:00:00.000Z',
    });
    expect(await statusNow('saeol')).toMatchObject({ since: '2023-11-17T00:00:00.000Z' });
  });

  it('stops what is still unsent of the earlier notices', async () => {
    const first = await declare();
    const { store } = world.context;
    await update(first.record.id, { state: 'resolved' });
    expect(await store.campaigns.byNotice(first.notice?.id ?? '')).toMatchObject({ state: 'superseded' });
    expect((await store.campaigns.active()).length).toBe(1);
  });

  it('resolves to normal, tells exactly those who were told, and ends the promise', async () => {
    const { record } = await declare({ limits: message, nextUpdateAt: plusSeconds(NOON, 3600) });
    const now = world.clock.forward(1800);
    const told = await update(record.id, { state: 'resolved' });
    expect(told.record).toMatchObject({
      resolvedAt: now,
      nextUpdateAt: null,
      limits: null,
      services: [{ service: 'gov24', status: 'operational' }],
    });
    expect(await noticeOf(told)).toMatchObject({
      kind: 'restoration',
      audience: { kind: 'told', incident: record.id, services: ['gov24', 'resident-certificate'] },
      fact: { startedAt: NOON, endedAt: now, services: [{ id: 'gov24', status: 'operational' }] },
    });
    expect(await statusNow('gov24')).toMatchObject({ availability: 'operational', basis: 'none_declared' });
  });

  it('does not call restored what another incident still holds down', async () => {
    const first = await declare({
      services: [
        { id: 'gov24', status: 'major_outage' },
        { id: 'kiosk', status: 'major_outage' },
      ],
    });
    const other = await declare();
    const told = await noticeOf(await update(first.record.id, { state: 'resolved' }));
    expect(told.kind).toBe('restoration');
    expect(told.fact.services.map((s) => s.id)).toEqual(['kiosk']);
    expect(told.audience).toMatchObject({ services: ['kiosk', 'resident-certificate'] });

    const third = await declare();
    const news = await noticeOf(await update(other.record.id, { state: 'resolved' }));
    expect(news).toMatchObject({
      kind: 'update',
      fact: { services: [{ id: 'gov24', status: 'major_outage' }] },
    });
    expect(news.audience).toMatchObject({ kind: 'told', incident: other.record.id, services: [] });
    expect((await noticeOf(await update(third.record.id, { state: 'resolved' }))).kind).toBe('restoration');
  });

  it('reopens with the statuses of before, counted from now', async () => {
    const { record } = await declare({
      services: [
        { id: 'gov24', status: 'partial_outage' },
        { id: 'kiosk', status: 'operational' },
      ],
    });
    await update(record.id, { state: 'monitoring', services: [{ id: 'gov24', status: 'recovering' }] });
    await update(record.id, { state: 'resolved' });
    const now = world.clock.forward(3600);
    const told = await update(record.id, { state: 'investigating' });
    expect(told.record).toMatchObject({
      state: 'investigating',
      resolvedAt: null,
      services: [
        { service: 'gov24', status: 'partial_outage', since: now },
        { service: 'kiosk', status: 'operational' },
      ],
    });
    expect(await noticeOf(told)).toMatchObject({
      kind: 'outage',
      fact: { again: 'reopened' },
      audience: { kind: 'subscribers' },
    });
  });

  it('reopens only what is named, where something is named', async () => {
    const both = [
      { id: 'gov24', status: 'major_outage' },
      { id: 'kiosk', status: 'major_outage' },
    ] as const;
    const { record } = await declare({ services: both });
    await update(record.id, { state: 'resolved' });
    const told = await update(record.id, {
      state: 'investigating',
      services: [{ id: 'kiosk', status: 'degraded' }],
    });
    expect(told.record.services).toMatchObject([
      { service: 'gov24', status: 'operational' },
      { service: 'kiosk', status: 'degraded' },
    ]);
  });

  it('keeps a promise that is ahead, ends one that is past, and takes a new one', async () => {
    const { record } = await declare({ nextUpdateAt: plusSeconds(NOON, 3600) });
    world.clock.forward(60);
    expect((await update(record.id, { state: 'identified' })).record.nextUpdateAt).toBe(
      plusSeconds(NOON, 3600),
    );
    world.clock.forward(7200);
    expect(await statusNow('gov24')).toMatchObject({ availability: 'unknown', basis: 'overdue' });
    expect((await update(record.id, { state: 'identified' })).record.nextUpdateAt).toBeNull();
    const next = plusSeconds(world.clock.now(), 600);
    expect((await update(record.id, { state: 'identified', nextUpdateAt: next })).record.nextUpdateAt).toBe(
      next,
    );
    expect(
      (await update(record.id, { state: 'identified', nextUpdateAt: null })).record.nextUpdateAt,
    ).toBeNull();
  });

  it('keeps limits that are not named and drops those set to null', async () => {
    const { record } = await declare({ limits: message, works: message });
    const kept = await update(record.id, { state: 'identified', limits: null });
    expect(kept.record).toMatchObject({ limits: null, works: message });
  });

  it('refuses a writer who saw an older revision', async () => {
    const { record } = await declare();
    await update(record.id, { state: 'identified', revision: 1 });
    const late = await updateIncident(world.context, operator, record.id, {
      state: 'monitoring',
      message,
      revision: 1,
    });
    expect(problemOf(late)).toEqual({ code: 'stale_revision', field: 'revision', params: { current: '2' } });
  });

  it('lets one of two at once win and applies the other to what it wrote', async () => {
    const { record } = await declare();
    const both = await Promise.all([
      updateIncident(world.context, operator, record.id, { state: 'identified', message }),
      updateIncident(world.context, operator, record.id, { state: 'monitoring', message }),
    ]);
    expect(both.map((o) => good(o).record.revision).sort()).toEqual([2, 3]);
    const seen = await Promise.all(
      (['identified', 'monitoring'] as const).map((state) =>
        updateIncident(world.context, operator, record.id, { state, message, revision: 3 }),
      ),
    );
    expect(seen.filter((o) => o.ok)).toHaveLength(1);
    expect(seen.map(problemOf).filter((p) => p !== null)).toMatchObject([{ code: 'stale_revision' }]);
  });

  it('tries again on the newest when the database says that somebody was first', async () => {
    const { record } = await declare();
    let lost = 2;
    const { store } = world.context;
    const contested: typeof store = {
      ...store,
      transaction: (work) =>
        store.transaction((tables) =>
          work({
            ...tables,
            incidents: {
              ...tables.incidents,
              advance: async (...args) => (lost-- > 0 ? false : tables.incidents.advance(...args)),
            },
          }),
        ),
    };
    const told = good(
      await updateIncident({ ...world.context, store: contested }, operator, record.id, {
        state: 'identified',
        message,
      }),
    );
    expect(told.record.revision).toBe(2);
  });
});

describe('withdrawing', () => {
  it('takes a wrong declaration back as wrong, naming the notice it corrects', async () => {
    const { record, notice } = await declare();
    const told = good(await withdrawIncident(world.context, operator, record.id, { message }));
    expect(await noticeOf(told)).toMatchObject({
      kind: 'correction',
      audience: { kind: 'told', incident: record.id },
      fact: { corrects: notice?.code, services: [{ id: 'gov24', status: 'operational' }], endedAt: null },
    });
    expect(await statusNow('gov24')).toMatchObject({ availability: 'operational', incidents: [] });
  });

  it('finds no incident by a wrong id', async () => {
    expect(problemOf(await withdrawIncident(world.context, operator, 'inc_0', { message }))).toMatchObject({
      code: 'not_found',
    });
  });
});
