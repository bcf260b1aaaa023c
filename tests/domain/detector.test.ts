import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_THRESHOLDS,
  detect,
  isSilent,
  type Measurement,
  type Observation,
  type Thresholds,
} from '../../src/domain/detector.ts';
import { fromEpoch, plusSeconds } from '../../src/domain/instant.ts';

const START = '2023-11-17T00:00:00.000Z';

const observation = (seen: Observation['seen'], second: number): Observation => ({
  service: 'gov24',
  source: 'http:gov24',
  at: plusSeconds(START, second),
  seen,
});

/** One observation a second. */
const run = (seen: readonly Observation['seen'][], thresholds: Thresholds = DEFAULT_THRESHOLDS) =>
  seen.reduce<Measurement | null>((before, one, i) => detect(before, observation(one, i), thresholds), null);

const word = fc.constantFrom<Observation['seen'][]>('ok', 'slow', 'failed');
const story = fc.array(word, { minLength: 1, maxLength: 40 });
const thresholds = fc.record({
  failures: fc.integer({ min: 1, max: 5 }),
  successes: fc.integer({ min: 1, max: 5 }),
  silentAfterSeconds: fc.constant(600),
});
const VERDICT = { ok: 'operational', slow: 'degraded', failed: 'major_outage' } as const;

/**
 * The rule said the other way round: the verdict is that of the last run that was long enough, and where nothing was
 * wrong before, slow and failed in turn are a run too.
 */
function verdictOf(seen: readonly Observation['seen'][], { failures, successes }: Thresholds) {
  let verdict: Measurement['verdict'] = 'unknown';
  let since = 0;
  for (let end = 0; end < seen.length; end++) {
    const now = seen[end];
    if (now === undefined) continue;
    let start = end;
    while (start > 0 && seen[start - 1] === now) start--;
    const needed = now === 'ok' ? successes : failures;
    if (end - start + 1 >= needed && VERDICT[now] !== verdict) {
      verdict = VERDICT[now];
      since = start;
    } else if (now !== 'ok' && (verdict === 'operational' || verdict === 'unknown')) {
      let worse = end;
      while (worse > 0 && seen[worse - 1] !== 'ok') worse--;
      if (end - worse + 1 < failures) continue;
      verdict = 'degraded';
      since = worse;
    }
  }
  return { verdict, since };
}

describe('the verdict of a source', () => {
  it('is the milder one when it is slow and failing in turn', () => {
    expect(run(['slow', 'failed'])?.verdict).toBe('unknown');
    expect(run(['slow', 'failed', 'slow'])).toMatchObject({ verdict: 'degraded', since: START });
    const later = run(['ok', 'ok', 'failed', 'slow', 'failed', 'slow']);
    expect(later).toMatchObject({ verdict: 'degraded', since: plusSeconds(START, 2) });
    expect(run(['failed', 'failed', 'failed', 'slow', 'failed', 'slow'])?.verdict).toBe('major_outage');
    expect(run(['slow', 'failed', 'ok', 'slow', 'failed'])?.verdict).toBe('unknown');
  });

  it('is unknown until enough has been seen', () => {
    expect(run(['failed'])?.verdict).toBe('unknown');
    expect(run(['failed', 'failed'])?.verdict).toBe('unknown');
    expect(run(['failed', 'failed', 'failed'])).toMatchObject({ verdict: 'major_outage', since: START });
    expect(run(['ok', 'ok'])?.verdict).toBe('operational');
  });

  it('does not turn on a blip, nor back on a single success', () => {
    expect(run(['ok', 'ok', 'failed', 'failed', 'ok'])?.verdict).toBe('operational');
    expect(run(['failed', 'failed', 'failed', 'ok', 'failed'])?.verdict).toBe('major_outage');
  });

  it('dates from the first of the observations that made it', () => {
    const turned = run(['ok', 'ok', 'failed', 'failed', 'failed']);
    expect(turned).toMatchObject({ verdict: 'major_outage', since: plusSeconds(START, 2) });
  });

  it('follows the rule on every story', () => {
    fc.assert(
      fc.property(story, thresholds, (seen, limits) => {
        const measured = run(seen, limits);
        const expected = verdictOf(seen, limits);
        expect(measured?.verdict).toBe(expected.verdict);
        if (expected.verdict !== 'unknown') expect(measured?.since).toBe(plusSeconds(START, expected.since));
      }),
    );
  });

  it('never changes by an observation that agrees with it', () => {
    fc.assert(
      fc.property(story, thresholds, (seen, limits) => {
        const before = run(seen, limits);
        if (before === null || before.verdict === 'unknown') return;
        const same = (['ok', 'slow', 'failed'] as const).find((s) => VERDICT[s] === before.verdict);
        const after = detect(before, observation(same ?? 'ok', 100), limits);
        expect([after.verdict, after.since]).toEqual([before.verdict, before.since]);
      }),
    );
  });

  it('never begins after it was last observed', () => {
    fc.assert(
      fc.property(story, thresholds, (seen, limits) => {
        const measured = run(seen, limits);
        expect(measured === null || measured.since <= measured.observedAt).toBe(true);
      }),
    );
  });

  it('counts two observations of the same moment as two', () => {
    const seen = [0, 0, 0].map((second) => observation('failed', second));
    const measured = seen.reduce<Measurement | null>((m, one) => detect(m, one, DEFAULT_THRESHOLDS), null);
    expect(measured?.verdict).toBe('major_outage');
  });

  it('takes no notice of an observation that comes late', () => {
    fc.assert(
      fc.property(story, word, fc.integer({ min: 1, max: 1000 }), (seen, late, by) => {
        const before = run(seen);
        if (before === null) return;
        const old = { ...observation(late, 0), at: plusSeconds(before.observedAt, -by) };
        expect(detect(before, old, DEFAULT_THRESHOLDS)).toBe(before);
      }),
    );
  });
});

describe('silence', () => {
  const measured = run(['ok', 'ok']);
  it('begins after the time the source was given, not at it', () => {
    if (measured === null) throw new Error('nothing was measured');
    expect(isSilent(measured, plusSeconds(measured.observedAt, 600))).toBe(false);
    expect(isSilent(measured, plusSeconds(measured.observedAt, 601))).toBe(true);
  });

  it('ends with the next observation', () => {
    const back = detect(measured, observation('ok', 5000), DEFAULT_THRESHOLDS);
    expect(isSilent(back, fromEpoch(Date.parse(START) + 5_100_000))).toBe(false);
  });
});
