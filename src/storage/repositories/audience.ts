import { setImmediate as breath } from 'node:timers/promises';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Audience } from '../../domain/audience.ts';
import type { ServiceId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/incident.ts';
import type { Reached } from '../../ports/announcements.ts';
import type { Recipient } from '../../ports/outbox.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { parseSubscriber } from './subscribers.ts';

/*
 * An audience is the union of a few sorted streams of subscriber numbers: one a subscribed target, one a followed
 * service, one a notice already told. Each is a stretch of an index, so a stretch costs the same wherever it begins and
 * however many chats there are beside the audience. `cross join` keeps SQLite from turning a stream inside out.
 */
type Stream = (stretch: Stretch) => RawBuilder<{ number: number }>;

/** After the first, up to the second, of the numbers of subscribers. */
export interface Stretch {
  readonly after: number;
  readonly until: number;
}

/** Streams in one union; SQLite takes 500 at most. */
const AT_ONCE = 100;
/** How many numbers are counted in one go. */
const COUNTED_AT_ONCE = 10_000;

/** One page of an audience, by number. */
export async function audiencePage(
  db: Kysely<Schema>,
  audience: Audience,
  after: number,
  limit: number,
): Promise<readonly Recipient[]> {
  const streams = await streamsOf(db, audience);
  const page: Recipient[] = [];
  let reached = after;
  while (page.length < limit) {
    const stretch = { after: reached, until: Number.MAX_SAFE_INTEGER };
    const numbers = await sql<{ number: number }>`
      select number from (${union(streams.map((stream) => sql`${stream(stretch)} order by 1 limit ${limit}`))}) as e
      order by number limit ${limit}`.execute(db);
    const found = numbers.rows.map((row) => row.number);
    if (found.length === 0) break;
    reached = found.at(-1) ?? reached;
    const { rows } = await sql<SubscriberRow & { follows: SqlBool }>`
      select s.*, ${followsOneOf(followable(audience))} as follows from subscribers as s
      where s.number in (${sql.join(found)}) and ${isAddressed(audience)} order by s.number`.execute(db);
    for (const { follows, ...row } of rows)
      page.push({ subscriber: parseSubscriber(row), follows: Boolean(follows) });
    if (found.length < limit) break;
  }
  return page.slice(0, limit);
}

/** How many an audience holds, counted stretch by stretch so that nothing waits long. */
export async function audienceSize(db: Kysely<Schema>, audience: Audience): Promise<number> {
  const streams = await streamsOf(db, audience);
  let size = 0;
  for (let after = await before(db, 0); after !== null; ) {
    const stretch = { after, until: after + COUNTED_AT_ONCE };
    const { rows } = await sql<{ size: number }>`
      select count(*) as size from ${members(streams, stretch)} as e cross join subscribers as s
      where s.number = e.number and ${isWithin(stretch)} and ${isAddressed(audience)}`.execute(db);
    size += rows[0]?.size ?? 0;
    after = await before(db, stretch.until);
    await breath();
  }
  return size;
}

/** As `audienceSize`, by where the chats are, what they are and what they read. */
export async function audienceReach(db: Kysely<Schema>, audience: Audience): Promise<readonly Reached[]> {
  const streams = await streamsOf(db, audience);
  const reached = new Map<string, Reached>();
  for (let after = await before(db, 0); after !== null; ) {
    const stretch = { after, until: after + COUNTED_AT_ONCE };
    const { rows } = await sql<Reached>`
      select s.platform, s.workspace, s.kind, coalesce(s.language, s.hint, 'ko') as language, count(*) as chats
      from ${members(streams, stretch)} as e cross join subscribers as s
      where s.number = e.number and ${isWithin(stretch)} and ${isAddressed(audience)}
      group by 1, 2, 3, 4`.execute(db);
    for (const row of rows) {
      const key = [row.platform, row.workspace, row.kind, row.language].join(' ');
      reached.set(key, { ...row, chats: row.chats + (reached.get(key)?.chats ?? 0) });
    }
    after = await before(db, stretch.until);
    await breath();
  }
  return [...reached.values()];
}

/** The number just before the first subscriber after this one; null when there is none. Leaps over the gaps between lanes. */
export async function before(db: Kysely<Schema>, number: number): Promise<number | null> {
  const next = await db
    .selectFrom('subscribers')
    .select('number')
    .where('number', '>', number)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return next === undefined ? null : next.number - 1;
}

/** Only the streams that hold anybody in this stretch. */
export async function flowing(
  db: Kysely<Schema>,
  streams: readonly Stream[],
  stretch: Stretch,
): Promise<readonly Stream[]> {
  const asked: Stream[] = [];
  for (let from = 0; from < streams.length; from += AT_ONCE) {
    const some = streams.slice(from, from + AT_ONCE);
    const questions = some.map(
      (stream, i) => sql`select ${sql.lit(i)} as stream where exists (${stream(stretch)})`,
    );
    const { rows } = await sql<{ stream: number }>`${sql.join(questions, sql` union all `)}`.execute(db);
    const flowing = new Set(rows.map((row) => row.stream));
    asked.push(...some.filter((_, i) => flowing.has(i)));
  }
  return asked;
}

/** The numbers of a stretch, each once. */
export function members(streams: readonly Stream[], stretch: Stretch): RawBuilder<{ number: number }> {
  return sql`(${union(streams.map((stream) => stream(stretch)))})`;
}

/** A single stream repeats nobody. Unions of unions, so that their number has no limit. */
function union(streams: readonly RawBuilder<{ number: number }>[]): RawBuilder<{ number: number }> {
  const [only] = streams;
  if (only === undefined) return sql`select number from subscribers where 1 = 0`;
  if (streams.length === 1) return only;
  const parts: RawBuilder<{ number: number }>[] = [];
  for (let from = 0; from < streams.length; from += AT_ONCE) {
    const wrapped = streams
      .slice(from, from + AT_ONCE)
      .map((stream) => sql<{ number: number }>`select number from (${stream}) as stream`);
    parts.push(sql`${sql.join(wrapped, sql` union `)}`);
  }
  const [whole] = parts;
  return parts.length === 1 && whole !== undefined ? whole : union(parts);
}

export async function streamsOf(db: Kysely<Schema>, audience: Audience): Promise<readonly Stream[]> {
  if (audience.kind === 'everyone') return [everyone(audience.critical)];
  if (audience.kind === 'chosen') {
    const { subscribed, critical } = audience;
    return subscribed === null ? [everyone(critical)] : subscribedToAny(subscribed);
  }
  if (audience.kind === 'recipients') {
    if (audience.notices.length === 0) return [];
    const campaigns = await db
      .selectFrom('campaigns')
      .select('number')
      .where('notice', 'in', audience.notices)
      .execute();
    return campaigns.map((campaign) => toldLast(campaign.number, [], false));
  }
  if (audience.kind === 'told') {
    const campaigns = await db
      .selectFrom('notices')
      .innerJoin('campaigns', 'campaigns.notice', 'notices.id')
      .select(['campaigns.number', 'campaigns.notice', 'campaigns.state'])
      .where('notices.incident', 'in', [audience.incident, ...(audience.earlier ?? [])])
      .execute();
    const known = new Set(audience.restorations);
    const restorations = campaigns.filter((c) => known.has(c.notice)).map((c) => c.number);
    const told = campaigns.filter((c) => !known.has(c.notice));
    const { followScope = 'nationwide', waiting = false } = audience;
    return [
      ...told.map(({ number, state }) =>
        toldLast(
          number,
          restorations.filter((later) => later > number),
          waiting && state === 'superseded',
        ),
      ),
      ...audience.services.map((service) => followingIn(service, followScope)),
    ];
  }
  return subscribedToAny(audience);
}

type Targets = Pick<Extract<Audience, { kind: 'subscribers' }>, 'services' | 'agencies' | 'categories'>;

function subscribedToAny(audience: Targets): readonly Stream[] {
  const targets = [
    ...audience.services.map((id) => ['service', id] as const),
    ...audience.agencies.map((id) => ['agency', id] as const),
    ...audience.categories.map((id) => ['category', id] as const),
    ['everything', '*'] as const,
  ];
  return targets.map(([kind, id]) => subscribedTo(kind, id));
}

const subscribedTo =
  (kind: string, target: string): Stream =>
  ({ after, until }) =>
    sql`
    select p.subscriber as number from subscriptions as p
    where p.kind = ${kind} and p.target = ${target} and p.subscriber > ${after} and p.subscriber <= ${until}`;

/**
 * Sending, sent, uncertain, or uncertain and about to go once more: who was told, or may have been; or still held;
 * and none of these later notices.
 */
const toldLast =
  (campaign: number, later: readonly number[], orHeld: boolean): Stream =>
  ({ after, until }) =>
    sql`
    select d.subscriber as number from deliveries as d
    where d.campaign = ${campaign} and d.subscriber > ${after} and d.subscriber <= ${until}
      and (d.state in (${sql.raw(orHeld ? '2, 4, 5, 8, 9' : '4, 5, 8, 9')})
        or (d.resent = 1 and d.state in (1, 3)))
      ${later.length === 0 ? sql`` : sql`and not ${wasTold(sql`d.subscriber`, sql.join(later))}`}`;

/** Campaigns are numbered as they were made, so a later one has a higher number. */
const wasTold = (subscriber: RawBuilder<unknown>, campaigns: RawBuilder<unknown>) => sql<SqlBool>`exists (
  select 1 from deliveries as t
  where t.campaign in (${campaigns}) and t.subscriber = ${subscriber} and t.state in (4, 5, 8, 9))`;

/** Followers whom a fault in these regions concerns. */
const followingIn = (service: ServiceId, scope: Scope): Stream =>
  scope === 'nationwide'
    ? following(service)
    : (stretch) => sql`
      select p.number from (${following(service)(stretch)}) as p cross join subscribers as s
      where s.number = p.number and ${isTouched(scope)}`;

export const following =
  (service: ServiceId): Stream =>
  ({ after, until }) =>
    sql`
    select f.subscriber as number from follows as f
    where f.service = ${service} and f.subscriber > ${after} and f.subscriber <= ${until}`;

/** A refusal is `announcements = 0`; who never was asked counts when they subscribed to something. */
const everyone =
  (critical: boolean): Stream =>
  ({ after, until }) =>
    sql`
    select a.number from subscribers as a
    where a.number > ${after} and a.number <= ${until} and (
      a.announcements = 1
      or (a.announcements = 0 and ${critical ? 1 : 0} = 1)
      or (a.announcements is null and exists (select 1 from subscriptions as p where p.subscriber = a.number)))`;

/** Whether a subscriber `s` whom the streams name is to hear of it: who gave no region hears of every one. */
export function isAddressed(audience: Audience): RawBuilder<SqlBool> {
  const active = sql<SqlBool>`s.state = 'active'`;
  if (audience.kind === 'chosen') return sql`${active} and ${isChosen(audience)}`;
  if (audience.kind !== 'subscribers') return active;
  const { scope, untold = [] } = audience;
  const touched = scope === 'nationwide' ? active : sql<SqlBool>`${active} and ${isTouched(scope)}`;
  if (untold.length === 0) return touched;
  const campaigns = sql`select c.number from campaigns as c where c.notice in (${sql.join(untold)})`;
  return sql`${touched} and not ${wasTold(sql`s.number`, campaigns)}`;
}

const isTouched = (scope: Exclude<Scope, 'nationwide'>) =>
  sql`(s.region is null${scope.length === 0 ? sql`` : sql` or s.region in (${sql.join(scope)})`})`;

/** Whom the narrowing leaves, less those who turned announcements off. Who chose no language is written to in Korean. */
function isChosen({ narrowed, critical }: Extract<Audience, { kind: 'chosen' }>): RawBuilder<SqlBool> {
  const { languages, platforms, regions } = narrowed;
  const oneOf = (column: RawBuilder<unknown>, values: readonly string[] | null) => {
    if (values === null) return sql`1 = 1`;
    return values.length === 0 ? sql`1 = 0` : sql`${column} in (${sql.join(values)})`;
  };
  const wanted = critical ? sql`1 = 1` : sql`coalesce(s.announcements, 1) = 1`;
  const language = oneOf(sql`coalesce(s.language, s.hint, 'ko')`, languages);
  return sql`${wanted} and ${language} and ${oneOf(sql`s.platform`, platforms)} and ${oneOf(sql`s.region`, regions)}`;
}

/** Says the same of `s` as of the stream it is joined to, for planners that do not see it. */
export const isWithin = ({ after, until }: Stretch): RawBuilder<SqlBool> =>
  sql`s.number > ${after} and s.number <= ${until}`;

/** The services that a member may have asked to hear of. */
export const followable = (audience: Audience): readonly ServiceId[] =>
  audience.kind === 'subscribers' || audience.kind === 'told' ? audience.services : [];

const followsOneOf = (services: readonly ServiceId[]) =>
  services.length === 0
    ? sql`1 = 0`
    : sql`exists (select 1 from follows as f where f.subscriber = s.number and f.service in (${sql.join(services)}))`;
