import type { Context } from './operations/context.ts';
import { addOfficial, listOfficials, revokeOfficial } from './operations/officials.ts';

const NAME = 'Sandbox official · 샌드박스 담당자';

/** A token for the official's panel of the sandbox page: a new one each start, the last one's revoked. */
export async function sandboxOfficial(context: Context): Promise<string> {
  const actor = { kind: 'system', name: 'sandbox' } as const;
  for (const official of await listOfficials(context)) {
    if (official.name === NAME && official.revokedAt === null)
      await revokeOfficial(context, actor, official.id);
  }
  const agency = context.catalogue.service('gov24')?.agency ?? context.catalogue.agencies[0]?.id ?? '';
  const added = await addOfficial(context, actor, { name: NAME, agency, roles: ['administrator'] });
  if (!added.ok) throw new Error(`The sandbox has no official: ${added.problem.code}`);
  return added.value.token;
}
