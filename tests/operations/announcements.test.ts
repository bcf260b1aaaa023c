import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnouncementContent } from '../../src/domain/announcement.ts';
import type { Actor } from '../../src/domain/official.ts';
import { alertsOf } from '../../src/operations/alerting.ts';
import { advanceAnnouncements } from '../../src/operations/announcement-clock.ts';
import {
  approveAnnouncement,
  breakGlass,
  cancelAnnouncement,
  draftAnnouncement,
  editAnnouncement,
  publishAnnouncement,
  rejectAnnouncement,
  returnAnnouncement,
  reviewAnnouncement,
  submitAnnouncement,
} from '../../src/operations/announcements.ts';
import { addOfficial } from '../../src/operations/officials.ts';
import { withdrawAnnouncement } from '../../src/operations/take-back.ts';
import { type TestWorld, testWorld } from '../support/context.ts';

const everyone = { to: 'everyone', languages: null, platforms: null, regions: null } as const;
const content: AnnouncementContent = {
  title: { ko: '주말 창구 운영 안내', en: 'Counters open this weekend' },
  message: { ko: '토요일 09:00부터 창구를 엽니다.', en: 'Counters open on Saturday from 09:00.' },
  audience: everyone,
  severity: 'info',
  scheduledFor: null,
};

let world: TestWorld;
let author: Actor;
let approver: Actor;
let administrator: Actor;
const person = async (agency: string, ...roles: Parameters<typeof addOfficial>[2]['roles'][number][]) => {
  const added = await addOfficial(world.context, { kind: 'console' }, { name: 'P', agency, roles });
  if (!added.ok) throw new Error(added.problem.code);
  return { kind: 'official', official: added.value.official, door: 'api' } as const;
};
beforeEach(async () => {
  world = await testWorld();
  author = await person('mois', 'author');
  approver = await person('mois', 'approver');
  administrator = await person('nts', 'administrator');
});
afterEach(() => world.close());

