import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { type Instant, plusSeconds } from '../../domain/instant.ts';
import type { Installation } from './installations.ts';

/** What the app may do in a workspace. The manifest asks for the same; each is explained there. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:join',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
] as const;

const Issued = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive().optional(),
});
const Place = z.object({ id: z.string().min(1), name: z.string().default('') });
const Granted = Issued.extend({
  bot_user_id: z.string().min(1),
  is_enterprise_install: z.boolean().default(false),
  team: Place.nullish(),
  enterprise: Place.nullish(),
});

type IssuedTokens = Pick<Installation, 'accessToken' | 'refreshToken' | 'expiresAt'>;

/** Slack's answers to the exchange of codes and refresh tokens. */
export interface OAuth {
  /** Where a person agrees to the installation. */
  agreeUrl(state: string): string;
  /** @throws what the call throws, and ZodError when the answer is no installation */
  exchange(code: string, at: Instant): Promise<Installation>;
  /** @throws what the call throws, and ZodError when the answer holds no token */
  renew(refreshToken: string, at: Instant): Promise<IssuedTokens>;
}

/** @param client has no token of its own */
export function createOAuth(parts: {
  readonly client: webApi.WebClient;
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}): OAuth {
  const { client, clientId, clientSecret, redirectUri } = parts;
  const credentials = { client_id: clientId, client_secret: clientSecret };
  return {
    agreeUrl(state) {
      // Beside the Web API: https://slack.com/api/ and https://slack.com/oauth/v2/authorize.
      const url = new URL('../oauth/v2/authorize', parts.apiUrl);
      const query = { client_id: clientId, scope: SCOPES.join(','), redirect_uri: redirectUri, state };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },
    async exchange(code, at) {
      const answer = await client.oauth.v2.access({ ...credentials, code, redirect_uri: redirectUri });
      const granted = Granted.parse(answer);
      const place = Place.parse(granted.is_enterprise_install ? granted.enterprise : granted.team);
      return {
        key: place.id,
        name: place.name || place.id,
        botUserId: granted.bot_user_id,
        installedAt: at,
        ...tokensIn(granted, at),
      };
    },
    async renew(refreshToken, at) {
      const answer = await client.oauth.v2.access({
        ...credentials,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      return tokensIn(Issued.parse(answer), at);
    },
  };
}

const tokensIn = (issued: z.infer<typeof Issued>, at: Instant): IssuedTokens => ({
  accessToken: issued.access_token,
  refreshToken: issued.refresh_token ?? null,
  expiresAt: issued.expires_in === undefined ? null : plusSeconds(at, issued.expires_in),
});
