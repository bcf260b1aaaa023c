import type { IncidentId } from '../domain/ids.ts';
import { newId } from '../domain/ids.ts';
import {
  type AffectedService,
  canMove,
  type Deadline,
  INCIDENT_MOVES,
  type Incident,
  type IncidentUpdate,
  isBack,
  type Source,
  turnaround,
  withChanges,
} from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { earlier, toEpoch } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Actor } from '../domain/official.ts';
import { done, type Outcome, type Problem, refused } from '../domain/problem.ts';
import type { Tables } from '../ports/store.ts';
import { type Context, record, type Told } from './context.ts';
import {
  declarationProblem,
  type IncidentInput,
  type IncidentUpdateInput,
  type SourceInput,
  updateProblem,
} from './incident-input.ts';
import { defaultTitle, isDefaultTitle, type Step, tellOf } from './incident-notice.ts';
import { recordProblem } from './permission.ts';
import { sourceOf } from './telling.ts';
import { cleanedBoth, cleanedLines, LENGTHS, textProblem } from './texts.ts';

export type { IncidentInput, IncidentUpdateInput };

/** An official, or a source, says that something is wrong. Incident, audit line, notice and campaign are one. */
export async function declareIncident(
  context: Context,
  actor: Actor,
  input: IncidentInput,
): Promise<Outcome<Told<Incident>>> {
  const now = context.clock.now();
  const problem = declarationProblem(context, actor, input, now);
  if (problem !== null) return { ok: false, problem };

  const { catalogue } = context;
  const first = input.services[0]?.id;
  const startedAt = earlier(input.startedAt ?? now, now);
  const services = input.services.map((s) => ({ service: s.id, status: s.status, since: startedAt }));
  const incident: Incident = {
    id: newId('inc', toEpoch(now), context.clock.random),
    agency: catalogue.service(first ?? '')?.agency ?? '',
    state: input.state,
    title: input.title === undefined ? defaultTitle(services, catalogue) : cleanedLines(input.title),
    services,
    scope:
      input.scope === undefined || input.scope === 'nationwide' ? 'nationwide' : [...new Set(input.scope)],
    limits: orNull(input.limits),
    works: orNull(input.works),
    source: input.source === undefined ? sourceOf(first, catalogue, now) : sourceFrom(input.source, now),
    deadlines: (input.deadlines ?? []).map(cleanedDeadline),
    nextUpdateAt: input.nextUpdateAt ?? null,
    critical: input.critical ?? false,
    startedAt,
    declaredAt: now,
    updatedAt: now,
    resolvedAt: null,
    declaredBy: officialId(actor),
    revision: 1,
  };
  const update = entryOf(incident, input.message, actor, now);
  const notice = await context.store.transaction(async (tables) => {
    await tables.incidents.insert(incident, update);
    await record(tables, context, actor, 'incident.declared', incident.id, null, incident);
    return tellOf(tables, context, incident, update, { kind: 'outage', again: null });
  });
  context.wakeSender();
  return done({ record: incident, notice });
}

/** News of an incident: a state, statuses, a promise. Also resolves it, and reopens a resolved one. */
export async function updateIncident(
  context: Context,
  actor: Actor,
  id: IncidentId,
  input: IncidentUpdateInput,
): Promise<Outcome<Told<Incident>>> {
  const now = context.clock.now();
  return change(context, actor, id, input.revision ?? null, async (before, tables) => {
    const problem = updateProblem(context, actor, input, now) ?? moveProblem(before, input.state);
    if (problem !== null) return { ok: false, problem };
    const services = await servicesAfter(before, input, now, tables);
    const resolved = input.state === 'resolved';
    const after: Incident = {
      ...before,
      state: input.state,
      services,
      limits: textAfter(input.limits, resolved ? null : before.limits),
      works: textAfter(input.works, resolved ? null : before.works),
      source: input.source === undefined ? { ...before.source, at: now } : sourceFrom(input.source, now),
      deadlines: input.deadlines?.map(cleanedDeadline) ?? before.deadlines,
      nextUpdateAt: resolved ? null : promiseAfter(input.nextUpdateAt, before.nextUpdateAt, now),
      updatedAt: now,
      resolvedAt: resolved ? now : null,
      revision: before.revision + 1,
    };
    const untitled = isDefaultTitle(before, context.catalogue);
    const titled = untitled ? { ...after, title: defaultTitle(services, context.catalogue) } : after;
    return done({
      after: titled,
      update: entryOf(titled, input.message, actor, now),
      act: resolved ? 'resolved' : before.state === 'resolved' ? 'reopened' : 'updated',
      step: stepOf(before, titled),
    });
  });
}

/** Takes back what was declared in error: not a restoration, since nothing was broken. Final. */
export async function withdrawIncident(
  context: Context,
  actor: Actor,
  id: IncidentId,
  input: { message: Bilingual },
): Promise<Outcome<Told<Incident>>> {
  const now = context.clock.now();
  return change(context, actor, id, null, async (before) => {
    const problem =
      textProblem(input.message, 'message', LENGTHS.message) ?? moveProblem(before, 'withdrawn');
    if (problem !== null) return { ok: false, problem };
    const after: Incident = {
      ...before,
      state: 'withdrawn',
      services: allOperational(before.services, now),
      limits: null,
      works: null,
      source: { ...before.source, at: now },
      deadlines: [],
      nextUpdateAt: null,
      updatedAt: now,
      resolvedAt: before.resolvedAt ?? now,
      revision: before.revision + 1,
    };
    return done({
      after,
      update: entryOf(after, input.message, actor, now),
      act: 'withdrawn',
      step: { kind: 'correction', again: null },
    });
  });
}

