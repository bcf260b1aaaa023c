import { plusSeconds } from '../domain/instant.ts';
import { parseQuietHours } from '../domain/quiet-hours.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeedLimit, Messenger } from '../ports/messenger.ts';
import { Deposed, type Fence } from '../ports/outbox.ts';
import type { Owner } from '../ports/owner.ts';
import type { Store } from '../ports/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { fanOut } from './fan-out.ts';
import { Lane } from './lane.ts';
import { Leadership } from './leadership.ts';
import { Pulse } from './pulse.ts';

export interface DeliveryParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly messengers: readonly Messenger[];
  /** The quiet hours of whoever chose none: `21:00-08:00` or `off`. */
  readonly quietHours: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly owner: Owner;
}

export interface Delivery {
  start(): void;
  /** Sends nothing more and waits for what is on the wire. */
  stop(): Promise<void>;
  /** A hint that there is something to do. */
  wake(): void;
  /** An answer met the limit of a lane: notices wait too, here at once and in every replica once this resolves. */
  readonly heedLimit: HeedLimit;
}

/** Losing a hint costs at most this. */
const POLL_MS = 500;
const AFTER_FAILURE_MS = 1_000;

/** A notice to every subscriber: fan-out on one side, a lane for each bot and workspace on the other. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { store, clock, logger } = parts;
  const quietHours = parseQuietHours(parts.quietHours) ?? 'off';
  const messengers = new Map<string, Messenger>(parts.messengers.map((m) => [m.platform, m]));
  const leadership = new Leadership(parts, 'fan-out', parts.owner);
  const lanes = new Map<string, Lane>();
  const fanOutPulse = new Pulse();
  const lanePulse = new Pulse();
  let hinted = true;
  let running: readonly Promise<void>[] | null = null;
  let stopping = false;

  /** Opens a sender for every lane that has rows and a platform to send them. */
  async function openLanes(): Promise<void> {
    for (const key of await store.deliveries.lanes()) {
      const messenger = messengers.get(key.slice(0, key.indexOf(':')));
      if (lanes.has(key) || messenger === undefined) continue;
      const lane = new Lane({ ...parts, messenger, key }, parts.owner);
      lanes.set(key, lane);
      lane.start();
    }
  }

  /** The work of the one process that fans out. Returns how many deliveries it set in motion. */
  async function lead(fence: Fence): Promise<number> {
    const written = await fanOut({ store, clock, fence, quietHours });
    const swept = await store.deliveries.sweep(clock.now(), fence);
    if (swept.uncertain > 0) logger.warn(swept, 'deliveries were left on the wire by a sender that died');
    await store.campaigns.finish(clock.now(), fence);
    return written + swept.released + swept.uncertain;
  }

  async function fanOutRound(): Promise<void> {
    const fence = await leadership.check();
    if (fence !== null && (await lead(fence)) > 0) wakeLanes();
  }

  async function lanesRound(): Promise<void> {
    const wanted = hinted;
    hinted = false;
    await openLanes();
    if (wanted) wakeLanes();
  }

  function wakeLanes(): void {
    for (const lane of lanes.values()) lane.wake();
    lanePulse.wake();
  }

  async function repeat(round: () => Promise<void>, pulse: Pulse): Promise<void> {
    while (!stopping) {
      try {
        await round();
        await pulse.wait(POLL_MS);
      } catch (error) {
        if (error instanceof Deposed) leadership.lost();
        else logger.error({ err: error }, 'delivery stumbled and goes on');
        await pulse.wait(AFTER_FAILURE_MS);
      }
    }
  }

  return {
    start() {
      // Lanes are not kept waiting by the fan-out of a million.
      running ??= [repeat(fanOutRound, fanOutPulse), repeat(lanesRound, lanePulse)];
    },
    async stop() {
      stopping = true;
      fanOutPulse.wake();
      lanePulse.wake();
      await Promise.all(running ?? []);
      // Another process fans out at once, however long this one waits for what is on the wire.
      await Promise.all([leadership.release(), ...[...lanes.values()].map((lane) => lane.stop())]);
    },
    wake() {
      hinted = true;
      fanOutPulse.wake();
      lanePulse.wake();
    },
    async heedLimit(lane, seconds, why) {
      lanes.get(lane)?.heed(seconds);
      await store.lanes.pause(lane, plusSeconds(clock.now(), seconds), why);
    },
  };
}
