import { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NotCalled, outcomeOf } from '../../../src/adapters/slack/errors.ts';
import { createBook, type Installation } from '../../../src/adapters/slack/installations.ts';
import { createTokens } from '../../../src/adapters/slack/rotation.ts';
import { createSeal } from '../../../src/adapters/slack/seal.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { type OpenDatabase, openDatabase } from '../../../src/storage/open.ts';
import { TestClock } from '../../support/context.ts';
import { silent } from '../doubles.ts';

const DAY_HALF = 43_200;
const seal = createSeal('k'.repeat(32));

let clock: TestClock;
let database: OpenDatabase;
beforeEach(async () => {
  clock = new TestClock();
  database = await openDatabase({ kind: 'sqlite', path: ':memory:' }, { mode: 'live', clock });
});
afterEach(() => database.close());

/** What Slack does with refresh tokens: each works once. `away` and `refusing` make it fail. */
function slackDesk() {
  const state = { renewals: 0, away: false, refusing: false, present: 'r0' };
  return Object.assign(state, {
    async renew(refreshToken: string) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (state.away) throw new Error('no answer');
      if (state.refusing || refreshToken !== state.present)
        throw new webApi.WebAPIPlatformError({ ok: false, error: 'invalid_refresh_token' });
      state.renewals += 1;
      state.present = `r${state.renewals}`;
      return {
        accessToken: `a${state.renewals}`,
        refreshToken: state.present,
        expiresAt: plusSeconds(clock.now(), DAY_HALF),
      };
    },
    agreeUrl: () => '',
    exchange: () => Promise.reject(new Error('not here')),
  });
}

/** One process that shares the database with the others. */
function replica(owner: string, desk: ReturnType<typeof slackDesk>) {
  const { installations, leases } = database.store;
  const book = createBook(installations, seal);
  return { book, tokens: createTokens({ book, oauth: desk, leases, owner, clock, logger: silent }) };
}

const installation = (more: Partial<Installation> = {}): Installation => ({
  key: 'T1',
  name: '한빛시',
  botUserId: 'U9',
  installedAt: clock.now(),
  accessToken: 'a0',
  refreshToken: 'r0',
  expiresAt: plusSeconds(clock.now(), DAY_HALF),
  ...more,
});

async function setUp(more: Partial<Installation> = {}) {
  const desk = slackDesk();
  const one = replica('one', desk);
  await one.book.save(installation(more));
  return { desk, ...one };
}

describe('the token of a workspace', () => {
  it('is the one it was installed with, until its end is near', async () => {
    const { tokens, desk } = await setUp();
    expect(await tokens.of('T1')).toBe('a0');
    clock.forward(DAY_HALF - 3601);
    expect(await tokens.of('T1')).toBe('a0');
    clock.forward(1);
    expect(await tokens.of('T1')).toBe('a1');
    expect(desk.renewals).toBe(1);
  });

  it('without rotation lasts', async () => {
    const { tokens } = await setUp({ refreshToken: null, expiresAt: null });
    clock.forward(365 * 86_400);
    expect(await tokens.of('T1')).toBe('a0');
    expect(await tokens.insteadOf('a0', 'T1', true)).toBeNull();
  });

  it('is exchanged once, however many ask in however many processes', async () => {
    const { tokens, desk } = await setUp();
    const two = replica('two', desk);
    expect(await two.tokens.of('T1')).toBe('a0');
    clock.forward(DAY_HALF + 1);
    const asked = [tokens, two.tokens, tokens, two.tokens].map((each) => each.of('T1'));
    expect(await Promise.all(asked)).toEqual(['a1', 'a1', 'a1', 'a1']);
    expect(desk.renewals).toBe(1);
  });

  it('that Slack refuses is looked up before it is exchanged: another process may have done so', async () => {
    const { tokens, desk } = await setUp();
    const two = replica('two', desk);
    expect(await two.tokens.of('T1')).toBe('a0');
    expect(await tokens.insteadOf('a0', 'T1', true)).toBe('a1');
    expect(await two.tokens.insteadOf('a0', 'T1', true)).toBe('a1');
    expect(desk.renewals).toBe(1);
  });

  it('that may be good after all is not exchanged, only looked up', async () => {
    const { tokens, desk } = await setUp();
    const two = replica('two', desk);
    expect(await two.tokens.of('T1')).toBe('a0');
    expect(await two.tokens.insteadOf('a0', 'T1', false)).toBeNull();
    await tokens.insteadOf('a0', 'T1', true);
    expect(await two.tokens.insteadOf('a0', 'T1', false)).toBe('a1');
    expect(desk.renewals).toBe(1);
  });

  it('is there at once when another process has installed the app', async () => {
    const { book, desk } = await setUp();
    const two = replica('two', desk);
    await expect(two.tokens.of('T2')).rejects.toThrow(NotCalled);
    await book.save(installation({ key: 'T2', accessToken: 'other' }));
    expect(await two.tokens.of('T2')).toBe('other');
  });

  it('that cannot be exchanged yet goes on being used while it lasts', async () => {
    const { tokens, desk } = await setUp();
    desk.away = true;
    clock.forward(DAY_HALF - 60);
    expect(await tokens.of('T1')).toBe('a0');
  });

  it('that has ended and cannot be exchanged just now keeps its messages for later', async () => {
    const { tokens, desk } = await setUp();
    desk.away = true;
    clock.forward(DAY_HALF + 1);
    const error = await tokens.of('T1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(NotCalled);
    expect(outcomeOf(error)).toMatchObject({ kind: 'retry', scope: 'lane' });
    desk.away = false;
    expect(await tokens.of('T1')).toBe('a1');
  });

  it('that Slack will not exchange any more asks for a new installation', async () => {
    const { tokens, desk } = await setUp();
    desk.refusing = true;
    clock.forward(DAY_HALF + 1);
    const error = await tokens.of('T1').catch((reason: unknown) => reason);
    expect(outcomeOf(error)).toEqual({ kind: 'revoked', why: 'renewal_refused' });
  });

  it('is taken from the new installation when one came in between', async () => {
    const { tokens, book, desk } = await setUp();
    clock.forward(DAY_HALF + 1);
    const asking = tokens.of('T1');
    await new Promise((resolve) => setTimeout(resolve, 10));
    await book.save(installation({ accessToken: 'b0', refreshToken: 'rb' }));
    expect(await asking).toBe('b0');
    expect(await tokens.of('T1')).toBe('b0');
    expect(desk.renewals).toBe(1);
  });

  it('of a workspace without the app is none, which ends its chats', async () => {
    const { tokens, book } = await setUp();
    await book.remove('T1');
    for (const workspace of ['T1', 'T2']) {
      const error = await tokens.of(workspace).catch((reason: unknown) => reason);
      expect(outcomeOf(error)).toEqual({ kind: 'gone', why: 'uninstalled' });
    }
  });

  it('is that of the organisation where it installed the app for all', async () => {
    const { tokens, book } = await setUp();
    await book.save(installation({ key: 'E1', accessToken: 'wide' }));
    await book.belong('T7', 'E1');
    expect(await tokens.of('T7')).toBe('wide');
    expect(await tokens.of('T1')).toBe('a0');
    expect(await book.workspacesOf('E1')).toEqual(['T7']);
  });
});
