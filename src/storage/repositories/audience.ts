import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Audience } from '../../domain/audience.ts';
import type { ServiceId, SubscriberId } from '../../domain/ids.ts';
import type { Scope } from '../../domain/incident.ts';
import type { Recipient } from '../../ports/outbox.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import { parseSubscriber } from './subscribers.ts';

/*
 * An audience is the union of a few sorted streams of subscriber ids: one a subscribed target, one a followed service,
 * one a notice already told. Each is a stretch of an index, so a page costs the same wherever the cursor stands
 * and however many chats there are beside the audience. `cross join` keeps SQLite from turning a stream inside out.
 */
type Stream = (after: SubscriberId, limit: number | null) => RawBuilder<{ id: string }>;

/** Streams in one union; SQLite takes 500 at most. */
const AT_ONCE = 100;

/** One page of an audience, by subscriber id. */
export async function audiencePage(
  db: Kysely<Schema>,
  audience: Audience,
  after: SubscriberId | null,
  limit: number,
): Promise<readonly Recipient[]> {
  const ids = union((await streamsOf(db, audience)).map((stream) => stream(after ?? '', limit)));
  const { rows } = await sql<SubscriberRow & { follows: SqlBool }>`
    select s.*, ${followsOneOf(followable(audience))} as follows
    from (select id from (${ids}) as everybody order by id limit ${limit}) as page
    join subscribers as s on s.id = page.id
    order by s.id`.execute(db);
  return rows.map(({ follows, ...row }) => ({
    subscriber: parseSubscriber(row),
    follows: Boolean(follows),
  }));
}

/** How many an audience holds. */
export async function audienceSize(db: Kysely<Schema>, audience: Audience): Promise<number> {
  const ids = union((await streamsOf(db, audience)).map((stream) => stream('', null)));
  const { rows } = await sql<{ size: number }>`select count(*) as size from (${ids}) as everybody`.execute(
    db,
  );
  return rows[0]?.size ?? 0;
}

/** Each id once. Unions of unions, so that their number has no limit. */
function union(streams: readonly RawBuilder<{ id: string }>[]): RawBuilder<{ id: string }> {
  if (streams.length === 0) return sql`select id from subscribers where 1 = 0`;
  const parts: RawBuilder<{ id: string }>[] = [];
  for (let from = 0; from < streams.length; from += AT_ONCE) {
    const wrapped = streams
      .slice(from, from + AT_ONCE)
      .map((stream) => sql<{ id: string }>`select id from (${stream}) as stream`);
    parts.push(sql<{ id: string }>`${sql.join(wrapped, sql` union `)}`);
  }
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : union(parts);
}

async function streamsOf(db: Kysely<Schema>, audience: Audience): Promise<readonly Stream[]> {
  if (audience.kind === 'everyone') return [everyone(audience.critical)];
  if (audience.kind === 'told') {
    const notices = await db
      .selectFrom('notices')
      .select('id')
      .where('incident', '=', audience.incident)
      .execute();
    return [
      ...notices.flatMap(({ id }) => ['sent', 'sending', 'uncertain'].map((state) => told(id, state))),
      ...audience.services.map(following),
    ];
  }
  const targets = [
    ...audience.services.map((id) => ['service', id] as const),
    ...audience.agencies.map((id) => ['agency', id] as const),
    ...audience.categories.map((id) => ['category', id] as const),
    ['everything', '*'] as const,
  ];
  return targets.map(([kind, id]) => subscribedTo(kind, id, audience.scope));
}

const atMost = (limit: number | null) => (limit === null ? sql`` : sql`limit ${limit}`);

const subscribedTo =
  (kind: string, target: string, scope: Scope): Stream =>
  (after, limit) =>
    sql`
    select p.subscriber as id from subscriptions as p cross join subscribers as s
    where p.kind = ${kind} and p.target = ${target} and p.subscriber > ${after}
      and s.id = p.subscriber and s.state = 'active' and ${isTouched(scope)}
    order by p.subscriber ${atMost(limit)}`;

const told =
  (notice: string, state: string): Stream =>
  (after, limit) =>
    sql`
    select d.subscriber as id from deliveries as d cross join subscribers as s
    where d.notice = ${notice} and d.state = ${state} and d.subscriber > ${after}
      and s.id = d.subscriber and s.state = 'active'
    order by d.subscriber ${atMost(limit)}`;

const following =
  (service: ServiceId): Stream =>
  (after, limit) =>
    sql`
    select f.subscriber as id from follows as f cross join subscribers as s
    where f.service = ${service} and f.subscriber > ${after}
      and s.id = f.subscriber and s.state = 'active'
    order by f.subscriber ${atMost(limit)}`;

/** A refusal is `announcements = 0`; who never was asked counts when they subscribed to something. */
const everyone =
  (critical: boolean): Stream =>
  (after, limit) =>
    sql`
    select s.id from subscribers as s
    where s.state = 'active' and s.id > ${after} and (
      s.announcements = 1
      or (s.announcements = 0 and ${critical ? 1 : 0} = 1)
      or (s.announcements is null and exists (select 1 from subscriptions as p where p.subscriber = s.id)))
    order by s.id ${atMost(limit)}`;

/** Who gave no region hears of every one. */
const isTouched = (scope: Scope) =>
  scope === 'nationwide'
    ? sql`1 = 1`
    : sql`(s.region is null${scope.length === 0 ? sql`` : sql` or s.region in (${sql.join(scope)})`})`;

const followable = (audience: Audience): readonly ServiceId[] =>
  audience.kind === 'everyone' ? [] : audience.services;

const followsOneOf = (services: readonly ServiceId[]) =>
  services.length === 0
    ? sql`1 = 0`
    : sql`exists (select 1 from follows as f where f.subscriber = s.id and f.service in (${sql.join(services)}))`;
