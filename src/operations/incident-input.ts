import type { Availability } from '../domain/availability.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Deadline, Scope } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Actor } from '../domain/official.ts';
import { type Problem, refused } from '../domain/problem.ts';
import type { Context } from './context.ts';
import { servicesProblem } from './permission.ts';
import { LENGTHS, textProblem } from './texts.ts';

interface ServiceStatusInput {
  readonly id: ServiceId;
  readonly status: Availability;
}

export interface IncidentInput {
  readonly services: readonly ServiceStatusInput[];
  readonly state: 'investigating' | 'identified' | 'monitoring';
  readonly message: Bilingual;
  /** Without one the services' names stand for it. */
  readonly title?: Bilingual | undefined;
  readonly startedAt?: Instant | undefined;
  readonly limits?: Bilingual | undefined;
  readonly works?: Bilingual | undefined;
  readonly scope?: Scope | undefined;
  readonly source?: SourceInput | undefined;
  readonly deadlines?: readonly Deadline[] | undefined;
  readonly nextUpdateAt?: Instant | undefined;
  readonly critical?: boolean | undefined;
}

/** Left out: as it was. Null: no longer so. */
export interface IncidentUpdateInput {
  readonly state: 'investigating' | 'identified' | 'monitoring' | 'resolved';
  readonly services?: readonly ServiceStatusInput[] | undefined;
  readonly message: Bilingual;
  /** Left out, a promise that is still ahead stands; one that is past is kept by this update. */
  readonly nextUpdateAt?: Instant | null | undefined;
  readonly limits?: Bilingual | null | undefined;
  readonly works?: Bilingual | null | undefined;
  readonly source?: SourceInput | undefined;
  readonly deadlines?: readonly Deadline[] | undefined;
  /** The revision that the writer saw; a newer one refuses the update. Left out, it is applied to the newest. */
  readonly revision?: number | undefined;
}

export interface SourceInput {
  readonly name: Bilingual;
  readonly at?: Instant | undefined;
}

/** How far ahead of ours another clock may be. */
export const CLOCK_SLACK_SECONDS = 60;

/** The first thing wrong with a declaration, or null. */
export function declarationProblem(
  context: Context,
  actor: Actor,
  input: IncidentInput,
  now: Instant,
): Problem | null {
  return (
    statusesProblem(context, actor, input.services) ??
    (input.services.every((s) => s.status === 'operational')
      ? refused('invalid', input.services.length === 0 ? 'services' : 'services[0].status').problem
      : null) ??
    textProblem(input.title, 'title', LENGTHS.title) ??
    commonProblem(input, now) ??
    futureProblem(input.startedAt, 'startedAt', now) ??
    scopeProblem(input.scope, context)
  );
}

/** The first thing wrong with an update by itself, or null. */
export function updateProblem(
  context: Context,
  actor: Actor,
  input: IncidentUpdateInput,
  now: Instant,
): Problem | null {
  const contradiction =
    input.state === 'resolved' ? (input.services?.findIndex((s) => s.status !== 'operational') ?? -1) : -1;
  return (
    statusesProblem(context, actor, input.services ?? []) ??
    (contradiction >= 0 ? refused('invalid', `services[${contradiction}].status`).problem : null) ??
    commonProblem(input, now)
  );
}

const statusesProblem = (context: Context, actor: Actor, services: readonly ServiceStatusInput[]) =>
  servicesProblem(
    actor,
    services.map((s) => s.id),
    context.catalogue,
    (index) => `services[${index}].id`,
  );

function commonProblem(input: IncidentInput | IncidentUpdateInput, now: Instant): Problem | null {
  const overdue =
    input.nextUpdateAt !== null && input.nextUpdateAt !== undefined && input.nextUpdateAt <= now;
  return (
    textProblem(input.message, 'message', LENGTHS.message) ??
    textProblem(input.limits, 'limits', LENGTHS.limits) ??
    textProblem(input.works, 'works', LENGTHS.works) ??
    textProblem(input.source?.name, 'source.name', LENGTHS.name) ??
    futureProblem(input.source?.at, 'source.at', now) ??
    (overdue ? refused('in_the_past', 'nextUpdateAt', { at: input.nextUpdateAt ?? '' }).problem : null) ??
    deadlinesProblem(input.deadlines ?? [])
  );
}

const futureProblem = (at: Instant | undefined, field: string, now: Instant): Problem | null =>
  at !== undefined && at > plusSeconds(now, CLOCK_SLACK_SECONDS)
    ? refused('in_the_future', field, { at }).problem
    : null;

function deadlinesProblem(deadlines: readonly Deadline[]): Problem | null {
  for (const [index, { duty, basis, who, oldDate, newDate }] of deadlines.entries()) {
    const field = `deadlines[${index}]`;
    const problem =
      textProblem(duty, `${field}.duty`, LENGTHS.duty) ??
      textProblem(basis, `${field}.basis`, LENGTHS.duty) ??
      textProblem(who, `${field}.who`, LENGTHS.duty) ??
      (oldDate !== null && newDate !== null && newDate < oldDate
        ? refused('time_order', `${field}.newDate`, { earlier: oldDate, later: newDate }).problem
        : null);
    if (problem !== null) return problem;
  }
  return null;
}

function scopeProblem(scope: Scope | undefined, context: Context): Problem | null {
  if (scope === undefined || scope === 'nationwide') return null;
  if (scope.length === 0) return refused('invalid', 'scope').problem;
  const unknown = scope.findIndex((id: RegionId) => context.catalogue.region(id) === undefined);
  return unknown < 0
    ? null
    : refused('unknown_region', `scope[${unknown}]`, { region: scope[unknown] ?? '' }).problem;
}
