import type { Button, Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Availability } from '../../domain/availability.ts';
import type { RegionId, ServiceId } from '../../domain/ids.ts';
import type { Incident } from '../../domain/incident.ts';
import { secondsBetween } from '../../domain/instant.ts';
import type { Service } from '../../domain/service.ts';
import type { CurrentFacts, ServiceStatus } from '../../domain/status.ts';
import { explainedBy, statusOf, workingAlternatives } from '../../domain/status.ts';
import { clockTime } from '../../wording/dates.ts';
import type { StatusView } from '../../wording/status-card.ts';
import { statusCard } from '../../wording/status-card.ts';
import { statusLine } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { nameOfService, tellsOf, written } from '../names.ts';
import type { Request } from '../request.ts';
import type { Answer, Answered, Visit } from '../visit.ts';
import { answered, regionOf, regionsOf } from '../visit.ts';
import { awaitedOf, chunk, isImpaired, worstFirst } from './lists.ts';
import { statusOfGroup } from './status-group.ts';
import { servicesOf, withoutChannelsOf } from './subject.ts';

const MOST_SERVICES = 5;
/** Up to so many get a full card each; more get a list, with full cards for what is impaired. */
const MOST_FULL_CARDS = 2;

export const status: Answer = async (visit, asked) => {
  if (asked.services.length === 0) return statusOfGroup(visit, asked);
  const region = regionOf(visit, asked);
  const facts = await visit.facts();
  const shown = withoutChannelsOf(servicesOf(visit, asked)).slice(0, MOST_SERVICES);
  const views = await Promise.all(shown.map((service) => viewOf(visit, service, facts, region)));
  const impaired = views.filter((view) => isImpaired(view.status));
  const full = views.length <= MOST_FULL_CARDS ? views : impaired.slice(0, MOST_FULL_CARDS);
  const cards = await Promise.all(full.map((view) => fullCard(visit, view, asked)));
  if (views.length > MOST_FULL_CARDS) cards.unshift(listCard(visit, views));
  const services = shown.map((service) => service.id);
  return answered(cards, { services, pending: await offerToFollow(visit, services, asked) });
};

/** "Yes" after an answer that says down means: tell me when it is back. */
export async function offerToFollow(
  visit: Visit,
  services: readonly ServiceId[],
  asked: Request,
): Promise<Answered['pending']> {
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const impaired = services.filter(
    (id) => !visit.held.follows.has(id) && isImpaired(statusOf(id, facts, visit.context.catalogue, region)),
  );
  return impaired.length === 0 ? null : { kind: 'offer', intent: 'subscribe', services: impaired };
}

/** All that a status card tells of, read and checked now. */
async function viewOf(
  visit: Visit,
  service: Service,
  facts: CurrentFacts,
  region: RegionId | null,
): Promise<StatusView> {
  const { catalogue, store } = visit.context;
  const current = statusOf(service.id, facts, catalogue, region);
  const deciding = current.incidents[0] ?? current.elsewhere[0];
  const updates = deciding === undefined ? [] : await store.incidents.updates(deciding.id);
  return {
    service,
    status: current,
    alternatives: workingAlternatives(service.id, facts, catalogue, region),
    explainedBy: explainedBy(service.id, facts, catalogue),
    resting: restingOn(visit, service, facts, region),
    region,
    latest: updates.at(-1) ?? null,
  };
}

/** What citizens use that rests on infrastructure or on an officials' system, the impaired ones first. */
function restingOn(
  visit: Visit,
  service: Service,
  facts: CurrentFacts,
  region: RegionId | null,
): readonly ServiceStatus[] {
  if (service.kind !== 'infrastructure' && service.kind !== 'internal') return [];
  const { catalogue } = visit.context;
  const forCitizens = catalogue
    .restingOn(service.id)
    .filter((other) => other.kind !== 'infrastructure' && other.kind !== 'internal');
  const statuses = forCitizens.map((other) => statusOf(other.id, facts, catalogue, region));
  return worstFirst(statuses);
}

/** Something is wrong that can end: here, or in another region while we do not know where the asker is. */
const awaitedIn = ({ status, region }: StatusView): Availability | null =>
  awaitedOf(status) ?? (region === null && status.elsewhere.length > 0 ? 'partial_outage' : null);

/** The status of one service as a card with its buttons, for answers that have nothing else to tell. */
export async function statusNow(visit: Visit, service: Service, region: RegionId | null): Promise<Card> {
  const view = await viewOf(visit, service, await visit.facts(), region);
  const drawn = await drawnCard(visit, view);
  return { ...drawn, buttons: statusButtons(visit, service, awaitedIn(view)) };
}

