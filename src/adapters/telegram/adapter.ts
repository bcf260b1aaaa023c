import { Api } from 'grammy';
import type { Inbox } from '../../conversation/inbox.ts';
import type { Conversation } from '../../conversation/turn.ts';
import { LANGUAGES, type Language } from '../../domain/language.ts';
import type { Adapter } from '../../ports/adapter.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MemoOf } from '../../ports/memo.ts';
import type { HeedLimit } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { reasonOf } from './errors.ts';
import { ALLOWED_UPDATES, type Me, readInbound } from './inbound.ts';
import { CALL_SECONDS, POLL_SECONDS } from './limits.ts';
import { createMessenger, RecentSends } from './messenger.ts';
import { createPatience } from './patience.ts';
import { pause, poll, WEBHOOK_PATH, webhookRoute } from './receive.ts';
import { createReply } from './reply.ts';

export interface TelegramParts {
  readonly config: {
    readonly token: string;
    readonly apiRoot: string;
    readonly mode: 'polling' | 'webhook';
    readonly webhookSecret: string;
    /** The ceiling of bulk sends. */
    readonly ratePerSecond: number;
    readonly paidBroadcast: boolean;
  };
  /** Where Telegram reaches us, for the webhook. */
  readonly publicUrl: string | null;
  readonly inbox: Inbox;
  readonly conversation: Conversation;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly memo: MemoOf;
  /** Told of each limit that an answer meets. */
  readonly heedLimit: HeedLimit;
  /** The command list as clients show it. */
  readonly commands: (
    language: Language,
  ) => readonly { readonly command: string; readonly description: string }[];
}

const LONGEST_REST_SECONDS = 60;

/** Telegram: one bot, by long polling or webhook. */
export function createTelegram(parts: TelegramParts): Adapter {
  const { config, inbox, conversation, clock, logger, metrics } = parts;
  const apiRoot = config.apiRoot.replace(/\/+$/, '');
  const api = new Api(config.token, { apiRoot, timeoutSeconds: CALL_SECONDS });
  const pollingApi = new Api(config.token, { apiRoot, timeoutSeconds: POLL_SECONDS + CALL_SECONDS });
  const sends = new RecentSends(clock);
  const patiently = createPatience({ sends, heedLimit: parts.heedLimit, logger });
  const reply = createReply({ api, patiently, logger });
  const ending = new AbortController();
  const troubles = new Map<'register' | 'receive', string>([['register', 'not registered yet']]);
  const report = (about: 'register' | 'receive') => (trouble: string | null) => {
    if (trouble === null) troubles.delete(about);
    else troubles.set(about, trouble);
  };
  // The token starts with the bot's id, so a stored update can be read before Telegram has told our name.
  let me: Me = { id: Number(config.token.split(':')[0]), username: null };
  let running: Promise<unknown> = Promise.resolve();

  inbox.handle('telegram', async (body) => {
    const inbound = readInbound(body, me, clock.now());
    if (inbound === null) {
      metrics.inbound.inc({ platform: 'telegram', outcome: 'ignored' });
      return;
    }
    await reply(inbound.back, await conversation.converse(inbound.turn));
  });

  // grammY's type is a polyfill's; it takes Node's own.
  const signal = ending.signal as Parameters<Api['getMe']>[0];

  async function register(): Promise<void> {
    const { id, username } = await api.getMe(signal);
    me = { id, username };
    if (config.mode === 'polling') await api.deleteWebhook({}, signal);
    else
      await api.setWebhook(
        `${(parts.publicUrl ?? '').replace(/\/+$/, '')}${WEBHOOK_PATH}`,
        {
          secret_token: config.webhookSecret,
          allowed_updates: ALLOWED_UPDATES,
        },
        signal,
      );
  }

  /** The list without a language is for clients in any other: English. */
  async function publishCommands(): Promise<void> {
    await api.setMyCommands([...parts.commands('en')], {}, signal);
    for (const language of LANGUAGES)
      await api.setMyCommands([...parts.commands(language)], { language_code: language }, signal);
  }

  /** Until it works or we stop, resting longer each time. */
  async function persist(
    work: () => Promise<void>,
    onTrouble: (trouble: string | null) => void,
  ): Promise<void> {
    for (let rest = 1; !ending.signal.aborted; rest = Math.min(rest * 2, LONGEST_REST_SECONDS)) {
      try {
        await work();
        onTrouble(null);
        return;
      } catch (error) {
        if (ending.signal.aborted) return;
        const why = reasonOf(error);
        onTrouble(why);
        logger.warn({ platform: 'telegram', why, rest }, 'Telegram could not be set up; trying again');
        await pause(rest, ending.signal);
      }
    }
  }

  async function run(): Promise<void> {
    await persist(register, report('register'));
    if (ending.signal.aborted) return;
    logger.info({ platform: 'telegram', bot: me.username, mode: config.mode }, 'Telegram is ready');
    const receiving =
      config.mode === 'polling'
        ? poll({ api: pollingApi, inbox, logger, signal: ending.signal, report: report('receive') })
        : null;
    await Promise.all([persist(publishCommands, () => {}), receiving]);
  }

  return {
    platform: 'telegram',
    messenger: createMessenger({
      api,
      sends,
      ratePerSecond: config.ratePerSecond,
      paidBroadcast: config.paidBroadcast,
      memo: parts.memo,
      logger,
    }),
    routes: config.mode === 'webhook' ? [webhookRoute({ secret: config.webhookSecret, inbox, logger })] : [],
    async start() {
      running = run();
    },
    async stop() {
      ending.abort();
      await running;
    },
    trouble: () => [...troubles.values()].at(0) ?? null,
  };
}
