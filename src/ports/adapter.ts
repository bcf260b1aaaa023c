import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Platform } from '../domain/subscriber.ts';
import type { Messenger } from './messenger.ts';

/** A route that a platform calls on our web server, kept raw: signatures are over the exact bytes. */
export interface PlatformRoute {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** A platform, whole: what comes in, what goes out. All adapters have the same doors. */
export interface Adapter {
  readonly platform: Platform;
  readonly messenger: Messenger;
  readonly routes: readonly PlatformRoute[];
  /** Registers with the platform and begins to receive. Retries by itself while the platform is away. */
  start(): Promise<void>;
  /** Takes in nothing more and lets what is under way finish. */
  stop(): Promise<void>;
  /** Null when well; else what is wrong, for /readyz. */
  trouble(): string | null;
}
