import type { Clock } from '../ports/clock.ts';
import { Deposed, type Fence } from '../ports/outbox.ts';
import type { Store } from '../ports/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import { GroupCommit } from './group-commit.ts';
import { settleChat, settlementsOf, type Verdict } from './settle.ts';

/** A database that was away is waited for: what was sent must not be forgotten. */
const TRIES = 60;
const BETWEEN_TRIES_MS = 1_000;

/**
 * Writes down what became of deliveries, many in one transaction, each with what it means for its chat.
 * One that cannot be written holds up no other.
 */
export class Recorder {
  readonly #parts: { readonly store: Store; readonly clock: Clock; readonly logger: Logger };
  readonly #fence: Fence;
  readonly #group: GroupCommit<Verdict, boolean>;

  constructor(
    parts: { readonly store: Store; readonly clock: Clock; readonly logger: Logger },
    fence: Fence,
  ) {
    this.#parts = parts;
    this.#fence = fence;
    this.#group = new GroupCommit((verdicts) => this.#patiently(verdicts));
  }

  /** False: it could not be written, and the row stays as it is. @throws Deposed */
  record(verdict: Verdict): Promise<boolean> {
    return this.#group.add(verdict);
  }

  async #patiently(verdicts: readonly Verdict[]): Promise<(verdict: Verdict) => boolean> {
    for (let tried = 1; ; tried++) {
      const failed = await this.#each(verdicts);
      if (failed.size < verdicts.length || tried === TRIES) return (verdict) => !failed.has(verdict);
      await sleep(BETWEEN_TRIES_MS);
    }
  }

  /** Together, or else one by one. Returns those that failed alone. */
  async #each(verdicts: readonly Verdict[]): Promise<ReadonlySet<Verdict>> {
    const failed = new Set<Verdict>();
    if (await this.#wrote(verdicts)) return failed;
    for (const verdict of verdicts)
      if (verdicts.length === 1 || !(await this.#wrote([verdict]))) failed.add(verdict);
    return failed;
  }

  async #wrote(verdicts: readonly Verdict[]): Promise<boolean> {
    const { store, clock, logger } = this.#parts;
    const now = clock.now();
    try {
      await store.transaction(async (tables) => {
        await tables.deliveries.settle(
          verdicts.flatMap((verdict) => settlementsOf(verdict, now)),
          now,
          this.#fence,
        );
        for (const verdict of verdicts) await settleChat(tables, verdict, now);
      });
      return true;
    } catch (error) {
      if (error instanceof Deposed) throw error;
      const deliveries = verdicts.map(({ claim }) => claim.delivery.id);
      logger.error({ err: error, deliveries }, 'what became of deliveries could not be written');
      return false;
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
