import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, ServiceId } from '../domain/ids.ts';
import { type Actor, hasRole, mayOperate } from '../domain/official.ts';
import { type Problem, refused } from '../domain/problem.ts';

/**
 * Whether the actor may act for these services: each must exist, be named once, and belong to the actor's agency.
 * @param fieldOf the path of the nth service in what was sent
 */
export function servicesProblem(
  actor: Actor,
  services: readonly ServiceId[],
  catalogue: Catalogue,
  fieldOf: (index: number) => string,
): Problem | null {
  if (isNoOperator(actor)) return refused('forbidden').problem;
  const seen = new Set<ServiceId>();
  for (const [index, id] of services.entries()) {
    const service = catalogue.service(id);
    if (service === undefined) return refused('unknown_service', fieldOf(index), { service: id }).problem;
    if (seen.has(id)) return refused('duplicate_service', fieldOf(index), { service: id }).problem;
    seen.add(id);
    if (!mayOperate(actor, service.agency)) {
      return refused('wrong_agency', fieldOf(index), { service: id, agency: service.agency }).problem;
    }
  }
  return null;
}

/** Whether the actor may change a record that exists: it concerns its own agency and those of all its services. */
export function recordProblem(
  actor: Actor,
  subject: { readonly agency: AgencyId; readonly services: readonly ServiceId[] },
  catalogue: Catalogue,
): Problem | null {
  if (isNoOperator(actor)) return refused('forbidden').problem;
  const agencies = [subject.agency, ...subject.services.map((id) => catalogue.service(id)?.agency)];
  const foreign = agencies.find((agency) => agency !== undefined && !mayOperate(actor, agency));
  return foreign === undefined ? null : refused('wrong_agency', null, { agency: foreign }).problem;
}

const isNoOperator = (actor: Actor): boolean =>
  actor.kind === 'official' && !hasRole(actor.official, 'operator');
