import type { Kysely } from 'kysely';
import type { CampaignState } from '../../domain/campaign.ts';
import type { DeliveryId } from '../../domain/ids.ts';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { Settlement } from '../../ports/outbox.ts';
import type { Dialect } from '../dialect.ts';
import type { DeliveryRow, Schema } from '../schema.ts';
import { writeBack } from './delivery-moves.ts';
import { type DeliveryKey, keysOf, rowsOf } from './delivery-row.ts';
import { DELIVERY, isDoubtful, isUnderWay } from './delivery-state.ts';
import { Ledger } from './ledger.ts';

/** A sender that dies over and over may be dying of what it sends. */
const MOST_DEATHS = 3;

const isRunning = (state: CampaignState): boolean => state === 'fanning' || state === 'sending';

/** claimed → sending. Returns those that may go. */
export async function beginAll(
  db: Kysely<Schema>,
  dialect: Dialect,
  ids: readonly DeliveryId[],
  now: Instant,
  leaseUntil: Instant,
): Promise<ReadonlySet<DeliveryId>> {
  const { ledger, rows } = await openRows(db, dialect, ids);
  const begun = new Set<DeliveryId>();
  const changed: DeliveryRow[] = [];
  for (const [id, row] of rows) {
    if (row.state !== DELIVERY.claimed || (row.lease_until ?? 0) <= toEpoch(now)) continue;
    if (!isRunning(ledger.state(row.campaign))) continue;
    begun.add(id);
    changed.push({
      ...row,
      state: DELIVERY.sending,
      started_at: toEpoch(now),
      lease_until: toEpoch(leaseUntil),
    });
    ledger.move(row.campaign, row.state, DELIVERY.sending);
  }
  await writeBack(db, dialect, changed);
  await ledger.write();
  return begun;
}

/**
 * Settles each as its outcome says. An answer that comes after the lease ran out is still the truth, so it also settles
 * an uncertain one. Back in the queue goes nothing whose chat ended meanwhile.
 */
export async function settleAll(
  db: Kysely<Schema>,
  dialect: Dialect,
  settlements: readonly Settlement[],
  now: Instant,
): Promise<void> {
  const { ledger, rows } = await openRows(
    db,
    dialect,
    settlements.map((s) => s.id),
  );
  const active = await activeAmong(db, [...rows.values()]);
  const changed = new Map<DeliveryId, DeliveryRow>();
  for (const settlement of settlements) {
    const row = changed.get(settlement.id) ?? rows.get(settlement.id);
    if (row === undefined) continue;
    const to = nextState(row, settlement, active.has(row.subscriber));
    if (to === null) continue;
    ledger.move(row.campaign, row.state, to);
    ledger.settled(row.campaign, to, now);
    if (settlement.resent === true && row.resent === 0) ledger.resent(row.campaign);
    changed.set(settlement.id, { ...row, ...columnsOf(settlement), state: to, lease_until: null });
  }
  await writeBack(db, dialect, [...changed.values()]);
  await ledger.write();
  await clearOfSuspicion(
    db,
    [...changed.values()].filter((row) => row.state === DELIVERY.sent),
  );
}

/** Leases that ran out, or in a lane all that is out. */
export async function sweepUp(
  db: Kysely<Schema>,
  dialect: Dialect,
  now: Instant,
  lane: string | undefined,
): Promise<{ readonly released: number; readonly uncertain: number }> {
  const out = await db
    .selectFrom('deliveries as d')
    .innerJoin('lane_numbers as l', 'l.number', 'd.lane')
    .select(['d.campaign', 'd.subscriber'])
    .where(isUnderWay)
    .where((e) => (lane === undefined ? e('d.lease_until', '<=', toEpoch(now)) : e('l.key', '=', lane)))
    .execute();
  const { ledger, rows } = await reopen(db, dialect, out);
  const swept = { released: 0, uncertain: 0 };
  const changed: DeliveryRow[] = [];
  for (const row of rows) {
    if (lane === undefined && (row.lease_until ?? 0) > toEpoch(now)) continue;
    if (row.state !== DELIVERY.claimed && row.state !== DELIVERY.sending) continue;
    const next = row.state === DELIVERY.claimed ? { ...row, state: DELIVERY.ready } : abandoned(row);
    swept[row.state === DELIVERY.claimed ? 'released' : 'uncertain']++;
    ledger.move(row.campaign, row.state, next.state);
    ledger.settled(row.campaign, next.state, now);
    changed.push({ ...next, lease_until: null });
  }
  await writeBack(db, dialect, changed);
  await ledger.write();
  return swept;
}

/** Sends what is in doubt once more, without sound, if its chat is active and its campaign running. */
export async function requeueDoubtful(
  db: Kysely<Schema>,
  dialect: Dialect,
  lane: string,
  now: Instant,
): Promise<number> {
  const { ledger, rows } = await reopen(db, dialect, await doubtfulIn(db, lane, null));
  const active = await activeAmong(db, rows);
  const changed: DeliveryRow[] = [];
  for (const row of rows) {
    if (row.state !== DELIVERY.doubtful || !active.has(row.subscriber)) continue;
    if (!isRunning(ledger.state(row.campaign))) continue;
    ledger.move(row.campaign, row.state, DELIVERY.ready);
    if (row.resent === 0) ledger.resent(row.campaign);
    changed.push({ ...row, state: DELIVERY.ready, resent: 1, silent: 1, due_at: toEpoch(now) });
  }
  await writeBack(db, dialect, changed);
  await ledger.write();
  return changed.length;
}

