import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProbeSetting } from '../../src/sources/probe.ts';

/** A site on loopback that answers as it is told. */
export async function openSite(answer: RequestListener): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const probing = (url: string, more: Partial<ProbeSetting> = {}): ProbeSetting => ({
  service: 'gov24',
  url,
  everySeconds: 0.01,
  timeoutSeconds: 5,
  slowAfterMs: 5000,
  thresholds: { failures: 3, successes: 2, silentAfterSeconds: 600 },
  expectText: null,
  ...more,
});
