import { type Audience, concernedBy, followedThrough } from '../domain/audience.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { holdOf, UNSTABLE_WINDOW_SECONDS } from '../domain/flapping.ts';
import { type AffectedService, type Incident, type IncidentUpdate, isBack } from '../domain/incident.ts';
import { type Instant, plusSeconds } from '../domain/instant.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Notice, NoticeFact, NoticeKind, Severity } from '../domain/notice.ts';
import { type CurrentFacts, statusOf } from '../domain/status.ts';
import type { Tables } from '../ports/store.ts';
import type { Context, Told } from './context.ts';
import { currentFacts } from './facts.ts';
import { restorationsIn, type Story, storyOf } from './story.ts';
import { alternativesTo, namesOf, phoneFor, type Telling, tell } from './telling.ts';

/** What a step of an incident's story is told as. */
export interface Step {
  readonly kind: Extract<NoticeKind, 'outage' | 'update' | 'provisional' | 'restoration' | 'correction'>;
  readonly again: NoticeFact['again'];
}

/**
 * Tells of a step that was just written, in its transaction: earlier notices of the incident that are still unsent
 * are no longer true and stop; the rest of the facts are read as they are after the change. Of a service that goes out
 * and comes back again and again, that is told too, and the step itself once it has stood for a while.
 */
export async function tellOf(
  tables: Tables,
  context: Context,
  incident: Incident,
  update: IncidentUpdate,
  asked: Step,
): Promise<NonNullable<Told<Incident>['notice']>> {
  const { catalogue } = context;
  const now = update.at;
  const facts = await currentFacts(tables, now);
  const told = toldServices(incident, asked, facts, catalogue);
  const step: Step = told.stillDown ? { kind: 'update', again: null } : asked;
  const story = await storyOf(tables, incident, step.kind, now, context.holdSeconds);
  const corrects =
    asked.kind === 'correction' ? (story.steps.find((n) => n.incident === incident.id) ?? null) : null;

  await supersedeIn(tables, story, incident, update);
  const telling: Telling = {
    severity: severityOf(incident, step),
    agency: incident.agency,
    incident: incident.id,
    sequence: update.sequence,
    maintenance: null,
    audience: audienceOf(incident, asked, told.services, story, catalogue),
    scope: incident.scope,
    ...(story.unstable.length > 0 && { settles: story.unstable.map((notice) => notice.id) }),
    holdSeconds: incident.critical ? 0 : holdOf(step.kind, story.times.length, context.holdSeconds),
    fact: {
      ...step,
      services: told.services.map((s) => ({
        ...namesOf(s.service, catalogue),
        status: s.status,
        since: s.since,
      })),
      regions: regionsOf(incident, catalogue),
      title: isDefaultTitle(incident, catalogue) ? null : incident.title,
      message: update.message,
      limits: incident.limits,
      works: incident.works,
      alternatives: alternativesOf(incident, facts, catalogue),
      deadlines: incident.deadlines,
      startedAt: incident.startedAt,
      endedAt: step.kind === 'restoration' ? now : null,
      nextUpdateAt: incident.nextUpdateAt,
      source: update.source,
      phone: phoneFor(incident.services[0]?.service, catalogue),
      phase: null,
      emergency: false,
      corrects: corrects?.code ?? null,
    },
  };
  const unstable = step.kind === 'outage' ? unstableTelling(telling, story, context, now) : null;
  if (unstable === null) return tell(tables, context, telling, now);
  const { id } = await tell(tables, context, unstable, now);
  return tell(tables, context, { ...telling, settles: [...(telling.settles ?? []), id] }, now);
}

/** What is unsent of the story so far. That a service is unstable stays true until it has settled. */
async function supersedeIn(tables: Tables, story: Story, incident: Incident, update: IncidentUpdate) {
  if (story.earlier.length + story.unstable.length === 0)
    await tables.campaigns.supersede(incident.id, update.sequence, update.at);
  else
    await tables.campaigns.supersedeNotices(
      story.steps.map((notice) => notice.id),
      update.at,
    );
}