/** @throws Error when it was refused */
const got = async <T>(outcome: Promise<{ ok: true; value: T } | { ok: false; problem: unknown }>) => {
  const result = await outcome;
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const draft = (more: Partial<AnnouncementContent> = {}, by = author) =>
  got(draftAnnouncement(world.context, by, { ...content, ...more }));
const submitted = async (more: Partial<AnnouncementContent> = {}, by = author) =>
  got(submitAnnouncement(world.context, by, (await draft(more, by)).id));
const acts = async () =>
  (await world.context.store.audit.list({ limit: 200, cursor: null })).items.map((e) => e.act).reverse();
const alerts = async (actor: Actor) =>
  actor.kind === 'official'
    ? (await alertsOf(world.context, actor.official.id, { limit: 50, cursor: null })).items.map((a) => a.kind)
    : [];
const refusedWith = (code: string, params: object = {}) => ({
  ok: false,
  problem: { code, params: expect.objectContaining(params) },
});

describe('an announcement', () => {
  it('goes from draft past a second person to citizens, in one transaction', async () => {
    const { id } = await submitted();
    const published = await got(approveAnnouncement(world.context, approver, id, { revision: 1 }));
    expect(published).toMatchObject({ state: 'publishing', revision: 1, notice: { code: '2023-1117-1' } });
    const { store } = world.context;
    const notice = await store.notices.get(published.notice?.id ?? '');
    expect(notice).toMatchObject({ kind: 'announcement', severity: 'info', agency: 'mois' });
    expect(notice?.fact).toMatchObject({ title: content.title, message: content.message });
    expect(notice?.audience).toEqual({
      kind: 'chosen',
      subscribed: null,
      narrowed: { languages: null, platforms: null, regions: null },
      critical: false,
    });
    expect(await store.campaigns.byNotice(notice?.id ?? '')).toMatchObject({ state: 'holding' });
    expect(world.woken()).toBe(1);
    expect((await acts()).filter((act) => act.startsWith('announcement'))).toEqual([
      'announcement.drafted',
      'announcement.submitted',
      'announcement.approved',
      'announcement.published',
    ]);
  });

  it('is not approved by who wrote it, and the attempt is on record', async () => {
    const both = await person('mois', 'author', 'approver');
    const { id } = await submitted({}, both);
    const outcome = await approveAnnouncement(world.context, both, id, { revision: 1 });
    expect(outcome).toMatchObject(refusedWith('own_draft'));
    expect(await world.context.store.announcements.get(id)).toMatchObject({ state: 'in_review', version: 2 });
    expect(await acts()).toContain('announcement.approve_refused');
  });

  it('is not approved by an administrator who changed a word of it', async () => {
    const { id } = await draft();
    await got(editAnnouncement(world.context, administrator, id, { severity: 'important' }, 1));
    await got(submitAnnouncement(world.context, author, id));
    const outcome = await approveAnnouncement(world.context, administrator, id, { revision: 2 });
    expect(outcome).toMatchObject(refusedWith('own_draft'));
  });

  it('of another agency is nobody’s but an administrator’s to approve', async () => {
    const { id } = await submitted();
    const foreign = await person('nts', 'approver');
    const outcome = await approveAnnouncement(world.context, foreign, id, { revision: 1 });
    expect(outcome).toMatchObject(refusedWith('wrong_agency', { agency: 'mois' }));
    await got(approveAnnouncement(world.context, administrator, id, { revision: 1 }));
  });

  it('approved in a revision that was edited meanwhile stays unapproved', async () => {
    const { id } = await submitted();
    await got(editAnnouncement(world.context, author, id, { severity: 'important' }, 1));
    await got(submitAnnouncement(world.context, author, id));
    const outcome = await approveAnnouncement(world.context, approver, id, { revision: 1 });
    expect(outcome).toMatchObject(refusedWith('stale_revision', { current: '2' }));
  });

  it('edited loses its approval and goes back to draft', async () => {
    const { id } = await submitted();
    await got(approveAnnouncement(world.context, approver, id, { revision: 1, hold: true }));
    const edited = await got(editAnnouncement(world.context, author, id, { severity: 'important' }, null));
    expect(edited).toMatchObject({ state: 'draft', revision: 2, approval: null });
    const outcome = await publishAnnouncement(world.context, author, id);
    expect(outcome).toMatchObject(refusedWith('illegal_move', { from: 'draft' }));
  });

  it('approved twice is published once: the double click meets what the first made of it', async () => {
    const { id } = await submitted();
    const second = await person('mois', 'approver');
    const outcomes = await Promise.all([
      approveAnnouncement(world.context, approver, id, { revision: 1 }),
      approveAnnouncement(world.context, second, id, { revision: 1 }),
      approveAnnouncement(world.context, approver, id, { revision: 1 }),
    ]);
    expect(outcomes.filter((o) => o.ok)).toHaveLength(1);
    expect(outcomes.filter((o) => !o.ok)).toMatchObject([
      refusedWith('illegal_move', { from: 'publishing', allowed: 'corrected, withdrawn' }),
      refusedWith('illegal_move', { from: 'publishing' }),
    ]);
    expect(await world.context.store.campaigns.active()).toHaveLength(1);
  });

  it('approved on hold waits for whoever publishes it, for half an hour', async () => {
    const { id } = await submitted();
    const held = await got(approveAnnouncement(world.context, approver, id, { revision: 1, hold: true }));
    expect(held).toMatchObject({ state: 'approved', notice: null });
    world.clock.forward(29 * 60);
    expect(await advanceAnnouncements(world.context)).toBe(0);
    world.clock.forward(60);
    expect(await publishAnnouncement(world.context, author, id)).toMatchObject(
      refusedWith('approval_expired'),
    );
    expect(await advanceAnnouncements(world.context)).toBe(1);
    expect(await world.context.store.announcements.get(id)).toMatchObject({
      state: 'in_review',
      approval: null,
    });
    await got(approveAnnouncement(world.context, approver, id, { revision: 1, hold: true }));
    expect(await got(publishAnnouncement(world.context, author, id))).toMatchObject({ state: 'publishing' });
  });

  it('scheduled goes out at its time, by the clock, once', async () => {
    const scheduledFor = '2023-11-18T00:00:00.000Z';
    const { id } = await submitted({ scheduledFor });
    const approved = await got(approveAnnouncement(world.context, approver, id, { revision: 1 }));
    expect(approved).toMatchObject({ state: 'scheduled', notice: null });
    world.clock.set('2023-11-17T23:59:59.999Z');
    expect(await advanceAnnouncements(world.context)).toBe(0);
    world.clock.set(scheduledFor);
    const moved = await Promise.all([1, 2].map(() => advanceAnnouncements(world.context)));
    expect(moved.sort()).toEqual([0, 1]);
    expect(await world.context.store.announcements.get(id)).toMatchObject({
      state: 'publishing',
      notice: { code: '2023-1118-1' },
    });
  });

  it('is published once everybody stands in line', async () => {
    const { id } = await submitted();
    const { notice } = await got(approveAnnouncement(world.context, approver, id, { revision: 1 }));
    expect(await advanceAnnouncements(world.context)).toBe(0);
    const campaign = await world.context.store.campaigns.byNotice(notice?.id ?? '');
    await world.context.store.campaigns.control(campaign?.id ?? '', 'cancel', world.clock.now());
    expect(await advanceAnnouncements(world.context)).toBe(1);
    expect(await world.context.store.announcements.get(id)).toMatchObject({ state: 'published' });
    expect(await advanceAnnouncements(world.context)).toBe(0);
  });

  it('returned carries its reason, and comes back after an edit', async () => {
    const { id } = await submitted();
    const nothing = await returnAnnouncement(world.context, approver, id, { reason: ' \n ' });
    expect(nothing).toMatchObject({ problem: { code: 'invalid', field: 'reason' } });
    const returned = await got(
      returnAnnouncement(world.context, approver, id, { reason: '시각을 넣어 주세요' }),
    );
    expect(returned).toMatchObject({ state: 'returned', reason: '시각을 넣어 주세요' });
    expect(await alerts(author)).toEqual(['returned']);
    await got(editAnnouncement(world.context, author, id, { severity: 'important' }, 1));
    const again = await got(submitAnnouncement(world.context, author, id));
    expect(again).toMatchObject({ state: 'in_review', revision: 2, reason: null });
  });

  it('rejected or cancelled is over', async () => {
    const { id } = await submitted();
    await got(rejectAnnouncement(world.context, approver, id, { reason: 'no' }));
    const cancelled = await got(cancelAnnouncement(world.context, author, (await draft()).id));
    for (const one of [id, cancelled.id]) {
      const outcome = await editAnnouncement(world.context, author, one, { severity: 'critical' }, null);
      expect(outcome).toMatchObject(refusedWith('illegal_move', { allowed: '—' }));
    }
  });

  it('with errors in its text is not submitted, and says each', async () => {
    const lintNotice = () =>
      [
        { code: 'times_differ', weight: 'error', field: 'message.en', params: { ko: '09:00', en: '10:00' } },
        { code: 'no_action', weight: 'warning', field: 'message.ko', params: {} },
      ] as const;
    const { id } = await draft();
    const outcome = await submitAnnouncement({ ...world.context, lintNotice }, author, id);
    expect(outcome).toMatchObject({
      ok: false,
      problem: { code: 'unsound_text', field: 'message.en', findings: [{ code: 'times_differ' }] },
    });
    expect(await world.context.store.announcements.get(id)).toMatchObject({ state: 'draft' });
  });

  it.each([
    ['services', ['nope'], 'unknown_service', 'audience.services[0]'],
    ['agencies', ['mois', 'nope'], 'unknown_agency', 'audience.agencies[1]'],
    ['categories', ['nope'], 'invalid', 'audience.categories[0]'],
    ['services', [], 'invalid', 'audience.services'],
  ] as const)('to unknown %s %j is refused', async (to, ids, code, field) => {
    const outcome = await draftAnnouncement(world.context, author, {
      ...content,
      audience: { ...everyone, to, ids },
    });
    expect(outcome).toMatchObject({ ok: false, problem: { code, field } });
  });

  it('tells the other approvers that it awaits them, and its author nothing', async () => {
    const both = await person('mois', 'author', 'approver');
    await submitted({}, both);
    expect(await alerts(approver)).toEqual(['submitted']);
    expect(await alerts(administrator)).toEqual(['submitted']);
    expect(await alerts(both)).toEqual([]);
    expect(await alerts(author)).toEqual([]);
  });
});

describe('break-glass', () => {
  const asked = { revision: 1, whyNow: 'Tsunami warning', whyAlone: 'Nobody else can be reached' };

  it('publishes what is critical by one person, alerts the others and is reviewed by another', async () => {
    const both = await person('mois', 'author', 'approver');
    const { id } = await draft({ severity: 'critical' }, both);
    const published = await got(breakGlass(world.context, both, id, asked));
    expect(published).toMatchObject({ state: 'publishing', glass: { whyNow: asked.whyNow, reviewed: null } });
    expect(await alerts(approver)).toEqual(['glass_broken']);
    expect(await alerts(both)).toEqual([]);
    const own = await reviewAnnouncement(world.context, both, id, { remark: 'fine' });
    expect(own).toMatchObject(refusedWith('own_draft'));
    const reviewed = await got(reviewAnnouncement(world.context, approver, id, { remark: 'It was right' }));
    expect(reviewed.glass?.reviewed).toMatchObject({ remark: 'It was right' });
    const again = await reviewAnnouncement(world.context, administrator, id, { remark: 'again' });
    expect(again).toMatchObject(refusedWith('already_done'));
  });

  it('is for what is critical, by an approver, with both reasons', async () => {
    const { id } = await draft();
    expect(await breakGlass(world.context, approver, id, asked)).toMatchObject(refusedWith('not_critical'));
    const { id: critical } = await draft({ severity: 'critical' });
    expect(await breakGlass(world.context, author, critical, asked)).toMatchObject(refusedWith('forbidden'));
    expect(await breakGlass(world.context, approver, critical, { ...asked, whyAlone: ' ' })).toMatchObject({
      problem: { code: 'invalid', field: 'whyAlone' },
    });
  });

  it('that nobody reviewed within a day is brought to mind, once', async () => {
    const { id } = await draft({ severity: 'critical' });
    await got(breakGlass(world.context, approver, id, asked));
    world.clock.forward(24 * 3600 - 1);
    await advanceAnnouncements(world.context);
    expect(await alerts(administrator)).not.toContain('review_overdue');
    world.clock.forward(1);
    await advanceAnnouncements(world.context);
    await advanceAnnouncements(world.context);
    expect((await alerts(administrator)).filter((kind) => kind === 'review_overdue')).toHaveLength(1);
    expect((await alerts(approver)).filter((kind) => kind === 'review_overdue')).toHaveLength(1);
  });
});

describe('a published announcement', () => {
  it('is withdrawn by one approver: what is queued stops and its recipients are told', async () => {
    const { id } = await submitted();
    const { notice } = await got(approveAnnouncement(world.context, approver, id, { revision: 1 }));
    const outcome = await got(withdrawAnnouncement(world.context, approver, id, {}));
    expect(outcome.announcement).toMatchObject({ state: 'withdrawn', notice });
    const { store } = world.context;
    expect(await store.campaigns.byNotice(notice?.id ?? '')).toMatchObject({ state: 'cancelled' });
    const retraction = await store.notices.get(outcome.by.id);
    expect(retraction).toMatchObject({
      kind: 'correction',
      severity: 'critical',
      audience: { kind: 'recipients', notices: [notice?.id] },
      fact: { corrects: notice?.code, withdrawn: true, title: content.title },
    });
    expect(await alerts(administrator)).toEqual(['withdrawn', 'submitted']);
    expect(await alerts(author)).toEqual(['withdrawn']);
    expect(await alerts(approver)).toEqual(['submitted']);
    const again = await withdrawAnnouncement(world.context, approver, id, {});
    expect(again).toMatchObject(refusedWith('illegal_move', { from: 'withdrawn', allowed: '—' }));
    expect((await world.context.store.audit.verify()).broken).toBeNull();
  });

  it('is not withdrawn by its author alone', async () => {
    const { id } = await submitted();
    await got(approveAnnouncement(world.context, approver, id, { revision: 1 }));
    expect(await withdrawAnnouncement(world.context, author, id, {})).toMatchObject(refusedWith('forbidden'));
  });
});
