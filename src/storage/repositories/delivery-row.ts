import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type CampaignState, type Delivery, deliveryId } from '../../domain/campaign.ts';
import type { CampaignId, DeliveryId, NoticeId, SubscriberId } from '../../domain/ids.ts';
import { fromEpoch } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { DeliveryRow, Schema } from '../schema.ts';
import { stateIn } from './delivery-state.ts';

/** A delivery with the names that its numbers stand for. */
export interface NamedDelivery extends DeliveryRow {
  readonly campaign_id: CampaignId;
  readonly campaign_state: CampaignState;
  readonly notice: NoticeId;
  /** Null once the person was erased. */
  readonly subscriber_id: SubscriberId | null;
  readonly lane_key: string;
}

export const parseDelivery = (row: NamedDelivery): Delivery => {
  const subscriber = row.subscriber_id ?? `erased:${-row.subscriber}`;
  return {
    id: deliveryId(row.campaign_id, subscriber),
    campaign: row.campaign_id,
    notice: row.notice,
    subscriber,
    lane: row.lane_key,
    priority: row.priority,
    state: stateIn(row.campaign_state, row.state),
    dueAt: fromEpoch(row.due_at),
    attempts: row.attempts,
    resent: row.resent === 1,
    silent: row.silent === 1,
    leaseUntil: row.lease_until === null ? null : fromEpoch(row.lease_until),
    startedAt: row.started_at === null ? null : fromEpoch(row.started_at),
    messageId: row.message_id,
    error: row.error,
  };
};

/** Deliveries `d` with their names, to be narrowed down. */
export const namedDeliveries = (db: Kysely<Schema>) =>
  db
    .selectFrom('deliveries as d')
    .innerJoin('campaigns as c', 'c.number', 'd.campaign')
    .innerJoin('lane_numbers as l', 'l.number', 'd.lane')
    .leftJoin('subscribers as s', 's.number', 'd.subscriber')
    .selectAll('d')
    .select([
      'c.id as campaign_id',
      'c.state as campaign_state',
      'c.notice',
      's.id as subscriber_id',
      'l.key as lane_key',
    ]);

/** A delivery among its own kind. */
export type DeliveryKey = Pick<DeliveryRow, 'campaign' | 'subscriber'>;

/** The numbers behind these ids; an id that names nothing is passed by. */
export async function keysOf(
  db: Kysely<Schema>,
  dialect: Dialect,
  ids: readonly DeliveryId[],
): Promise<ReadonlyMap<DeliveryId, DeliveryKey>> {
  if (ids.length === 0) return new Map();
  const pairs = ids.map((id) => [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1), id]);
  const { rows } = await sql<DeliveryKey & { id: DeliveryId }>`
    select e.value->>2 as id, c.number as campaign, s.number as subscriber
    from ${dialect.elements(JSON.stringify(pairs))} as e
    cross join campaigns as c
    cross join subscribers as s
    where c.id = e.value->>0 and s.id = e.value->>1`.execute(db);
  return new Map(rows.map(({ id, ...key }) => [id, key]));
}

/** These rows as they stand, in one statement whatever their number. */
export async function rowsOf(
  db: Kysely<Schema>,
  dialect: Dialect,
  keys: readonly DeliveryKey[],
): Promise<readonly DeliveryRow[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<DeliveryRow>`
    select d.* from ${keysAsRows(dialect, keys)} as e cross join deliveries as d where ${isOneOf('d')}`.execute(
    db,
  );
  return rows;
}

/** Rows `e` of keys, for `isOneOf`. */
export const keysAsRows = (dialect: Dialect, keys: readonly DeliveryKey[]): RawBuilder<unknown> =>
  dialect.elements(JSON.stringify(keys.map((key) => [key.campaign, key.subscriber])));

export const isOneOf = (table: string): RawBuilder<boolean> => sql`
  ${sql.ref(`${table}.campaign`)} = cast(e.value->>0 as bigint)
  and ${sql.ref(`${table}.subscriber`)} = cast(e.value->>1 as bigint)`;
