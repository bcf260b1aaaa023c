import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/program.ts';
import { CREDENTIALS } from '../support/sandbox.ts';
import { type Emulator, startEmulator } from './delivery-emulator.ts';
import type { Delivered } from './delivery-emulator-process.ts';
import type { LimitUse, LimitUseSetting } from './delivery-limit-use.ts';
import type { Mailing, PeerSender } from './delivery-peer-senders.ts';
import { startPostgres } from './footprint.ts';

/** The servers that peers keep their jobs in. */
export interface Stores {
  /** A new empty store; null: there is no such server here. */
  fresh(kind: PeerSender['store']): Promise<string | null>;
  stop(): Promise<void>;
}

export async function openStores(): Promise<Stores> {
  const postgres = await startPostgres();
  const servers: ChildProcess[] = [];
  return {
    async fresh(kind) {
      if (kind === 'none') return '';
      if (kind === 'postgres') return postgres.database();
      const binary = redisServer();
      if (binary === null) return null;
      const port = await freePort();
      servers.push(spawn(binary, ['--port', String(port), '--save', '', '--bind', '127.0.0.1']));
      await pause(1_000);
      return `redis://127.0.0.1:${port}`;
    },
    async stop() {
      for (const server of servers) server.kill('SIGTERM');
      await postgres.stop();
    },
  };
}

function redisServer(): string | null {
  try {
    return execFileSync('which', ['redis-server'], { encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Where a peer works: a process that can be killed, beside the stand-in that enforces the limits for everybody. */
export interface PeerWorld {
  readonly emulator: Emulator;
  readonly chats: readonly number[];
  readonly text: string;
  /** Starts a process. Answers with when it was told what to send. */
  start(resumed: boolean): Promise<number>;
  kill(): Promise<void>;
  delivered(count: number, withinMs: number): Promise<Delivered>;
  stop(): Promise<void>;
}

const TEXT = '측정 1호 접속이 되지 않습니다.';
const LOOK_EVERY_MS = 200;

export async function startPeerWorld(
  peer: PeerSender,
  store: string,
  setting: LimitUseSetting,
): Promise<PeerWorld> {
  const emulator = await startEmulator();
  const chats = await emulator.ask('people', {
    count: setting.chats,
    blockedEvery: setting.blockedEvery ?? null,
  });
  await emulator.ask('latency', setting.latencyMs);
  await emulator.ask('limits', { perSecond: setting.ratePerSecond, paidPerSecond: setting.ratePerSecond });
  let child: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (child === null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    child = null;
  };
  return {
    emulator,
    chats,
    text: TEXT,
    async start(resumed) {
      child = fork(new URL('delivery-peer-process.ts', import.meta.url), [peer.name]);
      await once(child, 'message');
      const { ratePerSecond } = setting;
      const { telegramToken: token } = CREDENTIALS;
      const { telegramRoot } = emulator;
      child.send({
        telegramRoot,
        token,
        store,
        chats,
        text: TEXT,
        ratePerSecond,
        resumed,
      } satisfies Mailing);
      return Date.now();
    },
    kill,
    async delivered(count, withinMs) {
      const until = Date.now() + withinMs;
      for (;;) {
        const seen = await emulator.ask('delivered', { text: TEXT });
        if (seen.count >= count || Date.now() > until) return seen;
        await pause(LOOK_EVERY_MS);
      }
    },
    async stop() {
      await kill();
      await emulator.stop();
    },
  };
}

/** Longer than any sender that is worth a figure. */
const GIVE_UP_AFTER = 4;

/** As `measureLimitUse`, for a peer: from the order to send until the last recipient, queueing included. */
export async function measurePeerLimitUse(
  peer: PeerSender,
  store: string,
  setting: LimitUseSetting,
): Promise<LimitUse> {
  const { chats, ratePerSecond, blockedEvery } = setting;
  const world = await startPeerWorld(peer, store, setting);
  try {
    const expected = blockedEvery === undefined ? chats : chats - Math.ceil(chats / blockedEvery);
    const at = await world.start(false);
    const withinMs = (expected / ratePerSecond) * 1000 * GIVE_UP_AFTER;
    const { count, last, refused, whilePaused } = await world.delivered(expected, withinMs);
    const seconds = ((last ?? at) - at) / 1000;
    return { delivered: count, seconds, share: count / ratePerSecond / seconds, refused, whilePaused };
  } finally {
    await world.stop();
  }
}
