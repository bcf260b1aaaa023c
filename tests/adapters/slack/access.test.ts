import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessByInstallations, unreadableInstallations } from '../../../src/adapters/slack/access.ts';
import { createBook, type Installation } from '../../../src/adapters/slack/installations.ts';
import { happenedAt, originOf } from '../../../src/adapters/slack/origin.ts';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import { type OpenDatabase, openDatabase } from '../../../src/storage/open.ts';
import { installWords } from '../../../src/wording/install-words.ts';
import { TestClock } from '../../support/context.ts';
import { silent } from '../doubles.ts';

const KEY = 'k'.repeat(32);
const INSTALLED = '2023-11-17T04:55:00.400Z';
const installation = (key: string): Installation => ({
  key,
  name: key,
  botUserId: `U-${key}`,
  installedAt: INSTALLED,
  accessToken: `xoxb-${key}`,
  refreshToken: null,
  expiresAt: null,
});

let database: OpenDatabase;
beforeEach(async () => {
  database = await openDatabase(
    { kind: 'sqlite', path: ':memory:' },
    { mode: 'live', clock: new TestClock() },
  );
});
afterEach(() => database.close());

async function setUp(...keys: readonly string[]) {
  const { installations, leases } = database.store;
  const book = createBook(installations, createSeal(KEY));
  for (const key of keys) await book.save(installation(key));
  return accessByInstallations(
    {
      config: {
        clientId: '1.2',
        clientSecret: 'hush',
        stateSecret: 'state',
        encryptionKeys: [KEY],
        publicUrl: 'https://allim.example.go.kr',
      },
      clock: new TestClock(),
      installations,
      leases,
      owner: 'one',
      installWords,
      onInstalled: async () => {},
    },
    { apiUrl: 'http://127.0.0.1:1/api/', logger: silent },
  );
}

const event = (more: object) => ({ type: 'event_callback', event_id: 'Ev1', event: { type: 'x' }, ...more });
const wide = { enterprise_id: 'E1', team_id: 'T5', is_bot: true, is_enterprise_install: true };

describe('the end of a Slack installation', () => {
  it('is that of its workspace, told twice or of one that is not known', async () => {
    const access = await setUp('T1', 'T2');
    expect(await access.over('T1', INSTALLED)).toEqual(['T1']);
    await access.forget('T1');
    expect(await access.over('T1', INSTALLED)).toEqual(['T1']);
    await access.forget('T1');
    expect((await database.store.installations.all()).map(({ key }) => key)).toEqual(['T2']);
  });

  it('told late, after the app has come back, is about the one before', async () => {
    const access = await setUp('T1');
    expect(await access.over('T1', '2023-11-17T04:54:59.000Z')).toEqual([]);
    // Slack tells only the second.
    expect(await access.over('T1', '2023-11-17T04:55:00.000Z')).toEqual(['T1']);
    expect(await access.over('T1', null)).toEqual(['T1']);
  });

  it('told late is so too in a process that has not heard of the return yet', async () => {
    const access = await setUp('T1');
    expect(await access.over('T1', INSTALLED)).toEqual(['T1']);
    const elsewhere = createBook(database.store.installations, createSeal(KEY));
    await elsewhere.remove('T1');
    await elsewhere.save({ ...installation('T1'), installedAt: '2023-11-17T05:00:00.000Z' });
    expect(await access.over('T1', INSTALLED)).toEqual([]);
  });

  it('of an organisation is that of every workspace we have heard from', async () => {
    const access = await setUp('E1', 'T9');
    await access.heard(event({ team_id: 'T5', authorizations: [wide] }));
    await access.heard({
      team: null,
      user: { id: 'U1', team_id: 'T6' },
      enterprise: { id: 'E1' },
      is_enterprise_install: true,
    });
    await access.heard({
      command: '/allim',
      team_id: 'T7',
      enterprise_id: 'E1',
      is_enterprise_install: 'true',
    });
    await access.heard(event({ team_id: 'T8', authorizations: [{ ...wide, is_enterprise_install: false }] }));
    expect(await access.over('E1', null)).toEqual(['T5', 'T6', 'T7']);
    expect(await access.over('T6', null)).toEqual(['T5', 'T6', 'T7']);
    await access.forget('T6');
    expect((await database.store.installations.all()).map(({ key }) => key)).toEqual(['T9']);
  });
});

describe('letting a payload in', () => {
  const authorize = async (access: Awaited<ReturnType<typeof setUp>>, teamId: string) =>
    access.authorize({ teamId, isEnterpriseInstall: false, enterpriseId: undefined });

  it('goes by the installation of its workspace', async () => {
    const access = await setUp('T1', 'T2');
    expect(await authorize(access, 'T2')).toEqual({ botToken: 'xoxb-T2', botUserId: 'U-T2' });
  });

  it('works for a workspace that has removed the app: its last words tell so', async () => {
    expect(await authorize(await setUp(), 'T1')).toEqual({});
  });
});

describe('the keys of stored installations', () => {
  it('are checked: what an earlier one sealed is sealed anew, what none opens is counted', async () => {
    await setUp('T1', 'T2');
    const { installations } = database.store;
    const other = 'o'.repeat(32);
    expect(await unreadableInstallations(installations, [other])).toEqual({ count: 2, unreadable: 2 });
    expect(await unreadableInstallations(installations, [other, KEY])).toEqual({ count: 2, unreadable: 0 });
    expect(await unreadableInstallations(installations, [other])).toEqual({ count: 2, unreadable: 0 });
    expect(await unreadableInstallations(installations, [KEY])).toEqual({ count: 2, unreadable: 2 });
  });
});

it('nothing can be told from a payload that is none', () => {
  for (const body of [null, 5, 'x', [], {}, { team_id: 5, authorizations: 'x', user: 'U1' }]) {
    expect(originOf(body)).toEqual({ workspace: null, organisation: null });
    expect(happenedAt(body)).toBeNull();
  }
  expect(happenedAt({ event_time: 1_700_000_000 })).toBe('2023-11-14T22:13:20.000Z');
});
