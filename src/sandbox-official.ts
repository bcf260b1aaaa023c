import type { Context } from './operations/context.ts';
import { addOfficial, listOfficials, revokeOfficial } from './operations/officials.ts';

const NAME = 'Sandbox official · 샌드박스 담당자';

const actor = { kind: 'system', name: 'sandbox' } as const;

export interface SandboxOfficial {
  /** For the official's panel of the page. */
  readonly token: string;
  /** Ends the tokens of earlier starts; only once this start has the port, or it would end those of one that runs. */
  revokeEarlier(): Promise<void>;
}

/** An official for the panel of the sandbox page: a new one each start. */
export async function sandboxOfficial(context: Context): Promise<SandboxOfficial> {
  const earlier = (await listOfficials(context)).filter((o) => o.name === NAME && o.revokedAt === null);
  const agency = context.catalogue.service('gov24')?.agency ?? context.catalogue.agencies[0]?.id ?? '';
  const added = await addOfficial(context, actor, { name: NAME, agency, roles: ['administrator'] });
  if (!added.ok) throw new Error(`The sandbox has no official: ${added.problem.code}`);
  return {
    token: added.value.token,
    async revokeEarlier() {
      for (const { id } of earlier) await revokeOfficial(context, actor, id);
    },
  };
}
