import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Changes } from '../changes.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { Violations } from '../violations.ts';
import { Dispatch } from './courier.ts';
import { HttpCourier } from './http-courier.ts';
import { FloodControl, type SlackLimits } from './limits.ts';
import type { Parts } from './parts.ts';
import { SlackPeople } from './people.ts';
import { ResponseUrls } from './response-urls.ts';
import { SlackServer } from './server.ts';
import { SocketCourier } from './socket-courier.ts';
import { World } from './world.ts';

export interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** The app's request URL; null for Socket Mode. */
  readonly eventsUrl: string | null;
  /** `false`: no rate limits. */
  readonly limits: Partial<SlackLimits> | false;
  /** When an event that was not acknowledged comes again. */
  readonly retryDelaysMs: readonly number[];
  /** What the app subscribed to. */
  readonly events: readonly string[];
  readonly now: () => number;
  /** Where this stand-in is reached, e.g. `http://127.0.0.1:8080/sandbox`. */
  readonly base: () => string;
}

export const SLACK_RETRY_DELAYS_MS: readonly number[] = [0, 60_000, 300_000];

/** The stand-in for Slack, whole. */
export interface Slack {
  readonly people: SlackPeople;
  readonly world: World;
  readonly limits: SlackLimits;
  readonly server: SlackServer;
  readonly responseUrls: ResponseUrls;
  readonly socket: SocketCourier;
  /** Sends events to this URL from now on; null: by Socket Mode. */
  deliverTo(eventsUrl: string | null): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createSlack(
  options: SlackOptions,
  shared: { ledger: Ledger; changes: Changes; faults: Faults; violations: Violations },
): Slack {
  const world = new World(options.now);
  const floods = new FloodControl(options.limits === false ? {} : options.limits);
  const socket = new SocketCourier(world.bot.app);
  const parts: Parts = {
    world,
    ledger: shared.ledger,
    changes: shared.changes,
    violations: shared.violations,
    socketUrl: () => `${options.base().replace(/^http/, 'ws')}/slack/socket?ticket=${socket.ticket()}`,
  };
  const courierTo = (url: string | null) =>
    url === null ? socket : new HttpCourier(() => url, options.signingSecret);
  const dispatch = new Dispatch(courierTo(options.eventsUrl), options.retryDelaysMs);
  const responseUrls = new ResponseUrls(parts, options.base);
  return {
    people: new SlackPeople(parts, dispatch, responseUrls, options.events),
    world,
    limits: floods.limits,
    server: new SlackServer(parts, {
      botToken: options.botToken,
      appToken: options.appToken,
      floods,
      limited: options.limits !== false,
      faults: shared.faults,
    }),
    responseUrls,
    socket,
    deliverTo(url) {
      dispatch.courier = courierTo(url);
    },
    upgrade: (request, connection, head) => socket.upgrade(request, connection, head),
    close() {
      dispatch.close();
      socket.close();
    },
  };
}
