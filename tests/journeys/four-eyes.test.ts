import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Announcement } from '../../src/domain/announcement.ts';
import type { Actor, Role } from '../../src/domain/official.ts';
import type { Outcome } from '../../src/domain/problem.ts';
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
  submitAnnouncement,
} from '../../src/operations/announcements.ts';
import { addOfficial, authenticate } from '../../src/operations/officials.ts';
import { correctNotice, withdrawAnnouncement } from '../../src/operations/take-back.ts';
import { type WebWorld, webWorld } from '../web/web-client.ts';

/*
 * Every state, every act, every role, by the operations and over HTTP: the same outcome on each. What is legal is
 * written down here by hand, as the issue and the interface say it, so that the code's own table is put to the test.
 */

const STATES = [
  'draft',
  'in_review',
  'approved',
  'scheduled',
  'publishing',
  'published',
  'returned',
  'rejected',
  'cancelled',
  'withdrawn',
] as const;
type State = (typeof STATES)[number];

/** Where an act leads from each state that allows it. */
const LEGAL: Record<string, Partial<Record<State, State>>> = {
  edit: { draft: 'draft', in_review: 'draft', approved: 'draft', scheduled: 'draft', returned: 'draft' },
  submit: { draft: 'in_review', returned: 'in_review' },
  approve: { in_review: 'publishing' },
  publish: { approved: 'publishing' },
  return: { in_review: 'returned', approved: 'returned', scheduled: 'returned' },
  reject: { in_review: 'rejected', approved: 'rejected', scheduled: 'rejected' },
  cancel: {
    draft: 'cancelled',
    in_review: 'cancelled',
    approved: 'cancelled',
    scheduled: 'cancelled',
    returned: 'cancelled',
  },
  'break-glass': { draft: 'publishing', in_review: 'publishing', returned: 'publishing' },
  withdraw: { publishing: 'withdrawn', published: 'withdrawn' },
};
const ACTS = Object.keys(LEGAL);

/** Who may, by act; whoever is not named is refused as `forbidden`. */
const MAY: Record<string, readonly Role[]> = {
  edit: ['author', 'administrator'],
  submit: ['author', 'administrator'],
  approve: ['approver', 'administrator'],
  publish: ['author', 'approver', 'administrator'],
  return: ['approver', 'administrator'],
  reject: ['approver', 'administrator'],
  cancel: ['author', 'approver', 'administrator'],
  'break-glass': ['approver', 'administrator'],
  withdraw: ['approver', 'administrator'],
};
const ROLES = ['operator', 'author', 'approver', 'administrator'] as const;

interface Person {
  readonly actor: Actor;
  readonly token: string;
}

let world: WebWorld;
let writer: Person;
let second: Person;
const people = {} as Record<Role, Person>;
beforeAll(async () => {
  world = await webWorld();
  writer = await person('mois', 'author');
  second = await person('mois', 'approver');
  for (const role of ROLES) people[role] = await person('mois', role);
});
afterAll(() => world.close());

async function person(agency: string, ...roles: Role[]): Promise<Person> {
  const added = await addOfficial(world.context, { kind: 'console' }, { name: 'P', agency, roles });
  if (!added.ok) throw new Error(added.problem.code);
  const official = await authenticate(world.context, added.value.token);
  if (official === null) throw new Error('no official');
  return { actor: { kind: 'official', official, door: 'api' }, token: added.value.token };
}

const got = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem));
  return outcome.value;
};

/** A fresh announcement in this state, by the shortest legal way. */
async function inState(state: State): Promise<Announcement> {
  const { context } = world;
  const tomorrow = '2023-11-18T04:55:00.000Z';
  const { id } = got(
    await draftAnnouncement(context, writer.actor, {
      title: { ko: '안내', en: 'News' },
      message: { ko: '본문', en: 'Text' },
      audience: { to: 'everyone', languages: null, platforms: null, regions: null },
      severity: 'critical',
      scheduledFor: state === 'scheduled' ? tomorrow : null,
    }),
  );
  const approve = (hold = false) =>
    approveAnnouncement(context, second.actor, id, { revision: 1, hold }).then(got);
  if (state === 'cancelled') return got(await cancelAnnouncement(context, writer.actor, id));
  if (state !== 'draft') got(await submitAnnouncement(context, writer.actor, id));
  if (state === 'returned') return got(await returnAnnouncement(context, second.actor, id, { reason: 'r' }));
  if (state === 'rejected') return got(await rejectAnnouncement(context, second.actor, id, { reason: 'r' }));
  if (state === 'approved') return approve(true);
  if (state !== 'draft' && state !== 'in_review') {
    const { notice } = await approve();
    if (state === 'withdrawn') got(await withdrawAnnouncement(context, second.actor, id, {}));
    if (state === 'published') {
      const campaign = await context.store.campaigns.byNotice(notice?.id ?? '');
      await context.store.campaigns.control(campaign?.id ?? '', 'cancel', context.clock.now());
      await advanceAnnouncements(context);
    }
  }
  const announcement = await context.store.announcements.get(id);
  if (announcement?.state !== state) throw new Error(`${state} was not reached: ${announcement?.state}`);
  return announcement;
}

