import { toEpoch } from '../../domain/instant.ts';
import type { Official } from '../../domain/official.ts';
import type { Context } from '../../operations/context.ts';
import { authenticate } from '../../operations/officials.ts';

/** Failures of one address in a minute before it is told to wait. A right token always passes. */
const FAILURES_A_MINUTE = 30;
const WINDOW_MS = 60_000;
/** Addresses remembered at most: past that the oldest are forgotten. */
const REMEMBERED = 10_000;

export type SignIn =
  | { readonly kind: 'official'; readonly official: Official }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** Who calls, by the bearer token; slows those who keep coming with wrong ones. */
export function createSignIn(
  context: Context,
): (header: string | undefined, address: string) => Promise<SignIn> {
  const failures = new Map<string, { count: number; since: number }>();

  const failed = (address: string): SignIn => {
    const now = toEpoch(context.clock.now());
    const before = failures.get(address);
    const current =
      before !== undefined && now - before.since < WINDOW_MS ? before : { count: 0, since: now };
    current.count += 1;
    failures.delete(address);
    failures.set(address, current);
    if (failures.size > REMEMBERED) failures.delete(failures.keys().next().value ?? '');
    if (current.count <= FAILURES_A_MINUTE) return { kind: 'unknown' };
    return { kind: 'wait', seconds: Math.max(1, Math.ceil((current.since + WINDOW_MS - now) / 1000)) };
  };

  return async (header, address) => {
    const token = /^Bearer +([A-Za-z0-9._~+/=-]{1,200})$/i.exec(header ?? '')?.[1];
    const official = token === undefined ? null : await authenticate(context, token);
    return official === null ? failed(address) : { kind: 'official', official };
  };
}
