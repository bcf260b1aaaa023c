import {
  ANNOUNCEMENT_MOVES,
  type Announcement,
  type AnnouncementAct,
  actsIn,
} from '../domain/announcement.ts';
import type { AgencyId, AnnouncementId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { type Actor, hasRole } from '../domain/official.ts';
import { done, type Outcome, type Problem, refused } from '../domain/problem.ts';
import type { Tables } from '../ports/store.ts';
import { type Context, record } from './context.ts';

/** How an act is called once it is done: in the audit, and in the sentence of a refusal. */
export const DONE: { readonly [A in AnnouncementAct]: string } = {
  edit: 'edited',
  submit: 'submitted',
  approve: 'approved',
  return: 'returned',
  reject: 'rejected',
  cancel: 'cancelled',
  publish: 'published',
  break_glass: 'glass_broken',
  review: 'reviewed',
  correct: 'corrected',
  withdraw: 'withdrawn',
  expire: 'expired',
  launch: 'launched',
  complete: 'completed',
};

/** Whether somebody has a role for the act, in the announcement's agency. The clock may do what is left to it alone. */
export function permissionProblem(actor: Actor, act: AnnouncementAct, agency: AgencyId): Problem | null {
  const { roles } = ANNOUNCEMENT_MOVES[act];
  if (actor.kind !== 'official') {
    return actor.kind === 'system' && roles.length === 0 ? null : refused('forbidden').problem;
  }
  const { official } = actor;
  if (!roles.some((role) => hasRole(official, role))) return refused('forbidden').problem;
  if (official.agency === agency || hasRole(official, 'administrator')) return null;
  return refused('wrong_agency', null, { agency }).problem;
}

/** Whether the act is legal in its state; if not, what is. */
export function moveProblem({ state }: Announcement, act: AnnouncementAct): Problem | null {
  if (ANNOUNCEMENT_MOVES[act].from.includes(state)) return null;
  const allowed =
    actsIn(state)
      .map((one) => DONE[one])
      .join(', ') || '—';
  return refused('illegal_move', null, { from: state, to: DONE[act], allowed }).problem;
}

/** How often a change is tried again on the newest version when somebody was first. */
const ATTEMPTS = 5;

/**
 * Does one act to the newest version in one transaction: permission, rule, change, audit. Of two at once the second
 * meets what the first made of it.
 * @param plan what it becomes, without its new version; may refuse, and what it audited before then stays
 * @param follow what the change brings about in the same transaction
 */
export async function change(
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  act: AnnouncementAct,
  plan: (before: Announcement, now: Instant, tables: Tables) => Promise<Outcome<Announcement>>,
  follow?: (after: Announcement, now: Instant, tables: Tables) => Promise<Announcement>,
): Promise<Outcome<Announcement>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const now = context.clock.now();
    const result = await context.store.transaction(async (tables) => {
      const before = await tables.announcements.get(id);
      if (before === null) return refused('not_found', null, { id });
      const problem = permissionProblem(actor, act, before.agency) ?? moveProblem(before, act);
      if (problem !== null) return { ok: false, problem } as const;
      const planned = await plan(before, now, tables);
      if (!planned.ok) return planned;
      const after = { ...planned.value, updatedAt: now, version: before.version + 1 };
      if (!(await tables.announcements.advance(after))) return 'lost';
      await record(tables, context, actor, `announcement.${DONE[act]}`, id, before, after);
      return done(follow === undefined ? after : await follow(after, now, tables));
    });
    if (result === 'lost') continue;
    if (result.ok && result.value.publishedAt !== null) context.wakeSender();
    return result;
  }
  return stale((await context.store.announcements.get(id))?.revision ?? 0);
}

export const stale = (revision: number) =>
  refused('stale_revision', 'revision', { current: String(revision) });
