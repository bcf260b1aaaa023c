import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject } from '../platform.ts';
import type { Acknowledged, Courier, Parcel } from './courier.ts';

const PATIENCE_MS = 3000;
const PING_MS = 10_000;
/** A peer that does not close by itself is cut off after this. */
const CLOSING_MS = 500;
/** Parcels wait for the app's first connection so long. */
const QUEUE_MS = 30_000;

const TYPES = { event: 'events_api', interactive: 'interactive', command: 'slash_commands' } as const;

/** Socket Mode: the app connects to us by websocket, and each parcel is acknowledged by envelope id. */
export class SocketCourier implements Courier {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, (answer: Acknowledged) => void>();
  readonly #arrivals = new Set<() => void>();
  readonly #appId: string;
  #turn = 0;

  constructor(appId: string) {
    this.#appId = appId;
  }

  get connections(): number {
    return this.#open.size;
  }

  /** A single-use ticket for one connection. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return ticket;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#welcome(connection));
  }

  async carry(
    parcel: Parcel,
    retry: { num: number; reason: string } | null,
  ): Promise<Acknowledged | { noRetry: true }> {
    const connection = await this.#connection();
    if (connection === null) return null;
    const id = randomUUID();
    return new Promise((resolve) => {
      const finish = (answer: Acknowledged) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => finish(null), PATIENCE_MS);
      this.#waiting.set(id, finish);
      connection.send(
        JSON.stringify({
          envelope_id: id,
          type: TYPES[parcel.kind],
          payload: parcel.payload,
          accepts_response_payload: parcel.kind !== 'event',
          ...(parcel.kind === 'event'
            ? { retry_attempt: retry?.num ?? 0, retry_reason: retry === null ? '' : 'timeout' }
            : {}),
        }),
      );
    });
  }

  /** Asks every connection to come again, as Slack does every few hours. */
  refresh(): void {
    for (const connection of this.#open) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    }
  }

  close(): void {
    for (const connection of this.#open) {
      connection.close(1001);
      setTimeout(() => connection.terminate(), CLOSING_MS).unref();
    }
    for (const finish of this.#waiting.values()) finish(null);
    this.#server.close();
  }

  #welcome(connection: WebSocket): void {
    const ping = setInterval(() => connection.ping('ping'), PING_MS);
    ping.unref();
    connection.on('message', (data) => this.#acknowledge(String(data)));
    connection.on('error', () => connection.terminate());
    connection.on('close', () => {
      clearInterval(ping);
      this.#open.delete(connection);
    });
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size + 1,
        debug_info: { host: 'sandbox', approximate_connection_time: 3600 },
        connection_info: { app_id: this.#appId },
      }),
    );
    this.#open.add(connection);
    for (const arrived of this.#arrivals) arrived();
  }

  #acknowledge(data: string): void {
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      return;
    }
    if (!isObject(message)) return;
    this.#waiting.get(String(message.envelope_id))?.({ body: message.payload ?? null });
  }

  /** The next connection in turn; waits for one where there is none. */
  #connection(): Promise<WebSocket | null> {
    const next = () => [...this.#open][this.#turn++ % Math.max(1, this.#open.size)] ?? null;
    const ready = next();
    if (ready !== null) return Promise.resolve(ready);
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        this.#arrivals.delete(finish);
        resolve(next());
      };
      const timer = setTimeout(finish, QUEUE_MS);
      timer.unref();
      this.#arrivals.add(finish);
    });
  }
}
