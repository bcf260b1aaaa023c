import { readFileSync } from 'node:fs';
import { readCatalogue } from './config/catalogue.ts';
import type { Config } from './config/environment.ts';
import type { Catalogue } from './domain/catalogue.ts';
import type { Context } from './operations/context.ts';
import type { Clock } from './ports/clock.ts';
import { type OpenDatabase, openDatabase } from './storage/open.ts';
import { createUnderstanding } from './understanding/understand.ts';
import { writeNotice } from './wording/notice-card.ts';
import { createNoticeLinter } from './wording/notice-linter.ts';

export const VERSION: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version;

export const systemClock: Clock = { now: () => new Date().toISOString(), random: Math.random };

/** Messages a second to a bot, a minute to a workspace, where no platform is set up. */
const SANDBOX_RATE = { telegram: 30, slack: 240 } as const;

/** The program without its platforms: what the command line needs, and what the app is built on. */
export interface Core {
  readonly catalogue: Catalogue;
  readonly database: OpenDatabase;
  readonly context: Context;
  readonly understand: ReturnType<typeof createUnderstanding>;
}

/** @throws CatalogueError, and Error when the database cannot be opened or is another mode's */
export async function openCore(
  config: Config,
  clock: Clock,
  wakeSender: () => void = () => {},
): Promise<Core> {
  const catalogue = readCatalogue(config.catalogueFile);
  const database = await openDatabase(config.database, { mode: config.sandbox ? 'sandbox' : 'live', clock });
  const context: Context = {
    store: database.store,
    clock,
    catalogue,
    writeNotice,
    lintNotice: createNoticeLinter(catalogue),
    sending: {
      ratePerSecond: {
        telegram: config.telegram?.ratePerSecond ?? SANDBOX_RATE.telegram,
        slack: (config.slack?.ratePerMinute ?? SANDBOX_RATE.slack) / 60,
      },
      paid: config.telegram?.paidBroadcast ?? false,
    },
    holdSeconds: config.outageHoldSeconds,
    wakeSender,
  };
  return { catalogue, database, context, understand: createUnderstanding(catalogue) };
}
