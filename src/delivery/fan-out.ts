import type { Campaign, Delivery } from '../domain/campaign.ts';
import { PRIORITY } from '../domain/campaign.ts';
import { newId } from '../domain/ids.ts';
import { type Instant, toEpoch } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import { parseQuietHours, type QuietWindow, quietUntil } from '../domain/quiet-hours.ts';
import type { Clock } from '../ports/clock.ts';
import type { Recipient } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';

/** Rows a transaction: small enough that nothing else waits long for the database. */
const PAGE = 500;

export interface FanOutParts {
  readonly store: Store;
  readonly clock: Clock;
  /** The lane that a recipient's messages count against. */
  readonly laneOf: (recipient: Recipient) => string;
  /** The quiet hours of whoever chose none. */
  readonly quietHours: QuietWindow | 'off';
}

/** Thrown to roll a page back when the campaign was stopped under our feet. */
class Stopped extends Error {}

/**
 * Writes the deliveries of every campaign whose hold is over, page by page, the cursor in the same transaction as
 * the rows: a crash repeats nothing and leaves nobody out.
 * @returns how many deliveries were written
 */
export async function fanOut(parts: FanOutParts): Promise<number> {
  let written = 0;
  for (const campaign of await parts.store.campaigns.toFanOut(parts.clock.now())) {
    const notice = await parts.store.notices.get(campaign.notice);
    if (notice === null) throw new Error(`Campaign ${campaign.id} has no notice ${campaign.notice}`);
    written += await walk(parts, campaign, notice);
  }
  return written;
}

async function walk(parts: FanOutParts, campaign: Campaign, notice: Notice): Promise<number> {
  let cursor = campaign.cursor;
  let written = 0;
  try {
    for (let more = true; more; ) {
      const page = await parts.store.transaction(async (tables) => {
        const now = parts.clock.now();
        const recipients = await tables.deliveries.audience(notice.audience, cursor, PAGE);
        const last = recipients.at(-1)?.subscriber.id ?? cursor;
        const state = recipients.length < PAGE ? 'sending' : 'fanning';
        const advanced = await tables.campaigns.advance(campaign.id, {
          state,
          cursor: last,
          startedAt: campaign.startedAt ?? now,
        });
        if (!advanced) throw new Stopped();
        const rows = recipients.map((recipient) => deliveryOf(parts, campaign, notice, recipient, now));
        return { last, full: state === 'fanning', new: await tables.deliveries.insertMany(rows) };
      });
      cursor = page.last;
      written += page.new;
      more = page.full;
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
  return written;
}

function deliveryOf(
  parts: FanOutParts,
  campaign: Campaign,
  notice: Notice,
  recipient: Recipient,
  now: Instant,
): Delivery {
  const until = passesQuietHours(notice, recipient) ? null : quietUntil(quietHoursOf(parts, recipient), now);
  return {
    id: newId('dlv', toEpoch(now), parts.clock.random),
    campaign: campaign.id,
    notice: notice.id,
    subscriber: recipient.subscriber.id,
    lane: parts.laneOf(recipient),
    priority: priorityOf(notice, recipient),
    state: until === null ? 'ready' : 'held',
    dueAt: until ?? now,
    attempts: 0,
    resent: false,
    silent: notice.severity === 'info',
    leaseUntil: null,
    startedAt: null,
    messageId: null,
    error: null,
  };
}

/** What is critical, what takes an error back, and the answer somebody asked for. */
const passesQuietHours = (notice: Notice, recipient: Recipient): boolean =>
  notice.severity === 'critical' ||
  notice.kind === 'correction' ||
  (notice.kind === 'restoration' && recipient.follows);

const quietHoursOf = (parts: FanOutParts, { subscriber }: Recipient): QuietWindow | 'off' =>
  (subscriber.quietHours === null ? undefined : parseQuietHours(subscriber.quietHours)) ?? parts.quietHours;

/** Followers asked, so they go before those who are merely told. */
const priorityOf = (notice: Notice, recipient: Recipient): number => {
  if (notice.severity === 'critical' || recipient.follows) return PRIORITY.critical;
  return notice.kind === 'announcement' ? PRIORITY.announcement : PRIORITY.outage;
};
