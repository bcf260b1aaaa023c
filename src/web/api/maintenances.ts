import type { z } from 'zod';
import type { Maintenance } from '../../domain/maintenance.ts';
import { done, type Outcome, refused } from '../../domain/problem.ts';
import type { Told } from '../../operations/context.ts';
import { cancelMaintenance, scheduleMaintenance } from '../../operations/maintenance.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import * as schemas from './schemas.ts';

const tag = 'Maintenance';
const told = { status: 201, name: 'MaintenanceTold', schema: schemas.maintenanceTold } as const;

export const maintenanceEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/maintenances',
    name: 'scheduleMaintenance',
    summary: 'Plan a maintenance window and tell those concerned',
    tag,
    body: { name: 'MaintenancePlan', schema: schemas.maintenanceBody },
    query: schemas.noQuery,
    answers: told,
    location: ({ id }) => `/api/v1/maintenances/${id}`,
    handle: async ({ context, actor, body }) => toldOf(await scheduleMaintenance(context, actor, body)),
  }),
  endpoint({
    method: 'get',
    path: '/maintenances',
    name: 'listMaintenances',
    summary: 'Maintenance windows, newest first',
    tag,
    body: null,
    query: schemas.maintenanceQuery,
    answers: { status: 200, name: 'MaintenanceList', schema: schemas.maintenanceList },
    handle: async ({ context, query: { limit, cursor, service, agency } }) => {
      const filter = {
        ...(service === undefined ? {} : { services: [service] }),
        ...(agency === undefined ? {} : { agency }),
      };
      const page = await context.store.maintenances.list(filter, { limit, cursor });
      return done({ items: page.items.map(view), next: page.next });
    },
  }),
  endpoint({
    method: 'get',
    path: '/maintenances/{id}',
    name: 'getMaintenance',
    summary: 'A maintenance window',
    tag,
    body: null,
    query: schemas.noQuery,
    answers: { status: 200, name: 'Maintenance', schema: schemas.maintenance },
    handle: async ({ context, id }) => {
      const maintenance = await context.store.maintenances.get(id);
      return maintenance === null ? refused('not_found', null, { id }) : done(view(maintenance));
    },
  }),
  endpoint({
    method: 'post',
    path: '/maintenances/{id}/cancel',
    name: 'cancelMaintenance',
    summary: 'Call a maintenance window off and tell those concerned',
    tag,
    body: { name: 'MaintenanceCancellation', schema: schemas.maintenanceCancelBody },
    query: schemas.noQuery,
    answers: { ...told, status: 200 },
    handle: async ({ context, actor, id, body }) => toldOf(await cancelMaintenance(context, actor, id, body)),
  }),
];

const view = (maintenance: Maintenance): z.input<typeof schemas.maintenance> => ({
  ...maintenance,
  services: [...maintenance.services],
});

function toldOf(outcome: Outcome<Told<Maintenance>>): Outcome<z.input<typeof schemas.maintenanceTold>> {
  if (!outcome.ok) return outcome;
  const { id, state, services, startsAt, endsAt } = outcome.value.record;
  return done({ id, state, services: [...services], startsAt, endsAt, notice: outcome.value.notice });
}
