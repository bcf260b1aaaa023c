import type { Role } from '../../src/domain/official.ts';
import { addOfficial } from '../../src/operations/officials.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createWeb, type Web } from '../../src/web/server.ts';
import { type TestWorld, testWorld } from '../support/context.ts';

type Parts = Parameters<typeof createWeb>[0];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into whatever JSON came back
  readonly body: any;
}

export interface WebWorld extends TestWorld {
  readonly url: string;
  readonly web: Web;
  /** A fresh official's token. */
  token(agency: string, ...roles: readonly Role[]): Promise<string>;
  /** A request with this token; a body is sent as JSON. */
  ask(method: string, path: string, options?: AskOptions): Promise<Answer>;
}
interface AskOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Record<string, string>;
}

/** The whole web server on a free port of loopback, on a database in memory. */
export async function webWorld(
  more: Partial<Parts> = {},
  context: Parameters<typeof testWorld>[0] = {},
  given: Parameters<typeof testWorld>[1] = null,
): Promise<WebWorld> {
  const world = await testWorld(context, given);
  const web = createWeb({
    context: world.context,
    routes: [],
    trouble: async () => [],
    metrics: createMetrics(),
    logger: createLogger('silent'),
    publicUrl: null,
    mounts: [],
    upgrade: null,
    version: '1.2.3',
    ...more,
  });
  const { port } = await web.listen('127.0.0.1', 0);
  const url = `http://127.0.0.1:${port}`;
  return {
    ...world,
    url,
    web,
    async token(agency, ...roles) {
      const given = roles.length === 0 ? (['operator'] as const) : roles;
      const added = await addOfficial(
        world.context,
        { kind: 'console' },
        { name: 'T', agency, roles: given },
      );
      if (!added.ok) throw new Error(added.problem.code);
      return added.value.token;
    },
    async ask(method, path, { token, body, raw, headers = {} } = {}) {
      const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
      const response = await fetch(url + path, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      });
      const text = await response.text();
      const isJson = (response.headers.get('content-type') ?? '').includes('json');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
    async close() {
      await web.close();
      await world.close();
    },
  };
}
