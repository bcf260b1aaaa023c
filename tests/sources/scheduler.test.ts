import { afterEach, describe, expect, it } from 'vitest';
import type { Observation, Thresholds } from '../../src/domain/detector.ts';
import type { ProbeSetting } from '../../src/sources/probe.ts';
import { createSources, type Sources } from '../../src/sources/scheduler.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { openSite, probing } from './site.ts';

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.stop();
});

const site = async (answer: Parameters<typeof openSite>[0]): Promise<string> => {
  const { url, close } = await openSite(answer);
  open.push({ stop: close });
  return url;
};

type Observe = (observation: Observation, thresholds: Thresholds) => Promise<unknown>;

const watch = (probes: readonly ProbeSetting[], observe: Observe, random = () => 0): Sources => {
  const clock = { now: () => '2023-11-17T04:55:00.000Z', random };
  const sources = createSources({ probes, observe, clock, logger: createLogger('silent') });
  open.push(sources);
  sources.start();
  return sources;
};

/** Resolves with what was observed once there are so many. */
const gather = (wanted: number) => {
  const seen: Observation[] = [];
  let arrived = () => {};
  const enough = new Promise<readonly Observation[]>((resolve) => {
    arrived = () => resolve(seen);
  });
  const observe: Observe = async (observation) => {
    seen.push(observation);
    if (seen.length === wanted) arrived();
  };
  return { observe, enough, seen };
};

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('the sources', () => {
  it('hand on what each probe saw, again and again, with its thresholds', async () => {
    const fine = await site((_, response) => response.end('ok'));
    const broken = await site((_, response) => response.writeHead(500).end());
    const thresholds = { failures: 9, successes: 8, silentAfterSeconds: 7 };
    const given: Thresholds[] = [];
    const { observe, enough } = gather(6);
    watch([probing(fine), probing(broken, { service: 'kiosk', thresholds })], (observation, limits) => {
      if (observation.service === 'kiosk') given.push(limits);
      return observe(observation, limits);
    });
    const seen = await enough;
    expect(seen).toContainEqual({
      service: 'gov24',
      source: `http:${new URL(fine).host}`,
      at: '2023-11-17T04:55:00.000Z',
      seen: 'ok',
    });
    expect(seen.filter((o) => o.service === 'kiosk').every((o) => o.seen === 'failed')).toBe(true);
    expect(given[0]).toEqual(thresholds);
  });

  it('never look twice at the same time, however long an answer takes', async () => {
    let now = 0;
    let most = 0;
    const slow = await site((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => {
        now--;
        response.end('ok');
      }, 15);
    });
    const { observe, enough } = gather(5);
    watch([probing(slow, { everySeconds: 0.001 })], observe);
    await enough;
    expect(most).toBe(1);
  });

  it('wait for the taking up of an observation before the next look', async () => {
    const url = await site((_, response) => response.end('ok'));
    let now = 0;
    let most = 0;
    const { observe, enough } = gather(4);
    watch([probing(url, { everySeconds: 0.001 })], async (observation, thresholds) => {
      most = Math.max(most, ++now);
      await sleep(10);
      now--;
      return observe(observation, thresholds);
    });
    await enough;
    expect(most).toBe(1);
  });

  it('go on when an observation cannot be taken up', async () => {
    const url = await site((_, response) => response.end('ok'));
    const { observe, enough } = gather(3);
    let failures = 0;
    watch([probing(url)], async (observation, thresholds) => {
      if (failures++ < 2) throw new Error('the database is away');
      return observe(observation, thresholds);
    });
    expect(await enough).toHaveLength(3);
  });

  it('begin at different moments: chance spreads the first looks', async () => {
    const url = await site((_, response) => response.end('ok'));
    const { observe, seen } = gather(1);
    watch([probing(url, { everySeconds: 3600 })], observe, () => 0.9);
    await sleep(30);
    expect(seen).toEqual([]);
  });
});

describe('starting the sources', () => {
  it('a second time does nothing', async () => {
    let asked = 0;
    const url = await site((_, response) => {
      asked++;
      response.end('ok');
    });
    const { observe, enough } = gather(1);
    const sources = watch([probing(url, { everySeconds: 3600 })], observe);
    sources.start();
    await enough;
    await sleep(30);
    expect(asked).toBe(1);
  });
});

describe('stopping the sources', () => {
  it('ends at once in a pause, and nothing is looked at afterwards', async () => {
    let asked = 0;
    const url = await site((_, response) => {
      asked++;
      response.end('ok');
    });
    const { observe, enough } = gather(1);
    const sources = watch([probing(url, { everySeconds: 3600 })], observe);
    await enough;
    await sources.stop();
    const before = asked;
    await sleep(30);
    expect(asked).toBe(before);
  });

  it('breaks off a look that hangs, without calling that a failure', async () => {
    let began = () => {};
    const hanging = new Promise<void>((resolve) => {
      began = resolve;
    });
    const url = await site(() => began());
    const { observe, seen } = gather(1);
    const sources = watch([probing(url, { timeoutSeconds: 60 })], observe);
    await hanging;
    await sources.stop();
    expect(seen).toEqual([]);
  });

  it('waits for an observation that is being taken up', async () => {
    const url = await site((_, response) => response.end('ok'));
    let began = () => {};
    const taking = new Promise<void>((resolve) => {
      began = resolve;
    });
    let settled = false;
    const sources = watch([probing(url)], async () => {
      began();
      await sleep(40);
      settled = true;
    });
    await taking;
    await sources.stop();
    expect(settled).toBe(true);
  });

  it('may come before the start, twice, and be followed by a new start', async () => {
    const url = await site((_, response) => response.end('ok'));
    const clock = { now: () => '2023-11-17T04:55:00.000Z', random: () => 0 };
    const { observe, enough } = gather(2);
    const sources = createSources({ probes: [probing(url)], observe, clock, logger: createLogger('silent') });
    open.push(sources);
    await sources.stop();
    sources.start();
    sources.start();
    await sources.stop();
    await sources.stop();
    sources.start();
    expect((await enough).length).toBeGreaterThanOrEqual(2);
  });
});
