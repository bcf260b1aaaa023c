import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config/environment.ts';
import { systemClock } from '../../src/core.ts';
import type { Language } from '../../src/domain/language.ts';
import type { Platform } from '../../src/domain/subscriber.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { freePort, until } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { type Api, administrator, apiOf } from './officials.ts';
import { onSlackAs, onTelegramAs, type Talker } from './talkers.ts';

export type Transport = 'telegram polling' | 'telegram webhook' | 'slack http' | 'slack socket';
export const TRANSPORTS: readonly Transport[] = [
  'telegram polling',
  'telegram webhook',
  'slack http',
  'slack socket',
];

export const WEBHOOK_SECRET = 'a-webhook-secret';

export interface Stage {
  /** Where the program listens. */
  readonly url: string;
  /** The path of its SQLite file. */
  readonly databasePath: string;
  readonly sandbox: RunningSandbox;
  readonly app: App;
  /** The officials' API, as an administrator. */
  readonly api: Api;
  /** A new citizen; on the first platform of the stage when none is named. */
  talker(language: Language, platform?: Platform): Talker;
  /** Stops the app and starts it again on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly config?: Partial<Config>;
  readonly sandbox?: Partial<SandboxOptions>;
  readonly clock?: Clock;
}

/** The whole program in this process, its real adapters talking HTTP to the stand-ins. */
export async function openStage(transports: readonly Transport[], more: StageOptions = {}): Promise<Stage> {
  const clock = more.clock ?? systemClock;
  const folder = mkdtempSync(join(tmpdir(), 'allim-stage-'));
  const databasePath = join(folder, 'allim.db');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const telegram = transports.find((t) => t.startsWith('telegram'));
  const slack = transports.find((t) => t.startsWith('slack'));
  const sandbox = await startSandbox({
    eventsUrl: slack === 'slack http' ? `${base}/slack/events` : undefined,
    now: () => Date.parse(clock.now()),
    ...more.sandbox,
  });
  const config: Config = {
    ...readConfig({}),
    database: { kind: 'sqlite', path: databasePath },
    web: { host: '127.0.0.1', port, publicUrl: telegram === 'telegram webhook' ? base : null },
    telegram: telegram
      ? {
          token: CREDENTIALS.telegramToken,
          apiRoot: sandbox.telegramRoot,
          mode: telegram === 'telegram webhook' ? 'webhook' : 'polling',
          webhookSecret: WEBHOOK_SECRET,
          ratePerSecond: 30,
          paidBroadcast: false,
        }
      : null,
    slack: slack
      ? {
          botToken: CREDENTIALS.slackBotToken,
          transport:
            slack === 'slack socket'
              ? { kind: 'socket', appToken: CREDENTIALS.slackAppToken }
              : { kind: 'http', signingSecret: CREDENTIALS.slackSigningSecret },
          apiUrl: sandbox.slackApiUrl,
          ratePerMinute: 240,
        }
      : null,
    sandbox: false,
    quietHours: 'off',
    outageHoldSeconds: 0,
    logLevel: process.env.LOG_LEVEL ?? 'fatal',
    ...more.config,
  };
  const token = await administrator(config, clock);
  const start = async (): Promise<App> => {
    const started = await startApp(config, clock);
    await until('readiness', async () => (await fetch(`${base}/readyz`)).ok);
    return started;
  };
  let app = await start();
  return {
    url: base,
    databasePath,
    sandbox,
    get app() {
      return app;
    },
    api: apiOf(base, token),
    talker: (language, platform = telegram ? 'telegram' : 'slack') =>
      platform === 'telegram' ? onTelegramAs(sandbox, language) : onSlackAs(sandbox, language),
    async restart() {
      await app.stop();
      app = await start();
    },
    async close() {
      await app.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
