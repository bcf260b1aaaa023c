import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Api, GrammyError } from 'grammy';
import type { Inbox } from '../../conversation/inbox.ts';
import type { PlatformRoute } from '../../ports/adapter.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { reasonOf } from './errors.ts';
import { ALLOWED_UPDATES, arrivalOf } from './inbound.ts';
import { POLL_LIMIT, POLL_SECONDS, WEBHOOK_BODY_BYTES } from './limits.ts';

export const WEBHOOK_PATH = '/telegram/webhook';
/** When Telegram should come again while the database is away; it keeps an update for a day. */
const COME_AGAIN_SECONDS = 10;
const LONGEST_REST_SECONDS = 30;

/**
 * Long polling: fetch, store, and only then ask for the next ones, which tells Telegram to forget these.
 * Runs until the signal aborts; rests longer after each failure in a row.
 * @param report told what is wrong, null when well
 */
export async function poll(parts: {
  readonly api: Api;
  readonly inbox: Inbox;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly report: (trouble: string | null) => void;
}): Promise<void> {
  const { api, inbox, logger, signal, report } = parts;
  let offset: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const updates: readonly unknown[] = await api.getUpdates(
        {
          ...(offset === undefined ? {} : { offset }),
          limit: POLL_LIMIT,
          // After a failure a short one, which tells at once that all is well again.
          timeout: failures === 0 ? POLL_SECONDS : 0,
          allowed_updates: ALLOWED_UPDATES,
        },
        // grammY's type is a polyfill's; it takes Node's own.
        signal as Parameters<Api['getUpdates']>[1],
      );
      const arrivals = updates.map(arrivalOf).filter((arrival) => arrival !== null);
      if (arrivals.length < updates.length) logger.warn({ platform: 'telegram' }, 'Dropped: not an update');
      if (arrivals.length > 0) {
        await inbox.accept('telegram', arrivals);
        offset = Math.max(...arrivals.map((arrival) => arrival.updateId)) + 1;
      } else if (updates.length > 0) throw new Error('not one of what came is an update');
      failures = 0;
      report(null);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      const rest = restAfter(error, failures);
      const why = error instanceof GrammyError ? reasonOf(error) : `not receiving, ${reasonOf(error)}`;
      report(why);
      logger.warn({ platform: 'telegram', why, rest }, 'Could not receive; trying again');
      await pause(rest, signal);
    }
  }
}

/** Seconds: as told by a 429, else 1, 2, 4 … up to 30. A second receiver (409) is given time to leave. */
function restAfter(error: unknown, failures: number): number {
  if (error instanceof GrammyError && error.parameters.retry_after !== undefined)
    return error.parameters.retry_after;
  return Math.min(2 ** (failures - 1), LONGEST_REST_SECONDS);
}

/** Waits, or returns at once when the signal aborts. */
export const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  sleep(seconds * 1000, undefined, { signal }).catch(() => undefined);

/** The webhook: 200 only after the update is stored; 503 while it cannot be, and Telegram comes again. */
export function webhookRoute(parts: {
  readonly secret: string;
  readonly inbox: Inbox;
  readonly logger: Logger;
}): PlatformRoute {
  const { secret, inbox, logger } = parts;
  const expected = digest(secret);
  return {
    method: 'POST',
    path: WEBHOOK_PATH,
    async handle(request, response) {
      const given = request.headers['x-telegram-bot-api-secret-token'];
      if (typeof given !== 'string' || !timingSafeEqual(digest(given), expected))
        return finish(request, response, 401);
      const raw = await readBody(request, WEBHOOK_BODY_BYTES);
      if (raw === null) return finish(request, response, 413);
      const body = parsed(raw);
      if (body === undefined) return finish(request, response, 400);
      const arrival = arrivalOf(body);
      if (arrival === null) {
        // Asking for it again would only hold up what follows.
        logger.warn({ platform: 'telegram' }, 'Dropped: not an update');
        return finish(request, response, 200);
      }
      try {
        await inbox.accept('telegram', [arrival]);
      } catch (err) {
        logger.error(
          { err, platform: 'telegram' },
          'An update could not be stored; Telegram will bring it again',
        );
        response.setHeader('Retry-After', String(COME_AGAIN_SECONDS));
        return finish(request, response, 503);
      }
      finish(request, response, 200);
    },
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function finish(request: IncomingMessage, response: ServerResponse, status: number): void {
  // What was not read to its end would be taken for the next request on this connection.
  if (!request.readableEnded) response.setHeader('Connection', 'close');
  response.writeHead(status).end();
}

/** The body as text; null when it is longer than it may be, or breaks off. */
async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > mostBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}
