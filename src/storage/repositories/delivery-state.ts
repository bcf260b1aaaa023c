import { type SqlBool, sql } from 'kysely';
import type { CampaignState, DeliveryCounts, DeliveryState } from '../../domain/campaign.ts';

/*
 * How the states of a delivery are kept.
 *
 * Whoever is simply next, due at once, stands `inLine` and in no index: a lane walks the line once, by the numbers of
 * the subscribers, and what it passes by (a busy chat, a stopped text) becomes `ready`, in the index of what waits.
 * `doubtful` is uncertain and yet to be looked into or sent once more.
 * Nothing is written when a campaign is stopped: what waits in a stopped campaign is superseded or cancelled.
 */
export const DELIVERY = {
  inLine: 0,
  ready: 1,
  held: 2,
  claimed: 3,
  sending: 4,
  sent: 5,
  ended: 6,
  failed: 7,
  uncertain: 8,
  doubtful: 9,
} as const;

const WORDS: readonly DeliveryState[] = [
  'ready',
  'ready',
  'held',
  'claimed',
  'sending',
  'sent',
  'ended',
  'failed',
  'uncertain',
  'uncertain',
];

/** Promised and not yet on the wire: what can still be called off. */
export const UNSENT: readonly number[] = [DELIVERY.inLine, DELIVERY.ready, DELIVERY.held, DELIVERY.claimed];

/** The words of the partial indices; without exactly these they are not used. */
export const isWaiting = sql<SqlBool>`d.state in (1, 2)`;
export const isUnderWay = sql<SqlBool>`d.state in (3, 4)`;
export const isFailed = sql<SqlBool>`d.state = 7`;
export const isDoubtful = sql<SqlBool>`d.state = 9`;

/** What a kept state means in a campaign of this state. */
export function stateIn(campaign: CampaignState, kept: number): DeliveryState {
  if ((campaign === 'superseded' || campaign === 'cancelled') && UNSENT.includes(kept)) return campaign;
  return WORDS[kept] ?? 'failed';
}

/** Under which word it is counted. */
export function countedAs(campaign: CampaignState, kept: number): keyof DeliveryCounts {
  const state = stateIn(campaign, kept);
  return state === 'claimed' ? 'ready' : state;
}