/** The card; of what works again since lately, it says so first: who asks now may have been told otherwise before. */
async function drawnCard(visit: Visit, view: StatusView): Promise<Card> {
  const drawn = statusCard(view, visit.context.catalogue, visit.language, visit.now);
  const ended = isImpaired(view.status) ? null : await endedLately(visit, view);
  if (ended === null) return drawn;
  const time = clockTime(ended.updatedAt, visit.now, visit.language);
  const line = visit.say(
    ended.state === 'withdrawn' ? 'answers.status.withdrawnAt' : 'answers.status.restoredAt',
    { time },
  );
  return { ...drawn, sections: [{ label: null, lines: [line] }, ...drawn.sections] };
}

const LATELY_SECONDS = 6 * 3600;

/** The last incident of a service or of its channels, if its end was announced within the last hours. */
async function endedLately({ context, now }: Visit, { service }: StatusView): Promise<Incident | null> {
  const { items } = await context.store.incidents.list(
    { services: [service.id, ...service.channels], states: ['resolved', 'withdrawn'] },
    { limit: 1, cursor: null },
  );
  const [last] = items;
  return last !== undefined && secondsBetween(last.updatedAt, now) <= LATELY_SECONDS ? last : null;
}

async function fullCard(visit: Visit, view: StatusView, asked: Request): Promise<Card> {
  const drawn = await drawnCard(visit, view);
  const buttons = [
    ...statusButtons(visit, view.service, awaitedIn(view)),
    ...regionRow(visit, asked),
    ...otherReadings(visit, asked),
  ];
  return { ...drawn, buttons };
}

/** Under every answer that says down: tell me when it is back. Under every one: subscribe, and "me too". */
export function statusButtons(
  visit: Visit,
  service: Service,
  awaited: Availability | null,
): readonly (readonly Button[])[] {
  const { say } = visit;
  const target = serviceTarget(service.id);
  const both = [
    ...(isSubscribed(visit, service) ? [] : [ask(say('answers.button.subscribe'), 'subscribe', target)]),
    ask(
      say(awaited === null ? 'answers.button.reportFirst' : 'answers.button.report'),
      'report_problem',
      target,
    ),
  ];
  return awaited === null ? [both] : [[followButton(visit, service.id, awaited)], both];
}

/** Whether news of the service comes to this chat already. */
export const isSubscribed = ({ held }: Visit, service: Service): boolean =>
  held.targets.some((target) => tellsOf(target, service));

/** "Tell me when it is back", in the words of what is wrong; once promised, the way out of it. */
export function followButton({ say, held }: Visit, id: ServiceId, awaited: Availability): Button {
  const target = serviceTarget(id);
  if (held.follows.has(id)) return ask(say('answers.button.unfollow'), 'unfollow', target);
  return ask(say(FOLLOW_LABEL[awaited]), 'follow', target, '', 'primary');
}

/** What works again provisionally or slowly is not awaited "back". */
const FOLLOW_LABEL = {
  operational: 'answers.button.follow',
  unknown: 'answers.button.follow',
  major_outage: 'answers.button.follow',
  partial_outage: 'answers.button.follow',
  maintenance: 'answers.button.followWindow',
  degraded: 'answers.button.followNormal',
  recovering: 'answers.button.followNormal',
} as const satisfies Record<Availability, string>;

/** A region named in the question can be made the chat's own with one press. */
function regionRow(visit: Visit, asked: Request): readonly (readonly Button[])[] {
  const region = visit.context.catalogue.region(regionsOf(visit, asked)[0] ?? '');
  if (region === undefined || region.id === visit.subscriber?.region) return [];
  const label = visit.say('answers.button.setRegion', { name: region.name[visit.language] });
  return [[ask(label, 'region', null, region.id)]];
}

/** A name that several services share was answered for the likeliest: the others are one press away. */
function otherReadings(visit: Visit, asked: Request): readonly (readonly Button[])[] {
  if (asked.services.length !== 1) return [];
  return asked.candidates
    .filter((id) => !asked.services.includes(id))
    .slice(0, 3)
    .flatMap((id) => {
      const other = visit.context.catalogue.service(id);
      if (other === undefined) return [];
      const label = visit.say('answers.button.maybe', { name: nameOfService(visit, other) });
      return [[ask(label, 'status', serviceTarget(id))]];
    });
}

function listCard(visit: Visit, views: readonly StatusView[]): Card {
  const { say, context, language, now } = visit;
  const lines = views.map((view) => statusLine(view.status, context.catalogue, language, now));
  const impaired = views.filter((view) => isImpaired(view.status)).length;
  return card(
    say(impaired === 0 ? 'answers.status.severalFine' : 'answers.status.several', {
      count: views.length,
      impaired,
    }),
    {
      tone: impaired === 0 ? 'good' : 'caution',
      sections: [{ label: null, lines }],
      buttons: chunk(
        views.map((view) =>
          ask(written(nameOfService(visit, view.service)), 'status', serviceTarget(view.service.id)),
        ),
        2,
      ),
    },
  );
}
