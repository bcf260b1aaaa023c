import { createHmac } from 'node:crypto';
import type { Json } from '../platform.ts';
import type { Acknowledged, Courier, Parcel } from './courier.ts';

const PATIENCE_MS = 3000;

/** `v0=` and the HMAC-SHA256 over version, time stamp (seconds) and raw body. */
const signature = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** Carries parcels to the app's request URL, signed. */
export class HttpCourier implements Courier {
  readonly #url: () => string;
  readonly #secret: string;

  constructor(url: () => string, secret: string) {
    this.#url = url;
    this.#secret = secret;
  }

  async carry(
    parcel: Parcel,
    retry: { num: number; reason: string } | null,
  ): Promise<Acknowledged | { noRetry: true }> {
    const { type, body } = enveloped(parcel);
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      const response = await fetch(this.#url(), {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': type,
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': signature(this.#secret, timestamp, body),
          ...(retry === null
            ? {}
            : { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason }),
        },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const answer = await response.text();
      if (response.ok) return { body: parsed(answer) };
      return response.headers.get('x-slack-no-retry') === '1' ? { noRetry: true } : null;
    } catch {
      return null;
    }
  }
}

function enveloped(parcel: Parcel): { type: string; body: string } {
  if (parcel.kind === 'event') return { type: 'application/json', body: JSON.stringify(parcel.payload) };
  const fields: Json =
    parcel.kind === 'command' ? parcel.payload : { payload: JSON.stringify(parcel.payload) };
  return {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(
      Object.entries(fields).map(([k, v]): [string, string] => [k, String(v)]),
    ).toString(),
  };
}

/** JSON where it is JSON, else the text itself; null for nothing. */
function parsed(answer: string): unknown {
  if (answer === '') return null;
  try {
    return JSON.parse(answer);
  } catch {
    return answer;
  }
}
