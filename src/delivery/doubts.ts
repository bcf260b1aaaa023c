import { plusSeconds } from '../domain/instant.ts';
import type { Found } from '../ports/messenger.ts';
import type { Claim, Fence, Settlement } from '../ports/outbox.ts';
import type { LaneParts } from './lane-parts.ts';
import { MOST_ATTEMPTS } from './settle.ts';
import type { Texts } from './texts.ts';

/** Looked for in one go: each is a call of a method with limits of its own. */
const AT_ONCE = 20;

/** What was on its way when its sender died may arrive after we look, so it is not looked for before. */
const LOOK_AFTER_SECONDS = 3;

/** How many are sent again, and whether some are still to be looked for. */
export interface Doubts {
  readonly again: number;
  readonly left: boolean;
}

/**
 * What may or may not have arrived is looked for where the platform can be asked, and sent again only if it is
 * absent; where it cannot be known it is sent once more, without sound.
 */
export async function settleDoubts(lane: LaneParts, texts: Texts, fence: Fence): Promise<Doubts> {
  const { store, clock, messenger, logger, key } = lane;
  const doubts =
    messenger.find === undefined
      ? { again: await store.deliveries.requeueUncertain(key, clock.now(), fence), left: false }
      : await lookFor(lane, texts, fence);
  if (doubts.again > 0) logger.warn({ lane: key, ...doubts }, 'uncertain deliveries are sent once more');
  return doubts;
}

async function lookFor(lane: LaneParts, texts: Texts, fence: Fence): Promise<Doubts> {
  const { store, clock, key } = lane;
  const before = plusSeconds(clock.now(), -LOOK_AFTER_SECONDS);
  let again = 0;
  for (;;) {
    const claims = await store.deliveries.uncertain(key, AT_ONCE);
    const due = claims.filter(({ delivery }) => (delivery.startedAt ?? '') <= before);
    const settlements: Settlement[] = [];
    for (const claim of due) {
      const found = await find(lane, texts, claim);
      settlements.push({ id: claim.delivery.id, ...afterLooking(found, claim), dueAt: clock.now() });
    }
    if (settlements.length > 0) await store.deliveries.settle(settlements, clock.now(), fence);
    again += settlements.filter(({ state }) => state === 'ready').length;
    if (due.length < AT_ONCE) return { again, left: due.length < claims.length };
  }
}

async function find(
  { messenger }: LaneParts,
  texts: Texts,
  { delivery, chat, language }: Claim,
): Promise<Found> {
  const { notice } = await texts.single(delivery.notice, language);
  // It cannot be older than what it tells; an attempt before the last may be the one that arrived.
  return (await messenger.find?.(chat, delivery.id, notice.createdAt)) ?? { kind: 'unknown' };
}

function afterLooking(
  found: Found,
  { delivery }: Claim,
): Pick<Settlement, 'state' | 'messageId' | 'error' | 'resent' | 'silent'> {
  switch (found.kind) {
    case 'found':
      return { state: 'sent', messageId: found.messageId, error: null };
    case 'absent':
      return { state: delivery.attempts < MOST_ATTEMPTS ? 'ready' : 'failed' };
    case 'unknown':
      return { state: 'ready', resent: true, silent: true };
  }
}
