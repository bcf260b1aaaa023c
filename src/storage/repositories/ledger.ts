import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { CampaignState, DeliveryCounts } from '../../domain/campaign.ts';
import { type Instant, toEpoch } from '../../domain/instant.ts';
import type { Dialect } from '../dialect.ts';
import type { CountsRow, Schema } from '../schema.ts';
import { readStored } from '../stored-json.ts';
import { countedAs, DELIVERY, UNSENT } from './delivery-state.ts';
import { addTime } from './delivery-times.ts';

/** A rate is taken over this long and the like before it, in milliseconds. */
export const PULSE_MS = 10_000;

const times = z.array(z.number());

/** How long the deliveries of a campaign took, as `delivery-times.ts` counts them. */
export const parseTimes = (row: Pick<CountsRow, 'campaign' | 'times'>): number[] =>
  readStored(times, row.times, `times of campaign ${row.campaign}`);

interface Account {
  readonly row: { -readonly [K in keyof CountsRow]: CountsRow[K] };
  readonly times: number[];
  readonly state: CampaignState;
  readonly startedAt: Instant | null;
}

/**
 * The counts of some campaigns, open for writing: whoever moves a delivery enters it here, in the same transaction, and
 * holds the counts until it ends. So moves of one campaign come one after another, stopping it among them.
 *
 * Locks are taken in this order: lease, lane, campaign, counts, deliveries.
 */
export class Ledger {
  readonly #db: Kysely<Schema>;
  readonly #accounts: ReadonlyMap<number, Account>;
  readonly #touched = new Set<Account>();

  private constructor(db: Kysely<Schema>, accounts: ReadonlyMap<number, Account>) {
    this.#db = db;
    this.#accounts = accounts;
  }

  static async open(db: Kysely<Schema>, dialect: Dialect, campaigns: Iterable<number>): Promise<Ledger> {
    const numbers = [...new Set(campaigns)];
    if (numbers.length === 0) return new Ledger(db, new Map());
    const rows = await db
      .selectFrom('campaign_counts')
      .selectAll()
      .where('campaign', 'in', numbers)
      .orderBy('campaign')
      .$if(dialect.locksRows, (query) => query.forUpdate())
      .execute();
    // Asked once the counts are held: a stop that had them before is seen.
    const campaignRows = await db
      .selectFrom('campaigns')
      .select(['number', 'state', 'started_at'])
      .where('number', 'in', numbers)
      .execute();
    const states = new Map(campaignRows.map((row) => [row.number, row]));
    return new Ledger(
      db,
      new Map(
        rows.flatMap((row) => {
          const campaign = states.get(row.campaign);
          if (campaign === undefined) return [];
          return [
            [
              row.campaign,
              {
                row: { ...row },
                times: parseTimes(row),
                state: campaign.state,
                startedAt: campaign.started_at,
              },
            ],
          ];
        }),
      ),
    );
  }

  /** The state of a campaign while its counts are held. */
  state(campaign: number): CampaignState {
    return this.#account(campaign).state;
  }

  /** New deliveries in this kept state. */
  add(campaign: number, kept: number, count = 1): void {
    const account = this.#account(campaign);
    account.row.audience += count;
    account.row[countedAs(account.state, kept)] += count;
  }

  move(campaign: number, from: number, to: number, count = 1): void {
    const account = this.#account(campaign);
    account.row[countedAs(account.state, from)] -= count;
    account.row[countedAs(account.state, to)] += count;
  }

  resent(campaign: number, count = 1): void {
    this.#account(campaign).row.resent += count;
  }

  /** One more that needs no more sending, for the rate; and, when it was sent, how long that took. */
  settled(campaign: number, kept: number, now: Instant): void {
    if (UNSENT.includes(kept) || kept === DELIVERY.sending) return;
    const account = this.#account(campaign);
    const { row } = account;
    const at = Math.floor(toEpoch(now) / PULSE_MS);
    if (at > row.pulse_at) {
      row.pulse_before = at === row.pulse_at + 1 ? row.pulse : 0;
      row.pulse = 0;
      row.pulse_at = at;
    }
    row.pulse++;
    if (kept !== DELIVERY.sent || account.startedAt === null) return;
    addTime(account.times, (toEpoch(now) - toEpoch(account.startedAt)) / 1000, 1);
  }

  /** The campaign is being stopped: all that waits in it is called off. Returns how many. */
  callOff(campaign: number, as: 'superseded' | 'cancelled'): number {
    const { row } = this.#account(campaign);
    const count = row.ready + row.held;
    row[as] += count;
    row.ready = 0;
    row.held = 0;
    return count;
  }

  counts(campaign: number): DeliveryCounts {
    return countsOf(this.#account(campaign).row);
  }

  /** Writes down what was entered. */
  async write(): Promise<void> {
    for (const { row, times } of this.#touched) {
      const { campaign, ...rest } = row;
      await this.#db
        .updateTable('campaign_counts')
        .set({ ...rest, times: JSON.stringify(times) })
        .where('campaign', '=', campaign)
        .execute();
    }
    this.#touched.clear();
  }

  #account(campaign: number): Account {
    const account = this.#accounts.get(campaign);
    if (account === undefined) throw new Error(`The counts of campaign ${campaign} are not open`);
    this.#touched.add(account);
    return account;
  }
}

export const NONE: DeliveryCounts = {
  ready: 0,
  held: 0,
  sending: 0,
  sent: 0,
  ended: 0,
  failed: 0,
  uncertain: 0,
  superseded: 0,
  cancelled: 0,
};

export const countsOf = (row: DeliveryCounts): DeliveryCounts => ({
  ready: row.ready,
  held: row.held,
  sending: row.sending,
  sent: row.sent,
  ended: row.ended,
  failed: row.failed,
  uncertain: row.uncertain,
  superseded: row.superseded,
  cancelled: row.cancelled,
});
