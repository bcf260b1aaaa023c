import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PlatformRoute } from '../ports/adapter.ts';
import type { Logger } from '../telemetry/logger.ts';

/**
 * Hands platforms' calls over as they came, since their signatures are over the exact bytes.
 * @returns a function that answers true when the request was one of theirs
 */
export function createPlatformDoor(
  routes: readonly PlatformRoute[],
  logger: Logger,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const byPath = Map.groupBy(routes, (route) => route.path);

  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const here = byPath.get(path);
    if (here === undefined) return false;
    const route = here.find(({ method }) => method === request.method);
    if (route === undefined) {
      response.writeHead(405, { allow: here.map(({ method }) => method).join(', ') }).end();
      return true;
    }
    void handle(route, request, response, logger);
    return true;
  };
}

/** Whatever a handler throws, now or later, becomes a 500: the platform sends it again. */
async function handle(
  route: PlatformRoute,
  request: IncomingMessage,
  response: ServerResponse,
  logger: Logger,
): Promise<void> {
  try {
    await route.handle(request, response);
  } catch (error) {
    logger.error({ err: error, path: route.path }, 'a platform route failed');
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}
