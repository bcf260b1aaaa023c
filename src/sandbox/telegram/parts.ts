import type { Changes } from '../changes.ts';
import type { Ledger } from '../ledger.ts';
import type { Json } from '../platform.ts';
import type { FloodControl } from './limits.ts';
import type { Profile } from './profile.ts';
import type { UpdateQueue } from './updates.ts';
import type { WebhookSender } from './webhook.ts';
import type { World } from './world.ts';

/** What every method of the stand-in works on. */
export interface Parts {
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookSender;
  readonly profile: Profile;
  readonly floods: FloodControl;
  readonly ledger: Ledger;
  readonly changes: Changes;
}

/** One call: arguments already checked against the published types. */
interface Call {
  readonly values: Json;
  /** Aborted when the caller hung up. */
  readonly gone: AbortSignal;
}

export type Method = (parts: Parts, call: Call) => unknown;

export const text = (values: Json, name: string): string | null => {
  const value = values[name];
  return typeof value === 'string' ? value : null;
};

export const integer = (values: Json, name: string): number | null => {
  const value = values[name];
  return typeof value === 'number' ? value : null;
};
