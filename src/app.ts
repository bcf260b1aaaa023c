import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { unreadableInstallations } from './adapters/slack/access.ts';
import { createSlack } from './adapters/slack/adapter.ts';
import { createTelegram } from './adapters/telegram/adapter.ts';
import { type Config, ConfigError } from './config/environment.ts';
import { readProbes } from './config/probes.ts';
import { commandList } from './conversation/commands.ts';
import { createConversation } from './conversation/converse.ts';
import { createInbox } from './conversation/inbox.ts';
import { createQuestionRecorder } from './conversation/unanswered.ts';
import { openCore, systemClock, VERSION } from './core.ts';
import { createDelivery } from './delivery/delivery.ts';
import type { Catalogue } from './domain/catalogue.ts';
import type { ChatRef } from './domain/subscriber.ts';
import { advanceAnnouncements } from './operations/announcement-clock.ts';
import { takeUpCatalogue } from './operations/catalogue.ts';
import type { Context } from './operations/context.ts';
import { checkCounts, tidy } from './operations/housekeeping.ts';
import { advanceMaintenances } from './operations/maintenance.ts';
import { observe } from './operations/observe.ts';
import type { Adapter } from './ports/adapter.ts';
import type { Clock } from './ports/clock.ts';
import type { HeedLimit } from './ports/messenger.ts';
import type { Store } from './ports/store.ts';
import { processOwner } from './process-owner.ts';
import { createSources } from './sources/scheduler.ts';
import { createLogger, type Logger } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import { createWeb } from './web/server.ts';
import { installWords } from './wording/install-words.ts';

export interface App {
  /** Where it listens, as a person would type it. */
  readonly url: string;
  readonly catalogue: Catalogue;
  stop(): Promise<void>;
}

/** Builds everything, from the database up, and starts it. */
export async function startApp(given: Config, clock: Clock = systemClock): Promise<App> {
  const logger = createLogger(given.logLevel);
  const metrics = createMetrics();
  let wake = () => {};
  const core = await openCore(given, clock, () => wake());
  const { catalogue, context, database } = core;
  const { store, memo } = database;
  await reportOrphans(context, logger);

  const { config, sandbox, official } = given.sandbox
    ? await withSandbox(given, context)
    : { config: given, sandbox: null, official: null };
  const adapters: Adapter[] = [];
  const owner = processOwner();
  const inbox = createInbox({ store, clock, owner, logger, metrics });
  const questions = createQuestionRecorder({ context, understand: core.understand, logger });
  const conversation = createConversation({
    context,
    memo,
    isAdministrator: (chat: ChatRef, person: string) =>
      adapters.find((a) => a.platform === chat.platform)?.messenger.isAdministrator(chat, person) ??
      Promise.resolve(false),
    understand: core.understand,
    quietHours: config.quietHours,
    logger,
    metrics,
    questions,
  });
  const heedLimit: HeedLimit = (lane, seconds, why) => delivery.heedLimit(lane, seconds, why);
  const shared = {
    heedLimit,
    inbox,
    conversation,
    clock,
    logger,
    metrics,
    memo,
    publicUrl: config.web.publicUrl,
  };
  if (config.telegram)
    adapters.push(createTelegram({ ...shared, config: config.telegram, commands: commandList }));
  if (config.slack) {
    await mustOpenInstallations(config.slack, store);
    const installing = {
      installations: store.installations,
      leases: store.leases,
      owner: owner.name,
      installWords,
    };
    adapters.push(createSlack({ ...shared, config: config.slack, installing }));
  }

  const delivery = createDelivery({
    store,
    clock,
    messengers: adapters.map((a) => a.messenger),
    quietHours: config.quietHours,
    logger,
    metrics,
    owner,
  });
  wake = delivery.wake;
  const web = createWeb({
    context,
    routes: adapters.flatMap((a) => a.routes),
    trouble: async () => [
      ...((await store.ping()) ? [] : ['database: no answer']),
      ...adapters
        .map((a) => ({ platform: a.platform, trouble: a.trouble() }))
        .filter((a) => a.trouble !== null)
        .map((a) => `${a.platform}: ${a.trouble}`),
    ],
    metrics,
    logger,
    publicUrl: config.web.publicUrl,
    mounts: sandbox ? [{ path: '/sandbox', fetch: sandbox.fetch }] : [],
    upgrade: sandbox?.upgrade ?? null,
    version: VERSION,
  });
  const sources = createSources({
    probes: readProbes(config.probesFile, catalogue),
    observe: (observation, thresholds) => observe(context, observation, thresholds),
    clock,
    logger,
  });

  const { port } = await web.listen(config.web.host, config.web.port);
  await official?.revokeEarlier();
  inbox.start();
  for (const adapter of adapters) await adapter.start();
  delivery.start();
  sources.start();
  const clockwork = everySecond(context, logger, metrics);

  return {
    url: `http://${config.web.host === '127.0.0.1' ? 'localhost' : config.web.host}:${port}`,
    catalogue,
    async stop() {
      clockwork.stop();
      await sources.stop();
      await Promise.all(adapters.map((a) => a.stop()));
      await inbox.stop();
      await questions.settled();
      await delivery.stop();
      await sandbox?.close();
      await web.close();
      await database.close();
    },
  };
}

