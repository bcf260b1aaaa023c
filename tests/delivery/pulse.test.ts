import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pulse } from '../../src/delivery/pulse.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether it has resolved by now. */
function watch(promise: Promise<void>): () => boolean {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  return () => over;
}

describe('a pulse', () => {
  it('waits its time when nobody wakes it', async () => {
    const over = watch(new Pulse().wait(500));
    await vi.advanceTimersByTimeAsync(499);
    expect(over()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(over()).toBe(true);
  });

  it('ends at once on a hint', async () => {
    const pulse = new Pulse();
    const over = watch(pulse.wait(500));
    pulse.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(over()).toBe(true);
  });

  it('keeps a hint that came while nobody waited, once', async () => {
    const pulse = new Pulse();
    pulse.wake();
    const first = watch(pulse.wait(500));
    await vi.advanceTimersByTimeAsync(0);
    expect(first()).toBe(true);
    const second = watch(pulse.wait(500));
    await vi.advanceTimersByTimeAsync(100);
    expect(second()).toBe(false);
  });

  it('an older wait that runs out does not deafen a newer one', async () => {
    const pulse = new Pulse();
    void pulse.wait(100);
    const newer = watch(pulse.wait(10_000));
    await vi.advanceTimersByTimeAsync(100);
    pulse.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(newer()).toBe(true);
  });
});
