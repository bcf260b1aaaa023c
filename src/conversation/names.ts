import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Service } from '../domain/service.ts';
import type { Subscription, Target } from '../domain/subscriber.ts';
import type { Params } from '../wording/i18n.ts';
import type { Named } from '../wording/korean.ts';
import { serviceName } from '../wording/names.ts';
import type { Request } from './request.ts';
import type { Visit } from './visit.ts';

/** A name as a text takes it: with its reading, so that particles come out right. */
export type NameParam = Params[string];

export const nameOfService = (visit: Visit, service: Service): Named => serviceName(service, visit.language);

export const serviceNamed = (visit: Visit, id: ServiceId): NameParam => {
  const service = visit.context.catalogue.service(id);
  return service === undefined ? id : nameOfService(visit, service);
};

/** The plain written name, for labels and lines. */
export const written = (name: NameParam): string => (typeof name === 'object' ? name.text : String(name));

export function targetNamed(visit: Visit, target: Target): NameParam {
  const { catalogue } = visit.context;
  switch (target.kind) {
    case 'service':
      return serviceNamed(visit, target.id);
    case 'agency':
      return visit.say('answers.target.agency', {
        name: catalogue.agency(target.id)?.name[visit.language] ?? target.id,
      });
    case 'category':
      return visit.say('answers.target.category', {
        name: catalogue.category(target.id)?.name[visit.language] ?? target.id,
      });
    case 'everything':
      return visit.say('answers.target.everything');
  }
}

/** Several names in one phrase. */
export const listed = (visit: Visit, names: readonly NameParam[]): string =>
  visit.language === 'ko'
    ? names.map(written).join(', ')
    : new Intl.ListFormat('en', { type: 'conjunction' }).format(names.map(written));

export const isKnown = (catalogue: Catalogue, target: Target): boolean => {
  if (target.kind === 'service') return catalogue.service(target.id) !== undefined;
  if (target.kind === 'agency') return catalogue.agency(target.id) !== undefined;
  return target.kind === 'everything' || catalogue.category(target.id) !== undefined;
};

/**
 * What a request is about, as subscription targets. A button or form names exactly what it means; in words the
 * narrowest counts, since "the tax service's Hometax" is one service.
 */
export function targetsOf(asked: Request): readonly Target[] {
  const kinds: readonly (readonly Target[])[] = [
    asked.services.map((id) => ({ kind: 'service', id })),
    asked.agencies.map((id) => ({ kind: 'agency', id })),
    asked.categories.map((id) => ({ kind: 'category', id })),
    asked.topic === 'everything' ? [{ kind: 'everything', id: '*' }] : [],
  ];
  return asked.pressed ? kinds.flat() : (kinds.find((targets) => targets.length > 0) ?? []);
}

export const sameTarget = (a: Target, b: Target): boolean => a.kind === b.kind && a.id === b.id;

/** Whether a subscription to the target tells of the service. */
export const tellsOf = (target: Target, service: Service): boolean => {
  if (target.kind === 'everything') return true;
  const of = { service: service.id, agency: service.agency, category: service.category };
  return of[target.kind] === target.id;
};

export const hasTarget = (subscriptions: readonly Subscription[], target: Target): boolean =>
  subscriptions.some((subscription) => sameTarget(subscription.target, target));
