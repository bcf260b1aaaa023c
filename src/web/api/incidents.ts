import type { z } from 'zod';
import type { AffectedService, Incident, IncidentUpdate } from '../../domain/incident.ts';
import { done, type Outcome, refused } from '../../domain/problem.ts';
import type { Told } from '../../operations/context.ts';
import { declareIncident, updateIncident, withdrawIncident } from '../../operations/incidents.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import * as schemas from './schemas.ts';

const tag = 'Incidents';
const told = { status: 201, name: 'IncidentTold', schema: schemas.incidentTold } as const;
const location = ({ id }: { readonly id: string }) => `/api/v1/incidents/${id}`;

export const incidentEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'post',
    path: '/incidents',
    name: 'declareIncident',
    summary: 'Declare an incident and tell those concerned',
    tag,
    body: { name: 'IncidentDeclaration', schema: schemas.incidentBody },
    query: schemas.noQuery,
    answers: told,
    location,
    handle: async ({ context, actor, body }) => toldOf(await declareIncident(context, actor, body)),
  }),
  endpoint({
    method: 'get',
    path: '/incidents',
    name: 'listIncidents',
    summary: 'Incidents, newest first',
    tag,
    body: null,
    query: schemas.incidentQuery,
    answers: { status: 200, name: 'IncidentList', schema: schemas.incidentList },
    handle: async ({ context, query: { limit, cursor, state, service, agency } }) => {
      const filter = {
        ...(state === undefined ? {} : { states: [state] }),
        ...(service === undefined ? {} : { services: [service] }),
        ...(agency === undefined ? {} : { agency }),
      };
      const page = await context.store.incidents.list(filter, { limit, cursor });
      return done({ items: page.items.map(incidentView), next: page.next });
    },
  }),
  endpoint({
    method: 'get',
    path: '/incidents/{id}',
    name: 'getIncident',
    summary: 'An incident with its updates and notices',
    tag,
    body: null,
    query: schemas.noQuery,
    answers: { status: 200, name: 'Incident', schema: schemas.incidentStory },
    handle: async ({ context: { store }, id }) => {
      const incident = await store.incidents.get(id);
      if (incident === null) return refused('not_found', null, { id });
      const updates = await store.incidents.updates(id);
      const notices = await store.notices.of(id);
      return done({
        ...incidentView(incident),
        updates: updates.map(updateView),
        notices: notices.map(({ id, code, kind, sequence, createdAt: at }) => ({
          id,
          code,
          kind,
          sequence,
          at,
        })),
      });
    },
  }),
  endpoint({
    method: 'post',
    path: '/incidents/{id}/updates',
    name: 'updateIncident',
    summary: 'Update, resolve or reopen an incident',
    tag,
    body: { name: 'IncidentUpdate', schema: schemas.incidentUpdateBody },
    query: schemas.noQuery,
    answers: told,
    location,
    handle: async ({ context, actor, id, body }) => toldOf(await updateIncident(context, actor, id, body)),
  }),
  endpoint({
    method: 'post',
    path: '/incidents/{id}/withdraw',
    name: 'withdrawIncident',
    summary: 'Take back an incident that was declared in error',
    tag,
    body: { name: 'IncidentWithdrawal', schema: schemas.withdrawBody },
    query: schemas.noQuery,
    answers: { ...told, status: 200 },
    handle: async ({ context, actor, id, body }) => toldOf(await withdrawIncident(context, actor, id, body)),
  }),
];

function toldOf(outcome: Outcome<Told<Incident>>): Outcome<z.input<typeof schemas.incidentTold>> {
  if (!outcome.ok) return outcome;
  const { record, notice } = outcome.value;
  const services = record.services.map(({ service, status }) => ({ id: service, status }));
  return done({ id: record.id, state: record.state, services, notice });
}

const affectedView = ({ service, status, since }: AffectedService) => ({ id: service, status, since });

const incidentView = (incident: Incident): z.input<typeof schemas.incident> => ({
  id: incident.id,
  state: incident.state,
  agency: incident.agency,
  title: incident.title,
  services: incident.services.map(affectedView),
  scope: incident.scope === 'nationwide' ? incident.scope : [...incident.scope],
  limits: incident.limits,
  works: incident.works,
  source: incident.source,
  deadlines: [...incident.deadlines],
  nextUpdateAt: incident.nextUpdateAt,
  critical: incident.critical,
  startedAt: incident.startedAt,
  declaredAt: incident.declaredAt,
  updatedAt: incident.updatedAt,
  resolvedAt: incident.resolvedAt,
  declaredBy: incident.declaredBy,
  revision: incident.revision,
});

const updateView = ({ incident: _, services, ...update }: IncidentUpdate) => ({
  ...update,
  services: services.map(affectedView),
});
