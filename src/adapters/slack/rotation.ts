import { setTimeout as sleep } from 'node:timers/promises';
import { plusSeconds } from '../../domain/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Leases } from '../../ports/outbox.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { isRenewalRefused, NotCalled, reasonOf } from './errors.ts';
import type { Book, Installation } from './installations.ts';
import type { OAuth } from './oauth.ts';
import type { Tokens } from './workspaces.ts';

/*
 * With token rotation an access token lasts 12 hours and a refresh token buys one new pair, once. So one process at a
 * time buys, under a lease in the database; the others go on with the old token while it lasts, and read the new one
 * from the store. A token that Slack refuses is looked up anew before it is bought anew: another process may have.
 */

/** So long before its end a token is exchanged. */
const EARLY_SECONDS = 3600;
/** After a failure with time to spare it is tried again so much later. */
const REST_MS = 60_000;
/** Longer than the exchange may take. */
const LEASE_SECONDS = 30;
const LOOK_AGAIN_MS = 200;
const MOST_LOOKS = 100;

/** @param owner signs the leases of this process */
export function createTokens(parts: {
  readonly book: Book;
  readonly oauth: OAuth;
  readonly leases: Pick<Leases, 'acquire' | 'release'>;
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
}): Tokens {
  const { book, oauth, leases, owner, clock, logger } = parts;
  /** In this process one exchange serves everybody who asks meanwhile: a lease tells only processes apart. */
  const underWay = new Map<string, Promise<Installation>>();
  const restUntil = new Map<string, number>();

  const endsWithin = ({ expiresAt }: Installation, seconds: number): boolean =>
    expiresAt !== null && expiresAt <= plusSeconds(clock.now(), seconds);

  const serving = async (workspace: string): Promise<Installation> => {
    const installation = await book.serving(workspace);
    if (installation === null) throw new NotCalled('uninstalled');
    return installation;
  };

  /** The next pair of tokens, from the store if it is there already. @throws NotCalled and what the exchange throws */
  async function exchange(old: Installation): Promise<Installation> {
    const lease = `slack-token:${old.key}`;
    for (let look = 0; look < MOST_LOOKS; look++) {
      const stored = await book.fresh(old.key);
      if (stored === null) throw new NotCalled('uninstalled');
      if (stored.accessToken !== old.accessToken) return stored;
      if (stored.refreshToken === null) throw new NotCalled('renewal_refused');
      const now = clock.now();
      if ((await leases.acquire(lease, owner, now, plusSeconds(now, LEASE_SECONDS))) !== null) {
        try {
          return await buy(old.key, old.accessToken);
        } finally {
          await leases.release(lease, owner);
        }
      }
      await sleep(LOOK_AGAIN_MS);
    }
    throw new NotCalled('no_token');
  }

  /** Under the lease, and looking once more: the last holder may have been at it until just now. */
  async function buy(key: string, refused: string): Promise<Installation> {
    const stored = await book.fresh(key);
    if (stored === null) throw new NotCalled('uninstalled');
    if (stored.accessToken !== refused) return stored;
    if (stored.refreshToken === null) throw new NotCalled('renewal_refused');
    const issued = await oauth.renew(stored.refreshToken, clock.now());
    // False: it was installed anew or removed meanwhile, and then that counts.
    if (await book.update(stored, issued))
      logger.info({ platform: 'slack', installation: key }, 'A token that was about to end was exchanged');
    const kept = await book.fresh(key);
    if (kept === null) throw new NotCalled('uninstalled');
    return kept;
  }

  function renewed(old: Installation): Promise<Installation> {
    const known = underWay.get(old.key);
    if (known !== undefined) return known;
    const work = exchange(old).finally(() => underWay.delete(old.key));
    underWay.set(old.key, work);
    return work;
  }

  /** @throws NotCalled */
  async function mustRenew(old: Installation): Promise<string> {
    try {
      return (await renewed(old)).accessToken;
    } catch (error) {
      if (error instanceof NotCalled) throw error;
      const reason = isRenewalRefused(error) ? 'renewal_refused' : 'no_token';
      logger.error(
        { platform: 'slack', installation: old.key, why: reasonOf(error) },
        reason === 'no_token'
          ? 'A token has ended and could not be exchanged; trying again'
          : 'Slack gives no new token: the app has to be installed there again',
      );
      throw new NotCalled(reason, { cause: error });
    }
  }

  /** While the old one lasts, a failure can wait. */
  async function mayRenew(old: Installation): Promise<string> {
    if ((restUntil.get(old.key) ?? 0) > performance.now()) return old.accessToken;
    try {
      return (await renewed(old)).accessToken;
    } catch (error) {
      restUntil.set(old.key, performance.now() + REST_MS);
      logger.warn(
        { platform: 'slack', installation: old.key, why: reasonOf(error) },
        'A token could not be exchanged yet',
      );
      return old.accessToken;
    }
  }

  /** A database that is away is no answer of Slack's: nothing was sent. */
  const orNotCalled = (work: Promise<string>): Promise<string> =>
    work.catch((error) => {
      throw error instanceof NotCalled ? error : new NotCalled('no_token', { cause: error });
    });

  return {
    of: (workspace) =>
      orNotCalled(
        serving(workspace).then((installation) => {
          if (installation.refreshToken === null || !endsWithin(installation, EARLY_SECONDS))
            return installation.accessToken;
          return endsWithin(installation, 0) ? mustRenew(installation) : mayRenew(installation);
        }),
      ),
    insteadOf: async (refused, workspace, mayBuy) => {
      const stored = await book.servingNow(workspace);
      if (stored === null) throw new NotCalled('uninstalled');
      if (stored.accessToken !== refused) return stored.accessToken;
      return mayBuy && stored.refreshToken !== null ? mustRenew(stored) : null;
    },
  };
}
