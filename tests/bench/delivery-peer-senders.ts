/*
 * What others would send notices with, each in the settings that its documentation recommends for this.
 * All send through grammY with @grammyjs/auto-retry, which grammY's documentation tells broadcasters to use
 * (https://grammy.dev/advanced/flood), and all go on when a person has blocked the bot.
 */
import { autoRetry } from '@grammyjs/auto-retry';
import { Queue, Worker } from 'bullmq';
import { Api, GrammyError } from 'grammy';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { PgBoss } from 'pg-boss';

export interface Mailing {
  readonly telegramRoot: string;
  readonly token: string;
  /** Where the peer keeps its jobs; '' for one that keeps none. */
  readonly store: string;
  readonly chats: readonly number[];
  readonly text: string;
  readonly ratePerSecond: number;
  /** After a crash: what is left is sent, and nothing is queued anew. */
  readonly resumed: boolean;
}

export interface PeerSender {
  readonly name: string;
  readonly store: 'none' | 'postgres' | 'redis';
  /** In the best documented settings: which, and where they are documented. */
  readonly setting: string;
  send(mailing: Mailing): Promise<void>;
}

type Send = (chat: number) => Promise<void>;

const TASK = 'notice';
/** grammY: "send at most about three messages in parallel". */
const IN_PARALLEL = 3;

function sender({ telegramRoot, token, text }: Mailing): Send {
  const api = new Api(token, { apiRoot: telegramRoot });
  api.config.use(autoRetry());
  return async (chat) => {
    try {
      await api.sendMessage(chat, text);
    } catch (error) {
      if (!(error instanceof GrammyError && error.error_code === 403)) throw error;
    }
  };
}

async function inLoops(loops: number, chats: readonly number[], send: Send): Promise<void> {
  const left = [...chats];
  const loop = async (): Promise<void> => {
    for (let chat = left.shift(); chat !== undefined; chat = left.shift()) await send(chat);
  };
  await Promise.all(Array.from({ length: loops }, loop));
}

const chatIn = (payload: unknown): number => (payload as { readonly chat: number }).chat;

export const PEER_SENDERS: readonly PeerSender[] = [
  {
    name: 'loop + auto-retry',
    store: 'none',
    setting:
      'one message after another (grammy.dev/advanced/flood); keeps nothing, so it begins anew after a crash',
    send: (mailing) => inLoops(1, mailing.chats, sender(mailing)),
  },
  {
    name: 'three loops + auto-retry',
    store: 'none',
    setting: 'three in parallel, as many as grammY advises',
    send: (mailing) => inLoops(IN_PARALLEL, mailing.chats, sender(mailing)),
  },
  {
    name: 'BullMQ',
    store: 'redis',
    setting: 'limiter {max: rate, duration: 1000} (docs.bullmq.io/guide/rate-limiting), concurrency 3',
    async send(mailing) {
      const { hostname, port } = new URL(mailing.store);
      const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null };
      const send = sender(mailing);
      if (!mailing.resumed) {
        const queue = new Queue(TASK, { connection });
        await queue.addBulk(mailing.chats.map((chat) => ({ name: TASK, data: { chat } })));
        await queue.close();
      }
      new Worker(TASK, (job) => send(chatIn(job.data)), {
        connection,
        concurrency: IN_PARALLEL,
        limiter: { max: mailing.ratePerSecond, duration: 1_000 },
      });
    },
  },
  {
    name: 'pg-boss',
    store: 'postgres',
    setting:
      'a second’s worth a fetch: batchSize = rate, pollingIntervalSeconds 1, heartbeatSeconds 10 (pgboss.io/api/workers); three in parallel',
    async send(mailing) {
      const boss = new PgBoss(mailing.store);
      boss.on('error', () => undefined);
      await boss.start();
      const send = sender(mailing);
      if (!mailing.resumed) {
        await boss.createQueue(TASK, { heartbeatSeconds: 10, retryLimit: 10 });
        await boss.insert(
          TASK,
          mailing.chats.map((chat) => ({ data: { chat } })),
        );
      }
      const options = { batchSize: mailing.ratePerSecond, pollingIntervalSeconds: 1 };
      await boss.work(TASK, options, (jobs) =>
        inLoops(
          IN_PARALLEL,
          jobs.map(({ data }) => chatIn(data)),
          send,
        ),
      );
    },
  },
  {
    name: 'graphile-worker',
    store: 'postgres',
    setting:
      'concurrentJobs 3, localQueue size 4: `concurrentJobs + 1` (worker.graphile.org/docs/performance); it has no limiter',
    async send(mailing) {
      const logger = new Logger(() => () => undefined);
      const send = sender(mailing);
      if (!mailing.resumed) {
        const utils = await makeWorkerUtils({ connectionString: mailing.store, logger });
        await utils.migrate();
        await utils.addJobs(mailing.chats.map((chat) => ({ identifier: TASK, payload: { chat } })));
        await utils.release();
      }
      await run({
        logger,
        preset: {
          worker: {
            connectionString: mailing.store,
            concurrentJobs: IN_PARALLEL,
            localQueue: { size: IN_PARALLEL + 1 },
          },
        },
        taskList: { [TASK]: (payload) => send(chatIn(payload)) },
      });
    },
  },
];
