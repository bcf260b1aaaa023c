import { setTimeout as sleep } from 'node:timers/promises';
import {
  App,
  type Authorize,
  type AuthorizeSourceData,
  HTTPModuleFunctions,
  HTTPReceiver,
  LogLevel,
  type Logger as SlackLogger,
  SocketModeReceiver,
  type types,
} from '@slack/bolt';
import type { PlatformRoute } from '../../ports/adapter.ts';
import { type Logger, withoutTokens } from '../../telemetry/logger.ts';
import { reasonOf } from './errors.ts';
import { CALL_MS, REQUEST_BODY_BYTES } from './limits.ts';

const EVENTS_PATH = '/slack/events';

/** What to do with a payload. Each resolves when it is stored, and throws when it cannot be. */
export interface Intake {
  store(body: unknown): Promise<void>;
  /** Stores it, and gives what is to be answered in the same breath: nothing, or another view. */
  submit(
    body: unknown,
  ): Promise<{ readonly response_action: 'update'; readonly view: types.ModalView } | null>;
  suggest(body: unknown): Promise<types.PlainTextOption[]>;
}

/** A way in from Slack: by HTTP a route of our server, by Socket Mode a connection of our own. */
export interface Receiving {
  readonly routes: readonly PlatformRoute[];
  /** Receives until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** By HTTP. The response leaves after the payload is stored; a failure is a 500, and Slack sends it again. */
export function receiveByHttp(parts: {
  readonly signingSecret: string;
  readonly authorize: Authorize<boolean>;
  readonly intake: Intake;
  readonly logger: Logger;
}): Receiving {
  const logger = quietLogger(parts.logger);
  const receiver = new HTTPReceiver({
    signingSecret: parts.signingSecret,
    endpoints: [EVENTS_PATH],
    processBeforeResponse: true,
    bodyLimit: REQUEST_BODY_BYTES,
    logger,
  });
  const app = new App({ receiver, ...appOptions(parts.authorize, logger) });
  listen(app, parts.intake);
  receiver.init(answeringAnything(app, parts.logger));
  return {
    routes: [
      {
        method: 'POST',
        path: EVENTS_PATH,
        async handle(request, response) {
          const over = new Promise<void>((resolve) => response.once('close', resolve));
          try {
            const buffered = await HTTPModuleFunctions.bufferIncomingMessage(request, REQUEST_BODY_BYTES);
            // Bolt would fail outside of our reach on a body that is no object, so it never sees one.
            const body: unknown = HTTPModuleFunctions.parseHTTPRequestBody(buffered);
            if (typeof body !== 'object' || body === null || Array.isArray(body))
              throw new SyntaxError('not an object');
            receiver.requestListener(buffered, response);
          } catch (error) {
            const tooLarge = HTTPModuleFunctions.isRawBodyError(error) && error.statusCode === 413;
            response.setHeader('Connection', 'close');
            response.writeHead(tooLarge ? 413 : 400).end();
          }
          await over;
        },
      },
    ],
    run: async () => {},
  };
}

const LONGEST_REST_SECONDS = 30;

/**
 * By Socket Mode. Bolt acknowledges an event before it handles it, so its acknowledgement is held back until
 * the payload is stored; and it gives up on what it calls unrecoverable, so connecting again is done here.
 * @param report told what is wrong, null when well
 */
export function receiveBySocket(parts: {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly authorize: Authorize<boolean>;
  readonly intake: Intake;
  readonly logger: Logger;
  readonly report: (trouble: string | null) => void;
}): Receiving {
  const logger = quietLogger(parts.logger);
  const receiver = new SocketModeReceiver({
    appToken: parts.appToken,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: { slackApiUrl: parts.apiUrl, retryConfig: { retries: 0 }, timeout: CALL_MS },
    },
    logger,
  });
  const app = new App({ receiver, ...appOptions(parts.authorize, logger) });
  listen(app, parts.intake);
  receiver.init(acknowledgingLast(answeringAnything(app, parts.logger)));

  let onDisconnected = () => {};
  receiver.client.on('disconnected', () => onDisconnected());

  /** One connection, from its beginning to its end. @throws when it does not come about */
  async function connected(signal: AbortSignal): Promise<void> {
    const over = new Promise<void>((resolve) => {
      onDisconnected = resolve;
    });
    await receiver.start();
    // Asked to stop while connecting, there was nothing yet to disconnect.
    if (signal.aborted) return receiver.client.disconnect();
    parts.report(null);
    parts.logger.info({ platform: 'slack' }, 'Socket Mode is connected');
    await over;
  }

