import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Changes } from '../changes.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { Violations } from '../violations.ts';
import { Dispatch } from './courier.ts';
import { HttpCourier } from './http-courier.ts';
import { FloodControl, SLACK_LIMITS, type SlackLimits } from './limits.ts';
import { OAuthDesk, type SlackOAuthOptions } from './oauth.ts';
import type { Parts } from './parts.ts';
import { SlackPeople } from './people.ts';
import { ResponseUrls } from './response-urls.ts';
import { type Office, SlackServer } from './server.ts';
import { SocketCourier } from './socket-courier.ts';
import { FIRST_TEAM, type Team, World } from './world.ts';

export interface SlackOptions {
  readonly botToken: string;
  /** Given: the app is installed by OAuth, nowhere at first, and the bot token is not used. */
  readonly oauth: SlackOAuthOptions | null;
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

/** One workspace: what it holds, and what people do there. */
export interface SlackWorkspace {
  readonly world: World;
  readonly people: SlackPeople;
}

/** The stand-in for Slack, whole. The first workspace is `world` and `people`. */
export interface Slack extends SlackWorkspace {
  readonly limits: SlackLimits;
  readonly server: SlackServer;
  readonly oauth: OAuthDesk;
  readonly responseUrls: Pick<ResponseUrls, 'handle'>;
  readonly socket: SocketCourier;
  /** Another workspace, where the app is not installed yet. */
  addWorkspace(team: Team): SlackWorkspace;
  /** Sends events to this URL from now on; null: by Socket Mode. */
  deliverTo(eventsUrl: string | null): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

export function createSlack(
  options: SlackOptions,
  shared: { ledger: Ledger; changes: Changes; faults: Faults; violations: Violations },
): Slack {
  const { ledger, changes, faults, violations } = shared;
  const limits: SlackLimits = { ...SLACK_LIMITS, ...(options.limits === false ? {} : options.limits) };
  const offices: (Office & SlackWorkspace & { readonly urls: ResponseUrls })[] = [];
  const counter = { next: 1 };
  const token = options.oauth === null ? options.botToken : null;
  const world = new World(options.now, token, FIRST_TEAM, counter);
  const socket = new SocketCourier(world.bot.app);
  const courierTo = (url: string | null) =>
    url === null ? socket : new HttpCourier(() => url, options.signingSecret);
  const dispatch = new Dispatch(courierTo(options.eventsUrl), options.retryDelaysMs);

  const openOffice = (opened: World) => {
    const parts: Parts = {
      world: opened,
      ledger,
      changes,
      violations,
      socketUrl: () => `${options.base().replace(/^http/, 'ws')}/slack/socket?ticket=${socket.ticket()}`,
    };
    const urls = new ResponseUrls(parts, options.base);
    const people = new SlackPeople(parts, dispatch, urls, options.events);
    const office = { parts, floods: new FloodControl(limits), world: opened, people, urls };
    offices.push(office);
    return office;
  };

  const first = openOffice(world);
  const worlds = () => offices.map((office) => office.world);
  const oauth = new OAuthDesk(options.oauth, worlds, violations);
  const limited = options.limits !== false;
  return {
    people: first.people,
    world,
    limits,
    server: new SlackServer(first, offices, { appToken: options.appToken, limited, faults, oauth }),
    oauth,
    responseUrls: {
      handle: (request, id) => (offices.find(({ urls }) => urls.has(id)) ?? first).urls.handle(request, id),
    },
    socket,
    addWorkspace: (team) => openOffice(new World(options.now, null, team, counter)),
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