/** That the services are unstable, to those who heard nothing of it for an hour; null: that was said not long ago. */
function unstableTelling(telling: Telling, story: Story, context: Context, now: Instant): Telling | null {
  const hourAgo = plusSeconds(now, -UNSTABLE_WINDOW_SECONDS);
  const isRecent = (notice: Notice) => notice.createdAt > hourAgo;
  if (!story.isUnstable || telling.audience.kind !== 'subscribers' || story.unstable.some(isRecent))
    return null;
  const since = story.times[0] ?? now;
  const services = telling.fact.services.map((service) => ({ ...service, since }));
  return {
    ...telling,
    settles: story.unstable.map((notice) => notice.id),
    audience: { ...telling.audience, untold: story.steps.filter(isRecent).map((notice) => notice.id) },
    holdSeconds: context.holdSeconds,
    fact: { ...telling.fact, again: 'unstable', services, startedAt: since },
  };
}

/**
 * The services as told. What another open incident or a running window still holds down is not told as restored:
 * then only the others are, and where there are none the end of this incident is news, not a restoration.
 */
function toldServices(
  incident: Incident,
  step: Step,
  facts: CurrentFacts,
  catalogue: Catalogue,
): { readonly services: readonly AffectedService[]; readonly stillDown: boolean } {
  if (step.kind !== 'restoration' && step.kind !== 'correction') {
    return { services: incident.services, stillDown: false };
  }
  const actual = incident.services.map((one): AffectedService => {
    if (catalogue.service(one.service) === undefined) return one;
    const status = statusOf(one.service, facts, catalogue);
    const held = status.incidents.length > 0 || status.maintenance !== null;
    return held ? { ...one, status: status.availability, since: status.since ?? one.since } : one;
  });
  const restored = actual.filter((s) => s.status === 'operational');
  if (step.kind === 'restoration' && restored.length > 0) return { services: restored, stillDown: false };
  return { services: actual, stillDown: step.kind === 'restoration' };
}

function audienceOf(
  incident: Incident,
  step: Step,
  told: readonly AffectedService[],
  story: Story,
  catalogue: Catalogue,
): Audience {
  if (step.kind === 'restoration' || step.kind === 'correction') {
    const back = told.filter((s) => s.status === 'operational').map((s) => s.service);
    const restorations = step.kind === 'restoration' ? restorationsIn(story) : [];
    const followScope = catalogue.touchedBy(incident.scope);
    return {
      kind: 'told',
      incident: incident.id,
      services: followedThrough(back, catalogue),
      ...(story.earlier.length > 0 && step.kind === 'restoration' && { earlier: story.earlier }),
      ...(restorations.length > 0 && { restorations }),
      ...(step.kind === 'restoration' && { waiting: true }),
      ...(followScope !== 'nationwide' && { followScope }),
    };
  }
  return concernedBy(
    incident.services.map((s) => s.service),
    incident.scope,
    catalogue,
  );
}

function severityOf(incident: Incident, step: Step): Severity {
  if (incident.critical) return 'critical';
  return step.kind === 'update' ? 'info' : 'important';
}

function regionsOf({ scope }: Incident, catalogue: Catalogue): NoticeFact['regions'] {
  if (scope === 'nationwide') return scope;
  return scope.map((id) => catalogue.region(id)?.name ?? { ko: id, en: id });
}

/** What can be done instead of what does not work. */
function alternativesOf(incident: Incident, facts: CurrentFacts, catalogue: Catalogue): readonly Bilingual[] {
  const region = incident.scope === 'nationwide' ? null : (incident.scope[0] ?? null);
  const failing = incident.services.filter((s) => !isBack(s.status)).map((s) => s.service);
  return alternativesTo(failing, facts, catalogue, region);
}

/** The names of the services, where an official gave no title; the notice then words its own. */
export function defaultTitle(
  services: readonly Pick<AffectedService, 'service'>[],
  catalogue: Catalogue,
): Bilingual {
  const names = services.map((s) => namesOf(s.service, catalogue).name);
  return { ko: names.map((n) => n.ko).join(', '), en: names.map((n) => n.en).join(', ') };
}

export function isDefaultTitle(
  { title, services }: Pick<Incident, 'title' | 'services'>,
  catalogue: Catalogue,
): boolean {
  const names = defaultTitle(services, catalogue);
  return title.ko === names.ko && title.en === names.en;
}