interface Change {
  readonly after: Incident;
  readonly update: IncidentUpdate;
  readonly act: string;
  readonly step: Step;
}

/** How often a change without a revision is tried again on the newest when somebody was first. */
const ATTEMPTS = 5;

/**
 * Applies a change to the newest revision, or to the one the writer saw. Of two at once one wins; the other is
 * applied to what the winner wrote, or refused as stale when it named the revision it had seen.
 */
async function change(
  context: Context,
  actor: Actor,
  id: IncidentId,
  seen: number | null,
  plan: (before: Incident, tables: Tables) => Promise<Outcome<Change>>,
): Promise<Outcome<Told<Incident>>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const result = await context.store.transaction(async (tables) => {
      const before = await tables.incidents.get(id);
      if (before === null) return refused('not_found', null, { id });
      const services = before.services.map((s) => s.service);
      const problem = recordProblem(actor, { agency: before.agency, services }, context.catalogue);
      if (problem !== null) return { ok: false, problem } as const;
      if (seen !== null && seen !== before.revision) return stale(before.revision);
      const planned = await plan(before, tables);
      if (!planned.ok) return planned;
      const { after, update, act, step } = planned.value;
      if (!(await tables.incidents.advance(after, update))) return 'lost';
      await record(tables, context, actor, `incident.${act}`, id, before, after);
      return done({ record: after, notice: await tellOf(tables, context, after, update, step) });
    });
    if (result === 'lost') continue;
    if (result.ok) context.wakeSender();
    return result;
  }
  return stale((await context.store.incidents.get(id))?.revision ?? 0);
}

const stale = (revision: number) => refused('stale_revision', 'revision', { current: String(revision) });

function moveProblem(before: Incident, to: Incident['state']): Problem | null {
  if (canMove(before.state, to)) return null;
  const allowed = INCIDENT_MOVES[before.state].join(', ') || '—';
  return refused('illegal_move', 'state', { from: before.state, to, allowed }).problem;
}

/** How a change is told. */
function stepOf(before: Incident, after: Incident): Step {
  if (after.state === 'resolved') return { kind: 'restoration', again: null };
  if (before.state === 'resolved') return { kind: 'outage', again: 'reopened' };
  const way = turnaround(before.services, after.services);
  if (way === 'provisional') return { kind: 'provisional', again: null };
  if (way === 'same') return { kind: 'update', again: null };
  const was = new Map(before.services.map((s) => [s.service, s.status]));
  const relapsed = after.services.some(({ service, status }) => {
    const earlierStatus = was.get(service);
    return earlierStatus !== undefined && isBack(earlierStatus) && !isBack(status);
  });
  return { kind: 'outage', again: relapsed ? 'relapse' : null };
}

async function servicesAfter(
  before: Incident,
  input: IncidentUpdateInput,
  now: Instant,
  tables: Tables,
): Promise<readonly AffectedService[]> {
  const changes = (input.services ?? []).map((s) => ({ service: s.id, status: s.status }));
  if (input.state === 'resolved') return allOperational(withChanges(before.services, changes, now), now);
  if (before.state === 'resolved' && changes.every((c) => c.status === 'operational')) {
    const story = await tables.incidents.updates(before.id);
    return withChanges(withChanges(before.services, asBeforeRecovery(before, story), now), changes, now);
  }
  return withChanges(before.services, changes, now);
}

/** A reopening that names no failed service: each is again as it last was before it came back. */
function asBeforeRecovery(incident: Incident, story: readonly IncidentUpdate[]) {
  const newestFirst = [...story].sort((a, b) => b.sequence - a.sequence);
  return incident.services.map(({ service }) => {
    const statuses = newestFirst.flatMap((u) => u.services.filter((s) => s.service === service));
    const failed =
      statuses.find((s) => !isBack(s.status)) ?? statuses.find((s) => s.status !== 'operational');
    return { service, status: failed?.status ?? ('operational' as const) };
  });
}

const allOperational = (services: readonly AffectedService[], at: Instant): readonly AffectedService[] =>
  services.map((s) =>
    s.status === 'operational' ? s : { service: s.service, status: 'operational', since: at },
  );

/** The entry of the story that goes with a new revision: one each, so they count alike. */
const entryOf = (incident: Incident, message: Bilingual, actor: Actor, at: Instant): IncidentUpdate => ({
  incident: incident.id,
  sequence: incident.revision,
  state: incident.state,
  services: incident.services,
  message: cleanedBoth(message),
  nextUpdateAt: incident.nextUpdateAt,
  source: incident.source,
  at,
  by: officialId(actor),
});

const promiseAfter = (given: Instant | null | undefined, before: Instant | null, now: Instant) => {
  if (given !== undefined) return given;
  return before !== null && before > now ? before : null;
};

const textAfter = (given: Bilingual | null | undefined, before: Bilingual | null): Bilingual | null =>
  given === undefined ? before : orNull(given);

const orNull = (text: Bilingual | null | undefined): Bilingual | null =>
  text === null || text === undefined ? null : cleanedBoth(text);

const sourceFrom = (source: SourceInput, now: Instant): Source => ({
  name: cleanedLines(source.name),
  at: earlier(source.at ?? now, now),
});

const cleanedDeadline = (deadline: Deadline): Deadline => ({
  ...deadline,
  duty: cleanedLines(deadline.duty),
  basis: orNull(deadline.basis),
  who: orNull(deadline.who),
});

const officialId = (actor: Actor) => (actor.kind === 'official' ? actor.official.id : null);
