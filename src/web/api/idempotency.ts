import { createHash } from 'node:crypto';
import type { Context as Call } from 'hono';
import type { OfficialId } from '../../domain/ids.ts';
import { plusSeconds } from '../../domain/instant.ts';
import { refused } from '../../domain/problem.ts';
import type { Context } from '../../operations/context.ts';
import type { GivenAnswer } from '../../ports/api-requests.ts';
import { refuse } from './problem-details.ts';

const HEADER = 'Idempotency-Key';
/** Printable ASCII. */
const KEY = /^[\x20-\x7e]{1,200}$/;
/** No request takes so long: its process died over it. */
const STALE_SECONDS = 60;

/**
 * Acts once for a key: the same request again gets the same answer, another request with the same key is refused. What
 * changed nothing frees its key. Without the header it just acts.
 */
export async function onceByKey(
  call: Call,
  { store, clock }: Context,
  official: OfficialId,
  body: unknown,
  act: () => Promise<Response>,
): Promise<Response> {
  const key = call.req.header(HEADER)?.trim();
  if (key === undefined) return act();
  if (!KEY.test(key)) return refuse(call, refused('invalid', HEADER).problem);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([call.req.method, call.req.path, body]))
    .digest('hex');
  const now = clock.now();
  const begun = await store.requests.begin(official, key, fingerprint, now, plusSeconds(now, -STALE_SECONDS));
  if (begun.kind === 'answered') return again(call, begun.answer);
  if (begun.kind === 'other') return refuse(call, refused('key_reused', HEADER).problem);
  if (begun.kind === 'under_way') {
    call.header('retry-after', '1');
    return refuse(call, refused('key_under_way').problem);
  }
  let kept = false;
  try {
    const response = await act();
    if (response.ok) {
      const location = response.headers.get('location');
      const text = await response.clone().text();
      await store.requests.finish(official, key, { status: response.status, location, body: text });
      kept = true;
    }
    return response;
  } finally {
    if (!kept) await store.requests.forget(official, key);
  }
}

function again(call: Call, { status, location, body }: GivenAnswer): Response {
  if (location !== null) call.header('location', location);
  call.header('idempotency-replayed', 'true');
  call.header('content-type', 'application/json');
  return call.body(body, status as Parameters<Call['status']>[0] & 200);
}
