import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { card } from '../../src/card/card.ts';
import type { Arrival, Inbox } from '../../src/conversation/inbox.ts';
import { type Conversation, type Reply, reply, type Turn } from '../../src/conversation/turn.ts';
import type { PlatformRoute } from '../../src/ports/adapter.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { MemoOf } from '../../src/ports/memo.ts';
import { createLogger, type Logger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

export const NOW = '2023-11-17T01:00:00.000Z';
export const clock: Clock = { now: () => NOW, random: () => 0.5 };
export const metrics = createMetrics();
export const silent: Logger = createLogger('silent');

/** A logger that keeps every line, for what must never be in one. */
export function listeningLogger(): { readonly logger: Logger; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (...parts: unknown[]) => {
    lines.push(inspect(parts, { depth: 8 }));
  };
  const logger = Object.create(silent, {
    ...Object.fromEntries(['debug', 'info', 'warn', 'error'].map((level) => [level, { value: keep }])),
  });
  return { logger, lines };
}

/** What is said of a service that is down. */
export const someCard = card('정부24 중단', {
  tone: 'bad',
  sections: [
    { label: null, lines: ['오늘 08:40부터 접속되지 않습니다.'] },
    { label: '대신 할 수 있는 곳', lines: ['무인민원발급기', '주민센터 창구'] },
  ],
  footer: '출처: 행정안전부, 3분 전',
  buttons: [[{ label: '다시 되면 알림', action: '1:fo:s.gov24', style: 'primary' }]],
});

export function memoOf(): MemoOf {
  const entries = new Map<string, unknown>();
  return <T>(namespace: string) => ({
    get: async (key: string) => entries.get(`${namespace} ${key}`) as T | undefined,
    set: async (key: string, value: T) => {
      entries.set(`${namespace} ${key}`, value);
    },
    delete: async (key: string) => {
      entries.delete(`${namespace} ${key}`);
    },
  });
}

/** An inbox in memory: keeps what it is given, drops repeats, works at once. `away` makes it refuse. */
export function memoryInbox() {
  const stored: Arrival[] = [];
  let work: (body: unknown) => Promise<void> = async () => {};
  const state = { away: false, stored, working: Promise.resolve() };
  const inbox: Inbox = {
    async accept(_, arrivals) {
      if (state.away) throw new Error('the database is away');
      const fresh = arrivals.filter((arrival) => !stored.some((known) => known.id === arrival.id));
      stored.push(...fresh);
      for (const { body } of fresh) state.working = state.working.then(() => work(body));
    },
    handle: (_, given) => {
      work = given;
    },
    start: () => {},
    stop: async () => {},
  };
  return Object.assign(state, { inbox });
}

/** Answers each turn as told, and keeps the turns. */
export function memoryConversation(answer: (turn: Turn) => Reply | null = () => reply([someCard])) {
  const turns: Turn[] = [];
  const conversation: Conversation = {
    async converse(turn) {
      turns.push(turn);
      return answer(turn);
    },
    search: async (_, field, typed) => [{ value: `${field}:${typed}`, label: `${typed}!` }],
  };
  return { conversation, turns };
}

/** What a stand-in for a platform answers: JSON with a status, nothing at all, or a broken connection. */
export type Answer =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly status?: number; readonly html: string }
  | 'drop'
  | 'hang';

export interface Call {
  readonly method: string;
  readonly values: Record<string, unknown>;
}

/** A stand-in for a platform's API on a free port: keeps each call, answers as told. */
export async function standIn(respond: (call: Call) => Answer) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = { method: request.url?.split('/').at(-1) ?? '', values: await valuesOf(request) };
    calls.push(call);
    const answer = respond(call);
    if (answer === 'hang') return;
    if (answer === 'drop') return void request.socket.destroy();
    const json = 'json' in answer;
    response.writeHead(answer.status ?? 200, {
      'content-type': json ? 'application/json' : 'text/html',
      ...(json ? answer.headers : {}),
    });
    response.end(json ? JSON.stringify(answer.json) : answer.html);
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    of: (method: string) => calls.filter((call) => call.method === method).map((call) => call.values),
    close: () => closed(server),
  };
}

async function valuesOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks).toString('utf8');
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) return raw === '' ? {} : JSON.parse(raw);
  if (type.includes('multipart')) return { raw };
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]) => [
      name,
      /^[[{]/.test(value) ? JSON.parse(value) : value,
    ]),
  );
}

/** Our web server, as far as platform routes need it. */
export async function serving(routes: {
  find(is: (route: PlatformRoute) => boolean): PlatformRoute | undefined;
}) {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const route = routes.find(
      ({ method, path }) => method === request.method && path === request.url?.split('?')[0],
    );
    if (route === undefined) response.writeHead(404).end();
    else void route.handle(request, response);
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}`, close: () => closed(server) };
}

type Server = ReturnType<typeof createServer>;

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A port where nobody listens. */
export async function deadPort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await closed(server);
  return port;
}