const glass = { revision: 1, whyNow: 'now', whyAlone: 'alone' };

/** The act by its operation: `ok`, or the code of the refusal. */
async function byOperation(act: string, id: string, { actor }: Person): Promise<string> {
  const { context } = world;
  const acts: Record<string, () => Promise<Outcome<unknown>>> = {
    edit: () => editAnnouncement(context, actor, id, { severity: 'critical' }, null),
    submit: () => submitAnnouncement(context, actor, id),
    approve: () => approveAnnouncement(context, actor, id, { revision: 1 }),
    publish: () => publishAnnouncement(context, actor, id),
    return: () => returnAnnouncement(context, actor, id, { reason: 'r' }),
    reject: () => rejectAnnouncement(context, actor, id, { reason: 'r' }),
    cancel: () => cancelAnnouncement(context, actor, id),
    'break-glass': () => breakGlass(context, actor, id, glass),
    withdraw: () => withdrawAnnouncement(context, actor, id, {}),
  };
  const outcome = await acts[act]?.();
  return outcome?.ok === true ? 'ok' : (outcome?.problem.code ?? 'no such act');
}

/** The same over HTTP. */
async function byApi(act: string, id: string, { token }: Person): Promise<string> {
  const bodies: Record<string, unknown> = {
    edit: { severity: 'critical' },
    approve: { revision: 1 },
    return: { reason: 'r' },
    reject: { reason: 'r' },
    'break-glass': glass,
  };
  const path = `/api/v1/announcements/${id}${act === 'edit' ? '' : `/${act}`}`;
  const method = act === 'edit' ? 'PATCH' : 'POST';
  const answer = await world.ask(method, path, { token, body: bodies[act] ?? {} });
  return answer.status === 200 ? 'ok' : answer.body.code;
}

describe.each(STATES)('an announcement that is %s', (state) => {
  it.each(ACTS)(
    '%s: the same by operation and over HTTP, for every role',
    { timeout: 30_000 },
    async (act) => {
      const to = LEGAL[act]?.[state];
      for (const role of ROLES) {
        const expected = MAY[act]?.includes(role) ? (to === undefined ? 'illegal_move' : 'ok') : 'forbidden';
        for (const door of [byOperation, byApi]) {
          const before = await inState(state);
          expect(await door(act, before.id, people[role]), `${role} ${door.name}`).toBe(expected);
          const after = await world.context.store.announcements.get(before.id);
          if (expected === 'ok') expect(after?.state, `${role} ${door.name}`).toBe(to);
          else expect(after, `${role} ${door.name}`).toEqual(before);
        }
      }
    },
  );
});

describe('nobody is the second person to themselves', () => {
  it.each(['author', 'administrator'] as const)('not as %s either', async (role) => {
    const both = await person('mois', role, 'approver');
    for (const door of [byOperation, byApi]) {
      const { context } = world;
      const { id } = await inState('draft');
      got(await editAnnouncement(context, both.actor, id, { severity: 'critical' }, null));
      got(await submitAnnouncement(context, writer.actor, id));
      expect(await door('approve', id, both)).toBe('own_draft');
      expect(await context.store.announcements.get(id)).toMatchObject({ state: 'in_review', approval: null });
    }
  });
});

it('every act was kept, in a chain that holds', { timeout: 30_000 }, async () => {
  const { store } = world.context;
  const { notice } = await inState('published');
  got(
    await correctNotice(world.context, second.actor, notice?.code ?? '', {
      message: { ko: '정정', en: 'Mended' },
    }),
  );
  expect((await store.audit.verify()).broken).toBeNull();
  const acts = new Set<string>();
  for (const entry of await store.audit.after(0, 10_000)) acts.add(entry.act);
  for (const act of [
    'drafted',
    'edited',
    'submitted',
    'approved',
    'published',
    'returned',
    'rejected',
    'cancelled',
    'glass_broken',
    'withdrawn',
    'approve_refused',
    'completed',
  ])
    expect(acts).toContain(`announcement.${act}`);
  expect(acts).toContain('notice.corrected');
});
