import { setImmediate as breath } from 'node:timers/promises';
import { PRIORITY } from '../domain/campaign.ts';
import type { CampaignId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import { parseNewsTime, type QuietWindow, quietUntil } from '../domain/quiet-hours.ts';
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
 * the rows: a crash repeats nothing and leaves nobody out. Between pages everybody else has their turn, and a more
 * urgent campaign goes before the rest of a long one.
 * @returns how many deliveries were written
 * @throws Deposed when another process has taken over
 */
export async function fanOut(parts: FanOutParts): Promise<number> {
  const { store, clock, fence } = parts;
  const walks = new Map<CampaignId, Walk>();
  let written = 0;
  for (;;) {
    const now = clock.now();
    const next = await mostUrgent(store, walks, now);
    if (next === null) return written;
    // It has stood for as long as it was held: what it makes untrue is told to nobody else.
    await store.campaigns.supersedeNotices(next.notice.settles ?? [], now);
    const rule = ruleFor(next.notice, parts.quietHours, now);
    const page = await store.campaigns.fanOut(next.campaign, rule, next.span, now, fence);
    written += page?.written ?? 0;
    if (page === null || page.done) next.isOver = true;
    else next.span = page.nextSpan;
    await breath();
  }
}

/** How far a campaign's audience has been walked. */
interface Walk {
  readonly campaign: CampaignId;
  readonly notice: Notice;
  /** Chats in the next page. */
  span: number;
  /** Written to its end, or stopped meanwhile: not to be looked at again this time. */
  isOver: boolean;
}

/** Of the campaigns that may go, the most urgent; of equals the oldest. */
async function mostUrgent(store: Store, walks: Map<CampaignId, Walk>, now: Instant): Promise<Walk | null> {
  let first: Walk | null = null;
  for (const { id, notice: noticeId } of await store.campaigns.toFanOut(now)) {
    let walk = walks.get(id);
    if (walk === undefined) {
      const notice = await store.notices.get(noticeId);
      if (notice === null) throw new Error(`Campaign ${id} has no notice ${noticeId}`);
      walk = { campaign: id, notice, span: FIRST_SPAN, isOver: false };
      walks.set(id, walk);
    }
    if (!walk.isOver && (first === null || priorityOf(walk.notice) < priorityOf(first.notice))) first = walk;
  }
  return first;
}

function priorityOf({ kind, severity }: Notice): number {
  if (severity === 'critical') return PRIORITY.critical;
  return kind === 'announcement' ? PRIORITY.announcement : PRIORITY.outage;
}

/** How a notice goes to those whom it concerns. */
function ruleFor(notice: Notice, house: QuietWindow | 'off', now: Instant): FanOutRule {
  // What is critical, and what takes an error back, wakes everybody; the answer that somebody asked for wakes them.
  const wakes = notice.severity === 'critical' || notice.kind === 'correction';
  return {
    audience: notice.audience,
    priority: priorityOf(notice),
    followerPriority: PRIORITY.critical,
    silent: notice.severity === 'info',
    quietUntil: (setting) => {
      const chosen = setting === null ? undefined : parseNewsTime(setting);
      return wakes ? null : quietUntil(chosen ?? house, now);
    },
    wakesFollowers: notice.kind === 'restoration',
  };
}
