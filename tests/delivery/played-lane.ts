import { vi } from 'vitest';
import { Lane } from '../../src/delivery/lane.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { StrictPlatform } from './strict-platform.ts';

/** A lane whose hours take milliseconds: played time, an outbox in memory, a platform that counts. */
export interface PlayedLane {
  readonly outbox: MemoryOutbox;
  readonly platform: StrictPlatform;
  readonly lane: Lane;
  readonly metrics: ReturnType<typeof createMetrics>;
  /** Lets so many seconds pass, or fewer if it becomes so. Returns how many passed. */
  play(seconds: number, until?: () => boolean): Promise<number>;
  end(): Promise<void>;
}

const STEP_MS = 50;

export function playedLane(ratePerSecond: number): PlayedLane {
  vi.useFakeTimers({
    now: new Date('2023-11-17T05:00:00.000Z'),
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
  });
  const outbox = new MemoryOutbox();
  const platform = new StrictPlatform(ratePerSecond);
  const metrics = createMetrics();
  const lane = new Lane(
    {
      key: 'telegram:bot',
      store: outbox.store,
      clock: { now: () => new Date().toISOString(), random: () => 0.5 },
      messenger: platform,
      logger: createLogger(process.env.LOG_LEVEL ?? 'silent'),
      metrics,
    },
    { name: 'one', isGone: () => false },
  );
  const play = async (seconds: number, until: () => boolean = () => false): Promise<number> => {
    const began = performance.now();
    while (performance.now() - began < seconds * 1000 && !until()) await vi.advanceTimersByTimeAsync(STEP_MS);
    return (performance.now() - began) / 1000;
  };
  return {
    outbox,
    platform,
    lane,
    metrics,
    play,
    async end() {
      const stopped = lane.stop();
      await vi.advanceTimersByTimeAsync(60_000);
      await stopped;
      vi.useRealTimers();
    },
  };
}
