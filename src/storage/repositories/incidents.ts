import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { ServiceId } from '../../domain/ids.ts';
import type { AffectedService, Incident, IncidentUpdate } from '../../domain/incident.ts';
import { INCIDENT_STATES } from '../../domain/incident.ts';
import type { Incidents } from '../../ports/events.ts';
import type { Handle } from '../handle.ts';
import { NOTHING, pageOf } from '../page.ts';
import type { IncidentRow, Schema } from '../schema.ts';
import { availability, bilingual, deadline, instant, readStored, scope, source } from '../stored-json.ts';

const affected = z.looseObject({
  service: z.string(),
  status: availability,
  since: instant,
}) satisfies z.ZodType<AffectedService>;

const incidentShape = z.looseObject({
  id: z.string(),
  agency: z.string(),
  state: z.enum(INCIDENT_STATES),
  title: bilingual,
  services: z.array(affected),
  scope,
  limits: bilingual.nullable(),
  works: bilingual.nullable(),
  source,
  deadlines: z.array(deadline),
  nextUpdateAt: instant.nullable(),
  critical: z.boolean(),
  startedAt: instant,
  declaredAt: instant,
  updatedAt: instant,
  resolvedAt: instant.nullable(),
  declaredBy: z.string().nullable(),
  revision: z.number(),
}) satisfies z.ZodType<Incident>;

const updateShape = z.looseObject({
  incident: z.string(),
  sequence: z.number(),
  state: z.enum(INCIDENT_STATES),
  services: z.array(affected),
  message: bilingual,
  nextUpdateAt: instant.nullable(),
  source,
  at: instant,
  by: z.string().nullable(),
}) satisfies z.ZodType<IncidentUpdate>;

const parse = (row: Pick<IncidentRow, 'id' | 'body'>): Incident =>
  readStored(incidentShape, row.body, `incident ${row.id}`);

const parseUpdate = (row: { incident: string; sequence: number; body: string }): IncidentUpdate =>
  readStored(updateShape, row.body, `update ${row.sequence} of incident ${row.incident}`);

const columns = (incident: Incident) => ({
  agency: incident.agency,
  state: incident.state,
  declared_at: incident.declaredAt,
  revision: incident.revision,
  body: JSON.stringify(incident),
});

const addUpdate = (db: Kysely<Schema>, update: IncidentUpdate) =>
  db
    .insertInto('incident_updates')
    .values({ incident: update.incident, sequence: update.sequence, body: JSON.stringify(update) })
    .execute();

/** Adds to the services by which it is found. One that was named once stays. */
async function addServices(db: Kysely<Schema>, incident: Incident): Promise<void> {
  const services = new Set<ServiceId>(incident.services.map((s) => s.service));
  if (services.size === 0) return;
  await db
    .insertInto('incident_services')
    .values([...services].map((service) => ({ incident: incident.id, service })))
    .onConflict((c) => c.doNothing())
    .execute();
}

export function incidentsOn({ db, atomically }: Handle): Incidents {
  return {
    insert: (incident, update) =>
      atomically(async (db) => {
        await db
          .insertInto('incidents')
          .values({ id: incident.id, ...columns(incident) })
          .execute();
        await addServices(db, incident);
        await addUpdate(db, update);
      }),

    advance: (incident, update) =>
      atomically(async (db) => {
        const result = await db
          .updateTable('incidents')
          .set(columns(incident))
          .where('id', '=', incident.id)
          .where('revision', '=', incident.revision - 1)
          .executeTakeFirst();
        if (result.numUpdatedRows === 0n) return false;
        await addServices(db, incident);
        await addUpdate(db, update);
        return true;
      }),

    async get(id) {
      const row = await db
        .selectFrom('incidents')
        .select(['id', 'body'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : parse(row);
    },

    async open() {
      const rows = await db
        .selectFrom('incidents')
        .select(['id', 'body'])
        .where('state', 'not in', ['resolved', 'withdrawn'])
        .orderBy('declared_at')
        .orderBy('id')
        .execute();
      return rows.map(parse);
    },

    async updates(id) {
      const rows = await db
        .selectFrom('incident_updates')
        .selectAll()
        .where('incident', '=', id)
        .orderBy('sequence')
        .execute();
      return rows.map(parseUpdate);
    },

    async list({ services, states, agency }, page) {
      if (services?.length === 0 || states?.length === 0) return NOTHING;
      return pageOf(
        page,
        (after, limit) => {
          let query = db.selectFrom('incidents').select(['id', 'declared_at', 'body']);
          if (states !== undefined) query = query.where('state', 'in', states);
          if (agency !== undefined) query = query.where('agency', '=', agency);
          if (services !== undefined) {
            query = query.where('id', 'in', (e) =>
              e.selectFrom('incident_services').select('incident').where('service', 'in', services),
            );
          }
          if (after !== null) {
            query = query.where((e) => e(e.refTuple('declared_at', 'id'), '<', e.tuple(after[0], after[1])));
          }
          return query.orderBy('declared_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
        },
        (row) => [row.declared_at, row.id],
        parse,
      );
    },
  };
}
