import { parseQuietHours } from '../domain/quiet-hours.ts';
import type { Clock } from '../ports/clock.ts';
import type { Messenger } from '../ports/messenger.ts';
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
}

/** Losing a hint costs at most this. */
const POLL_MS = 500;

/** A notice to every subscriber: fan-out on one side, a lane for each bot and workspace on the other. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { store, clock, logger } = parts;
  const quietHours = parseQuietHours(parts.quietHours) ?? 'off';
  const messengers = new Map<string, Messenger>(parts.messengers.map((m) => [m.platform, m]));
  const leadership = new Leadership(parts, 'fan-out', parts.owner);
  const lanes = new Map<string, Lane>();
  const pulse = new Pulse();
  let running: Promise<void> | null = null;
  let stopping = false;

  const laneOf: Parameters<typeof fanOut>[0]['laneOf'] = ({ subscriber: { chat } }) =>
    messengers.get(chat.platform)?.lane(chat) ?? `${chat.platform}:${chat.workspace}`;

  /** Opens a sender for every lane that has rows and a platform to send them. */
  async function openLanes(): Promise<void> {
    for (const key of await store.deliveries.lanes()) {
      const messenger = messengers.get(key.slice(0, key.indexOf(':')));
      if (lanes.has(key) || messenger === undefined) continue;
      const lane = new Lane(key, parts.owner, { ...parts, messenger });
      lanes.set(key, lane);
      lane.start();
    }
  }

  async function round(): Promise<void> {
    if ((await leadership.check()) !== 'other') {
      const written = await fanOut({ store, clock, laneOf, quietHours });
      const swept = await store.deliveries.sweep(clock.now());
      if (swept.uncertain > 0) logger.warn(swept, 'deliveries were left on the wire by a sender that died');
      await store.campaigns.finish(clock.now());
      await openLanes();
      if (written + swept.released + swept.uncertain > 0) for (const lane of lanes.values()) lane.wake();
    } else {
      await openLanes();
    }
    await pulse.wait(POLL_MS);
  }

  async function run(): Promise<void> {
    while (!stopping) {
      try {
        await round();
      } catch (error) {
        logger.error({ err: error }, 'delivery stumbled and goes on');
        await pulse.wait(1_000);
      }
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping = true;
      pulse.wake();
      await running;
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
      await leadership.release();
    },
    wake: () => pulse.wake(),
  };
}
