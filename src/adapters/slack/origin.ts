import { z } from 'zod';
import { fromEpoch, type Instant } from '../../domain/instant.ts';

/*
 * Where a payload comes from. An app that a whole organisation installed is served by one installation, and each kind
 * of payload says so in its own way.
 */

const Id = z.string().min(1).nullish().catch(null);
const Named = z.object({ id: Id }).nullish().catch(null);
/** Slash commands say it in a word. */
const Truth = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
  .optional()
  .catch(undefined);

const Origin = z.object({
  team_id: Id,
  enterprise_id: Id,
  is_enterprise_install: Truth,
  team: Named,
  enterprise: Named,
  user: z.object({ team_id: Id }).nullish().catch(null),
  authorizations: z
    .array(z.object({ enterprise_id: Id, is_enterprise_install: Truth }))
    .optional()
    .catch(undefined),
});

/** The workspace, and the organisation when it is that which has installed the app. */
export function originOf(body: unknown): {
  readonly workspace: string | null;
  readonly organisation: string | null;
} {
  const read = Origin.safeParse(body).data;
  if (read === undefined) return { workspace: null, organisation: null };
  const authorization = read.authorizations?.at(0);
  const wide = authorization?.is_enterprise_install ?? read.is_enterprise_install ?? false;
  const organisation = authorization?.enterprise_id ?? read.enterprise_id ?? read.enterprise?.id ?? null;
  return {
    workspace: read.team_id ?? read.team?.id ?? read.user?.team_id ?? null,
    organisation: wide ? organisation : null,
  };
}

const Timed = z.object({ event_time: z.int().positive() });

/** When an event happened, to the second; null where the payload does not say. */
export function happenedAt(body: unknown): Instant | null {
  const timed = Timed.safeParse(body).data;
  return timed === undefined ? null : fromEpoch(timed.event_time * 1000);
}
