import type { Catalogue } from './catalogue.ts';
import type { AgencyId, CategoryId, IncidentId, NoticeId, ServiceId } from './ids.ts';
import type { Scope } from './incident.ts';

/**
 * The rule for who hears a notice.
 * `subscribers`: of any of these, if they gave no region or one that `scope` lists: it names every region touched;
 * `told`: exactly those who were, or may have been, told of the incident, and those who follow one of the services;
 * without those whose last word was one of `restorations`, for they know; of the followers only who is in `followScope`;
 * with `waiting` also those for whom it was held until it was over;
 * `everyone`: every active chat that accepted announcements or subscribed to something; `critical` overrides a refusal.
 */
export type Audience =
  | {
      readonly kind: 'subscribers';
      readonly services: readonly ServiceId[];
      readonly agencies: readonly AgencyId[];
      readonly categories: readonly CategoryId[];
      readonly scope: Scope;
      /** Without those who were, or may have been, told one of these. */
      readonly untold?: readonly NoticeId[] | undefined;
    }
  | {
      readonly kind: 'told';
      readonly incident: IncidentId;
      readonly services: readonly ServiceId[];
      /** Of a service that went out again and again: its outages before this one. */
      readonly earlier?: readonly IncidentId[] | undefined;
      readonly restorations?: readonly NoticeId[] | undefined;
      readonly followScope?: Scope | undefined;
      readonly waiting?: boolean | undefined;
    }
  | { readonly kind: 'everyone'; readonly critical: boolean };

/** Who is concerned when these services change: their own, their agencies', their categories' subscribers, and those of the functions offered through them. */
export function concernedBy(services: readonly ServiceId[], scope: Scope, catalogue: Catalogue): Audience {
  const ids = new Set<ServiceId>(services);
  for (const id of services) for (const task of catalogue.functionsThrough(id)) ids.add(task.id);
  const known = services.map((id) => catalogue.service(id)).filter((s) => s !== undefined);
  return {
    kind: 'subscribers',
    services: [...ids],
    agencies: [...new Set(known.map((s) => s.agency))],
    categories: [...new Set(known.map((s) => s.category))],
    scope: catalogue.touchedBy(scope),
  };
}

/** The services whose followers a restoration frees: those named, and the functions offered through them. */
export function followedThrough(services: readonly ServiceId[], catalogue: Catalogue): readonly ServiceId[] {
  const ids = new Set<ServiceId>(services);
  for (const id of services) for (const task of catalogue.functionsThrough(id)) ids.add(task.id);
  return [...ids];
}
