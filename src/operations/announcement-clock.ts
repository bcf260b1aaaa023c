import { type Announcement, isReviewOverdue, isStanding } from '../domain/announcement.ts';
import type { AnnouncementId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Actor } from '../domain/official.ts';
import { done, refused } from '../domain/problem.ts';
import { alertApprovers } from './alerting.ts';
import { change } from './announcement-change.ts';
import { isScheduledAhead } from './announcement-input.ts';
import { publishIn } from './announcement-notice.ts';
import { type Context, record } from './context.ts';

const CLOCK: Actor = { kind: 'system', name: 'clock' };

/**
 * The clock's tick: publishes what is scheduled, lets approvals run out, notes which notices everybody has in line, and
 * reminds of reviews. Returns how many moved. Safe to run anywhere, at once and again.
 */
export async function advanceAnnouncements(context: Context): Promise<number> {
  let moved = 0;
  for (const announcement of await context.store.announcements.due(context.clock.now())) {
    if (await advanceOne(context, announcement)) moved += 1;
  }
  return moved;
}

async function advanceOne(context: Context, { id, state, notice, ...rest }: Announcement): Promise<boolean> {
  const now = context.clock.now();
  if (isReviewOverdue({ id, state, notice, ...rest }, now)) await nag(context, id, now);
  if (state === 'approved') {
    const expired = await change(context, CLOCK, id, 'expire', async (before, at) =>
      isStanding(before, at)
        ? refused('already_done')
        : done({ ...before, state: 'in_review', approval: null }),
    );
    return expired.ok;
  }
  if (state === 'scheduled') {
    const launched = await change(
      context,
      CLOCK,
      id,
      'launch',
      async (before, at) => (isScheduledAhead(before, at) ? refused('already_done') : done(before)),
      (after, at, tables) => publishIn(tables, context, CLOCK, after, at),
    );
    return launched.ok;
  }
  if (state !== 'publishing' || notice === null) return false;
  const campaign = await context.store.campaigns.byNotice(notice.id);
  if (campaign === null || campaign.state === 'holding' || campaign.state === 'fanning') return false;
  const completed = await change(context, CLOCK, id, 'complete', async (before) =>
    done({ ...before, state: 'published' }),
  );
  return completed.ok;
}

/** Reminds the approvers, once, of what one person published and nobody else has looked at. */
function nag(context: Context, id: AnnouncementId, now: Instant): Promise<void> {
  return context.store.transaction(async (tables) => {
    const before = await tables.announcements.get(id);
    if (before === null || before.glass === null || before.glass.nagged || !isReviewOverdue(before, now))
      return;
    const after = { ...before, glass: { ...before.glass, nagged: true }, version: before.version + 1 };
    if (!(await tables.announcements.advance(after))) return;
    await record(tables, context, CLOCK, 'announcement.review_overdue', id, before, after);
    await alertApprovers(tables, before.agency, { kind: 'review_overdue', subject: id, at: now }, []);
  });
}
