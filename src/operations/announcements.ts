import {
  type Announcement,
  type AnnouncementContent,
  approvalOf,
  isStanding,
  REVIEW_HOURS,
} from '../domain/announcement.ts';
import { type AnnouncementId, newId, type OfficialId } from '../domain/ids.ts';
import { plusSeconds, toEpoch } from '../domain/instant.ts';
import type { Actor } from '../domain/official.ts';
import { done, type Outcome, refused } from '../domain/problem.ts';
import type { Tables } from '../ports/store.ts';
import { alertApprovers, personOf } from './alerting.ts';
import { change, permissionProblem, stale } from './announcement-change.ts';
import {
  type AnnouncementChanges,
  changed,
  contentProblem,
  isScheduledAhead,
  reasonProblem,
} from './announcement-input.ts';
import { publishIn } from './announcement-notice.ts';
import { type Context, record } from './context.ts';
import { cleanedLine } from './texts.ts';

/** An author begins an announcement of the own agency. */
export async function draftAnnouncement(
  context: Context,
  actor: Actor,
  content: AnnouncementContent,
): Promise<Outcome<Announcement>> {
  const now = context.clock.now();
  if (actor.kind !== 'official') return refused('forbidden');
  const { agency, id: author } = actor.official;
  const problem = permissionProblem(actor, 'edit', agency) ?? contentProblem(content, context.catalogue, now);
  if (problem !== null) return { ok: false, problem };
  const draft: Announcement = {
    ...changed(content, content),
    id: newId('ann', toEpoch(now), context.clock.random),
    agency,
    state: 'draft',
    revision: 1,
    version: 1,
    authors: [author],
    createdAt: now,
    updatedAt: now,
    submittedAt: null,
    approval: null,
    reason: null,
    glass: null,
    publishedAt: null,
    notice: null,
  };
  await context.store.transaction(async (tables) => {
    await tables.announcements.insert(draft);
    await record(tables, context, actor, 'announcement.drafted', draft.id, null, draft);
  });
  return done(draft);
}

/**
 * A new revision, back in draft: whatever approval there was is void.
 * @param seen the revision that the writer saw; null applies it to the newest
 */
export const editAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  changes: AnnouncementChanges,
  seen: number | null,
): Promise<Outcome<Announcement>> =>
  change(context, actor, id, 'edit', async (before, now) => {
    if (seen !== null && seen !== before.revision) return stale(before.revision);
    const problem = contentProblem(changes, context.catalogue, now);
    if (problem !== null) return { ok: false, problem };
    const author = personOf(actor);
    const authors = author === null ? before.authors : [...new Set([...before.authors, author])];
    return done({
      ...before,
      ...changed(before, changes),
      state: 'draft',
      revision: before.revision + 1,
      authors,
      approval: null,
    });
  });

/** Freezes the revision for a second person's eyes. A text with errors is not let through. */
export const submitAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
): Promise<Outcome<Announcement>> =>
  change(
    context,
    actor,
    id,
    'submit',
    async (before, now) => {
      const errors = context.lintNotice(before).filter(({ weight }) => weight === 'error');
      const [first] = errors;
      if (first !== undefined) {
        const problem = refused('unsound_text', first.field, { count: String(errors.length) }).problem;
        return { ok: false, problem: { ...problem, findings: errors } };
      }
      return done({ ...before, state: 'in_review', submittedAt: now, reason: null });
    },
    async (after, now, tables) => {
      await alertApprovers(tables, after.agency, { kind: 'submitted', subject: id, at: now }, after.authors);
      return after;
    },
  );

/**
 * The second person's word for exactly this revision. It is published at once, or at its time; with `hold` it waits,
 * approved, until somebody publishes it before the approval runs out.
 */
export const approveAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  { revision, hold = false }: { readonly revision: number; readonly hold?: boolean | undefined },
): Promise<Outcome<Announcement>> =>
  change(
    context,
    actor,
    id,
    'approve',
    async (before, now, tables) => {
      const approver = await secondPerson(tables, context, actor, before, 'approve');
      if (!approver.ok) return approver;
      if (revision !== before.revision) return stale(before.revision);
      const approval = approvalOf(revision, approver.value, now);
      const waits = isScheduledAhead(before, now) ? 'scheduled' : 'approved';
      return done({ ...before, state: hold ? 'approved' : waits, approval });
    },
    async (after, now, tables) =>
      hold || after.state === 'scheduled' ? after : publishIn(tables, context, actor, after, now),
  );