  return {
    routes: [],
    async run(signal) {
      signal.addEventListener('abort', () => void receiver.client.disconnect());
      for (let failures = 0; !signal.aborted; ) {
        try {
          await connected(signal);
          failures = 0;
        } catch (error) {
          failures += 1;
          const why = error === undefined ? 'connection closed' : reasonOf(error);
          parts.report(`socket: ${why}`);
          parts.logger.warn({ platform: 'slack', why }, 'Socket Mode is not connected; trying again');
          const rest = Math.min(2 ** (failures - 1), LONGEST_REST_SECONDS);
          await sleep(rest * 1000, undefined, { signal }).catch(() => undefined);
        }
      }
    },
  };
}

/** The same app, but what it acknowledges is sent on only when it is done, and not at all when it fails. */
function acknowledgingLast(app: App): App {
  const processEvent: App['processEvent'] = async (event) => {
    let answer: { readonly body: unknown } | null = null;
    const hold = async (body: unknown) => {
      answer ??= { body };
    };
    await app.processEvent({ ...event, ack: hold });
    const held = answer as { readonly body: unknown } | null;
    if (held !== null) await event.ack(held.body);
  };
  return Object.create(app, { processEvent: { value: processEvent } });
}

/** A payload could be read but not stored: Slack has to bring it again. */
class NotStored extends Error {}

const storing = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((cause) => {
    throw new NotStored('not stored', { cause });
  });

/** Bolt wraps what handlers throw, as `original`. */
const isNotStored = (error: unknown): boolean =>
  error instanceof NotStored ||
  (error instanceof Error && 'original' in error && error.original instanceof NotStored);

/**
 * The same app, but what Bolt cannot read is acknowledged with a line in the log: it would throw, or never answer,
 * and Slack would send it again for nothing.
 */
function answeringAnything(app: App, logger: Logger): App {
  const processEvent: App['processEvent'] = async (event) => {
    let answered = false;
    const ack = (body: unknown) => {
      answered = true;
      return event.ack(body);
    };
    let why = 'of a kind unknown to us';
    try {
      await app.processEvent({ ...event, ack });
    } catch (error) {
      if (isNotStored(error)) throw error;
      why = 'not as Slack describes it';
    }
    if (answered) return;
    logger.warn({ platform: 'slack', why }, 'Dropped: a payload that cannot be read');
    await event.ack();
  };
  return Object.create(app, { processEvent: { value: processEvent } });
}

/** Handlers only store. What nobody handles is acknowledged too: Slack would send it again for nothing. */
function listen(app: App, intake: Intake): void {
  const store = (body: unknown) => storing(() => intake.store(body));
  const storeAndAck = async ({
    body,
    ack,
  }: {
    readonly body: unknown;
    readonly ack: () => Promise<void>;
  }) => {
    await store(body);
    await ack();
  };
  app.event(/.*/, ({ body }) => store(body));
  app.command(/.*/, storeAndAck);
  app.action(/.*/, storeAndAck);
  app.shortcut(/.*/, storeAndAck);
  app.view(/.*/, async ({ body, ack }) => {
    const answer = await storing(() => intake.submit(body));
    if (answer === null) await ack();
    else await ack(answer);
  });
  app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack }) => ack());
  app.options(/.*/, async ({ body, ack }) => ack({ options: await storing(() => intake.suggest(body)) }));
  app.error(async (error) => {
    throw error;
  });
}

/** Nothing is asked of Slack to let a payload in, so a Slack that is away refuses none. */
const appOptions = (authorize: Authorize<boolean>, logger: SlackLogger) => ({
  authorize: (source: AuthorizeSourceData<boolean>) => storing(() => authorize(source)),
  ignoreSelf: false,
  convoStore: false as const,
  logger,
});

/** Bolt's and the client's own lines. Their debug lines hold whole bodies and are dropped. */
export function quietLogger(logger: Logger): SlackLogger {
  const words = (parts: readonly unknown[]) => withoutTokens(parts.map(String).join(' ')).slice(0, 300);
  return {
    debug: () => {},
    info: (...parts) => logger.debug({ platform: 'slack' }, words(parts)),
    warn: (...parts) => logger.warn({ platform: 'slack' }, words(parts)),
    error: (...parts) => logger.warn({ platform: 'slack' }, words(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  };
}
