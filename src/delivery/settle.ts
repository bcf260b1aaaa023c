import { type Instant, plusSeconds } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import type { SendOutcome } from '../ports/messenger.ts';
import type { Claim, Settlement } from '../ports/outbox.ts';
import type { Tables } from '../ports/store.ts';

/** After this many failures that were certainly not the lane's fault, a delivery is a dead letter. */
export const MOST_ATTEMPTS = 6;

/** What became of a delivery that was out. */
export interface Verdict {
  readonly claim: Claim;
  /** Null: it was not sent after all and goes back into the queue, due at `dueAt`. */
  readonly outcome: SendOutcome | null;
  readonly dueAt: Instant;
  readonly notice: Notice | null;
  /** This text has been refused so often that it is not tried on anybody else: the delivery waits with it. */
  readonly stopped?: boolean;
}

/** The rows after an outcome: of all that went as one message. What goes again goes together again. */
export function settlementsOf(verdict: Verdict, now: Instant): readonly Settlement[] {
  const { claim } = verdict;
  const { also = [] } = claim;
  const each = [claim.delivery, ...also].map((delivery) =>
    settlementOf({ ...verdict, claim: { ...claim, delivery } }, now),
  );
  if (also.length === 0) return each;
  return each.map((one) => (one.state === 'ready' ? { ...one, state: 'held' } : one));
}

/** The row of a delivery after its outcome. */
export function settlementOf(verdict: Verdict, now: Instant): Settlement {
  const { delivery } = verdict.claim;
  const { outcome } = verdict;
  const { id } = delivery;
  const attempts = delivery.attempts + 1;
  switch (outcome?.kind) {
    case undefined:
      return { id, state: 'ready', dueAt: verdict.dueAt };
    case 'sent':
      return { id, state: 'sent', messageId: outcome.messageId, error: null };
    case 'retry': {
      const error = outcome.why;
      if (outcome.scope === 'lane') return { id, state: 'ready', dueAt: now, error };
      if (attempts >= MOST_ATTEMPTS) return { id, state: 'failed', attempts, error };
      return { id, state: 'ready', dueAt: plusSeconds(now, outcome.afterSeconds), attempts, error };
    }
    case 'moved':
      return { id, state: 'ready', dueAt: now, error: 'moved' };
    case 'revoked':
      return { id, state: 'ready', dueAt: now, error: outcome.why };
    case 'gone':
      return { id, state: 'ended', error: outcome.why };
    case 'suspect':
      return { id, state: 'failed', attempts, error: outcome.why };
    case 'refused':
      if (outcome.fault === 'chat') return { id, state: 'ended', error: outcome.why };
      if (verdict.stopped) return { id, state: 'ready', dueAt: now, error: outcome.why };
      return { id, state: 'failed', attempts, error: outcome.why };
    case 'uncertain':
      return { id, state: 'uncertain', attempts, error: outcome.why };
  }
}

/** What an outcome means for the chat beyond this delivery; in the same transaction, after the rows. */
export async function settleChat(tables: Tables, verdict: Verdict, now: Instant): Promise<void> {
  const { outcome, notice } = verdict;
  const { subscriber } = verdict.claim.delivery;
  const end = async (because: string): Promise<void> => {
    await tables.subscribers.end(subscriber, because, now);
    await tables.deliveries.endFor(subscriber, because);
  };
  switch (outcome?.kind) {
    case 'sent':
      if (notice !== null && endsFollows(notice)) await tables.follows.fired(subscriber, followedIn(notice));
      return;
    case 'moved':
      return tables.subscribers.move(verdict.claim.chat, outcome.to, now);
    case 'gone':
      return end(outcome.why);
    case 'refused':
      // It stays as it was chosen, and lives again as soon as somebody there speaks to us.
      return outcome.fault === 'chat' ? end('forbidden') : undefined;
    case 'suspect':
      return (await tables.subscribers.suspect(subscriber, now)) ? end('not_found') : undefined;
    default:
      return;
  }
}

/** What comes after the outage is over: the follow has been answered. */
const endsFollows = (notice: Notice): boolean =>
  notice.kind === 'restoration' || notice.kind === 'correction';

const followedIn = (notice: Notice): readonly string[] =>
  notice.audience.kind === 'told' ? notice.audience.services : notice.fact.services.map((s) => s.id);
