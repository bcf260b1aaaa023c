import type { Changes } from '../changes.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { Violations } from '../violations.ts';
import { FloodControl, type TelegramLimits } from './limits.ts';
import type { Parts } from './parts.ts';
import { TelegramPeople } from './people.ts';
import { Profile } from './profile.ts';
import { TelegramServer } from './server.ts';
import { UpdateQueue } from './updates.ts';
import { WebhookSender } from './webhook.ts';
import { World } from './world.ts';

export interface TelegramOptions {
  readonly token: string;
  /** `false`: no rate limits. */
  readonly limits: Partial<TelegramLimits> | false;
  /** The first wait before a webhook is tried again; it doubles. */
  readonly webhookRetryMs: number;
  readonly now: () => number;
}

/** The stand-in for Telegram, whole. */
export interface Telegram {
  readonly people: TelegramPeople;
  readonly world: World;
  readonly updates: UpdateQueue;
  readonly webhook: WebhookSender;
  readonly profile: Profile;
  readonly limits: TelegramLimits;
  readonly server: TelegramServer;
  close(): void;
}

export function createTelegram(
  options: TelegramOptions,
  shared: { ledger: Ledger; changes: Changes; faults: Faults; violations: Violations },
): Telegram {
  const world = new World(options.now);
  const updates = new UpdateQueue(options.now);
  const floods = new FloodControl(options.limits === false ? {} : options.limits);
  const webhook = new WebhookSender(updates, options.webhookRetryMs, ({ method, ...values }) => {
    server.call(String(method), values, AbortSignal.timeout(1000)).catch(() => {
      // The Bot API, too, keeps the outcome of such a call to itself.
    });
  });
  const parts: Parts = {
    world,
    updates,
    webhook,
    profile: new Profile(),
    floods,
    ledger: shared.ledger,
    changes: shared.changes,
  };
  const server = new TelegramServer(parts, {
    token: options.token,
    limited: options.limits !== false,
    faults: shared.faults,
    violations: shared.violations,
  });
  return {
    people: new TelegramPeople(world, updates, shared.changes),
    world,
    updates,
    webhook,
    profile: parts.profile,
    limits: floods.limits,
    server,
    close() {
      webhook.stop();
      updates.release();
    },
  };
}
