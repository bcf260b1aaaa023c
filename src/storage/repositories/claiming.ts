import { type Kysely, sql } from 'kysely';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import { languageOf } from '../../domain/subscriber.ts';
import type { Claim, ClaimRequest } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { Schema, SubscriberRow } from '../schema.ts';
import {
  type DeliveryKey,
  isOneOf,
  keysAsRows,
  namedDeliveries,
  parseDelivery,
  rowsOf,
} from './delivery-row.ts';
import { DELIVERY } from './delivery-state.ts';
import { Ledger } from './ledger.ts';
import { type Candidate, type LaneRow, linesOf, queuesOf, readLine, readWaiting, walkTo } from './queues.ts';
import { parseSubscriber } from './subscribers.ts';
import { isUnfinished } from './unfinished.ts';

/** Picks what goes next in a lane and leases it, inside a transaction. */
export async function claimIn(
  db: Kysely<Schema>,
  dialect: Dialect,
  request: ClaimRequest,
): Promise<readonly Claim[]> {
  const lane = await db
    .selectFrom('lane_numbers')
    .select(['number', 'key'])
    .where('key', '=', request.lane)
    // One claim at a time in a lane: a chat is in one lane, so it gets one message at a time.
    .$if(dialect.locksRows, (query) => query.forUpdate())
    .executeTakeFirst();
  if (lane === undefined) return [];
  const chosen = await choose(db, lane, request);
  const companions = await companionsOf(db, lane, chosen, request.now);
  const taken = await lease(db, dialect, [...chosen, ...companions], request.leaseUntil);
  const extra = new Set(companions.map(keyText));
  const claims = await claimsOf(
    db,
    dialect,
    taken.filter((key) => !extra.has(keyText(key))),
  );
  const others = await claimsOf(
    db,
    dialect,
    taken.filter((key) => extra.has(keyText(key))),
  );
  return claims.map((claim) => {
    const also = others.filter(({ delivery }) => delivery.subscriber === claim.delivery.subscriber);
    return also.length === 0 ? claim : { ...claim, also: also.map(({ delivery }) => delivery) };
  });
}

/** What else was held for those who are about to hear of what was held: in the morning everything comes as one message. */
async function companionsOf(
  db: Kysely<Schema>,
  lane: LaneRow,
  chosen: readonly Candidate[],
  now: Instant,
): Promise<readonly Candidate[]> {
  const held = chosen.filter((candidate) => candidate.state === DELIVERY.held);
  if (held.length === 0) return [];
  const known = new Set(held.map(keyText));
  const found = await db
    .selectFrom('campaigns as c')
    .innerJoin('deliveries as d', 'd.campaign', 'c.number')
    .select(['d.campaign', 'd.subscriber', 'd.priority', 'd.state', 'd.due_at'])
    .where(sql<boolean>`c.${isUnfinished}`)
    .where('c.state', 'in', ['fanning', 'sending'])
    .where('d.lane', '=', lane.number)
    .where(
      'd.subscriber',
      'in',
      held.map((candidate) => candidate.subscriber),
    )
    .where('d.state', '=', DELIVERY.held)
    .where('d.due_at', '<=', toEpoch(now))
    .orderBy('d.campaign')
    .execute();
  return found.filter((candidate) => !known.has(keyText(candidate)));
}

/** By priority, but for the places that the floor keeps for the less urgent. */
async function choose(
  db: Kysely<Schema>,
  lane: LaneRow,
  { limit, now, floor = 0, moreUrgentThan = Number.POSITIVE_INFINITY }: ClaimRequest,
): Promise<readonly Candidate[]> {
  const queues = (await queuesOf(db, lane)).filter((queue) => queue.due <= toEpoch(now));
  const lines = await linesOf(db, lane);
  const [first, ...rest] = [...new Set([...queues, ...lines].map((source) => source.priority))]
    .filter((priority) => priority < moreUrgentThan)
    .sort((a, b) => a - b);
  if (first === undefined) return [];

  const chosen = new Map<number, Candidate>();
  const take = async (priority: number, places: number): Promise<void> => {
    if (places <= 0) return;
    const found: Candidate[] = [];
    for (const queue of queues.filter((q) => q.priority === priority))
      found.push(...(await readWaiting(db, lane, queue, places + chosen.size, now)));
    const walks = [];
    for (const line of lines.filter((l) => l.priority === priority)) {
      const stretch = await readLine(db, line, places + chosen.size);
      walks.push({ line, stretch });
      found.push(...stretch.candidates);
    }
    found.sort((a, b) => a.due_at - b.due_at || a.subscriber - b.subscriber);
    const free = found.filter(firstOfChat(chosen)).slice(0, places);
    for (const candidate of free) chosen.set(candidate.subscriber, candidate);
    for (const { line, stretch } of walks) {
      const left = stretch.candidates.find((c) => chosen.get(c.subscriber)?.campaign !== c.campaign);
      const head = left === undefined ? stretch.reached : left.subscriber - 1;
      if (head <= line.head) continue;
      const passed = stretch.passed.filter((subscriber) => subscriber <= head);
      await walkTo(db, lane, line, head, passed);
    }
  };
  // The less urgent first take what the floor keeps for them, then the most urgent, then whoever is left.
  for (const priority of rest) await take(priority, floor - chosen.size);
  await take(first, limit - chosen.size);
  for (const priority of rest) await take(priority, limit - chosen.size);
  return [...chosen.values()].sort((a, b) => a.priority - b.priority || a.due_at - b.due_at);
}

