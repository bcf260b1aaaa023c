import { type Kysely, sql } from 'kysely';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import { LANGUAGES } from '../../domain/language.ts';
import type { DeliveryRow, Schema } from '../schema.ts';
import { DELIVERY, isWaiting } from './delivery-state.ts';
import { LANE_SIZE } from './lane-numbers.ts';
import { isUnfinished } from './unfinished.ts';

/** A lane as a claim sees it. */
export interface LaneRow {
  readonly number: number;
  readonly key: string;
}

/** What waits in the index under one key. */
export interface Queue {
  readonly campaign: number;
  readonly priority: number;
  readonly language: number;
  /** When its first is due. */
  readonly due: number;
}

/** The stretch of a campaign's deliveries that stand in line in one lane. */
export interface Line {
  readonly campaign: number;
  readonly priority: number;
  /** The last subscriber that was claimed or passed by. */
  readonly head: number;
  /** When it was begun: since then all in it is due. */
  readonly since: number;
  /** The last subscriber written so far. */
  readonly end: number;
  /** Languages whose rendition was stopped. */
  readonly stopped: readonly number[];
}

/** One that may be claimed now. */
export type Candidate = Pick<DeliveryRow, 'campaign' | 'subscriber' | 'priority' | 'state' | 'due_at'>;

/** Numbers looked at in one step along a line, and steps at most in one claim: so none takes long. */
const STEP = 4_000;
const STEPS = 10;

const PRIORITIES = [0, 1, 2, 3, 4];

/** All that waits in the index of a lane, due or not, most urgent first; none of a paused campaign or a stopped rendition. */
export async function queuesOf(db: Kysely<Schema>, lane: LaneRow): Promise<readonly Queue[]> {
  const kinds = PRIORITIES.flatMap((priority) => LANGUAGES.map((_, language) => [priority, language]));
  const { rows } = await sql<Omit<Queue, 'due'> & { due: number | null }>`
    with kinds (priority, language) as (values ${sql.raw(kinds.map(([p, l]) => `(${p}, ${l})`).join(', '))})
    select c.number as campaign, kinds.priority, kinds.language, (
      select d.due_at from deliveries as d
      where d.campaign = c.number and d.lane = ${lane.number} and d.priority = kinds.priority
        and d.language = kinds.language and ${isWaiting}
      order by d.due_at limit 1) as due
    from campaigns as c cross join kinds
    where c.${isUnfinished} and c.state in ('fanning', 'sending') and not exists (
      select 1 from stopped_renditions as r
      where r.campaign = c.number and r.platform = ${platformOf(lane)} and r.language = kinds.language)
    order by kinds.priority, c.number`.execute(db);
  return rows.flatMap(({ due, ...queue }) => (due === null ? [] : [{ ...queue, due }]));
}

/** The lines of a lane that have not been walked to their end, as far as they are written. */
export async function linesOf(db: Kysely<Schema>, lane: LaneRow): Promise<readonly Line[]> {
  const lines = await db
    .with('running', (cte) =>
      cte
        .selectFrom('campaigns')
        .select(['number', 'cursor', 'started_at'])
        .where(isUnfinished)
        .where('state', 'in', ['fanning', 'sending']),
    )
    .selectFrom('running')
    .innerJoin('delivery_lines as line', 'line.campaign', 'running.number')
    .select(['line.campaign', 'line.priority', 'line.head', 'running.cursor', 'running.started_at'])
    .where('line.lane', '=', lane.number)
    .whereRef('line.head', '<', 'running.cursor')
    .where('line.head', '<', endOf(lane))
    .orderBy('line.priority')
    .orderBy('line.campaign')
    .execute();
  if (lines.length === 0) return [];
  const stopped = await db
    .selectFrom('stopped_renditions')
    .select(['campaign', 'language'])
    .where('platform', '=', platformOf(lane))
    .where(
      'campaign',
      'in',
      lines.map((line) => line.campaign),
    )
    .execute();
  return lines.map(({ cursor, started_at, ...line }) => ({
    ...line,
    since: started_at === null ? 0 : toEpoch(started_at),
    end: Math.min(cursor, endOf(lane)),
    stopped: stopped.filter((s) => s.campaign === line.campaign).map((s) => s.language),
  }));
}

