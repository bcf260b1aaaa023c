import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from '../../src/delivery/pace.ts';

/** The moments at which `count` messages go, each as soon as it may and answered after the latency. */
function moments(pace: Pace, count: number, latencyMs = 0): number[] {
  let now = 1_000;
  return Array.from({ length: count }, () => {
    for (let wait = pace.wait(now); wait > 0; wait = pace.wait(now)) now += wait;
    const at = now;
    pace.answered(pace.take(at), at + latencyMs, true);
    return at;
  });
}

const mostInAny = (spanMs: number, at: readonly number[]): number =>
  Math.max(0, ...at.map((start) => at.filter((t) => t >= start && t < start + spanMs).length));

/** What happens to a lane: a message is taken after a while, and something becomes of it later. */
const happenings = fc.array(
  fc.record({
    idleMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2_000 })),
    travelMs: fc.integer({ min: 0, max: 300 }),
    backMs: fc.integer({ min: 5, max: 50 }),
    fate: fc.constantFrom('sent', 'sent', 'sent', 'uncertain', 'refused', 'limited', 'unused'),
  }),
  { minLength: 1, maxLength: 300 },
);

describe('the pace of a lane', () => {
  it('lets no more arrive in any sliding second than its ceiling, whatever becomes of them and however long they travel', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), happenings, (ceiling, all) => {
        const pace = new Pace(ceiling);
        const counted: number[] = [];
        const due: { atMs: number; tell: () => void }[] = [];
        let now = 1_000;
        const until = (ms: number) => {
          due.sort((a, b) => a.atMs - b.atMs);
          while (due[0] !== undefined && due[0].atMs <= ms) due.shift()?.tell();
          now = ms;
        };
        // The quickest way there and back is known from the first message on.
        const first = pace.take(now);
        counted.push(now);
        pace.answered(first, now + 5, true);
        until(now + 5);
        for (const { idleMs, travelMs, backMs, fate } of all) {
          until(now + idleMs);
          for (let wait = pace.wait(now); wait > 0; wait = pace.wait(now)) until(now + Math.min(wait, 5));
          const place = pace.take(now);
          const heardMs = now + travelMs + backMs;
          if (fate === 'sent' || fate === 'uncertain') counted.push(now + travelMs);
          due.push({
            atMs: heardMs,
            tell: () => {
              if (fate === 'limited') pace.limited(place, heardMs);
              else if (fate === 'refused' || fate === 'unused') pace.giveBack(place);
              else pace.answered(place, heardMs, fate === 'sent');
            },
          });
        }
        expect(mostInAny(1_000, counted)).toBeLessThanOrEqual(ceiling);
      }),
      { numRuns: 300 },
    );
  });

  it('uses at least 97 percent of the ceiling', () => {
    const at = moments(new Pace(30), 301, 50);
    expect(((at.at(-1) ?? 0) - 1_000) / 1000).toBeLessThan(10 / 0.97);
  });

  it('makes up for two places at most, however long it was idle or a timer late', () => {
    const pace = new Pace(10);
    for (let i = 0; i < 3; i++) {
      expect(pace.wait(60_000)).toBe(0);
      pace.take(60_000);
    }
    expect(pace.wait(60_000)).toBeGreaterThan(95);
  });

  it('makes up for a timer that rang late by more than one place at a high rate', () => {
    const pace = new Pace(1_000);
    let taken = 0;
    for (let at = 0; at <= 100; at += 10)
      for (; pace.wait(at) === 0; taken++) pace.answered(pace.take(at), at, true);
    expect(taken).toBeGreaterThanOrEqual(98);
  });

  it('slows by a fifth when refused, and earns it back with clean sends, never above the ceiling', () => {
    const pace = new Pace(30);
    const full = pace.rate;
    pace.limited(pace.take(0), 10);
    expect(pace.rate).toBeCloseTo(full * 0.8);
    moments(pace, 100);
    expect(pace.rate).toBeCloseTo(full * 0.8 + 0.5);
    moments(pace, 4_000);
    expect(pace.rate).toBe(full);
  });

  it('slows once for all that was refused together', () => {
    const pace = new Pace(30);
    const full = pace.rate;
    const together = [pace.take(0), pace.take(40), pace.take(80)];
    for (const place of together) pace.limited(place, 100);
    expect(pace.rate).toBeCloseTo(full * 0.8);
  });

  it('never stops altogether, however often it is refused', () => {
    const pace = new Pace(30);
    for (let i = 0; i < 100; i++) pace.limited(pace.take(i * 1_000), i * 1_000);
    expect(pace.rate).toBeGreaterThanOrEqual(1);
  });

  it('gives an unused place to the next', () => {
    const pace = new Pace(10);
    for (let i = 0; i < 3; i++) pace.take(0);
    pace.giveBack(pace.take(103));
    expect(pace.wait(104)).toBe(0);
  });

  it('keeps a ceiling below one a second', () => {
    const at = moments(new Pace(0.5), 5);
    expect(mostInAny(2_000, at)).toBe(1);
  });
});
