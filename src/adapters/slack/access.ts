import type { Authorize } from '@slack/bolt';
import type { Instant } from '../../domain/instant.ts';
import type { PlatformRoute } from '../../ports/adapter.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Installations } from '../../ports/installations.ts';
import type { Leases } from '../../ports/outbox.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Me } from './events.ts';
import { installRoutes, REDIRECT_PATH } from './install.ts';
import type { InstallOutcome, InstallWords } from './install-page.ts';
import { createBook, isAbout } from './installations.ts';
import { createOAuth } from './oauth.ts';
import { originOf } from './origin.ts';
import { createTokens } from './rotation.ts';
import { createSeal } from './seal.ts';
import { createStates } from './state.ts';
import { clientFor, manyWorkspaces, oneWorkspace, type Workspaces } from './workspaces.ts';

/** How we come into workspaces: by one token, or by the installations of many. */
export interface Access {
  readonly workspaces: Workspaces;
  readonly authorize: Authorize<boolean>;
  readonly routes: readonly PlatformRoute[];
  /** Makes sure that we can work. @throws what keeps us from it */
  prepare(): Promise<Me>;
  /** Told of every payload before it is stored. */
  heard(body: unknown): Promise<void>;
  /** The workspaces that are over when Slack says so of one of them. Empty: it is about an earlier installation. */
  over(workspace: string, since: Instant | null): Promise<readonly string[]>;
  /** Forgets the installation by which a workspace was served. */
  forget(workspace: string): Promise<void>;
}

interface Reach {
  readonly apiUrl: string;
  readonly logger: Logger;
}

/** The one workspace of a bot token. */
export function accessByToken(botToken: string, reach: Reach): Access {
  const workspaces = oneWorkspace(botToken, reach);
  return {
    workspaces,
    authorize: async () => ({ botToken }),
    routes: [],
    async prepare() {
      const { user_id: userId } = await workspaces.answers('', (client) => client.auth.test());
      return { userId: userId ?? null };
    },
    heard: async () => {},
    over: async (workspace) => [workspace],
    forget: async () => {},
  };
}

/** What many workspaces need beside their installations. */
export interface OAuthConfig {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** The first seals; the others only open what they sealed. */
  readonly encryptionKeys: readonly [string, ...string[]];
  /** Where people's browsers reach us. */
  readonly publicUrl: string;
}

export interface InstallationParts {
  readonly installations: Installations;
  readonly leases: Pick<Leases, 'acquire' | 'release'>;
  /** Signs the leases of this process. */
  readonly owner: string;
  readonly installWords: (language: 'ko' | 'en', outcome: InstallOutcome, workspace: string) => InstallWords;
}

/** Every workspace that installs the app. */
export function accessByInstallations(
  parts: InstallationParts & {
    readonly config: OAuthConfig;
    readonly clock: Clock;
    /** Told of the workspaces that an installation serves, as far as we know of them. */
    readonly onInstalled: (workspaces: readonly string[]) => Promise<void>;
  },
  reach: Reach,
): Access {
  const { config, clock, installations } = parts;
  const { logger, apiUrl } = reach;
  const [current, ...earlier] = config.encryptionKeys;
  const book = createBook(installations, createSeal(current, earlier));
  const redirectUri = `${config.publicUrl}${REDIRECT_PATH}`;
  const oauth = createOAuth({ ...config, client: clientFor(undefined, reach), apiUrl, redirectUri });
  const tokens = createTokens({ book, oauth, leases: parts.leases, owner: parts.owner, clock, logger });
  const states = createStates(config.stateSecret, installations, clock);
  return {
    workspaces: manyWorkspaces(tokens, reach),
    // A workspace that has removed the app is let in all the same: its last events tell us so.
    async authorize({ teamId, enterpriseId }) {
      const installation = await book.serving(teamId ?? enterpriseId ?? '');
      if (installation === null) return {};
      return { botToken: installation.accessToken, botUserId: installation.botUserId };
    },
    routes: installRoutes({
      oauth,
      states,
      book,
      clock,
      logger,
      secure: config.publicUrl.startsWith('https:'),
      words: parts.installWords,
      onInstalled: async ({ key }) => parts.onInstalled(await book.workspacesOf(key)),
    }),
    async prepare() {
      const { count } = await book.check();
      logger.info({ platform: 'slack', installations: count }, 'Slack installations are at hand');
      // Events tell who we are in each workspace.
      return { userId: null };
    },
    async heard(body) {
      const { workspace, organisation } = originOf(body);
      if (workspace !== null && organisation !== null) await book.belong(workspace, organisation);
    },
    async over(workspace, since) {
      const installation = await book.servingNow(workspace);
      if (installation === null) return [workspace];
      return isAbout(installation, since) ? book.workspacesOf(installation.key) : [];
    },
    async forget(workspace) {
      const installation = await book.servingNow(workspace);
      if (installation !== null) await book.remove(installation.key);
    },
  };
}

/** How many stored installations none of these keys opens. Those of an earlier key are sealed anew with the first. */
export const unreadableInstallations = (
  installations: Installations,
  [current, ...earlier]: OAuthConfig['encryptionKeys'],
): Promise<{ readonly count: number; readonly unreadable: number }> =>
  createBook(installations, createSeal(current, earlier)).check();
