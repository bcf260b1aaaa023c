import { z } from 'zod';
import type { Maintenance } from '../../domain/maintenance.ts';
import { MAINTENANCE_STATES } from '../../domain/maintenance.ts';
import type { Maintenances } from '../../ports/events.ts';
import type { Handle } from '../handle.ts';
import { NOTHING, pageOf } from '../page.ts';
import type { MaintenanceRow } from '../schema.ts';
import { bilingual, instant, readStored } from '../stored-json.ts';

const shape = z.looseObject({
  id: z.string(),
  agency: z.string(),
  services: z.array(z.string()),
  state: z.enum(MAINTENANCE_STATES),
  startsAt: instant,
  endsAt: instant,
  message: bilingual,
  emergency: z.boolean(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  revision: z.number(),
}) satisfies z.ZodType<Maintenance>;

const parse = (row: Pick<MaintenanceRow, 'id' | 'body'>): Maintenance =>
  readStored(shape, row.body, `maintenance ${row.id}`);

const columns = (maintenance: Maintenance) => ({
  agency: maintenance.agency,
  state: maintenance.state,
  starts_at: maintenance.startsAt,
  created_at: maintenance.createdAt,
  revision: maintenance.revision,
  body: JSON.stringify(maintenance),
});

export function maintenancesOn({ db, atomically }: Handle): Maintenances {
  return {
    insert: (maintenance) =>
      atomically(async (db) => {
        await db
          .insertInto('maintenances')
          .values({ id: maintenance.id, ...columns(maintenance) })
          .execute();
        const services = [...new Set(maintenance.services)];
        if (services.length === 0) return;
        await db
          .insertInto('maintenance_services')
          .values(services.map((service) => ({ maintenance: maintenance.id, service })))
          .execute();
      }),

    async advance(maintenance) {
      const result = await db
        .updateTable('maintenances')
        .set(columns(maintenance))
        .where('id', '=', maintenance.id)
        .where('revision', '=', maintenance.revision - 1)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },

    async get(id) {
      const row = await db
        .selectFrom('maintenances')
        .select(['id', 'body'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : parse(row);
    },

    async pending() {
      const rows = await db
        .selectFrom('maintenances')
        .select(['id', 'body'])
        .where('state', 'in', ['scheduled', 'in_progress'])
        .orderBy('starts_at')
        .orderBy('id')
        .execute();
      return rows.map(parse);
    },

    async list({ services, agency }, page) {
      if (services?.length === 0) return NOTHING;
      return pageOf(
        page,
        (after, limit) => {
          let query = db.selectFrom('maintenances').select(['id', 'created_at', 'body']);
          if (agency !== undefined) query = query.where('agency', '=', agency);
          if (services !== undefined) {
            query = query.where('id', 'in', (e) =>
              e.selectFrom('maintenance_services').select('maintenance').where('service', 'in', services),
            );
          }
          if (after !== null) {
            query = query.where((e) => e(e.refTuple('created_at', 'id'), '<', e.tuple(after[0], after[1])));
          }
          return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
        },
        (row) => [row.created_at, row.id],
        parse,
      );
    },
  };
}
