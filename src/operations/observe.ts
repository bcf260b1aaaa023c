import { detect, type Measurement, type Observation, type Thresholds } from '../domain/detector.ts';
import { type Context, record } from './context.ts';

/** Takes up what a source saw once and returns its standing verdict. A changed verdict is audited. */
export function observe(
  context: Context,
  observation: Observation,
  thresholds: Thresholds,
): Promise<Measurement> {
  return context.store.transaction(async (tables) => {
    const before = await tables.measurements.get(observation.service, observation.source);
    const after = detect(before, observation, thresholds);
    if (after === before) return after;
    await tables.measurements.put(after);
    if (before !== null && before.verdict !== after.verdict) {
      const source = { kind: 'system', name: observation.source } as const;
      await record(
        tables,
        context,
        source,
        'measurement.changed',
        after.service,
        before.verdict,
        after.verdict,
      );
    }
    return after;
  });
}
