import { webApi } from '@slack/bolt';
import type { Logger } from '../../telemetry/logger.ts';
import { blamesToken, isRemoved, NotCalled } from './errors.ts';
import { CALL_MS } from './limits.ts';
import { quietLogger } from './receive.ts';

/**
 * Makes one call of the Web API with the token of that workspace.
 * @throws NotCalled when there is no token to call with, and whatever the call throws
 */
export type Call = <T>(workspace: string, use: (client: webApi.WebClient) => Promise<T>) => Promise<T>;

/** Where tokens come from when there is one for each workspace. */
export interface Tokens {
  /** @throws NotCalled */
  of(workspace: string): Promise<string>;
  /**
   * Another one, now that Slack has refused this; null when there is none.
   * @param mayBuy false: only one that another process has bought already
   * @throws NotCalled
   */
  insteadOf(refused: string, workspace: string, mayBuy: boolean): Promise<string | null>;
}

/** The clients of the Web API. Bulk sends have their own and leave the connections of answers alone. */
export interface Workspaces {
  readonly answers: Call;
  readonly bulk: Call;
}

const BULK_AT_ONCE = 4;
const ANSWERS_AT_ONCE = 16;

interface ClientParts {
  readonly apiUrl: string;
  readonly logger: Logger;
}

/** A client that never does a thing twice by itself. */
export const clientFor = (
  token: string | undefined,
  { apiUrl, logger }: ClientParts,
  more: { readonly maxRequestConcurrency?: number; readonly teamId?: string } = {},
): webApi.WebClient =>
  new webApi.WebClient(token, {
    slackApiUrl: apiUrl,
    // Its own retries would send twice after a lost answer, and a 429 would hold up everything behind it.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: CALL_MS,
    allowAbsoluteUrls: false,
    logger: quietLogger(logger),
    ...more,
  });

/** The one workspace of a bot token. */
export function oneWorkspace(token: string, parts: ClientParts): Workspaces {
  const calling = (maxRequestConcurrency: number): Call => {
    const client = clientFor(token, parts, { maxRequestConcurrency });
    return (_, use) => use(client);
  };
  return { answers: calling(ANSWERS_AT_ONCE), bulk: calling(BULK_AT_ONCE) };
}

/** Every workspace that installed the app. A token that Slack refuses is changed for a newer one, once. */
export function manyWorkspaces(tokens: Tokens, parts: ClientParts): Workspaces {
  const calling = (maxRequestConcurrency: number): Call => {
    const clients = new Map<string, { readonly token: string; readonly client: webApi.WebClient }>();
    const clientOf = (workspace: string, token: string): webApi.WebClient => {
      const known = clients.get(workspace);
      if (known?.token === token) return known.client;
      const client = clientFor(token, parts, { maxRequestConcurrency, teamId: workspace });
      clients.set(workspace, { token, client });
      return client;
    };
    return async (workspace, use) => {
      const token = await tokens.of(workspace);
      try {
        return await use(clientOf(workspace, token));
      } catch (error) {
        // A closed account may be the person's, so it is no reason to buy.
        if (!blamesToken(error) && !isRemoved(error)) throw error;
        const other = await tokens.insteadOf(token, workspace, blamesToken(error)).catch((trouble) => {
          // That the app is gone says more than that it gets no new token, and Slack's word more than a database away.
          throw trouble instanceof NotCalled && !isRemoved(error) ? trouble : error;
        });
        if (other === null) throw error;
        return use(clientOf(workspace, other));
      }
    };
  };
  return { answers: calling(ANSWERS_AT_ONCE), bulk: calling(BULK_AT_ONCE) };
}
