import { z } from 'zod';
import type { Measurement } from '../../domain/detector.ts';
import type { Measurements } from '../../ports/events.ts';
import type { Handle } from '../handle.ts';
import { availability, instant, readStored } from '../stored-json.ts';

const shape = z.looseObject({
  service: z.string(),
  source: z.string(),
  verdict: availability,
  since: instant,
  observedAt: instant,
  silentAfterSeconds: z.number(),
  run: z.looseObject({ seen: z.enum(['ok', 'slow', 'failed']), count: z.number(), since: instant }),
  // Stored since slow and failed in turn count together.
  bad: z.looseObject({ count: z.number(), since: instant }).nullish(),
}) satisfies z.ZodType<Measurement>;

const parse = (row: { service: string; source: string; body: string }): Measurement =>
  readStored(shape, row.body, `measurement of ${row.service} by ${row.source}`);

export function measurementsOn({ db }: Handle): Measurements {
  return {
    async all() {
      const rows = await db
        .selectFrom('measurements')
        .selectAll()
        .orderBy('service')
        .orderBy('source')
        .execute();
      return rows.map(parse);
    },

    async get(service, source) {
      const row = await db
        .selectFrom('measurements')
        .selectAll()
        .where('service', '=', service)
        .where('source', '=', source)
        .executeTakeFirst();
      return row === undefined ? null : parse(row);
    },

    async put(measurement) {
      const { service, source } = measurement;
      const body = JSON.stringify(measurement);
      await db
        .insertInto('measurements')
        .values({ service, source, body })
        .onConflict((c) => c.columns(['service', 'source']).doUpdateSet({ body }))
        .execute();
    },
  };
}
