import type { Observation, Thresholds } from '../domain/detector.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../telemetry/logger.ts';
import { look, type ProbeSetting, sourceOf } from './probe.ts';

export interface Sources {
  /** Begins; a second call does nothing. */
  start(): void;
  /** Ends: nothing is looked at any more, and what was being recorded is recorded. */
  stop(): Promise<void>;
}

/** No two looks of a fleet fall together for ever: each interval is up to a tenth shorter or longer. */
const JITTER = 0.1;
/** The first looks of all probes are spread over this many seconds, or their interval if that is shorter. */
const SPREAD_SECONDS = 10;

/**
 * Looks at every probe's address at its interval and hands on what was seen. A probe never overlaps itself:
 * its next look is timed from the start of the last, and waits for its end.
 * @param parts.observe the operation that takes up an observation; when it fails, that look is lost and logged
 */
export function createSources(parts: {
  probes: readonly ProbeSetting[];
  observe: (observation: Observation, thresholds: Thresholds) => Promise<unknown>;
  clock: Clock;
  logger: Logger;
}): Sources {
  const { probes, observe, clock, logger } = parts;
  let running: { stop: AbortController; loops: Promise<void>[] } | null = null;

  const lookOnce = async (probe: ProbeSetting, stop: AbortSignal): Promise<void> => {
    try {
      const result = await look(probe, stop);
      if (result === null) return;
      const { service } = probe;
      const source = sourceOf(probe);
      logger.debug({ service, source, seen: result.seen, reason: result.reason }, 'probe');
      await observe({ service, source, at: clock.now(), seen: result.seen }, probe.thresholds);
    } catch (error) {
      logger.error({ err: error, service: probe.service }, 'an observation could not be recorded');
    }
  };

  const loop = async (probe: ProbeSetting, stop: AbortSignal): Promise<void> => {
    await pause(clock.random() * Math.min(probe.everySeconds, SPREAD_SECONDS), stop);
    while (!stop.aborted) {
      const next = pause(probe.everySeconds * (1 + JITTER * (2 * clock.random() - 1)), stop);
      await lookOnce(probe, stop);
      await next;
    }
  };

  return {
    start() {
      if (running !== null) return;
      const stop = new AbortController();
      running = { stop, loops: probes.map((probe) => loop(probe, stop.signal)) };
      if (probes.length > 0) logger.info({ probes: probes.length }, 'watching');
    },
    async stop() {
      if (running === null) return;
      const { stop, loops } = running;
      running = null;
      stop.abort();
      await Promise.all(loops);
    },
  };
}

/** Waits, at most until told to stop. Keeps no process alive. */
const pause = (seconds: number, stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    timer.unref();
    stop.addEventListener('abort', end);
  });
