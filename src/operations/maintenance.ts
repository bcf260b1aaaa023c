import type { MaintenanceId, NoticeId, ServiceId } from '../domain/ids.ts';
import { newId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds, secondsBetween, toEpoch } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import { MAINTENANCE_MOVES, type Maintenance, phaseAt } from '../domain/maintenance.ts';
import type { Actor } from '../domain/official.ts';
import { done, type Outcome, type Problem, refused } from '../domain/problem.ts';
import type { Tables } from '../ports/store.ts';
import { type Context, record, type Told } from './context.ts';
import { CLOCK_SLACK_SECONDS } from './incident-input.ts';
import { tellFollowers, tellOf } from './maintenance-notice.ts';
import { recordProblem, servicesProblem } from './permission.ts';
import { cleanedBoth, LENGTHS, textProblem } from './texts.ts';

export interface MaintenanceInput {
  readonly services: readonly ServiceId[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly message: Bilingual;
  /** May begin at once; told as emergency maintenance. */
  readonly emergency?: boolean | undefined;
}

/** An end that nobody was here to tell of in this time is not news any more. */
const TELL_END_WITHIN_SECONDS = 6 * 3600;

/** Plans a window and tells of it. It opens and closes by the clock. */
export async function scheduleMaintenance(
  context: Context,
  actor: Actor,
  input: MaintenanceInput,
): Promise<Outcome<Told<Maintenance>>> {
  const now = context.clock.now();
  const problem = windowProblem(context, actor, input, now);
  if (problem !== null) return { ok: false, problem };
  const planned: Maintenance = {
    id: newId('mnt', toEpoch(now), context.clock.random),
    agency: context.catalogue.service(input.services[0] ?? '')?.agency ?? '',
    services: input.services,
    state: 'scheduled',
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    message: cleanedBoth(input.message),
    emergency: input.emergency ?? false,
    createdAt: now,
    createdBy: actor.kind === 'official' ? actor.official.id : null,
    revision: 1,
  };
  const maintenance = { ...planned, state: phaseAt(planned, now) };
  const notice = await context.store.transaction(async (tables) => {
    await tables.maintenances.insert(maintenance);
    await record(tables, context, actor, 'maintenance.scheduled', maintenance.id, null, maintenance);
    return tellOf(tables, context, maintenance, 'scheduled', maintenance.message, now);
  });
  context.wakeSender();
  return done({ record: maintenance, notice });
}

/** Calls a window off before its end, and tells so. */
export async function cancelMaintenance(
  context: Context,
  actor: Actor,
  id: MaintenanceId,
  input: { message?: Bilingual | undefined },
): Promise<Outcome<Told<Maintenance>>> {
  const now = context.clock.now();
  const result = await context.store.transaction(async (tables): Promise<Outcome<Told<Maintenance>>> => {
    const before = await tables.maintenances.get(id);
    if (before === null) return refused('not_found', null, { id });
    const problem =
      recordProblem(actor, before, context.catalogue) ??
      textProblem(input.message, 'message', LENGTHS.message);
    if (problem !== null) return { ok: false, problem };
    const phase = phaseAt(before, now);
    if (!MAINTENANCE_MOVES[phase].includes('cancelled')) {
      return refused('illegal_move', null, {
        from: phase,
        to: 'cancelled',
        allowed: MAINTENANCE_MOVES[phase].join(', ') || '—',
      });
    }
    const after: Maintenance = { ...before, state: 'cancelled', revision: before.revision + 1 };
    if (!(await tables.maintenances.advance(after))) {
      return refused('stale_revision', null, { current: String(before.revision + 1) });
    }
    await record(tables, context, actor, 'maintenance.cancelled', id, before, after);
    const message = input.message === undefined ? null : cleanedBoth(input.message);
    await supersedeUnsent(tables, id, now);
    const notice = await tellOf(tables, context, after, 'cancelled', message, now);
    if (phase === 'in_progress') await tellFollowers(tables, context, after, now);
    return done({ record: after, notice });
  });
  if (result.ok) context.wakeSender();
  return result;
}

/** The clock's tick: opens and completes what is due, and tells of the end. Returns how many moved. Safe to run anywhere, at once and again. */
export async function advanceMaintenances(context: Context): Promise<number> {
  const now = context.clock.now();
  let moved = 0;
  for (const { id, state, ...rest } of await context.store.maintenances.pending()) {
    if (phaseAt({ id, state, ...rest }, now) === state) continue;
    if (await advanceOne(context, id, now)) moved += 1;
  }
  if (moved > 0) context.wakeSender();
  return moved;
}

function advanceOne(context: Context, id: MaintenanceId, now: Instant): Promise<boolean> {
  const clock = { kind: 'system', name: 'clock' } as const;
  return context.store.transaction(async (tables) => {
    const before = await tables.maintenances.get(id);
    if (before === null) return false;
    const state = phaseAt(before, now);
    if (state === before.state) return false;
    const after: Maintenance = { ...before, state, revision: before.revision + 1 };
    // Another replica was first, and has told of it too.
    if (!(await tables.maintenances.advance(after))) return false;
    const act = state === 'completed' ? 'maintenance.completed' : 'maintenance.opened';
    await record(tables, context, clock, act, id, before, after);
    if (state === 'completed') await supersedeUnsent(tables, id, now);
    if (state === 'completed' && secondsBetween(after.endsAt, now) <= TELL_END_WITHIN_SECONDS) {
      await tellOf(tables, context, after, 'completed', null, now);
      await tellFollowers(tables, context, after, now);
    }
    return true;
  });
}

/** What was announced of the window and has not gone out yet is no longer true. */
async function supersedeUnsent(tables: Tables, id: MaintenanceId, now: Instant): Promise<void> {
  const untrue: NoticeId[] = [];
  for (const campaign of await tables.campaigns.active())
    if ((await tables.notices.get(campaign.notice))?.maintenance === id) untrue.push(campaign.notice);
  await tables.campaigns.supersedeNotices(untrue, now);
}

function windowProblem(
  context: Context,
  actor: Actor,
  input: MaintenanceInput,
  now: Instant,
): Problem | null {
  const { services, startsAt, endsAt, emergency } = input;
  const problem =
    servicesProblem(actor, services, context.catalogue, (index) => `services[${index}]`) ??
    textProblem(input.message, 'message', LENGTHS.message);
  if (problem !== null) return problem;
  if (services.length === 0) return refused('invalid', 'services').problem;
  if (endsAt <= startsAt) {
    return refused('time_order', 'endsAt', { earlier: startsAt, later: endsAt }).problem;
  }
  if (emergency !== true && startsAt < plusSeconds(now, -CLOCK_SLACK_SECONDS)) {
    return refused('in_the_past', 'startsAt', { at: startsAt }).problem;
  }
  return endsAt <= now ? refused('in_the_past', 'endsAt', { at: endsAt }).problem : null;
}
