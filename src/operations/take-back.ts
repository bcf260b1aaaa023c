import type { Announcement, AnnouncementAct } from '../domain/announcement.ts';
import type { AnnouncementId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Notice, NoticeFact } from '../domain/notice.ts';
import type { Actor } from '../domain/official.ts';
import { done, type Outcome, type Problem, refused } from '../domain/problem.ts';
import type { Tables } from '../ports/store.ts';
import { alertApprovers, personOf } from './alerting.ts';
import { DONE, moveProblem, permissionProblem } from './announcement-change.ts';
import { type Context, record } from './context.ts';
import { recordProblem } from './permission.ts';
import { tell } from './telling.ts';
import { cleanedBoth, LENGTHS, textProblem } from './texts.ts';

/** A notice, and the one that mends it or takes it back. */
export interface TakenBack {
  readonly notice: Notice;
  readonly by: { readonly id: string; readonly code: string };
}

/**
 * Mends a notice: what is unsent of it stops, and exactly those who got it, or may have, are told the right thing,
 * whatever their quiet hours.
 */
export const correctNotice = (
  context: Context,
  actor: Actor,
  idOrCode: string,
  { message }: { readonly message: Bilingual },
): Promise<Outcome<TakenBack>> => takeBack(context, actor, idOrCode, 'correct', message);

/**
 * Takes a notice back altogether, as `correctNotice` tells of it. One person suffices; the others learn of it. Without
 * a message the retraction is the template's sentence alone.
 */
export const withdrawNotice = (
  context: Context,
  actor: Actor,
  idOrCode: string,
  { message }: { readonly message?: Bilingual | undefined },
): Promise<Outcome<TakenBack>> => takeBack(context, actor, idOrCode, 'withdraw', message ?? null);

/** Withdraws what an announcement told. */
export async function withdrawAnnouncement(
  context: Context,
  actor: Actor,
  id: AnnouncementId,
  input: { readonly message?: Bilingual | undefined },
): Promise<Outcome<{ readonly announcement: Announcement; readonly by: TakenBack['by'] }>> {
  const before = await context.store.announcements.get(id);
  if (before === null) return refused('not_found', null, { id });
  const problem = permissionProblem(actor, 'withdraw', before.agency) ?? moveProblem(before, 'withdraw');
  if (problem !== null) return { ok: false, problem };
  const outcome = await withdrawNotice(context, actor, before.notice?.id ?? '', input);
  if (!outcome.ok) return outcome;
  const announcement = await context.store.announcements.get(id);
  return announcement === null
    ? refused('not_found', null, { id })
    : done({ announcement, by: outcome.value.by });
}

type Act = Extract<AnnouncementAct, 'correct' | 'withdraw'>;

/** Somebody was first: everything is rolled back and looked at anew. */
class Overtaken extends Error {}

const ATTEMPTS = 5;

async function takeBack(...asked: Parameters<typeof takeBackOnce>): Promise<Outcome<TakenBack>> {
  const [context] = asked;
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await takeBackOnce(...asked);
      if (result.ok) context.wakeSender();
      return result;
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof Overtaken)) throw error;
    }
  }
}

