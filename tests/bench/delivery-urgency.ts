import { setTimeout as pause } from 'node:timers/promises';
import { startDeliveryWorld } from './delivery-world.ts';

/** What others wait for while a campaign is under way. Milliseconds. */
export interface Urgency {
  /** From a citizen's message to the answer, the network's latency included. */
  readonly answers: readonly number[];
  /** From the official's publish to the first of a critical notice, and to its 500th. */
  readonly firstCritical: number;
  readonly lastCritical: number;
  /** The 500th as fast as the limit allows: ideal ÷ taken, from the first on. */
  readonly criticalShare: number;
  /** How far the campaign was when it was all over, to show that it was under way. */
  readonly campaignDelivered: number;
  readonly whilePaused: number;
}

export interface UrgencySetting {
  readonly campaign: number;
  readonly critical: number;
  readonly ratePerSecond: number;
  readonly latencyMs: number;
  readonly questions: number;
}

/** The settings of the benchmark. */
export const URGENCY: UrgencySetting = {
  campaign: 100_000,
  critical: 500,
  ratePerSecond: 30,
  latencyMs: 50,
  questions: 100,
};

const ASKED = ['정부24 지금 되나요?', '홈택스 접속 안 돼요', '등본 뗄 수 있나요?'] as const;
/** Warm-up: what the first questions wait for is the program's start. */
const UNCOUNTED = 5;
const BETWEEN_MS = 40;

/** A campaign to many; citizens ask meanwhile, and then a critical notice comes. Once. */
export async function measureUrgency(setting: UrgencySetting): Promise<Urgency> {
  const { campaign, critical, ratePerSecond, latencyMs, questions } = setting;
  const world = await startDeliveryWorld({
    crowds: { gov24: campaign, hometax: critical },
    ratePerSecond,
    latencyMs,
  });
  try {
    const bulk = await world.publish('gov24');
    await world.delivered(bulk.text, ratePerSecond, 60_000);
    const people = await world.emulator.ask('people', { count: questions + UNCOUNTED, blockedEvery: null });
    const answers: number[] = [];
    for (const [i, person] of people.entries()) {
      const ms = await world.emulator.ask('converse', { person, text: ASKED[i % ASKED.length] ?? '' });
      if (i >= UNCOUNTED) answers.push(ms ?? Number.POSITIVE_INFINITY);
      await pause(BETWEEN_MS);
    }
    const alarm = await world.publish('hometax', true);
    const seen = await world.delivered(alarm.text, critical, (critical / ratePerSecond) * 4_000);
    const { count, whilePaused } = await world.emulator.ask('delivered', { text: bulk.text });
    const [first, last] = [seen.first ?? Number.NaN, seen.last ?? Number.NaN];
    return {
      answers,
      firstCritical: first - alarm.at,
      lastCritical: last - alarm.at,
      criticalShare: (seen.count - 1) / ratePerSecond / ((last - first) / 1000),
      campaignDelivered: count,
      whilePaused,
    };
  } finally {
    await world.stop();
  }
}
