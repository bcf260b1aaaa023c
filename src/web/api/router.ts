import type { HttpBindings } from '@hono/node-server';
import { type Context as Call, Hono } from 'hono';
import { refused } from '../../domain/problem.ts';
import type { Context } from '../../operations/context.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { type Endpoint, queryOf } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { onceByKey } from './idempotency.ts';
import { openApiDocument } from './openapi.ts';
import { fault, refuse, refuseIssues } from './problem-details.ts';
import { createSignIn } from './sign-in.ts';

export type Bindings = { Bindings: HttpBindings };

/** The largest body, in KB. */
const MAX_BODY_KB = 256;
/** What our ids and codes are made of; nothing else can name a record. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The officials' API with its document. */
export function createApi(parts: {
  context: Context;
  logger: Logger;
  version: string;
  publicUrl: string | null;
}): Hono<Bindings> {
  const { context, logger } = parts;
  const api = new Hono<Bindings>();
  const signIn = createSignIn(context);
  const document = openApiDocument(ENDPOINTS, parts.version, parts.publicUrl);

  api.use(async (call, next) => {
    await next();
    call.header('cache-control', 'no-store');
    call.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  });
  api.get('/openapi.json', (call) => call.json(document));
  for (const one of ENDPOINTS) {
    api.on(one.method.toUpperCase(), honoPath(one), async (call) => {
      const caller = await signIn(call.req.header('authorization'), addressOf(call));
      if (caller.kind === 'wait') {
        logger.warn({ address: addressOf(call) }, 'wrong tokens keep coming');
        call.header('retry-after', String(caller.seconds));
        return fault(call, 'too_many_failures', { seconds: caller.seconds });
      }
      if (caller.kind === 'unknown') {
        call.header('www-authenticate', 'Bearer realm="allim"');
        return refuse(call, refused('unauthenticated').problem);
      }
      const id = call.req.param('id') ?? '';
      if (one.path.includes('{id}') && !ID.test(id)) {
        return refuse(call, refused('not_found', null, { id: id.slice(0, 64) }).problem);
      }
      const body = await bodyOf(call, one);
      if ('refused' in body) return body.refused;
      const { official } = caller;
      const request = {
        context,
        official,
        id,
        body: body.json,
        query: queryOf(call),
        seen: revisionSeen(call),
      };
      const act = async (): Promise<Response> => {
        const outcome = await one.run(request);
        if ('issues' in outcome) return refuseIssues(call, outcome.issues);
        return outcome.ok ? answered(call, one, outcome.value as object) : refuse(call, outcome.problem);
      };
      return one.method === 'post' ? onceByKey(call, context, official.id, body.json, act) : act();
    });
  }
  for (const [path, allow] of allowedMethods()) {
    api.all(path, (call) => {
      call.header('allow', allow);
      return fault(call, 'method_not_allowed', { allow });
    });
  }
  return api;
}

function answered(call: Call<Bindings>, one: Endpoint, value: object): Response {
  if (one.location !== undefined) call.header('location', one.location(value as { id: string }));
  if (one.revised === true) call.header('etag', `"${(value as { revision: number }).revision}"`);
  return call.json(value, one.answers.status);
}

/** `If-Match: "3"`. A tag that is none of ours matches no revision. */
function revisionSeen(call: Call<Bindings>): number | null {
  const tag = call.req.header('if-match')?.trim();
  if (tag === undefined || tag === '*') return null;
  const revision = /^"(\d{1,9})"$/.exec(tag)?.[1];
  return revision === undefined ? 0 : Number(revision);
}

const honoPath = (one: Pick<Endpoint, 'path'>): string => one.path.replaceAll(/\{(\w+)\}/g, ':$1');

/** For each path, the methods it has: `GET, HEAD, POST`. */
function allowedMethods(): ReadonlyMap<string, string> {
  const methods = new Map<string, Set<string>>([['/openapi.json', new Set(['GET', 'HEAD'])]]);
  for (const one of ENDPOINTS) {
    const known = methods.get(honoPath(one)) ?? new Set();
    known.add(one.method.toUpperCase());
    if (one.method === 'get') known.add('HEAD');
    methods.set(honoPath(one), known);
  }
  return new Map([...methods].map(([path, set]) => [path, [...set].sort().join(', ')]));
}

/** The JSON of the body; none at all stands for `{}`. */
async function bodyOf(
  call: Call<Bindings>,
  one: Endpoint,
): Promise<{ readonly json: unknown } | { readonly refused: Response }> {
  if (one.body === null) return { json: undefined };
  const text = await textWithin(MAX_BODY_KB * 1024, call.req.raw);
  if (text === null) {
    // The rest is not read, so nothing more can come over this connection.
    call.header('connection', 'close');
    return { refused: fault(call, 'too_large', { max: MAX_BODY_KB }) };
  }
  if (text.trim() === '') return { json: {} };
  const type = (call.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json' && !type.endsWith('+json')) {
    return { refused: fault(call, 'unsupported_type') };
  }
  try {
    return { json: JSON.parse(text) };
  } catch {
    return { refused: fault(call, 'malformed') };
  }
}

/** The body as text; null when it is longer than so many bytes, of which no more are kept. */
async function textWithin(bytes: number, request: Request): Promise<string | null> {
  if (Number(request.headers.get('content-length') ?? 0) > bytes) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const addressOf = (call: Call<Bindings>): string => call.env?.incoming?.socket.remoteAddress ?? '';
