import { z } from 'zod';
import type { Instant } from '../../domain/instant.ts';
import type { Installations, SealedInstallation } from '../../ports/installations.ts';
import type { Seal } from './seal.ts';

const Stored = z.object({
  /** Of the workspace, or of the organisation when it is installed for all of it. */
  name: z.string(),
  /** Us, as a member there. */
  botUserId: z.string(),
  installedAt: z.string(),
  accessToken: z.string(),
  /** With token rotation an access token ends after 12 hours, and this one buys the next. */
  refreshToken: z.string().nullable(),
  expiresAt: z.string().nullable(),
});

/** What the app may do in one workspace, or in every workspace of one organisation. */
export type Installation = z.infer<typeof Stored> & {
  /** Slack's id of the workspace or organisation. */
  readonly key: string;
};

/** The stored installations, readable. Read anew every so often, since other processes change them too. */
export interface Book {
  /** The one that serves a workspace: its own, else its organisation's. What another process changed may show late. */
  serving(workspace: string): Promise<Installation | null>;
  /** The same, as it is stored at this moment. */
  servingNow(workspace: string): Promise<Installation | null>;
  /** As it is stored at this moment. */
  fresh(key: string): Promise<Installation | null>;
  save(installation: Installation): Promise<void>;
  /** Changes one if nobody has changed or removed it since it was read. */
  update(
    from: Installation,
    to: Pick<Installation, 'accessToken' | 'refreshToken' | 'expiresAt'>,
  ): Promise<boolean>;
  remove(key: string): Promise<void>;
  /** The workspaces that an installation serves, as far as we have heard of them. */
  workspacesOf(key: string): Promise<readonly string[]>;
  /** Notes which organisation's installation a workspace lives on. */
  belong(workspace: string, organisation: string): Promise<void>;
  /** Seals with the present key what still is under an earlier one. Returns how many there are, and how many no key opens. */
  check(): Promise<{ readonly count: number; readonly unreadable: number }>;
}

/** How long another process's change may go unnoticed, in milliseconds. A refused token is noticed at once. */
const KEPT_MS = 30_000;

export function createBook(store: Installations, seal: Seal): Book {
  // What is not there is not kept: it may be installed in another process any moment.
  const kept = new Map<string, { readonly at: number; readonly installation: Installation }>();
  const sealedAs = new WeakMap<Installation, SealedInstallation>();
  const belonging = new Map<string, string>();

  const opened = (stored: SealedInstallation): Installation | null => {
    const inside = seal.open(stored.sealed, stored.key);
    if (inside === null) return null;
    const installation = { key: stored.key, ...Stored.parse(JSON.parse(inside.plain)) };
    sealedAs.set(installation, stored);
    return installation;
  };
  const sealed = ({ key, ...rest }: Installation): string => seal.seal(JSON.stringify(rest), key);

  async function fresh(key: string): Promise<Installation | null> {
    const stored = await store.get(key);
    const installation = stored === null ? null : opened(stored);
    if (installation === null) kept.delete(key);
    else kept.set(key, { at: performance.now(), installation });
    return installation;
  }

  async function known(key: string): Promise<Installation | null> {
    const entry = kept.get(key);
    return entry !== undefined && performance.now() - entry.at < KEPT_MS ? entry.installation : fresh(key);
  }

  async function organisationOf(workspace: string): Promise<string | null> {
    const heard = belonging.get(workspace);
    if (heard !== undefined) return heard;
    const organisation = await store.organisationOf(workspace);
    if (organisation !== null) belonging.set(workspace, organisation);
    return organisation;
  }

  async function serving(workspace: string, look: (key: string) => Promise<Installation | null>) {
    const own = await look(workspace);
    if (own !== null) return own;
    const organisation = await organisationOf(workspace);
    return organisation === null ? null : look(organisation);
  }

  return {
    fresh,
    serving: (workspace) => serving(workspace, known),
    servingNow: (workspace) => serving(workspace, fresh),
    async save(installation) {
      await store.put(installation.key, sealed(installation));
      await fresh(installation.key);
    },
    async update(from, to) {
      const stored = sealedAs.get(from);
      if (stored === undefined) throw new Error(`Installation ${from.key} was not read from the store`);
      const changed = await store.replace(stored, sealed({ ...from, ...to }));
      await fresh(from.key);
      return changed;
    },
    async remove(key) {
      await store.remove(key);
      kept.delete(key);
      for (const [workspace, organisation] of belonging)
        if (organisation === key) belonging.delete(workspace);
    },
    async workspacesOf(key) {
      const members = await store.workspacesOf(key);
      return members.length === 0 ? [key] : members;
    },
    async belong(workspace, organisation) {
      if (belonging.get(workspace) === organisation) return;
      await store.belong(workspace, organisation);
      belonging.set(workspace, organisation);
    },
    async check() {
      const all = await store.all();
      let unreadable = 0;
      for (const stored of all) {
        const inside = seal.open(stored.sealed, stored.key);
        if (inside === null) unreadable += 1;
        else if (!inside.current) await store.replace(stored, seal.seal(inside.plain, stored.key));
      }
      return { count: all.length, unreadable };
    },
  };
}

/** Whether an event from then can still be about this installation, or came late and is about the one before. */
export const isAbout = (installation: Installation, eventAt: Instant | null): boolean =>
  eventAt === null || eventAt >= `${installation.installedAt.slice(0, 19)}.000Z`;
