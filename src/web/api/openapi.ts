import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { API } from './endpoints.ts';
import { problemDetails } from './schemas.ts';

type Json = Record<string, unknown>;

const PROBLEM = 'Problem';
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** The OpenAPI 3.1 document of the officials' API, made from the very schemas that check the requests. */
export function openApiDocument(
  endpoints: readonly Endpoint[],
  version: string,
  publicUrl: string | null,
): Json {
  const paths: Record<string, Json> = {};
  for (const one of endpoints) {
    const path = `${API}${one.path}`;
    paths[path] = { ...paths[path], [one.method]: operation(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Allim: officials’ API',
      version,
      description:
        'Declare, update and resolve incidents, plan maintenance, and watch notices reach citizens. ' +
        'Times are ISO 8601 with an offset and are returned in UTC. Errors are RFC 9457 problem details ' +
        'in Korean or English, by Accept-Language.',
    },
    servers: [{ url: publicUrl ?? '/' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(endpoints),
    },
  };
}

function operation(one: Endpoint): Json {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
  const parameters = [
    ...(one.path.includes('{id}') ? [id] : []),
    ...queryParameters(one.query),
    ...headers(one),
  ];
  return {
    operationId: one.name,
    summary: one.summary,
    tags: [one.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(one.body === null
      ? {}
      : {
          requestBody: {
            required: !one.body.schema.safeParse({}).success,
            content: { 'application/json': { schema: ref(one.body.name) } },
          },
        }),
    responses: {
      [one.answers.status]: {
        description: 'Done',
        content: { 'application/json': { schema: ref(one.answers.name) } },
      },
      default: {
        description: 'Refused: what is wrong, and with which field',
        content: { 'application/problem+json': { schema: ref(PROBLEM) } },
      },
    },
  };
}

/** What a caller may say beside the body. */
function headers({ method }: Endpoint): readonly Json[] {
  const header = (name: string, description: string, schema: Json): Json => ({
    name,
    in: 'header',
    required: false,
    description,
    schema,
  });
  if (method === 'post') {
    const description = 'The same key and body within 24 hours do it once and get the same answer';
    return [header('Idempotency-Key', description, { type: 'string', minLength: 1, maxLength: 200 })];
  }
  return method === 'patch'
    ? [header('If-Match', 'The revision that was read, in quotation marks', { type: 'string' })]
    : [];
}

function queryParameters(query: z.ZodType): readonly Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function componentSchemas(endpoints: readonly Endpoint[]): Json {
  const bodies = new Map(endpoints.flatMap((e) => (e.body === null ? [] : [[e.body.name, e.body.schema]])));
  const answers = new Map([
    [PROBLEM, problemDetails as z.ZodType],
    ...endpoints.map((e) => [e.answers.name, e.answers.schema] as const),
  ]);
  const plain = (schemas: ReadonlyMap<string, z.ZodType>, io: 'input' | 'output') =>
    [...schemas].map(([name, schema]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
      return [name, rest] as const;
    });
  return Object.fromEntries([...plain(bodies, 'input'), ...plain(answers, 'output')]);
}
