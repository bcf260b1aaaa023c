import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Cast, createCast } from './cast.ts';
import { Changes } from './changes.ts';
import { Faults } from './faults.ts';
import { Ledger } from './ledger.ts';
import { createRoutes } from './routes.ts';
import type { SlackLimits } from './slack/limits.ts';
import type { SlackOAuthOptions } from './slack/oauth.ts';
import { createSlack, SLACK_RETRY_DELAYS_MS, type Slack } from './slack/slack.ts';
import { SUBSCRIBED_EVENTS } from './slack/subscribed-events.ts';
import type { Connection } from './stage.ts';
import type { TelegramLimits } from './telegram/limits.ts';
import { createTelegram, type Telegram } from './telegram/telegram.ts';
import { Violations } from './violations.ts';

export interface SandboxOptions {
  readonly telegramToken: string;
  readonly slackBotToken: string;
  readonly slackSigningSecret: string;
  readonly slackAppToken: string;
  /** With it the page's official panel signs in. */
  readonly officialToken?: string | undefined;
  /** The officials' API as the page reaches it. */
  readonly apiBase?: string | undefined;
  /** Given: Slack events go there over HTTP. Else they wait for a Socket Mode connection. */
  readonly eventsUrl?: string | undefined;
  /** Where the sandbox is reached, e.g. `http://127.0.0.1:8080/sandbox`; learnt from the first request when left out. */
  readonly base?: string | undefined;
  /** `false`: no rate limits on either platform. */
  readonly limits?: boolean | undefined;
  readonly telegramLimits?: Partial<TelegramLimits> | undefined;
  readonly slackLimits?: Partial<SlackLimits> | undefined;
  /** The first wait before a Telegram webhook is tried again; it doubles. 1,000 ms when left out. */
  readonly webhookRetryMs?: number | undefined;
  /** When an unacknowledged Slack event comes again. At once, after 1 and after 5 minutes when left out. */
  readonly slackRetryDelaysMs?: readonly number[] | undefined;
  /** Given: the Slack app is installed by OAuth, nowhere at first. */
  readonly slackOAuth?: SlackOAuthOptions | undefined;
  /** What the Slack app subscribed to. */
  readonly slackEvents?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Local stand-ins for both platforms and the page to play with them; everything below `/sandbox`. */
export interface Sandbox {
  readonly telegram: Telegram;
  readonly slack: Slack;
  readonly cast: Cast;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly violations: Violations;
  fetch(request: Request, connection?: Connection): Promise<Response>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Empties chats, ledger, violations and faults; people and groups stay. */
  reset(): void;
  close(): Promise<void>;
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const ledger = new Ledger();
  const changes = new Changes();
  const faults = new Faults();
  const violations = new Violations();
  const shared = { ledger, changes, faults, violations };
  const now = options.now ?? Date.now;
  let base = options.base ?? null;
  const telegram = createTelegram(
    {
      token: options.telegramToken,
      limits: options.limits === false ? false : (options.telegramLimits ?? {}),
      webhookRetryMs: options.webhookRetryMs ?? 1000,
      now,
    },
    shared,
  );
  const slack = createSlack(
    {
      botToken: options.slackBotToken,
      oauth: options.slackOAuth ?? null,
      appToken: options.slackAppToken,
      signingSecret: options.slackSigningSecret,
      eventsUrl: options.eventsUrl ?? null,
      limits: options.limits === false ? false : (options.slackLimits ?? {}),
      retryDelaysMs: options.slackRetryDelaysMs ?? SLACK_RETRY_DELAYS_MS,
      events: options.slackEvents ?? SUBSCRIBED_EVENTS,
      now,
      base: () => base ?? 'http://127.0.0.1:8080/sandbox',
    },
    shared,
  );
  const stage = { telegram, slack, cast: createCast(telegram, slack), faults, ledger, violations, changes };
  const reset = () => {
    for (const chat of telegram.world.chats.values()) Object.assign(chat, { messages: [], pinned: null });
    for (const channel of slack.world.channels.values()) channel.messages = [];
    slack.world.modals.clear();
    ledger.clear();
    violations.clear();
    faults.clear();
    changes.tell({ kind: 'reset' });
  };
  const routes = createRoutes(stage, {
    officialToken: options.officialToken ?? null,
    apiBase: options.apiBase ?? '/api/v1',
    reset,
    now,
  });
  return {
    ...stage,
    async fetch(request, connection) {
      base ??= `${new URL(request.url).origin}/sandbox`;
      return routes.fetch(request, connection ?? {});
    },
    upgrade: (request, socket, head) => slack.upgrade(request, socket, head),
    reset,
    async close() {
      routes.close();
      telegram.close();
      slack.close();
    },
  };
}
