import { type Audience, concernedBy, followedThrough } from '../domain/audience.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { type AffectedService, type Incident, type IncidentUpdate, isBack } from '../domain/incident.ts';
import type { Bilingual } from '../domain/language.ts';
import type { NoticeFact, NoticeKind, Severity } from '../domain/notice.ts';
import { type CurrentFacts, statusOf } from '../domain/status.ts';
import type { Tables } from '../ports/store.ts';
import type { Context, Told } from './context.ts';
import { currentFacts } from './facts.ts';
import { alternativesTo, namesOf, phoneFor, tell } from './telling.ts';

/** What a step of an incident's story is told as. */
export interface Step {
  readonly kind: Extract<NoticeKind, 'outage' | 'update' | 'provisional' | 'restoration' | 'correction'>;
  readonly again: NoticeFact['again'];
}

/**
 * Tells of a step that was just written, in its transaction: earlier notices of the incident that are still unsent
 * are no longer true and stop; the rest of the facts are read as they are after the change.
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
  const corrects = asked.kind === 'correction' ? ((await tables.notices.of(incident.id))[0] ?? null) : null;

  await tables.campaigns.supersede(incident.id, update.sequence, now);
  return tell(
    tables,
    context,
    {
      severity: severityOf(incident, step),
      agency: incident.agency,
      incident: incident.id,
      sequence: update.sequence,
      maintenance: null,
      audience: audienceOf(incident, asked, told.services, catalogue),
      scope: incident.scope,
      holdSeconds: step.kind === 'outage' && !incident.critical ? context.holdSeconds : 0,
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
    },
    now,
  );
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
  catalogue: Catalogue,
): Audience {
  if (step.kind === 'restoration' || step.kind === 'correction') {
    const back = told.filter((s) => s.status === 'operational').map((s) => s.service);
    return { kind: 'told', incident: incident.id, services: followedThrough(back, catalogue) };
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
