import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatRef } from '../../domain/subscriber.ts';
import type { HeedLimit } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { limitIn, outcomeOf, reasonOf } from './errors.ts';
import { laneOf, type RecentSends } from './messenger.ts';

/** A person waits for an answer; past this it would come as a surprise. */
const LONGEST_WAIT_SECONDS = 5;

/** Makes a call of an answer, again while nothing was sent and the waits stay short together. @throws what the last try throws */
export type Patiently = <T>(chat: ChatRef, call: () => Promise<T>) => Promise<T>;

/**
 * Answers do not queue with notices, but a limit that they meet holds for both: it is told, so that the notices wait.
 * @param wait in seconds
 */
export function createPatience(parts: {
  readonly sends: RecentSends;
  readonly heedLimit: HeedLimit;
  readonly logger: Logger;
  readonly wait?: (seconds: number) => Promise<void>;
}): Patiently {
  const { sends, heedLimit, logger, wait = (seconds) => sleep(seconds * 1000) } = parts;

  /** A limit of the chat's own is nobody else's matter. */
  async function tell(chat: ChatRef, busy: boolean, error: unknown): Promise<void> {
    const seconds = limitIn(error);
    if (seconds === null || busy) return;
    await heedLimit(laneOf(chat), seconds, reasonOf(error)).catch((err) =>
      logger.error({ err, platform: 'telegram' }, 'A limit that an answer met could not be written down'),
    );
  }

  return async (chat, call) => {
    for (let left = LONGEST_WAIT_SECONDS; ; ) {
      const busy = sends.isBusy(chat);
      sends.note(chat.id);
      try {
        return await call();
      } catch (error) {
        await tell(chat, busy, error);
        const outcome = outcomeOf(error, busy);
        if (outcome.kind !== 'retry' || outcome.afterSeconds > left) throw error;
        // Even a wait of none counts, so that it ends.
        left -= Math.max(outcome.afterSeconds, 1);
        await wait(outcome.afterSeconds);
      }
    }
  };
}
