import type { Instant } from '../domain/instant.ts';

/** One installation of the Slack app, in a workspace or a whole organisation. What is secret is sealed before it comes here. */
export interface SealedInstallation {
  /** Slack's id of the workspace or organisation. */
  readonly key: string;
  /** Never twice the same, even of the same content. */
  readonly sealed: string;
}

export interface Installations {
  get(key: string): Promise<SealedInstallation | null>;
  all(): Promise<readonly SealedInstallation[]>;
  /** Puts it in, in place of any earlier one. */
  put(key: string, sealed: string): Promise<void>;
  /** Changes it if it still is `from`. False: it was changed or removed meanwhile. */
  replace(from: SealedInstallation, sealed: string): Promise<boolean>;
  /** Removes it, and what was known of its workspaces. */
  remove(key: string): Promise<void>;
  /** Notes that a workspace is served by the installation of its organisation. */
  belong(workspace: string, organisation: string): Promise<void>;
  organisationOf(workspace: string): Promise<string | null>;
  workspacesOf(organisation: string): Promise<readonly string[]>;
  /** Uses a one-time value up. False: it was used before. It is remembered until it has expired. */
  useUp(once: string, now: Instant, expiresAt: Instant): Promise<boolean>;
}
