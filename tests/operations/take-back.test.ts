import { beforeEach, expect, it } from 'vitest';
import { plainText } from '../../src/card/plain-text.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import { addOfficial, authenticate } from '../../src/operations/officials.ts';
import { correctNotice, withdrawNotice } from '../../src/operations/take-back.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { createNoticeLinter } from '../../src/wording/notice-linter.ts';
import { actorOf, smallCatalogue, TestClock, type TestWorld, testWorld } from '../support/context.ts';
import { eachDatabase, emptyDatabase, openTestDatabase } from '../support/databases.ts';

const message = { ko: '홈택스를 정부24로 잘못 적었습니다.', en: 'Hometax was meant, not Government24.' };

eachDatabase('taking a notice back', (kind) => {
  let one: TestWorld;
  let two: TestWorld;
  beforeEach(async () => {
    const setting = await emptyDatabase(kind);
    const first = await openTestDatabase(setting, new TestClock());
    const second = kind === 'sqlite' ? first : await openTestDatabase(setting, new TestClock());
    const options = { writeNotice, lintNotice: createNoticeLinter(smallCatalogue()) };
    one = await testWorld(options, first);
    two = await testWorld(options, second);
    for (let i = 0; i < 100; i++) two.clock.random();
  });

  const operator = actorOf('mois');
  const declared = async () => {
    const outcome = await declareIncident(one.context, operator, {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message,
    });
    if (!outcome.ok || outcome.value.notice === null) throw new Error('not declared');
    return { incident: outcome.value.record, notice: outcome.value.notice };
  };

  it('at once by two people happens once', async () => {
    const { notice } = await declared();
    const worlds = [one, two, one, two];
    const outcomes = await Promise.all(worlds.map((w) => withdrawNotice(w.context, operator, notice.id, {})));
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.problem.code).toBe('already_done');
    const all = await one.context.store.notices.since('2023-01-01T00:00:00.000Z', 10);
    expect(all).toHaveLength(2);
    expect((await one.context.store.audit.verify()).broken).toBeNull();
  });

  it('says so in both languages by its template alone, naming the notice and no link', async () => {
    const { notice } = await declared();
    const outcome = await withdrawNotice(one.context, operator, notice.code, {});
    const by = outcome.ok ? outcome.value.by.id : '';
    for (const [language, label] of [
      ['ko', '[철회]'],
      ['en', '[Withdrawn]'],
    ] as const) {
      const card = await one.context.store.notices.card(by, language);
      const text = card === null ? '' : plainText(card);
      expect(text.startsWith(label)).toBe(true);
      expect(text.split('\n')[0]).toContain(notice.code);
      expect(text).not.toMatch(/https?:|www\./u);
    }
  });

  it('stops what is queued of it, and leaves the incident as it is', async () => {
    const { incident, notice } = await declared();
    expect(await correctNotice(one.context, operator, notice.id, { message })).toMatchObject({ ok: true });
    expect(await one.context.store.campaigns.byNotice(notice.id)).toMatchObject({ state: 'cancelled' });
    expect(await one.context.store.incidents.get(incident.id)).toEqual(incident);
  });

  it('is for an operator of its agency or an approver, and refuses texts as any notice does', async () => {
    const { notice } = await declared();
    const by = (actor: typeof operator) => withdrawNotice(one.context, actor, notice.id, { message });
    expect(await by(actorOf('mois', 'author'))).toMatchObject({ problem: { code: 'forbidden' } });
    expect(await by(actorOf('nts'))).toMatchObject({ problem: { code: 'wrong_agency' } });
    const linked = { message: { ko: 'https://x.kr 로 오세요', en: 'Come' } };
    expect(await withdrawNotice(one.context, operator, notice.id, linked)).toMatchObject({
      problem: { code: 'contains_link', field: 'message.ko' },
    });
    expect(await by(actorOf('mois', 'approver'))).toMatchObject({ ok: true });
  });

  it('tells the other approvers, not the one who did it', async () => {
    const { context } = one;
    const person = async () => {
      const added = await addOfficial(
        context,
        { kind: 'console' },
        { name: 'P', agency: 'mois', roles: ['approver'] },
      );
      const official = added.ok ? await authenticate(context, added.value.token) : null;
      if (official === null) throw new Error('no official');
      return official;
    };
    const [own, other] = [await person(), await person()];
    const { notice } = await declared();
    await withdrawNotice(context, { kind: 'official', official: own, door: 'slack' }, notice.id, {});
    const kinds = async (id: string) =>
      (await context.store.alerts.of(id, { limit: 9, cursor: null })).items.map((a) => a.kind);
    expect(await kinds(other.id)).toEqual(['withdrawn']);
    expect(await kinds(own.id)).toEqual([]);
  });
});
