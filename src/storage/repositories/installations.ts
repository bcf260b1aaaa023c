import type { Installations } from '../../ports/installations.ts';
import type { Handle } from '../handle.ts';

const SELECTED = ['key', 'sealed'] as const;

export function installationsOn({ db, atomically }: Handle): Installations {
  return {
    async get(key) {
      return (
        (await db
          .selectFrom('slack_installations')
          .select(SELECTED)
          .where('key', '=', key)
          .executeTakeFirst()) ?? null
      );
    },

    all: () => db.selectFrom('slack_installations').select(SELECTED).orderBy('key').execute(),

    async put(key, sealed) {
      await db
        .insertInto('slack_installations')
        .values({ key, sealed })
        .onConflict((c) => c.column('key').doUpdateSet({ sealed }))
        .execute();
    },

    async replace(from, sealed) {
      const changed = await db
        .updateTable('slack_installations')
        .set({ sealed })
        .where('key', '=', from.key)
        .where('sealed', '=', from.sealed)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },

    remove: (key) =>
      atomically(async (tx) => {
        await tx.deleteFrom('slack_workspaces').where('organisation', '=', key).execute();
        await tx.deleteFrom('slack_installations').where('key', '=', key).execute();
      }),

    async belong(workspace, organisation) {
      await db
        .insertInto('slack_workspaces')
        .values({ workspace, organisation })
        .onConflict((c) => c.column('workspace').doUpdateSet({ organisation }))
        .execute();
    },

    async organisationOf(workspace) {
      const row = await db
        .selectFrom('slack_workspaces')
        .select('organisation')
        .where('workspace', '=', workspace)
        .executeTakeFirst();
      return row?.organisation ?? null;
    },

    async workspacesOf(organisation) {
      const rows = await db
        .selectFrom('slack_workspaces')
        .select('workspace')
        .where('organisation', '=', organisation)
        .orderBy('workspace')
        .execute();
      return rows.map((row) => row.workspace);
    },

    async useUp(once, now, expiresAt) {
      await db.deleteFrom('slack_states').where('expires_at', '<=', now).execute();
      const taken = await db
        .insertInto('slack_states')
        .values({ once, expires_at: expiresAt })
        .onConflict((c) => c.column('once').doNothing())
        .returning('once')
        .executeTakeFirst();
      return taken !== undefined;
    },
  };
}
