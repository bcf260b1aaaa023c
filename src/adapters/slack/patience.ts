import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { HeedLimit } from '../../ports/messenger.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { limitIn, outcomeOf, reasonOf } from './errors.ts';
import { laneOf } from './messenger.ts';
import type { Call } from './workspaces.ts';

/** A person waits for an answer; past this it would come as a surprise. */
const LONGEST_WAIT_SECONDS = 5;

/**
 * Makes a call of an answer, again while nothing was sent and the waits stay short together.
 * `asNotices`: it is the method that notices use too, and Slack limits each method of a workspace as one.
 * @throws what the last try throws
 */
export type Patiently = <T>(
  workspace: string,
  use: (client: webApi.WebClient) => Promise<T>,
  how?: { readonly asNotices: boolean },
) => Promise<T>;

/**
 * Answers do not queue with notices, but a limit that they meet holds for both: it is told, so that the notices wait.
 * @param wait in seconds
 */
export function createPatience(parts: {
  readonly call: Call;
  readonly heedLimit: HeedLimit;
  readonly logger: Logger;
  readonly wait?: (seconds: number) => Promise<void>;
}): Patiently {
  const { call, heedLimit, logger, wait = (seconds) => sleep(seconds * 1000) } = parts;

  async function tell(workspace: string, error: unknown): Promise<void> {
    const seconds = limitIn(error);
    if (seconds === null) return;
    await heedLimit(laneOf(workspace), seconds, reasonOf(error)).catch((err) =>
      logger.error({ err, platform: 'slack' }, 'A limit that an answer met could not be written down'),
    );
  }

  return async (workspace, use, how = { asNotices: false }) => {
    for (let left = LONGEST_WAIT_SECONDS; ; ) {
      try {
        return await call(workspace, use);
      } catch (error) {
        if (how.asNotices) await tell(workspace, error);
        const outcome = outcomeOf(error);
        if (outcome.kind !== 'retry' || outcome.afterSeconds > left) throw error;
        // Even a wait of none counts, so that it ends.
        left -= Math.max(outcome.afterSeconds, 1);
        await wait(outcome.afterSeconds);
      }
    }
  };
}
