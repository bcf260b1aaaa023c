import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import { plusSeconds } from '../domain/instant.ts';
import { type CurrentFacts, type ServiceStatus, statusOf } from '../domain/status.ts';
import { FOLLOW_DAYS, type Follow, type Subscriber, type Target } from '../domain/subscriber.ts';
import type { Context } from './context.ts';
import { currentFacts } from './facts.ts';

/** Subscribes a chat. What is impaired just now is followed too, so that its restoration is told. */
export function subscribe(
  context: Context,
  subscriber: Subscriber,
  target: Target,
): Promise<{ added: boolean; followed: readonly ServiceId[] }> {
  const now = context.clock.now();
  return context.store.transaction(async (tables) => {
    const added = await tables.subscriptions.add({ subscriber: subscriber.id, target, createdAt: now });
    const facts = await currentFacts(tables, now);
    const followed: ServiceId[] = [];
    for (const service of impairedIn(target, facts, context.catalogue)) {
      const status = statusOf(service, facts, context.catalogue, subscriber.region);
      // A window's end is told to subscribers anyway.
      if (!isAwaited(status) || status.basis === 'maintenance') continue;
      await tables.follows.add(followOf(subscriber, status, now));
      followed.push(service);
    }
    return { added, followed };
  });
}

/** Ends one subscription, or all with their follows. Returns how many subscriptions ended. */
export function unsubscribe(
  context: Context,
  subscriber: Subscriber,
  target: Target | 'all',
): Promise<number> {
  const now = context.clock.now();
  return context.store.transaction(async (tables) => {
    if (target !== 'all') {
      const removed = await tables.subscriptions.remove(subscriber.id, target);
      if (target.kind === 'service') await tables.follows.remove(subscriber.id, target.id);
      return removed ? 1 : 0;
    }
    for (const follow of await tables.follows.of(subscriber.id, now)) {
      await tables.follows.remove(subscriber.id, follow.service);
    }
    return tables.subscriptions.removeAll(subscriber.id);
  });
}

/** One-shot "tell me when it is back". `needed` is false when it works now and there is nothing to wait for. */
export function follow(
  context: Context,
  subscriber: Subscriber,
  service: ServiceId,
): Promise<{ added: boolean; needed: boolean }> {
  const now = context.clock.now();
  return context.store.transaction(async (tables) => {
    const facts = await currentFacts(tables, now);
    const status = statusOf(service, facts, context.catalogue, subscriber.region);
    if (!isAwaited(status)) return { added: false, needed: false };
    return { added: await tables.follows.add(followOf(subscriber, status, now)), needed: true };
  });
}

export const unfollow = (context: Context, subscriber: Subscriber, service: ServiceId): Promise<boolean> =>
  context.store.follows.remove(subscriber.id, service);

/** Something is wrong that can end: here, or in a region of an asker who named none. */
const isAwaited = (status: ServiceStatus): boolean =>
  status.availability !== 'operational' || status.elsewhere.length > 0;

const followOf = (subscriber: Subscriber, status: ServiceStatus, now: Instant): Follow => ({
  subscriber: subscriber.id,
  service: status.service,
  incident: status.incidents[0]?.id ?? status.elsewhere[0]?.id ?? null,
  createdAt: now,
  expiresAt: plusSeconds(now, FOLLOW_DAYS * 86_400),
});

/** The services of a target that something is on record about: the only ones worth asking the status of. */
function impairedIn(target: Target, facts: CurrentFacts, catalogue: Catalogue): readonly ServiceId[] {
  if (target.kind === 'service') return catalogue.service(target.id) === undefined ? [] : [target.id];
  const named = new Set([
    ...facts.incidents.flatMap((incident) => incident.services.map((s) => s.service)),
    ...facts.maintenances.flatMap((window) => window.services),
  ]);
  return [...named].filter((id) => {
    const service = catalogue.service(id);
    if (service === undefined) return false;
    if (target.kind === 'everything') return true;
    return target.kind === 'agency' ? service.agency === target.id : service.category === target.id;
  });
}
