import { type Context as Call, Hono, type Next } from 'hono';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Bindings } from './api/router.ts';

/** Live, ready, measured. */
export function healthRoutes(parts: {
  trouble: () => Promise<readonly string[]>;
  metrics: Metrics;
  version: string;
}): Hono<Bindings> {
  const routes = new Hono<Bindings>();
  const fresh = async (call: Call, next: Next) => {
    await next();
    call.header('cache-control', 'no-store');
  };
  routes.get('/healthz', fresh, (call) => call.json({ status: 'live', version: parts.version }));
  routes.get('/readyz', fresh, async (call) => {
    const problems = await parts.trouble().catch((error: unknown) => [`check failed: ${nameOf(error)}`]);
    return problems.length === 0
      ? call.json({ status: 'ready', problems })
      : call.json({ status: 'not ready', problems }, 503);
  });
  routes.get('/metrics', fresh, async (call) => {
    const { registry } = parts.metrics;
    return call.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  return routes;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
