import type { AgencyId, OfficialId } from './ids.ts';
import type { Instant } from './instant.ts';

export const ROLES = ['operator', 'author', 'approver', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** A person with roles, for one agency. */
export interface Official {
  readonly id: OfficialId;
  readonly name: string;
  readonly agency: AgencyId;
  readonly roles: readonly Role[];
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Who does something, and through which door. */
export type Actor =
  | {
      readonly kind: 'official';
      readonly official: Official;
      readonly door: 'api' | 'telegram' | 'slack' | 'cli';
    }
  /** The program itself: the clock, a source. */
  | { readonly kind: 'system'; readonly name: string }
  /** Someone at the machine's own command line. */
  | { readonly kind: 'console' };

export const hasRole = (official: Official, role: Role): boolean =>
  official.revokedAt === null && (official.roles.includes(role) || official.roles.includes('administrator'));

/** An operator acts for the own agency's services; an administrator for any. */
export function mayOperate(actor: Actor, agency: AgencyId): boolean {
  if (actor.kind !== 'official') return true;
  if (actor.official.revokedAt !== null) return false;
  if (actor.official.roles.includes('administrator')) return true;
  return actor.official.roles.includes('operator') && actor.official.agency === agency;
}
