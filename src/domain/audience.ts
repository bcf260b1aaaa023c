import type { Catalogue } from './catalogue.ts';
import type { AgencyId, CategoryId, IncidentId, NoticeId, RegionId, ServiceId } from './ids.ts';
import type { Scope } from './incident.ts';
import type { Language } from './language.ts';
import type { Platform } from './subscriber.ts';

/**
 * The rule for who hears a notice.
 * `subscribers`: of any of these, if they gave no region or one that `scope` lists: it names every region touched;
 * `told`: exactly those who were, or may have been, told of the incident, and those who follow one of the services;
 * without those whose last word was one of `restorations`, for they know; of the followers only who is in `followScope`;
 * with `waiting` also those for whom it was held until it was over;
 * `everyone`: every active chat that accepted announcements or subscribed to something; `critical` overrides a refusal;
 * `chosen`: of everyone, or of the subscribers of any of these, only those whom the narrowing leaves;
 * `recipients`: exactly those who got one of these notices, or may have.
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
  | { readonly kind: 'everyone'; readonly critical: boolean }
  | {
      readonly kind: 'chosen';
      /** Null: everyone. */
      readonly subscribed: Subscribed | null;
      readonly narrowed: Narrowing;
      /** Also those who turned announcements off. */
      readonly critical: boolean;
    }
  | { readonly kind: 'recipients'; readonly notices: readonly NoticeId[] };

interface Subscribed {
  readonly services: readonly ServiceId[];
  readonly agencies: readonly AgencyId[];
  readonly categories: readonly CategoryId[];
}

/** Null leaves all of them. Of regions it leaves only who gave one of these. */
export interface Narrowing {
  readonly languages: readonly Language[] | null;
  readonly platforms: readonly Platform[] | null;
  readonly regions: readonly RegionId[] | null;
}

/** Whom an official means an announcement for. */
export type AnnouncementAudience = Narrowing &
  (
    | { readonly to: 'everyone' }
    | { readonly to: 'services'; readonly ids: readonly ServiceId[] }
    | { readonly to: 'agencies'; readonly ids: readonly AgencyId[] }
    | { readonly to: 'categories'; readonly ids: readonly CategoryId[] }
  );

/**
 * The chats an announcement goes to. An agency's also reaches the subscribers of its services, a category's those of
 * the services in it, a service's those whom a change of it concerns.
 */
export function announcedTo(asked: AnnouncementAudience, critical: boolean, catalogue: Catalogue): Audience {
  const { languages, platforms, regions } = asked;
  const touched = regions === null ? null : catalogue.touchedBy(regions);
  return {
    kind: 'chosen',
    subscribed: subscribedTo(asked, catalogue),
    narrowed: { languages, platforms, regions: touched === 'nationwide' ? null : touched },
    critical,
  };
}

function subscribedTo(asked: AnnouncementAudience, catalogue: Catalogue): Subscribed | null {
  const idsOf = (services: readonly { readonly id: ServiceId }[]) => services.map(({ id }) => id);
  switch (asked.to) {
    case 'everyone':
      return null;
    case 'services': {
      const { services, agencies, categories } = concerned(asked.ids, catalogue);
      return { services, agencies, categories };
    }
    case 'agencies': {
      const services = asked.ids.flatMap((id) => idsOf(catalogue.servicesOf(id)));
      return { services, agencies: asked.ids, categories: [] };
    }
    case 'categories': {
      const services = asked.ids.flatMap((id) => idsOf(catalogue.servicesIn(id)));
      return { services, agencies: [], categories: asked.ids };
    }
  }
}

/** Who is concerned when these services change: their own, their agencies', their categories' subscribers, and those of the functions offered through them. */
export function concernedBy(services: readonly ServiceId[], scope: Scope, catalogue: Catalogue): Audience {
  return { kind: 'subscribers', ...concerned(services, catalogue), scope: catalogue.touchedBy(scope) };
}

function concerned(services: readonly ServiceId[], catalogue: Catalogue): Subscribed {
  const known = services.map((id) => catalogue.service(id)).filter((s) => s !== undefined);
  return {
    services: followedThrough(services, catalogue),
    agencies: [...new Set(known.map((s) => s.agency))],
    categories: [...new Set(known.map((s) => s.category))],
  };
}

/** The services whose followers a restoration frees: those named, and the functions offered through them. */
export function followedThrough(services: readonly ServiceId[], catalogue: Catalogue): readonly ServiceId[] {
  const ids = new Set<ServiceId>(services);
  for (const id of services) for (const task of catalogue.functionsThrough(id)) ids.add(task.id);
  return [...ids];
}
