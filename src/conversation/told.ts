import { isUsable } from '../domain/availability.ts';
import type { ServiceId } from '../domain/ids.ts';
import { statusOf, workingAlternatives } from '../domain/status.ts';
import { isImpaired } from './answers/lists.ts';
import type { Told } from './memory.ts';
import type { Request, What } from './request.ts';
import type { Answered, Visit } from './visit.ts';
import { regionOf } from './visit.ts';

/** Answers that tell how a service is. */
const TELLING: ReadonlySet<What> = new Set<What>([
  'status',
  'eta',
  'cause',
  'alternatives',
  'history',
  'deadline',
]);
const MOST_IMPAIRED = 5;

/** What an answer told of how things are: what the next "when it is back" and "there" refer to. */
export async function stateTold(visit: Visit, asked: Request, answer: Answered): Promise<Told> {
  const services = answer.services ?? [];
  if (services.length === 0 || !TELLING.has(asked.what)) return {};
  const { catalogue } = visit.context;
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const impaired = services.filter((id) => isImpaired(statusOf(id, facts, catalogue, region)));
  return {
    told: impaired.length > 0 ? 'impaired' : 'fine',
    impaired: impaired.slice(0, MOST_IMPAIRED),
    ...(asked.what === 'alternatives' ? { mentioned: waysTo(services, visit, asked, facts) } : {}),
  };
}

/** The services that an answer about other ways names. */
function waysTo(
  services: readonly ServiceId[],
  visit: Visit,
  asked: Request,
  facts: Awaited<ReturnType<Visit['facts']>>,
): readonly ServiceId[] {
  const { catalogue } = visit.context;
  const region = regionOf(visit, asked);
  const ways = services.flatMap((id) => [
    ...statusOf(id, facts, catalogue, region)
      .channels.filter((channel) => isUsable(channel.availability))
      .map((channel) => channel.service),
    ...workingAlternatives(id, facts, catalogue, region).flatMap(({ alternative }) => alternative.via ?? []),
  ]);
  return [...new Set(ways)].filter((id) => !services.includes(id));
}
