import { type ColumnDefinitionBuilder, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';
import type { Schema } from '../schema.ts';

const needed = (c: ColumnDefinitionBuilder) => c.notNull();
const key = (c: ColumnDefinitionBuilder) => c.primaryKey().notNull();

/** What is built anew, with what it held. */
const REBUILT = ['subscriptions', 'follows', 'subscribers', 'deliveries', 'campaigns'] as const;

/**
 * The outbox in numbers instead of words, so that a notice to a million takes seconds: subscribers and campaigns get a
 * number, a delivery is known by the two, its counts are kept, and only what is not simply next in line is indexed.
 */
export async function outboxInNumbers(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  for (const table of REBUILT) {
    await sql`create temporary table ${old(table)} as select * from ${sql.table(table)}`.execute(db);
  }
  for (const table of [...REBUILT, 'delivery_queues']) await db.schema.dropTable(table).execute();
  await createPeople(db, dialect);
  await createOutbox(db, dialect);
  await carryPeopleOver(db);
  await carryOutboxOver(db, dialect);
  await indexOutbox(db);
  for (const table of REBUILT) await sql`drop table ${old(table)}`.execute(db);
}

const old = (table: (typeof REBUILT)[number]) => sql.table(`old_${table}`);

async function createPeople(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const { text, whole } = dialect;
  await dialect
    .withSequence(db.schema.createTable('lane_numbers'), 'number')
    .addColumn('key', text, (c) => c.notNull().unique())
    .addColumn('last', whole, needed)
    .execute();
  // What a fan-out reads stands first: SQLite reads a row from its beginning.
  await db.schema
    .createTable('subscribers')
    .addColumn('number', whole, key)
    .addColumn('state', text, needed)
    .addColumn('region', text)
    .addColumn('quiet_hours', text)
    .addColumn('language', text)
    .addColumn('hint', text)
    .addColumn('announcements', 'integer')
    .addColumn('id', text, (c) => c.notNull().unique())
    .addColumn('platform', text, needed)
    .addColumn('workspace', text, needed)
    .addColumn('chat', text, needed)
    .addColumn('kind', text, needed)
    .addColumn('ended_because', text)
    .addColumn('suspected_at', text)
    .addColumn('created_at', text, needed)
    .addColumn('seen_at', text, needed)
    .addUniqueConstraint('subscribers_chat', ['platform', 'workspace', 'chat'])
    .execute();
  // Which quiet hours were chosen at all.
  await db.schema
    .createIndex('subscribers_quiet_hours')
    .on('subscribers')
    .column('quiet_hours')
    .where(sql<boolean>`quiet_hours is not null`)
    .execute();

  await dialect
    .clustered(db.schema.createTable('subscriptions'))
    .addColumn('subscriber', whole, (c) => c.notNull().references('subscribers.number').onDelete('cascade'))
    .addColumn('kind', text, needed)
    .addColumn('target', text, needed)
    .addColumn('created_at', text, needed)
    .addPrimaryKeyConstraint('subscriptions_key', ['subscriber', 'kind', 'target'])
    .execute();
  // An audience is read along this one.
  await db.schema
    .createIndex('subscriptions_by_target')
    .on('subscriptions')
    .columns(['kind', 'target', 'subscriber'])
    .execute();

  await dialect
    .clustered(db.schema.createTable('follows'))
    .addColumn('subscriber', whole, (c) => c.notNull().references('subscribers.number').onDelete('cascade'))
    .addColumn('service', text, needed)
    .addColumn('incident', text)
    .addColumn('created_at', text, needed)
    .addColumn('expires_at', text, needed)
    .addPrimaryKeyConstraint('follows_key', ['subscriber', 'service'])
    .execute();
  await db.schema
    .createIndex('follows_by_service')
    .on('follows')
    .columns(['service', 'subscriber'])
    .execute();
  await db.schema.createIndex('follows_expiry').on('follows').column('expires_at').execute();
}

async function createOutbox(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const { text, whole } = dialect;
  await dialect
    .withSequence(db.schema.createTable('campaigns'), 'number')
    .addColumn('id', text, (c) => c.notNull().unique())
    .addColumn('notice', text, (c) => c.notNull().unique().references('notices.id'))
    .addColumn('state', text, needed)
    .addColumn('resume_to', text)
    .addColumn('hold_until', text, needed)
    .addColumn('cursor', whole, needed)
    .addColumn('created_at', text, needed)
    .addColumn('started_at', text)
    .addColumn('finished_at', text)
    .addColumn('rows_kept', 'integer', needed)
    .execute();
  await db.schema
    .createTable('campaign_counts')
    .addColumn('campaign', whole, key)
    .$call((table) => COUNTERS.reduce((t, column) => t.addColumn(column, whole, needed), table))
    .addColumn('times', text, needed)
    .execute();
  await db.schema
    .createTable('stopped_renditions')
    .addColumn('campaign', whole, needed)
    .addColumn('platform', text, needed)
    .addColumn('language', 'integer', needed)
    .addColumn('why', text, needed)
    .addColumn('at', text, needed)
    .addPrimaryKeyConstraint('stopped_renditions_key', ['campaign', 'platform', 'language'])
    .execute();
  // No foreign keys: an erased person's rows stay, so that the counts of a notice never change.
  await dialect
    .clustered(db.schema.createTable('deliveries'))
    .addColumn('campaign', whole, needed)
    .addColumn('subscriber', whole, needed)
    .addColumn('lane', 'integer', needed)
    .addColumn('priority', 'smallint', needed)
    .addColumn('language', 'smallint', needed)
    .addColumn('state', 'smallint', needed)
    .addColumn('due_at', whole, needed)
    .addColumn('attempts', 'smallint', needed)
    .addColumn('resent', 'smallint', needed)
    .addColumn('silent', 'smallint', needed)
    .addColumn('lease_until', whole)
    .addColumn('started_at', whole)
    .addColumn('message_id', text)
    .addColumn('error', text)
    .addPrimaryKeyConstraint('deliveries_key', ['campaign', 'subscriber'])
    .execute();
  await dialect
    .clustered(db.schema.createTable('delivery_lines'))
    .addColumn('campaign', whole, needed)
    .addColumn('lane', 'integer', needed)
    .addColumn('priority', 'integer', needed)
    .addColumn('head', whole, needed)
    .addPrimaryKeyConstraint('delivery_lines_key', ['campaign', 'lane'])
    .execute();
}

const COUNTERS = [
  'audience',
  'ready',
  'held',
  'sending',
  'sent',
  'ended',
  'failed',
  'uncertain',
  'superseded',
  'cancelled',
  'resent',
  'pulse_at',
  'pulse',
  'pulse_before',
] as const;

/** Each small: a delivery in line stands in none of them, so a fan-out writes one tree, and a claim finds them short. */
async function indexOutbox(db: Kysely<Schema>): Promise<void> {
  const deliveries = (name: string) => db.schema.createIndex(`deliveries_${name}`).on('deliveries');
  await deliveries('waiting')
    .columns(['campaign', 'lane', 'priority', 'language', 'due_at'])
    .where(sql<boolean>`state in (1, 2)`)
    .execute();
  await deliveries('under_way').columns(['subscriber']).where(sql<boolean>`state in (3, 4)`).execute();
  await deliveries('failed').columns(['campaign']).where(sql<boolean>`state = 7`).execute();
  await deliveries('doubtful').columns(['campaign', 'lane']).where(sql<boolean>`state = 9`).execute();
  await db.schema
    .createIndex('campaigns_unfinished')
    .on('campaigns')
    .column('state')
    .where(sql<boolean>`state in ('holding', 'fanning', 'sending', 'paused')`)
    .execute();
  await db.schema
    .createIndex('campaigns_kept')
    .on('campaigns')
    .column('finished_at')
    .where(sql<boolean>`rows_kept > 0`)
    .execute();
}

async function carryPeopleOver(db: Kysely<Schema>): Promise<void> {
  await sql`
    insert into lane_numbers (key, last)
    select platform || ':' || workspace, count(*) from ${old('subscribers')}
    group by platform, workspace order by min(id)`.execute(db);
  await sql`
    insert into lane_numbers (key, last)
    select distinct d.lane, 0 from ${old('deliveries')} as d
    where not exists (select 1 from lane_numbers as l where l.key = d.lane)`.execute(db);
  await sql`
    insert into subscribers
      (number, state, region, quiet_hours, language, hint, announcements, id, platform, workspace, chat, kind,
       ended_because, created_at, seen_at)
    select l.number * 4294967296 + row_number() over (partition by l.number order by s.id),
      s.state, s.region, s.quiet_hours, s.language, s.hint, s.announcements, s.id, s.platform, s.workspace, s.chat,
      s.kind, s.ended_because, s.created_at, s.seen_at
    from ${old('subscribers')} as s join lane_numbers as l on l.key = s.platform || ':' || s.workspace`.execute(
    db,
  );
  await sql`
    insert into subscriptions (subscriber, kind, target, created_at)
    select s.number, o.kind, o.target, o.created_at
    from ${old('subscriptions')} as o join subscribers as s on s.id = o.subscriber`.execute(db);
  await sql`
    insert into follows (subscriber, service, incident, created_at, expires_at)
    select s.number, o.service, o.incident, o.created_at, o.expires_at
    from ${old('follows')} as o join subscribers as s on s.id = o.subscriber`.execute(db);
}

/** A fan-out that was under way begins again: whoever has the delivery already gets no second one. */
async function carryOutboxOver(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  await sql`
    insert into campaigns
      (id, notice, state, resume_to, hold_until, cursor, created_at, started_at, finished_at, rows_kept)
    select id, notice, state, resume_to, hold_until, 0, created_at, started_at, finished_at, 2
    from ${old('campaigns')} order by created_at, id`.execute(db);
  const ms = (column: string) => millisecondsOf(dialect, sql.ref(column));
  await sql`
    insert into deliveries
      (campaign, subscriber, lane, priority, language, state, due_at, attempts, resent, silent, lease_until,
       started_at, message_id, error)
    select c.number, coalesce(s.number, -row_number() over (order by o.id)), l.number, o.priority,
      case when coalesce(s.language, s.hint, 'ko') = 'en' then 1 else 0 end,
      case when o.state = 'uncertain' and o.resent = 0 then 9 ${sql.raw(
        STATES.map(([word, code]) => `when o.state = '${word}' then ${code}`).join(' '),
      )} end,
      ${ms('o.due_at')}, o.attempts, o.resent, o.silent, ${ms('o.lease_until')}, ${ms('o.started_at')},
      o.message_id, o.error
    from ${old('deliveries')} as o
    join campaigns as c on c.id = o.campaign
    join lane_numbers as l on l.key = o.lane
    left join subscribers as s on s.id = o.subscriber`.execute(db);
  const counted = STATES_COUNTED.map(
    ([column, words]) =>
      sql`sum(case when o.state in (${sql.join(words.map((word) => sql.lit(word)))}) then 1 else 0 end) as ${sql.ref(column)}`,
  );
  await sql`
    insert into campaign_counts
      (campaign, audience, ready, held, sending, sent, ended, failed, uncertain, superseded, cancelled, resent,
       pulse_at, pulse, pulse_before, times)
    select c.number, count(o.id), ${sql.join(counted)}, coalesce(sum(o.resent), 0), 0, 0, 0, '[]'
    from campaigns as c left join ${old('deliveries')} as o on o.campaign = c.id
    group by c.number`.execute(db);
}

/** The codes of `delivery-state.ts` as they were then. What was called off keeps standing in line: that its campaign was stopped says what it is. */
const STATES = [
  ['ready', 1],
  ['held', 2],
  ['claimed', 3],
  ['sending', 4],
  ['sent', 5],
  ['ended', 6],
  ['failed', 7],
  ['uncertain', 8],
  ['superseded', 0],
  ['cancelled', 0],
] as const;

const STATES_COUNTED = [
  ['ready', ['ready', 'claimed']],
  ['held', ['held']],
  ['sending', ['sending']],
  ['sent', ['sent']],
  ['ended', ['ended']],
  ['failed', ['failed']],
  ['uncertain', ['uncertain']],
  ['superseded', ['superseded']],
  ['cancelled', ['cancelled']],
] as const;

/** An ISO text as milliseconds since 1970; null stays null. */
const millisecondsOf = (dialect: Dialect, text: RawBuilder<unknown>): RawBuilder<number | null> =>
  dialect.kind === 'sqlite'
    ? sql`cast(round(unixepoch(${text}, 'subsec') * 1000) as integer)`
    : sql`cast(extract(epoch from cast(${text} as timestamptz)) * 1000 as bigint)`;