/** Uses an approval that was put on hold, while it stands. */
export const publishAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
): Promise<Outcome<Announcement>> =>
  change(
    context,
    actor,
    id,
    'publish',
    async (before, now) => {
      if (!isStanding(before, now)) return refused('approval_expired');
      return done(isScheduledAhead(before, now) ? { ...before, state: 'scheduled' } : before);
    },
    async (after, now, tables) =>
      after.state === 'scheduled' ? after : publishIn(tables, context, actor, after, now),
  );

/** Back to its author, with what has to change. */
export const returnAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  { reason }: { readonly reason: string },
): Promise<Outcome<Announcement>> => turnDown(context, actor, id, 'return', 'returned', reason);

/** For good. */
export const rejectAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  { reason }: { readonly reason: string },
): Promise<Outcome<Announcement>> => turnDown(context, actor, id, 'reject', 'rejected', reason);

const turnDown = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  act: 'return' | 'reject',
  state: 'returned' | 'rejected',
  reason: string,
): Promise<Outcome<Announcement>> =>
  change(
    context,
    actor,
    id,
    act,
    async (before) => {
      const problem = reasonProblem(reason, 'reason');
      if (problem !== null) return { ok: false, problem };
      return done({ ...before, state, reason: cleanedLine(reason), approval: null });
    },
    async (after, now, tables) => {
      await tables.alerts.add(after.authors, { kind: state, subject: id, at: now });
      return after;
    },
  );

/** Given up before anybody was told. */
export const cancelAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
): Promise<Outcome<Announcement>> =>
  change(context, actor, id, 'cancel', async (before) =>
    done({ ...before, state: 'cancelled', approval: null }),
  );

/** Publishes something critical without a second person, for two reasons on record. The others learn of it at once. */
export const breakGlass = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  asked: { readonly revision: number; readonly whyNow: string; readonly whyAlone: string },
): Promise<Outcome<Announcement>> =>
  change(
    context,
    actor,
    id,
    'break_glass',
    async (before, now) => {
      const by = personOf(actor);
      if (by === null) return refused('forbidden');
      if (before.severity !== 'critical') return refused('not_critical', 'severity');
      if (asked.revision !== before.revision) return stale(before.revision);
      const problem = reasonProblem(asked.whyNow, 'whyNow') ?? reasonProblem(asked.whyAlone, 'whyAlone');
      if (problem !== null) return { ok: false, problem };
      const whyNow = cleanedLine(asked.whyNow);
      const whyAlone = cleanedLine(asked.whyAlone);
      const reviewBy = plusSeconds(now, REVIEW_HOURS * 3600);
      const glass = { by, at: now, whyNow, whyAlone, reviewBy, reviewed: null, nagged: false };
      return done({ ...before, glass });
    },
    async (after, now, tables) => {
      const alert = { kind: 'glass_broken', subject: id, at: now } as const;
      await alertApprovers(tables, after.agency, alert, after.glass === null ? [] : [after.glass.by]);
      return publishIn(tables, context, actor, after, now);
    },
  );

/** The second person's look, after the fact. */
export const reviewAnnouncement = (
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  { remark }: { readonly remark: string },
): Promise<Outcome<Announcement>> =>
  change(context, actor, id, 'review', async (before, now, tables) => {
    const { glass } = before;
    if (glass === null || glass.reviewed !== null) return refused('already_done', null, { id });
    const reviewer = await secondPerson(tables, context, actor, before, 'review');
    if (!reviewer.ok) return reviewer;
    const problem = reasonProblem(remark, 'remark');
    if (problem !== null) return { ok: false, problem };
    const reviewed = { by: reviewer.value, at: now, remark: cleanedLine(remark) };
    return done({ ...before, glass: { ...glass, reviewed } });
  });

/** Nobody stands for what they wrote, or published alone; that they tried is kept. */
async function secondPerson(
  tables: Tables,
  context: Context,
  actor: Actor,
  before: Announcement,
  act: 'approve' | 'review',
): Promise<Outcome<OfficialId>> {
  const person = personOf(actor);
  if (person === null) return refused('forbidden');
  if (!before.authors.includes(person) && before.glass?.by !== person) return done(person);
  const refusal = refused('own_draft');
  await record(tables, context, actor, `announcement.${act}_refused`, before.id, before.state, {
    because: refusal.problem.code,
    revision: before.revision,
  });
  return refusal;
}
