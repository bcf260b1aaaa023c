import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from '../operations/context.ts';
import type { PlatformRoute } from '../ports/adapter.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { API } from './api/endpoints.ts';
import { fault } from './api/problem-details.ts';
import { type Bindings, createApi } from './api/router.ts';
import { healthRoutes } from './health.ts';
import { createPlatformDoor } from './platform-door.ts';

export interface Web {
  /** Port 0 takes any that is free. @throws ListenError when the address is not to be had */
  listen(host: string, port: number): Promise<{ port: number }>;
  /** Takes no new request, lets those under way finish. */
  close(): Promise<void>;
}

/** The server cannot listen where it should. The message names the variable to change. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
  }
}

/** Something that is served whole below a path. */
export interface Mount {
  readonly path: string;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** How long a request under way may still take when we close. */
const CLOSE_WITHIN_MS = 5_000;
/**
 * An idle connection is kept longer than the balancers before us (60 s is common) and the clients behind them keep
 * theirs: who closes first must be the one that sends the next request, or that request meets a closing door.
 */
const KEEP_ALIVE_MS = 75_000;

/** The one HTTP server: platforms' raw routes first, then health, the officials' API, and what is mounted. */
export function createWeb(parts: {
  context: Context;
  routes: readonly PlatformRoute[];
  trouble: () => Promise<readonly string[]>;
  metrics: Metrics;
  logger: Logger;
  publicUrl: string | null;
  mounts: readonly Mount[];
  upgrade: null | ((request: IncomingMessage, socket: Duplex, head: Buffer) => void);
  version: string;
}): Web {
  const { logger } = parts;
  const app = new Hono<Bindings>();
  app.use(async (call, next) => {
    await next();
    call.header('x-content-type-options', 'nosniff');
    call.header('referrer-policy', 'no-referrer');
    if (parts.publicUrl?.startsWith('https:')) call.header('strict-transport-security', 'max-age=31536000');
  });
  app.route('/', healthRoutes(parts));
  app.route(API, createApi(parts));
  for (const { path, fetch } of parts.mounts) {
    app.all(path, (call) => fetch(call.req.raw));
    app.all(`${path}/*`, (call) => fetch(call.req.raw));
  }
  const [front] = parts.mounts;
  if (front !== undefined) app.get('/', (call) => call.redirect(front.path));
  app.notFound((call) => fault(call, 'no_route'));
  app.onError((error, call) => {
    logger.error({ err: error, path: call.req.path }, 'a request failed');
    return fault(call, 'internal');
  });

  const platformDoor = createPlatformDoor(parts.routes, logger);
  const toHono = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    if (!platformDoor(request, response)) void toHono(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    if (parts.upgrade === null) return void socket.destroy();
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    parts.upgrade(request, socket, head);
  });

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        const fail = (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port));
        server.once('error', fail);
        server.listen(port, host, () => {
          server.off('error', fail);
          const address = server.address();
          resolve({ port: typeof address === 'object' && address !== null ? address.port : port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        const impatient = setTimeout(() => {
          for (const socket of upgraded) socket.destroy();
          server.closeAllConnections();
        }, CLOSE_WITHIN_MS);
        server.close(() => {
          clearTimeout(impatient);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const says: { readonly [code: string]: string } = {
    EADDRINUSE: `Port ${port} on ${host} is taken. Set PORT to a free one.`,
    EACCES: `Port ${port} may not be used by this user. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `${host} is not known as a host. Set HOST to 127.0.0.1 or 0.0.0.0.`,
  };
  const message = says[error.code ?? ''];
  return message === undefined ? error : new ListenError(message, { cause: error });
}
