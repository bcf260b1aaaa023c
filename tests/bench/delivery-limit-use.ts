import { startDeliveryWorld } from './delivery-world.ts';

/** How much of a limit was used. `share` is ideal time ÷ time taken; ideal: delivered ÷ ceiling. */
export interface LimitUse {
  readonly delivered: number;
  readonly seconds: number;
  readonly share: number;
  /** Calls answered 429, and those of them that came though we had been told to wait. */
  readonly refused: number;
  readonly whilePaused: number;
}

export interface LimitUseSetting {
  readonly chats: number;
  readonly ratePerSecond: number;
  readonly latencyMs: number;
  /** One in so many has blocked the bot. */
  readonly blockedEvery?: number;
  /** Halfway the platform lowers its limit to this without a word. */
  readonly hiddenRate?: number;
}

/** The settings of the benchmark. */
export const LIMIT_USE: Readonly<Record<'free' | 'paid' | 'hidden drop', LimitUseSetting>> = {
  free: { chats: 2_000, ratePerSecond: 30, latencyMs: 50, blockedEvery: 20 },
  paid: { chats: 60_000, ratePerSecond: 1_000, latencyMs: 50 },
  'hidden drop': { chats: 2_000, ratePerSecond: 30, latencyMs: 50, hiddenRate: 20 },
};

/** Longer than any sender that is worth a figure. */
const GIVE_UP_AFTER = 4;

/** From the official's publish to the last recipient, once. */
export async function measureLimitUse(setting: LimitUseSetting): Promise<LimitUse> {
  const { chats, ratePerSecond, latencyMs, blockedEvery, hiddenRate } = setting;
  const world = await startDeliveryWorld({
    crowds: { gov24: chats },
    ratePerSecond,
    latencyMs,
    ...(blockedEvery === undefined ? {} : { blockedEvery }),
  });
  try {
    const expected = blockedEvery === undefined ? chats : chats - Math.ceil(chats / blockedEvery);
    const before = hiddenRate === undefined ? expected : Math.floor(expected / 2);
    const { text, at } = await world.publish('gov24');
    const withinMs = (expected / (hiddenRate ?? ratePerSecond)) * 1000 * GIVE_UP_AFTER;
    let dropped = before;
    if (hiddenRate !== undefined) {
      dropped = (await world.delivered(text, before, withinMs)).count;
      await world.emulator.ask('limits', { perSecond: hiddenRate, paidPerSecond: hiddenRate });
    }
    const { count, last, refused, whilePaused } = await world.delivered(text, expected, withinMs);
    const ideal = dropped / ratePerSecond + (count - dropped) / (hiddenRate ?? ratePerSecond);
    const seconds = ((last ?? at) - at) / 1000;
    return { delivered: count, seconds, share: ideal / seconds, refused, whilePaused };
  } finally {
    await world.stop();
  }
}
