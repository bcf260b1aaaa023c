import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../journeys/officials.ts';
import type { LimitUseSetting } from './delivery-limit-use.ts';
import type { PeerSender } from './delivery-peer-senders.ts';
import { startPeerWorld } from './delivery-peers.ts';
import { startDeliveryWorld } from './delivery-world.ts';

/** What a sender that was killed again and again made of one mailing. */
export interface CrashTruth {
  readonly kills: number;
  /** Chats that had nothing when everything was over, or `WAIT_MS` after the last kill. */
  readonly missing: number;
  /** Messages that somebody had had already. */
  readonly surplus: number;
  /** What the sender itself says it sent a second time, and what was out at the kills; null: it cannot tell. */
  readonly confessed: number | null;
  readonly out: number | null;
}

export interface CrashSetting extends LimitUseSetting {
  readonly kills: number;
  /** The same seed, the same moments. */
  readonly seed: number;
}

export const CRASH: CrashSetting = { chats: 900, ratePerSecond: 30, latencyMs: 50, kills: 10, seed: 7 };

/** A job that is given back later than this is as good as lost for an outage. */
const WAIT_MS = 60_000;

/** Moments spread over the mailing, the same for everybody. Milliseconds of life before each kill. */
function lives({ chats, ratePerSecond, kills, seed }: CrashSetting): readonly number[] {
  const mean = ((chats / ratePerSecond) * 1000) / (kills + 1);
  let state = seed;
  return Array.from({ length: kills }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return mean * (0.5 + state / 2 ** 32);
  });
}

export async function measureCrashTruth(setting: CrashSetting): Promise<CrashTruth> {
  const world = await startDeliveryWorld({
    crowds: { gov24: setting.chats },
    ratePerSecond: setting.ratePerSecond,
    latencyMs: setting.latencyMs,
  });
  try {
    const { text, notice } = await world.publish('gov24');
    let out = 0;
    for (const life of lives(setting)) {
      await pause(life);
      out += await world.crash();
    }
    await world.delivered(text, setting.chats, WAIT_MS);
    // Whatever is still to come twice.
    await pause(3_000);
    const { chats, surplus } = await world.emulator.ask('tally', { text });
    const { resent } = await world.api<Progress>('GET', `/notices/${notice}`);
    return { kills: setting.kills, missing: setting.chats - chats, surplus, confessed: resent, out };
  } finally {
    await world.stop();
  }
}

export async function measurePeerCrashTruth(
  peer: PeerSender,
  store: string,
  setting: CrashSetting,
): Promise<CrashTruth> {
  const world = await startPeerWorld(peer, store, setting);
  try {
    await world.start(false);
    for (const life of lives(setting)) {
      await pause(life);
      await world.kill();
      await world.start(true);
    }
    // One that begins anew is given the time for it.
    const until = Date.now() + WAIT_MS + (setting.chats / setting.ratePerSecond) * 1_000;
    let seen = await world.emulator.ask('tally', { text: world.text });
    while (seen.chats < setting.chats && Date.now() < until) {
      await pause(500);
      seen = await world.emulator.ask('tally', { text: world.text });
    }
    await pause(3_000);
    seen = await world.emulator.ask('tally', { text: world.text });
    return {
      kills: setting.kills,
      missing: setting.chats - seen.chats,
      surplus: seen.surplus,
      confessed: null,
      out: null,
    };
  } finally {
    await world.stop();
  }
}
