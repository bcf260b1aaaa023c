import { createHash } from 'node:crypto';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Target } from '../domain/subscriber.ts';
import { type Context, record } from './context.ts';

const FINGERPRINT = 'catalogue.fingerprint';

/** Takes up a new or changed catalogue at the start. Subscriptions stay; those to what is gone are reported. */
export function takeUpCatalogue(
  context: Context,
): Promise<{ orphans: readonly { target: Target; subscribers: number }[] }> {
  const { catalogue } = context;
  return context.store.transaction(async (tables) => {
    const before = await tables.meta.get(FINGERPRINT);
    const after = fingerprint(catalogue);
    const targets = await tables.subscriptions.targets();
    const orphans = targets.filter(({ target }) => !exists(target, catalogue));
    if (before !== after) {
      await tables.meta.set(FINGERPRINT, after);
      const summary = { fingerprint: after, services: catalogue.services.length, orphans: orphans.length };
      const start = { kind: 'system', name: 'start' } as const;
      await record(tables, context, start, 'catalogue.taken_up', 'catalogue', before, summary);
    }
    return { orphans };
  });
}

function exists(target: Target, catalogue: Catalogue): boolean {
  switch (target.kind) {
    case 'service':
      return catalogue.service(target.id) !== undefined;
    case 'agency':
      return catalogue.agency(target.id) !== undefined;
    case 'category':
      return catalogue.category(target.id) !== undefined;
    case 'everything':
      return true;
  }
}

const fingerprint = ({ services, agencies, regions, categories, ambiguous }: Catalogue): string =>
  createHash('sha256')
    .update(JSON.stringify([services, agencies, regions, categories, ambiguous]))
    .digest('hex')
    .slice(0, 16);
