import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../../src/web/api/endpoints.ts';
import { type WebWorld, webWorld } from './web-client.ts';

let world: WebWorld;
// biome-ignore lint/suspicious/noExplicitAny: a document to walk through
let document: any;
beforeAll(async () => {
  world = await webWorld();
  document = (await world.ask('GET', '/api/v1/openapi.json')).body;
});
afterAll(() => world.close());

/** Every object of the document. */
function* objectsOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Record<string, unknown>;
  for (const part of Object.values(value)) yield* objectsOf(part);
}

describe('the OpenAPI document', () => {
  it('is 3.1, needs no token and says which version it is', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { version: '1.2.3' },
      security: [{ token: [] }],
    });
  });

  it('lists every route that is served, and no other', () => {
    const listed = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item as object).map((method) => `${method} ${path}`),
    );
    expect(listed.sort()).toEqual(ENDPOINTS.map((e) => `${e.method} /api/v1${e.path}`).sort());
  });

  it.each([
    'post /incidents',
    'get /incidents',
    'get /incidents/{id}',
    'post /incidents/{id}/updates',
    'post /incidents/{id}/withdraw',
    'post /maintenances',
    'get /maintenances',
    'get /maintenances/{id}',
    'post /maintenances/{id}/cancel',
    'get /notices/{id}',
    'post /notices/{id}/pause',
    'post /notices/{id}/resume',
    'post /notices/{id}/cancel',
    'post /announcements',
    'get /announcements',
    'get /announcements/{id}',
    'patch /announcements/{id}',
    ...[
      'submit',
      'approve',
      'publish',
      'return',
      'reject',
      'cancel',
      'break-glass',
      'review',
      'withdraw',
    ].map((act) => `post /announcements/{id}/${act}`),
    'get /announcements/{id}/preview',
    'post /notices/{id}/correct',
    'post /notices/{id}/withdraw',
    'get /alerts',
    'post /alerts/seen',
    'get /services',
    'get /reports',
    'get /questions',
    'get /audit',
  ])('has %s', (route) => {
    const [method = '', path = ''] = route.split(' ');
    expect(document.paths[`/api/v1${path}`]?.[method]).toBeDefined();
  });

  it('resolves every reference', () => {
    const refs = [...objectsOf(document)].map((o) => o.$ref).filter((ref) => typeof ref === 'string');
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) {
      const name = ref.replace('#/components/schemas/', '');
      expect(document.components.schemas).toHaveProperty([name]);
    }
  });

  it('describes each operation once, with its path parameters and answers', () => {
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.values(item as Record<string, Record<string, unknown>>).map((operation) => ({
        path,
        operation,
      })),
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
      const parameters = (operation.parameters ?? []) as { name: string; in: string }[];
      expect(parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(named);
      expect(Object.keys(operation.responses as object)).toEqual([
        expect.stringMatching(/^20[01]$/),
        'default',
      ]);
    }
  });

  it('tells what a body may hold, from the schema that checks it', () => {
    const { IncidentDeclaration } = document.components.schemas;
    expect(IncidentDeclaration.required).toEqual(['services', 'state', 'message']);
    expect(IncidentDeclaration.additionalProperties).toBe(false);
    expect(IncidentDeclaration.properties.title.properties.ko).toMatchObject({ maxLength: 120 });
    expect(IncidentDeclaration.properties.startedAt).toMatchObject({ type: 'string', format: 'date-time' });
    expect(document.paths['/api/v1/incidents'].get.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      schema: expect.objectContaining({ default: 50, minimum: 1, maximum: 200 }),
    });
  });
});
