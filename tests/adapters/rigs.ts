import { createSlack } from '../../src/adapters/slack/adapter.ts';
import { createTelegram } from '../../src/adapters/telegram/adapter.ts';
import type { Reply, Turn } from '../../src/conversation/turn.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { HeedLimit } from '../../src/ports/messenger.ts';
import { openDatabase } from '../../src/storage/open.ts';
import type { Logger } from '../../src/telemetry/logger.ts';
import { installWords } from '../../src/wording/install-words.ts';
import { CREDENTIALS, eventually, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { clock, memoOf, memoryConversation, memoryInbox, metrics, serving, silent } from './doubles.ts';

/** An adapter that talks to its stand-in, an inbox and a conversation in memory behind it. */
export interface Rig {
  readonly sandbox: RunningSandbox;
  readonly adapter: Adapter;
  readonly inbox: ReturnType<typeof memoryInbox>;
  readonly turns: readonly Turn[];
  /** Where Slack's events come in by HTTP. */
  readonly url: string;
  /** The limits that answers met, and told of. */
  readonly heeded: readonly { readonly lane: string; readonly seconds: number; readonly why: string }[];
  /** Waits for the next turns, and for what is done about them. */
  heard(count: number): Promise<readonly Turn[]>;
  stop(): Promise<void>;
}

export type Transport = 'polling' | 'webhook' | 'http' | 'socket';

export async function rig(
  transport: Transport,
  answer?: (turn: Turn) => Reply | null,
  logger: Logger = silent,
): Promise<Rig> {
  const sandbox = await startSandbox({ slackRetryDelaysMs: [20, 20], webhookRetryMs: 20 });
  const database = await openDatabase({ kind: 'sqlite', path: ':memory:' }, { mode: 'sandbox', clock });
  const inbox = memoryInbox();
  const { conversation, turns } = memoryConversation(answer);
  const heeded: Rig['heeded'][number][] = [];
  const heedLimit: HeedLimit = async (lane, seconds, why) => {
    heeded.push({ lane, seconds, why });
  };
  const shared = { inbox: inbox.inbox, conversation, clock, logger, metrics, memo: memoOf(), heedLimit };

  // The server must stand before its address is told, and the routes come from the adapter.
  let adapter: Adapter | null = null;
  const server = await serving({ find: (is) => adapter?.routes.find(is) });
  if (transport === 'polling' || transport === 'webhook') {
    adapter = createTelegram({
      ...shared,
      config: {
        token: CREDENTIALS.telegramToken,
        apiRoot: sandbox.telegramRoot,
        mode: transport,
        webhookSecret: 'hook-secret',
        ratePerSecond: 30,
        paidBroadcast: false,
      },
      publicUrl: server.url,
      commands: (language) => [
        { command: 'status', description: language === 'ko' ? '상태 보기' : 'See the status' },
      ],
    });
  } else {
    if (transport === 'http') sandbox.slack.deliverTo(`${server.url}/slack/events`);
    adapter = createSlack({
      ...shared,
      config: {
        transport:
          transport === 'http'
            ? { kind: 'http', signingSecret: CREDENTIALS.slackSigningSecret }
            : { kind: 'socket', appToken: CREDENTIALS.slackAppToken },
        botToken: CREDENTIALS.slackBotToken,
        apiUrl: sandbox.slackApiUrl,
        ratePerMinute: 240,
      },
      installing: {
        installations: database.store.installations,
        leases: database.store.leases,
        owner: 'rig',
        installWords,
      },
    });
  }
  const running = adapter;
  await running.start();
  await eventually(() => running.trouble() === null, `no trouble, but ${running.trouble()}`);
  return {
    sandbox,
    adapter: running,
    inbox,
    turns,
    heeded,
    url: `${server.url}/slack/events`,
    async heard(count) {
      await eventually(() => turns.length >= count, `only ${turns.length} of ${count} turns`);
      await inbox.working;
      return turns;
    },
    async stop() {
      await running.stop();
      await server.close();
      await sandbox.stop();
      await database.close();
    },
  };
}
