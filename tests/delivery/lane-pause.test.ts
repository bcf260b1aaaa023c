import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LanePause } from '../../src/delivery/lane-pause.ts';
import { fromEpoch } from '../../src/domain/instant.ts';
import { MemoryOutbox } from './memory-outbox.ts';

/** The wall clock, which can jump; the steady one is played. */
let jumpMs = 0;
const clock = { now: () => fromEpoch(Date.now() + jumpMs), random: () => 0.5 };
const pauseOf = (outbox: MemoryOutbox) => new LanePause({ store: outbox.store, clock }, 'telegram:bot');

beforeEach(() => {
  jumpMs = 0;
  vi.useFakeTimers({ now: new Date('2023-11-17T05:00:00.000Z'), toFake: ['Date', 'performance'] });
});
afterEach(() => vi.useRealTimers());

describe('the pause of a lane', () => {
  it('is never shortened, by whatever comes after it', async () => {
    const events = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 0, max: 20_000 }),
        seconds: fc.integer({ min: 1, max: 60 }),
        jumpMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
        what: fc.constantFrom('told', 'refresh', 'jump'),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(events, async (all) => {
        const outbox = new MemoryOutbox();
        const pause = pauseOf(outbox);
        let endsMs = 0;
        for (const event of all) {
          vi.advanceTimersByTime(event.afterMs);
          if (event.what === 'jump') jumpMs += event.jumpMs;
          if (event.what === 'refresh') await pause.refresh();
          if (event.what === 'told') {
            endsMs = Math.max(endsMs, performance.now() + event.seconds * 1000);
            pause.heed(event.seconds);
            await pause.write(event.seconds, '429');
          }
          if (performance.now() < endsMs)
            expect(pause.leftMs()).toBeGreaterThanOrEqual(endsMs - performance.now() - 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('holds for another replica and after a restart, as long as here', async () => {
    const outbox = new MemoryOutbox();
    await pauseOf(outbox).write(3_600, '429');
    vi.advanceTimersByTime(1_000);
    const other = pauseOf(outbox);
    expect(other.isKnown()).toBe(false);
    await other.refresh();
    expect(other.leftMs()).toBeGreaterThanOrEqual(3_599_000);
    expect(other.leftMs()).toBeLessThan(3_600_000);
  });

  it('is not prolonged by a clock that is put back', async () => {
    const outbox = new MemoryOutbox();
    await pauseOf(outbox).write(10, '429');
    const other = pauseOf(outbox);
    await other.refresh();
    jumpMs = -3_600_000;
    vi.advanceTimersByTime(11_000);
    await other.refresh();
    expect(other.leftMs()).toBe(0);
  });

  it('is written once for all that were refused together', async () => {
    const outbox = new MemoryOutbox();
    const pause = pauseOf(outbox);
    for (let i = 0; i < 5; i++) {
      pause.heed(5);
      await pause.write(5, '429');
      vi.advanceTimersByTime(10);
    }
    expect(outbox.pauses).toBe(1);
    pause.heed(30);
    await pause.write(30, '429');
    expect(outbox.pauses).toBe(2);
  });

  it('must be read again before anything is sent by it', async () => {
    const pause = pauseOf(new MemoryOutbox());
    await pause.refresh();
    expect(pause.isKnown()).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(pause.isKnown()).toBe(false);
  });
});
