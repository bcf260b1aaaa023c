import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { fromEpoch, type Instant, plusSeconds, toEpoch } from '../../domain/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Installations } from '../../ports/installations.ts';

/** Enough to read what Slack asks, and to sign in first. */
export const STATE_LIVES_SECONDS = 600;

/** What went wrong with a state that came back: not ours, too old, or not for the first time. */
export type StateFlaw = 'forged' | 'expired' | 'used';

/** The value that goes to Slack with a person who installs the app, and has to come back with them: signed, once, soon. */
export interface States {
  issue(): string;
  /** Uses it up. Null: it is good. */
  redeem(state: string): Promise<StateFlaw | null>;
}

/** `ONCE.EXPIRES.SIGNATURE`; nothing is stored before it comes back, so that nobody can fill the database by asking. */
export function createStates(secret: string, store: Pick<Installations, 'useUp'>, clock: Clock): States {
  const signed = (once: string, expiresAt: string): string =>
    createHmac('sha256', secret).update(`allim slack install ${once} ${expiresAt}`).digest('base64url');
  return {
    issue() {
      const once = randomBytes(18).toString('base64url');
      const expiresAt = plusSeconds(clock.now(), STATE_LIVES_SECONDS);
      return [once, toEpoch(expiresAt), signed(once, expiresAt)].join('.');
    },
    async redeem(state) {
      const [once = '', epoch = '', signature = ''] = state.split('.');
      const expiresAt = instantOf(epoch);
      if (expiresAt === null || !isSame(signature, signed(once, expiresAt))) return 'forged';
      const now = clock.now();
      if (expiresAt <= now) return 'expired';
      return (await store.useUp(once, now, expiresAt)) ? null : 'used';
    },
  };
}

const instantOf = (epoch: string): Instant | null =>
  /^\d{1,15}$/.test(epoch) ? fromEpoch(Number(epoch)) : null;

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
