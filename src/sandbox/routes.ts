import { Hono } from 'hono';
import type { Answer } from './answer.ts';
import { createControl } from './control/control.ts';
import { createStream } from './control/stream.ts';
import { createPage } from './page.ts';
import type { Connection, Stage, StageDoor } from './stage.ts';

/** All addresses below /sandbox. */
export function createRoutes(
  stage: Stage,
  door: StageDoor,
): { fetch(request: Request, connection: Connection): Promise<Response>; close(): void } {
  const app = new Hono<{ Bindings: Connection }>().basePath('/sandbox');
  const stream = createStream(stage);
  app.all('/telegram/*', async (c) =>
    respond(
      await stage.telegram.server.handle(c.req.raw, c.req.path.slice('/sandbox/telegram'.length)),
      c.env,
    ),
  );
  app.post('/slack/response/:id', async (c) =>
    respond(await stage.slack.responseUrls.handle(c.req.raw, c.req.param('id')), c.env),
  );
  app.all('/slack/oauth/v2/authorize', (c) => stage.slack.oauth.handle(c.req.raw));
  app.all('/slack/api/:method', async (c) =>
    respond(await stage.slack.server.handle(c.req.raw, c.req.param('method')), c.env),
  );
  app.route('/api', createControl(stage, door, stream));
  app.route('/', createPage());
  return { fetch: async (request, connection) => app.fetch(request, connection), close: stream.close };
}

function respond(answer: Answer, connection: Connection | undefined): Response {
  if (answer.kind === 'answer') {
    return Response.json(answer.body, { status: answer.status, headers: answer.headers });
  }
  connection?.outgoing?.destroy();
  // Without the raw response at hand, a body that breaks makes the server cut the connection.
  const broken = new ReadableStream({
    start: (controller) => controller.error(new Error('connection dropped on order')),
  });
  return new Response(broken, { headers: { 'content-type': 'application/json' } });
}