/** @throws ConfigError when a workspace's token was locked away under another key */
async function mustOpenInstallations({ oauth }: NonNullable<Config['slack']>, store: Store): Promise<void> {
  if (oauth === undefined) return;
  const { count, unreadable } = await unreadableInstallations(store.installations, oauth.encryptionKeys);
  if (unreadable === 0) return;
  throw new ConfigError([
    `ENCRYPTION_KEY: does not open ${unreadable} of ${count} stored Slack installations. Set it to the key they were stored under; if it was changed on purpose, set ENCRYPTION_KEY_PREVIOUS to the one before`,
  ]);
}

async function reportOrphans(context: Context, logger: Logger): Promise<void> {
  const { orphans } = await takeUpCatalogue(context);
  for (const { target, subscribers } of orphans) {
    logger.warn(
      { kind: target.kind, id: target.id, subscribers },
      'subscriptions to what is no longer in the catalogue are kept and hear nothing',
    );
  }
}

/** What the clock moves: maintenance windows and announcements every second, forgetting and checking every ten minutes. */
function everySecond(context: Context, logger: Logger, metrics: Metrics): { stop(): void } {
  let busy = false;
  let ticks = 0;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      await advanceMaintenances(context);
      await advanceAnnouncements(context);
      if (ticks++ % 600 === 0) {
        await tidy(context);
        await checkCounts(context, { logger, metrics });
      }
    } catch (error) {
      logger.error({ err: error }, 'the clockwork stumbled and goes on');
    } finally {
      busy = false;
    }
  }, 1_000);
  return { stop: () => clearInterval(timer) };
}

/** The stand-ins for both platforms, and a configuration that speaks to them. */
async function withSandbox(config: Config, context: Context) {
  const { createSandbox } = await import('./sandbox/sandbox.ts');
  const { sandboxOfficial } = await import('./sandbox-official.ts');
  const port = config.web.port === 0 ? await freePort() : config.web.port;
  const base = `http://127.0.0.1:${port}`;
  const secret = () => randomBytes(16).toString('hex');
  const credentials = {
    telegramToken: `7000000001:${secret()}`,
    slackBotToken: `xoxb-sandbox-${secret()}`,
    slackSigningSecret: secret(),
    slackAppToken: `xapp-sandbox-${secret()}`,
  };
  const official = await sandboxOfficial(context);
  const sandbox = createSandbox({
    ...credentials,
    officialToken: official.token,
    apiBase: '/api/v1',
    eventsUrl: `${base}/slack/events`,
  });
  const connected: Config = {
    ...config,
    web: { ...config.web, port },
    telegram: {
      token: credentials.telegramToken,
      apiRoot: `${base}/sandbox/telegram`,
      mode: 'polling',
      webhookSecret: secret(),
      ratePerSecond: 30,
      paidBroadcast: false,
    },
    slack: {
      transport: { kind: 'http', signingSecret: credentials.slackSigningSecret },
      botToken: credentials.slackBotToken,
      apiUrl: `${base}/sandbox/slack/api/`,
      ratePerMinute: 240,
    },
  };
  return { config: connected, sandbox, official };
}

/** A port that nobody listens on just now. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