/** What is in doubt in a lane and may still be sent. */
export const doubtfulIn = (
  db: Kysely<Schema>,
  lane: string,
  limit: number | null,
): Promise<readonly DeliveryKey[]> =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('campaigns as c', 'c.number', 'd.campaign')
    .innerJoin('lane_numbers as l', 'l.number', 'd.lane')
    .innerJoin('subscribers as s', 's.number', 'd.subscriber')
    .select(['d.campaign', 'd.subscriber'])
    .where(isDoubtful)
    .where('l.key', '=', lane)
    .where('c.state', 'in', ['fanning', 'sending'])
    .where('s.state', '=', 'active')
    .orderBy('d.started_at')
    .$if(limit !== null, (query) => query.limit(limit ?? 0))
    .execute();

/** Takes back all that is claimed of a campaign, so that it is claimed anew. The caller holds its counts. */
export async function giveBackClaimed(db: Kysely<Schema>, campaign: number): Promise<void> {
  await db
    .updateTable('deliveries as d')
    .set({ state: DELIVERY.ready, lease_until: null })
    .where(isUnderWay)
    .where('d.state', '=', DELIVERY.claimed)
    .where('d.campaign', '=', campaign)
    .execute();
}

/** The kept state that a settlement leads to; null when it comes too late or too early. */
function nextState(row: DeliveryRow, { state }: Settlement, active: boolean): number | null {
  if (state === 'ready' || state === 'held') {
    if (![DELIVERY.claimed, DELIVERY.sending, DELIVERY.doubtful].some((from) => from === row.state))
      return null;
    return active ? DELIVERY[state] : DELIVERY.ended;
  }
  if (row.state === DELIVERY.sending)
    return state === 'uncertain' && row.resent === 0 ? DELIVERY.doubtful : DELIVERY[state];
  const doubted = row.state === DELIVERY.uncertain || row.state === DELIVERY.doubtful;
  return doubted && state !== 'uncertain' ? DELIVERY[state] : null;
}

/** A death says nothing about the platform: what was out then may go again, even if it had gone again before. */
const abandoned = (row: DeliveryRow): DeliveryRow => ({
  ...row,
  state: row.attempts < MOST_DEATHS || row.resent === 0 ? DELIVERY.doubtful : DELIVERY.uncertain,
  attempts: row.attempts + 1,
});

const columnsOf = (to: Settlement): Partial<DeliveryRow> => ({
  ...(to.messageId !== undefined && { message_id: to.messageId }),
  ...(to.error !== undefined && { error: to.error }),
  ...(to.attempts !== undefined && { attempts: to.attempts }),
  ...(to.resent !== undefined && { resent: Number(to.resent) }),
  ...(to.silent !== undefined && { silent: Number(to.silent) }),
  ...(to.dueAt !== undefined && { due_at: toEpoch(to.dueAt) }),
});

/** The rows behind ids with their counts, held; read only once the counts are. */
async function openRows(
  db: Kysely<Schema>,
  dialect: Dialect,
  ids: readonly DeliveryId[],
): Promise<{ ledger: Ledger; rows: ReadonlyMap<DeliveryId, DeliveryRow> }> {
  const keys = await keysOf(db, dialect, ids);
  const { ledger, rows } = await reopen(db, dialect, [...keys.values()]);
  const byKey = new Map(rows.map((row) => [`${row.campaign} ${row.subscriber}`, row]));
  const found = new Map<DeliveryId, DeliveryRow>();
  for (const [id, key] of keys) {
    const row = byKey.get(`${key.campaign} ${key.subscriber}`);
    if (row !== undefined) found.set(id, row);
  }
  return { ledger, rows: found };
}

async function reopen(
  db: Kysely<Schema>,
  dialect: Dialect,
  keys: readonly DeliveryKey[],
): Promise<{ ledger: Ledger; rows: readonly DeliveryRow[] }> {
  const ledger = await Ledger.open(
    db,
    dialect,
    keys.map((key) => key.campaign),
  );
  return { ledger, rows: await rowsOf(db, dialect, keys) };
}

async function activeAmong(db: Kysely<Schema>, rows: readonly DeliveryRow[]): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set();
  const found = await db
    .selectFrom('subscribers')
    .select('number')
    .where(
      'number',
      'in',
      rows.map((row) => row.subscriber),
    )
    .where('state', '=', 'active')
    .execute();
  return new Set(found.map((row) => row.number));
}

/** What was sent was found. */
async function clearOfSuspicion(db: Kysely<Schema>, sent: readonly DeliveryRow[]): Promise<void> {
  if (sent.length === 0) return;
  await db
    .updateTable('subscribers')
    .set({ suspected_at: null })
    .where(
      'number',
      'in',
      sent.map((row) => row.subscriber),
    )
    .where('suspected_at', 'is not', null)
    .execute();
}
