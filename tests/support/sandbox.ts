import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export const CREDENTIALS = {
  telegramToken: '7000000001:sandbox-token',
  slackBotToken: 'xoxb-sandbox',
  slackSigningSecret: 'sandbox-signing-secret',
  slackAppToken: 'xapp-sandbox',
} as const;

/** A sandbox on its own HTTP server, for tests of whatever talks to the platforms. */
export interface RunningSandbox extends Sandbox {
  readonly port: number;
  /** For TELEGRAM_API_ROOT. */
  readonly telegramRoot: string;
  /** For SLACK_API_URL. */
  readonly slackApiUrl: string;
  /** Stops listening, so that every connection is refused; `admit` listens on the same port again. */
  refuse(): Promise<void>;
  admit(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox({ ...CREDENTIALS, ...options });
  let server = await listen(sandbox, 0);
  const { port } = server.address() as AddressInfo;
  const root = `http://127.0.0.1:${port}/sandbox`;
  return {
    ...sandbox,
    port,
    telegramRoot: `${root}/telegram`,
    slackApiUrl: `${root}/slack/api/`,
    refuse: () => hangUp(server),
    async admit() {
      server = await listen(sandbox, port);
    },
    async stop() {
      await sandbox.close();
      await hangUp(server);
    },
  };
}

async function listen(sandbox: Sandbox, port: number): Promise<Server> {
  const listener = getRequestListener((request, connection) =>
    sandbox.fetch(request, 'outgoing' in connection ? { outgoing: connection.outgoing as never } : {}),
  );
  const server = createServer((request, response) => void listener(request, response));
  server.on('upgrade', (request, socket, head) => sandbox.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

async function hangUp(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** Waits until something holds, looking every few milliseconds. @throws after `ms` with the words given */
export async function eventually<T>(
  look: () => T | null | undefined | false,
  what = 'it did not happen',
  ms = 10_000,
): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const seen = look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > until) throw new Error(`${what} within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
