import { setImmediate as breath } from 'node:timers/promises';
import type { Campaign } from '../domain/campaign.ts';
import { PRIORITY } from '../domain/campaign.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import { parseQuietHours, type QuietWindow, quietUntil } from '../domain/quiet-hours.ts';
import type { Clock } from '../ports/clock.ts';
import type { FanOutRule, Fence } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';

/** Chats in the first page; the database says how many the next may hold. */
const FIRST_SPAN = 1_000;

export interface FanOutParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly fence: Fence;
  /** The quiet hours of whoever chose none. */
  readonly quietHours: QuietWindow | 'off';
}

/**
 * Writes the deliveries of every campaign whose hold is over, page by page, the cursor in the same transaction as
 * the rows: a crash repeats nothing and leaves nobody out. Between pages everybody else has their turn.
 * @returns how many deliveries were written
 * @throws Deposed when another process has taken over
 */
export async function fanOut(parts: FanOutParts): Promise<number> {
  const { store, clock } = parts;
  let written = 0;
  for (const campaign of await store.campaigns.toFanOut(clock.now())) {
    const notice = await store.notices.get(campaign.notice);
    if (notice === null) throw new Error(`Campaign ${campaign.id} has no notice ${campaign.notice}`);
    // It has stood for as long as it was held: what it makes untrue is told to nobody else.
    await store.campaigns.supersedeNotices(notice.settles ?? [], clock.now());
    written += await walk(parts, campaign, notice);
  }
  return written;
}

async function walk(
  { store, clock, fence, quietHours }: FanOutParts,
  campaign: Campaign,
  notice: Notice,
): Promise<number> {
  let written = 0;
  for (let span = FIRST_SPAN; ; ) {
    const now = clock.now();
    const rule = ruleFor(notice, quietHours, now);
    const page = await store.campaigns.fanOut(campaign.id, rule, span, now, fence);
    written += page?.written ?? 0;
    if (page === null || page.done) return written;
    span = page.nextSpan;
    await breath();
  }
}

/** How a notice goes to those whom it concerns. */
function ruleFor(notice: Notice, house: QuietWindow | 'off', now: Instant): FanOutRule {
  const ordinary = notice.kind === 'announcement' ? PRIORITY.announcement : PRIORITY.outage;
  // What is critical, and what takes an error back, wakes everybody; the answer that somebody asked for wakes them.
  const wakes = notice.severity === 'critical' || notice.kind === 'correction';
  return {
    audience: notice.audience,
    priority: notice.severity === 'critical' ? PRIORITY.critical : ordinary,
    followerPriority: PRIORITY.critical,
    silent: notice.severity === 'info',
    quietUntil: (setting) => {
      const chosen = setting === null ? undefined : parseQuietHours(setting);
      return wakes ? null : quietUntil(chosen ?? house, now);
    },
    wakesFollowers: notice.kind === 'restoration',
  };
}