/** True of the first that comes for a chat which has none yet. */
function firstOfChat(chosen: ReadonlyMap<number, Candidate>): (candidate: Candidate) => boolean {
  const seen = new Set<number>();
  return ({ subscriber }) => {
    if (chosen.has(subscriber) || seen.has(subscriber)) return false;
    seen.add(subscriber);
    return true;
  };
}

/** Takes the lease of what is still there to be taken. */
async function lease(
  db: Kysely<Schema>,
  dialect: Dialect,
  chosen: readonly Candidate[],
  until: Instant,
): Promise<readonly DeliveryKey[]> {
  if (chosen.length === 0) return [];
  // Who is claimed counts as ready, so only what was held moves in the counts.
  const held = new Set(chosen.filter((c) => c.state === DELIVERY.held).map(keyText));
  const ledger = await Ledger.open(
    db,
    dialect,
    held.size === 0 ? [] : chosen.map((candidate) => candidate.campaign),
  );
  const { rows } = await sql<DeliveryKey>`
    update deliveries set state = ${sql.lit(DELIVERY.claimed)}, lease_until = ${toEpoch(until)}
    from ${keysAsRows(dialect, chosen)} as e
    where ${isOneOf('deliveries')} and deliveries.state in (0, 1, 2)
    returning deliveries.campaign, deliveries.subscriber`.execute(db);
  const leased = new Set(rows.map(keyText));
  const taken = chosen.filter((candidate) => leased.has(keyText(candidate)));
  for (const candidate of taken) {
    if (held.has(keyText(candidate))) ledger.move(candidate.campaign, DELIVERY.held, DELIVERY.claimed);
  }
  await ledger.write();
  return taken;
}

const keyText = ({ campaign, subscriber }: DeliveryKey): string => `${campaign} ${subscriber}`;

/** With what sending needs: the chat, and the opening notice's message in it. In the order of the keys. */
export async function claimsOf(
  db: Kysely<Schema>,
  dialect: Dialect,
  keys: readonly DeliveryKey[],
): Promise<readonly Claim[]> {
  if (keys.length === 0) return [];
  const subscribers = keys.map((key) => key.subscriber);
  const rows = await namedDeliveries(db)
    .where('d.campaign', 'in', [...new Set(keys.map((key) => key.campaign))])
    .where('d.subscriber', 'in', subscribers)
    .execute();
  const deliveries = new Map(rows.map((row) => [keyText(row), row]));
  const people = await db.selectFrom('subscribers').selectAll().where('number', 'in', subscribers).execute();
  const chats = new Map<number, SubscriberRow>(people.map((row) => [row.number, row]));
  const openings = await openingMessages(db, dialect, keys);
  return keys.flatMap((key) => {
    const row = deliveries.get(keyText(key));
    const chat = chats.get(key.subscriber);
    if (row === undefined || chat === undefined) return [];
    const subscriber = parseSubscriber(chat);
    return {
      delivery: parseDelivery(row),
      chat: subscriber.chat,
      language: languageOf(subscriber),
      replyTo: openings.get(keyText(key)) ?? null,
    };
  });
}

/** By delivery: the message in which its chat first heard of the incident. */
async function openingMessages(
  db: Kysely<Schema>,
  dialect: Dialect,
  keys: readonly DeliveryKey[],
): Promise<ReadonlyMap<string, string>> {
  const found = await db
    .selectFrom('campaigns as c')
    .innerJoin('notices as n', 'n.id', 'c.notice')
    .select(['c.number as campaign'])
    .select((e) =>
      e
        .selectFrom('notices as opening')
        .innerJoin('campaigns as first', 'first.notice', 'opening.id')
        .select('first.number')
        .whereRef('opening.incident', '=', 'n.incident')
        .orderBy('opening.sequence')
        .orderBy('opening.created_at')
        .limit(1)
        .as('opening'),
    )
    .where('c.number', 'in', [...new Set(keys.map((key) => key.campaign))])
    .execute();
  const openings = new Map(found.map((row) => [row.campaign, row.opening]));
  const sought = keys.flatMap(({ campaign, subscriber }) => {
    const opening = openings.get(campaign);
    return opening == null || opening === campaign ? [] : [{ campaign: opening, subscriber }];
  });
  const messages = new Map<string, string>();
  for (const row of await rowsOf(db, dialect, sought)) {
    if (row.state === DELIVERY.sent && row.message_id !== null) messages.set(keyText(row), row.message_id);
  }
  return new Map(
    keys.flatMap((key) => {
      const opening = openings.get(key.campaign);
      const message = opening == null ? undefined : messages.get(keyText({ ...key, campaign: opening }));
      return message === undefined ? [] : [[keyText(key), message]];
    }),
  );
}
