import { TextDecoder } from 'node:util';
import type { Observation, Thresholds } from '../domain/detector.ts';

/** One address to look at. `config/probes` reads them. */
export interface ProbeSetting {
  readonly service: string;
  readonly url: string;
  readonly everySeconds: number;
  readonly timeoutSeconds: number;
  readonly slowAfterMs: number;
  readonly thresholds: Thresholds;
  readonly expectText: string | null;
}

/** What one look saw, and why in a few words for the log. */
export interface Look {
  readonly seen: Observation['seen'];
  readonly reason: string;
}

/** Beyond this nothing is read: a status page says what it has to say at the top. */
const BODY_LIMIT = 512 * 1024;
const REDIRECT_LIMIT = 5;

/** The name under which a probe's measurements stand: one for each address. */
export const sourceOf = (probe: Pick<ProbeSetting, 'url'>): string => {
  const { host, pathname } = new URL(probe.url);
  return `http:${host}${pathname === '/' ? '' : pathname}`;
};

/**
 * Looks at an address once by HTTP GET. Redirects are followed on the same host only: another host could be
 * anything, and a notice page of a different server says nothing good about this one.
 * @param stop ends the look early
 * @returns null when it was stopped; a failure of the address is a result, never an error
 */
export async function look(probe: ProbeSetting, stop: AbortSignal): Promise<Look | null> {
  const timeout = AbortSignal.timeout(probe.timeoutSeconds * 1000);
  const signal = AbortSignal.any([stop, timeout]);
  // A duration, not a moment: the monotonic clock, which no correction of the time of day can bend.
  const started = performance.now();
  try {
    const response = await follow(new URL(probe.url), signal);
    if (typeof response === 'string') return failed(response);
    if (!response.ok) {
      await response.body?.cancel();
      return failed(`status ${response.status}`);
    }
    const text = await readText(response);
    if (probe.expectText !== null && !text.includes(probe.expectText)) return failed('expected text missing');
    const took = Math.round(performance.now() - started);
    return took > probe.slowAfterMs
      ? { seen: 'slow', reason: `${took} ms` }
      : { seen: 'ok', reason: `${took} ms` };
  } catch (error) {
    if (stop.aborted) return null;
    return failed(timeout.aborted ? `no answer in ${probe.timeoutSeconds} s` : causeOf(error));
  }
}

const failed = (reason: string): Look => ({ seen: 'failed', reason });

/** The final response, or in words why there is none. */
async function follow(start: URL, signal: AbortSignal): Promise<Response | string> {
  let url = start;
  for (let hops = 0; hops <= REDIRECT_LIMIT; hops++) {
    const response = await fetch(url.href, {
      signal,
      redirect: 'manual',
      headers: { 'user-agent': 'allim-probe', accept: 'text/html,application/json;q=0.9,*/*;q=0.8' },
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url.href)) return 'redirect to an unreadable address';
    const next = new URL(location, url);
    if (!/^https?:$/.test(next.protocol)) return 'redirect to an unreadable address';
    if (next.hostname !== start.hostname) return 'redirect to another host';
    url = next;
  }
  return 'too many redirects';
}

/** At most `BODY_LIMIT` bytes, in the charset that the response names: older Korean sites still speak EUC-KR. */
async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    parts.push(part);
    size += part.byteLength;
    if (size >= BODY_LIMIT) break;
  }
  return decoderFor(response.headers.get('content-type') ?? '').decode(
    Buffer.concat(parts).subarray(0, BODY_LIMIT),
  );
}

function decoderFor(contentType: string): TextDecoder {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** `ECONNREFUSED` and the like; the message itself may hold the whole address. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'request failed';
}
