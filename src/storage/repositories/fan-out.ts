import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CampaignId } from '../../domain/ids.ts';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { FanOutPage, FanOutRule } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';
import {
  before,
  flowing,
  followable,
  following,
  isAddressed,
  isWithin,
  members,
  type Stretch,
  streamsOf,
} from './audience.ts';
import { DELIVERY } from './delivery-state.ts';
import { LANE_SIZE, laneNumberOf } from './lane-numbers.ts';
import { Ledger } from './ledger.ts';

const SMALLEST_SPAN = 200;
const LARGEST_SPAN = 50_000;

/**
 * Writes the deliveries of one stretch of subscribers, in one statement, and moves the cursor, inside a transaction.
 * The campaign's row is held, so that stopping it or ending a chat sees what is written here, or is seen.
 * @returns null when the campaign was paused or stopped
 */
export async function fanOutPage(
  db: Kysely<Schema>,
  dialect: Dialect,
  id: CampaignId,
  rule: FanOutRule,
  span: number,
  now: Instant,
): Promise<FanOutPage | null> {
  const campaign = await db
    .selectFrom('campaigns')
    .select(['number', 'state', 'cursor', 'started_at'])
    .where('id', '=', id)
    .$if(dialect.locksRows, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (campaign?.state !== 'holding' && campaign?.state !== 'fanning') return null;

  const began = performance.now();
  const after = await before(db, campaign.cursor);
  const stretch = after === null ? null : stretchFrom(after, span);
  const written = stretch === null ? 0 : await writeStretch(db, dialect, campaign.number, rule, stretch, now);
  const done = stretch === null || (await before(db, stretch.until)) === null;
  await db
    .updateTable('campaigns')
    .set({
      state: done ? 'sending' : 'fanning',
      cursor: stretch?.until ?? campaign.cursor,
      started_at: campaign.started_at ?? now,
    })
    .where('number', '=', campaign.number)
    .execute();
  return { written, done, nextSpan: nextSpan(span, performance.now() - began, dialect.pageMs) };
}

/** As many as would have taken the time a page may take, but not at a leap. */
function nextSpan(span: number, tookMs: number, pageMs: number): number {
  const fitting = (span * pageMs) / Math.max(tookMs, 0.1);
  return Math.round(Math.min(Math.max(fitting, span / 2, SMALLEST_SPAN), span * 2, LARGEST_SPAN));
}

/** Within one lane, so that one line is all there is to open. */
const stretchFrom = (after: number, span: number): Stretch => ({
  after,
  until: Math.min(after + span, (laneNumberOf(after + 1) + 1) * LANE_SIZE - 1),
});

async function writeStretch(
  db: Kysely<Schema>,
  dialect: Dialect,
  campaign: number,
  rule: FanOutRule,
  stretch: Stretch,
  now: Instant,
): Promise<number> {
  const streams = await flowing(db, await streamsOf(db, rule.audience), stretch);
  if (streams.length === 0) return 0;
  const lane = laneNumberOf(stretch.until);
  const follows = await followersIn(db, rule, stretch);
  const heldUntil = await quietHoursIn(db, rule, follows);
  const heldBefore = heldUntil === null ? 0 : await heldIn(db, campaign, stretch);

  // What is the same for a whole campaign is said in the text: a parameter would be fetched for each row.
  const ordinary = sql.lit(rule.priority);
  const priority =
    follows === null
      ? ordinary
      : sql`case when ${follows} then ${sql.lit(rule.followerPriority)} else ${ordinary} end`;
  // Who is not simply next stands in the index of what waits.
  const { inLine, ready, held } = DELIVERY;
  const free =
    follows === null
      ? sql.lit(inLine)
      : sql`case when ${follows} then ${sql.lit(ready)} else ${sql.lit(inLine)} end`;
  const state =
    heldUntil === null ? free : sql`case when ${heldUntil} is null then ${free} else ${sql.lit(held)} end`;
  const at = sql`cast(${toEpoch(now)} as bigint)`;
  const due = heldUntil === null ? at : sql`coalesce(${heldUntil}, ${at})`;
  const result = await sql`
    insert into deliveries
      (campaign, subscriber, lane, priority, language, state, due_at, attempts, resent, silent)
    select ${sql.lit(campaign)}, s.number, ${sql.lit(lane)}, ${priority},
      case when coalesce(s.language, s.hint, 'ko') = 'en' then 1 else 0 end,
      ${state}, ${due}, 0, 0, ${sql.lit(Number(rule.silent))}
    from ${members(streams, stretch)} as e cross join subscribers as s
    where s.number = e.number and ${isWithin(stretch)} and ${isAddressed(rule.audience)}
    on conflict do nothing`.execute(db);
  const written = Number(result.numAffectedRows ?? 0n);
  if (written === 0) return 0;

  await db
    .insertInto('delivery_lines')
    .values({ campaign, lane, priority: rule.priority, head: stretch.after })
    .onConflict((c) => c.doNothing())
    .execute();
  const nowHeld = heldUntil === null ? 0 : (await heldIn(db, campaign, stretch)) - heldBefore;
  const ledger = await Ledger.open(db, dialect, [campaign]);
  ledger.add(campaign, held, nowHeld);
  ledger.add(campaign, ready, written - nowHeld);
  await ledger.write();
  return written;
}

/** Whether `s` follows one of the services; null when nobody of the stretch does, or it makes no difference. */
async function followersIn(
  db: Kysely<Schema>,
  { audience, priority, followerPriority, wakesFollowers }: FanOutRule,
  stretch: Stretch,
): Promise<RawBuilder<boolean> | null> {
  if (priority === followerPriority && !wakesFollowers) return null;
  const streams = followable(audience).map(following);
  const any = await flowing(db, streams, stretch);
  return any.length === 0 ? null : sql`s.number in ${members(any, stretch)}`;
}

/** When `s` may hear of it, in milliseconds, null for at once; null altogether when it is quiet for nobody. */
async function quietHoursIn(
  db: Kysely<Schema>,
  rule: FanOutRule,
  follows: RawBuilder<boolean> | null,
): Promise<RawBuilder<number | null> | null> {
  const ends = (await settingsOf(db)).flatMap((setting) => {
    const until = rule.quietUntil(setting);
    return until === null ? [] : [{ setting, until: toEpoch(until) }];
  });
  if (ends.length === 0) return null;
  const cases = [
    ...(rule.wakesFollowers && follows !== null ? [sql`when ${follows} then null`] : []),
    ...ends.map(({ setting, until }) =>
      setting === null
        ? sql`when s.quiet_hours is null then cast(${until} as bigint)`
        : sql`when s.quiet_hours = ${setting} then cast(${until} as bigint)`,
    ),
  ];
  return sql`case ${sql.join(cases, sql` `)} end`;
}

/** Each setting that anybody chose, and null for who chose none: leaps from one to the next along the index. */
async function settingsOf(db: Kysely<Schema>): Promise<readonly (string | null)[]> {
  const { rows } = await sql<{ setting: string }>`
    with recursive settings (setting) as (
      select (select min(quiet_hours) from subscribers where quiet_hours is not null)
      union all
      select (select min(s.quiet_hours) from subscribers as s where s.quiet_hours > settings.setting)
      from settings where settings.setting is not null)
    select setting from settings where setting is not null`.execute(db);
  return [null, ...rows.map((row) => row.setting)];
}

async function heldIn(db: Kysely<Schema>, campaign: number, { after, until }: Stretch): Promise<number> {
  const { held } = await db
    .selectFrom('deliveries')
    .select((e) => e.fn.countAll<number>().as('held'))
    .where('campaign', '=', campaign)
    .where('subscriber', '>', after)
    .where('subscriber', '<=', until)
    .where('state', '=', DELIVERY.held)
    .executeTakeFirstOrThrow();
  return held;
}