const takeBackOnce = (
  context: Context,
  actor: Actor,
  idOrCode: string,
  act: Act,
  message: Bilingual | null,
): Promise<Outcome<TakenBack>> =>
  context.store.transaction(async (tables): Promise<Outcome<TakenBack>> => {
    const now = context.clock.now();
    const notice = (await tables.notices.get(idOrCode)) ?? (await tables.notices.byCode(idOrCode));
    if (notice === null) return refused('not_found', null, { id: idOrCode });
    const announcement = await tables.announcements.byNotice(notice.id);
    const problem =
      mayTakeBack(context, actor, notice, act) ??
      (await goneProblem(tables, notice, act)) ??
      (announcement === null ? null : moveProblem(announcement, act)) ??
      textProblem(message, 'message', LENGTHS.message);
    if (problem !== null) return { ok: false, problem };

    await record(tables, context, actor, `notice.${DONE[act]}`, notice.id, notice.code, { message });
    const campaign = await tables.campaigns.byNotice(notice.id);
    if (campaign !== null) await tables.campaigns.control(campaign.id, 'cancel', now);
    const by = await tell(tables, context, retraction(notice, act, message, now), now);
    if (act === 'withdraw') {
      if (!(await tables.notices.withdraw(notice.id, by.id, now))) throw new Overtaken();
      if (announcement !== null) await markWithdrawn(tables, context, actor, announcement, now);
    }
    const kind = act === 'withdraw' ? 'withdrawn' : 'corrected';
    const person = personOf(actor);
    const others = person === null ? [] : [person];
    const alert = { kind, subject: notice.id, at: now } as const;
    const authors = (announcement?.authors ?? []).filter((author) => author !== person);
    await tables.alerts.add(authors, alert);
    await alertApprovers(tables, notice.agency, alert, [...others, ...authors]);
    return done({ notice, by });
  });

/** An announcement is an approver's to take back; what tells of an outage or a window also whoever may declare one. */
function mayTakeBack(context: Context, actor: Actor, notice: Notice, act: Act): Problem | null {
  const asApprover = permissionProblem(actor, act, notice.agency);
  if (asApprover === null || notice.audience.kind === 'chosen' || notice.audience.kind === 'recipients')
    return asApprover;
  const services = notice.fact.services.map((s) => s.id);
  return recordProblem(actor, { agency: notice.agency, services }, context.catalogue);
}

/** What was withdrawn is over: it is neither mended nor withdrawn again. */
async function goneProblem(tables: Tables, notice: Notice, act: Act): Promise<Problem | null> {
  if ((await tables.notices.withdrawnBy(notice.id)) === null) return null;
  if (act === 'withdraw') return refused('already_done', null, { id: notice.id }).problem;
  return refused('illegal_move', null, { from: 'withdrawn', to: DONE[act], allowed: '—' }).problem;
}

/**
 * Critical, so that it passes everything that waits. It stands beside the story of an incident, since the next update
 * of that must not stop it.
 */
function retraction(
  notice: Notice,
  act: Act,
  message: Bilingual | null,
  now: Instant,
): Parameters<typeof tell>[2] {
  const fact: Omit<NoticeFact, 'code' | 'at'> = {
    kind: 'correction',
    services: [],
    regions: 'nationwide',
    title: subjectOf(notice.fact),
    message: message === null ? null : cleanedBoth(message),
    limits: null,
    works: null,
    alternatives: [],
    deadlines: [],
    startedAt: null,
    endedAt: null,
    nextUpdateAt: null,
    source: { name: notice.fact.source.name, at: now },
    phone: notice.fact.phone,
    again: null,
    phase: null,
    emergency: false,
    corrects: notice.code,
    withdrawn: act === 'withdraw',
  };
  return {
    severity: 'critical',
    agency: notice.agency,
    incident: null,
    sequence: 0,
    maintenance: null,
    audience: { kind: 'recipients', notices: [notice.id] },
    scope: notice.scope,
    holdSeconds: 0,
    fact,
  };
}

/** What the notice was about: its title, else the services it named. */
function subjectOf({ title, services }: NoticeFact): Bilingual | null {
  if (title !== null) return title;
  if (services.length === 0) return null;
  const names = (language: 'ko' | 'en') => services.map(({ name }) => name[language]).join(', ');
  return { ko: names('ko'), en: names('en') };
}

async function markWithdrawn(
  tables: Tables,
  context: Context,
  actor: Actor,
  before: Announcement,
  now: Instant,
): Promise<void> {
  const version = before.version + 1;
  const after: Announcement = { ...before, state: 'withdrawn', updatedAt: now, version };
  if (!(await tables.announcements.advance(after))) throw new Overtaken();
  await record(tables, context, actor, 'announcement.withdrawn', before.id, before, after);
}
