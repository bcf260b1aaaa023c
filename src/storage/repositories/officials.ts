import { z } from 'zod';
import type { Official } from '../../domain/official.ts';
import { ROLES } from '../../domain/official.ts';
import type { Officials } from '../../ports/people.ts';
import type { Handle } from '../handle.ts';
import type { OfficialRow } from '../schema.ts';
import { readStored } from '../stored-json.ts';

const roles = z.array(z.enum(ROLES));

const parse = (row: OfficialRow): Official => ({
  id: row.id,
  name: row.name,
  agency: row.agency,
  roles: readStored(roles, row.roles, `roles of official ${row.id}`),
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});

const parsed = (row: OfficialRow | undefined): Official | null => (row === undefined ? null : parse(row));

export function officialsOn({ db, atomically }: Handle): Officials {
  return {
    async insert(official) {
      await db
        .insertInto('officials')
        .values({
          id: official.id,
          name: official.name,
          agency: official.agency,
          roles: JSON.stringify(official.roles),
          created_at: official.createdAt,
          revoked_at: official.revokedAt,
        })
        .execute();
    },

    async get(id) {
      return parsed(await db.selectFrom('officials').selectAll().where('id', '=', id).executeTakeFirst());
    },

    async list() {
      const rows = await db.selectFrom('officials').selectAll().orderBy('created_at').orderBy('id').execute();
      return rows.map(parse);
    },

    revoke: (id, at) =>
      atomically(async (db) => {
        const result = await db
          .updateTable('officials')
          .set({ revoked_at: at })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        if (result.numUpdatedRows === 0n) return false;
        await db.deleteFrom('official_tokens').where('official', '=', id).execute();
        await db.deleteFrom('official_links').where('official', '=', id).execute();
        await db.deleteFrom('official_identities').where('official', '=', id).execute();
        return true;
      }),

    async addToken(hash, official, at) {
      await db.insertInto('official_tokens').values({ hash, official, created_at: at }).execute();
    },

    async byToken(hash) {
      return parsed(
        await db
          .selectFrom('official_tokens as t')
          .innerJoin('officials as o', 'o.id', 't.official')
          .selectAll('o')
          .where('t.hash', '=', hash)
          .where('o.revoked_at', 'is', null)
          .executeTakeFirst(),
      );
    },

    async addLinkCode(hash, official, expiresAt) {
      await db.insertInto('official_links').values({ hash, official, expires_at: expiresAt }).execute();
    },

    link: (hash, identity, now) =>
      atomically(async (db) => {
        // Deleting is what uses it up: of two at once only one gets the row.
        const code = await db
          .deleteFrom('official_links')
          .where('hash', '=', hash)
          .returning(['official', 'expires_at'])
          .executeTakeFirst();
        if (code === undefined || code.expires_at <= now) return null;
        const official = await db
          .selectFrom('officials')
          .selectAll()
          .where('id', '=', code.official)
          .where('revoked_at', 'is', null)
          .executeTakeFirst();
        if (official === undefined) return null;
        const { platform, workspace, person } = identity;
        await db
          .insertInto('official_identities')
          .values({ platform, workspace, person, official: official.id })
          .onConflict((c) =>
            c.columns(['platform', 'workspace', 'person']).doUpdateSet({ official: official.id }),
          )
          .execute();
        return parse(official);
      }),

    async byIdentity({ platform, workspace, person }) {
      return parsed(
        await db
          .selectFrom('official_identities as i')
          .innerJoin('officials as o', 'o.id', 'i.official')
          .selectAll('o')
          .where('i.platform', '=', platform)
          .where('i.workspace', '=', workspace)
          .where('i.person', '=', person)
          .where('o.revoked_at', 'is', null)
          .executeTakeFirst(),
      );
    },
  };
}