const endOf = (lane: LaneRow): number => (lane.number + 1) * LANE_SIZE - 1;
const platformOf = (lane: LaneRow): string => lane.key.slice(0, lane.key.indexOf(':'));

/** The first due of a queue, whose chats are active and have nothing under way. */
export function readWaiting(
  db: Kysely<Schema>,
  lane: LaneRow,
  { campaign, priority, language }: Queue,
  limit: number,
  now: Instant,
): Promise<readonly Candidate[]> {
  return db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as s', 's.number', 'd.subscriber')
    .select(['d.campaign', 'd.subscriber', 'd.priority', 'd.state', 'd.due_at'])
    .where('d.campaign', '=', campaign)
    .where('d.lane', '=', lane.number)
    .where('d.priority', '=', priority)
    .where('d.language', '=', language)
    .where(isWaiting)
    .where('d.due_at', '<=', toEpoch(now))
    .where('s.state', '=', 'active')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as other')
            .select('other.campaign')
            .whereRef('other.subscriber', '=', 'd.subscriber')
            .where(sql<boolean>`other.state in (3, 4)`),
        ),
      ),
    )
    .orderBy('d.due_at')
    .orderBy('d.subscriber')
    .limit(limit)
    .execute();
}

/** What a walk along a line came upon. */
export interface Stretch {
  readonly candidates: readonly Candidate[];
  /** Those that cannot go now and shall not hold up the line. */
  readonly passed: readonly number[];
  /** How far it looked. */
  readonly reached: number;
}

/** Walks on along a line until it has enough. */
export async function readLine(db: Kysely<Schema>, line: Line, enough: number): Promise<Stretch> {
  const candidates: Candidate[] = [];
  const passed: number[] = [];
  let reached = line.head;
  for (let step = 0; step < STEPS && reached < line.end && candidates.length < enough; step++) {
    const limit = enough - candidates.length + line.stopped.length * STEP;
    const until = Math.min(reached + STEP, line.end);
    const rows = await inLine(db, line.campaign, reached, until, limit);
    for (const { busy, active, language, ...row } of rows) {
      if (busy === 1 || active === 0 || line.stopped.includes(language)) passed.push(row.subscriber);
      else candidates.push(row);
    }
    reached = rows.length < limit ? until : (rows.at(-1)?.subscriber ?? until);
  }
  return { candidates, passed, reached };
}

const inLine = (db: Kysely<Schema>, campaign: number, after: number, until: number, limit: number) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('subscribers as s', 's.number', 'd.subscriber')
    .select(['d.campaign', 'd.subscriber', 'd.priority', 'd.state', 'd.due_at', 'd.language'])
    .select(sql<number>`case when s.state = 'active' then 1 else 0 end`.as('active'))
    .select(
      sql<number>`case when exists (
        select 1 from deliveries as other where other.subscriber = d.subscriber and other.state in (3, 4)
      ) then 1 else 0 end`.as('busy'),
    )
    .where('d.campaign', '=', campaign)
    .where('d.subscriber', '>', after)
    .where('d.subscriber', '<=', until)
    .where('d.state', '=', DELIVERY.inLine)
    .orderBy('d.subscriber')
    .limit(limit)
    .execute();

/** Writes down how far a line was walked; what was passed by waits in the index from now on. */
export async function walkTo(
  db: Kysely<Schema>,
  lane: LaneRow,
  { campaign }: Line,
  head: number,
  passed: readonly number[],
): Promise<void> {
  await db
    .updateTable('delivery_lines')
    .set({ head })
    .where('campaign', '=', campaign)
    .where('lane', '=', lane.number)
    .execute();
  if (passed.length === 0) return;
  await db
    .updateTable('deliveries')
    .set({ state: DELIVERY.ready })
    .where('campaign', '=', campaign)
    .where('subscriber', 'in', passed)
    .where('state', '=', DELIVERY.inLine)
    .execute();
}
