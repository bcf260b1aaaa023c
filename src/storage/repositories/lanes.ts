import type { Lanes } from '../../ports/outbox.ts';
import type { Handle } from '../handle.ts';

const SELECTED = ['key', 'paused_until as pausedUntil', 'why'] as const;

export function lanesOn({ db }: Handle): Lanes {
  return {
    async get(key) {
      return (
        (await db.selectFrom('lanes').select(SELECTED).where('key', '=', key).executeTakeFirst()) ?? null
      );
    },

    async pause(key, until, why) {
      await db
        .insertInto('lanes')
        .values({ key, paused_until: until, why })
        .onConflict((c) =>
          c
            .column('key')
            .doUpdateSet({ paused_until: until, why })
            .where((e) => e.or([e('lanes.paused_until', 'is', null), e('lanes.paused_until', '<', until)])),
        )
        .execute();
    },

    all: () => db.selectFrom('lanes').select(SELECTED).orderBy('key').execute(),
  };
}
