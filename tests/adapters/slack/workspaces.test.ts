import { afterEach, describe, expect, it } from 'vitest';
import { NotCalled, outcomeOf } from '../../../src/adapters/slack/errors.ts';
import { manyWorkspaces, type Tokens } from '../../../src/adapters/slack/workspaces.ts';
import { type Answer, type Call, silent, standIn } from '../doubles.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const fine: Answer = { json: { ok: true } };
const refusal = (error: string): Answer => ({ json: { ok: false, error } });

/** Answers the first call with `first`, and everything after well. */
async function calling(first: Answer, tokens: Partial<Tokens> = {}) {
  let calls = 0;
  const platform = await standIn((_: Call) => (calls++ === 0 ? first : fine));
  closing.push(platform.close);
  const asked: boolean[] = [];
  const workspaces = manyWorkspaces(
    {
      of: async (workspace) => `xoxb-${workspace}`,
      insteadOf: async (refused, _, mayBuy) => {
        asked.push(mayBuy);
        return `${refused}-new`;
      },
      ...tokens,
    },
    { apiUrl: `${platform.url}/api/`, logger: silent },
  );
  const post = () =>
    workspaces
      .bulk('T1', (client) => client.chat.postMessage({ channel: 'C1', text: 'a' }))
      .then(
        () => 'sent',
        (error: unknown) => error,
      );
  return { platform, post, asked };
}

describe('a call in one of many workspaces', () => {
  it.each([
    ['token_expired', true],
    ['invalid_auth', true],
    ['token_revoked', true],
    ['account_inactive', false],
  ])('refused with %s is made once more with another token', async (code, mayBuy) => {
    const { platform, post, asked } = await calling(refusal(code));
    expect(await post()).toBe('sent');
    expect(platform.of('chat.postMessage')).toHaveLength(2);
    expect(asked).toEqual([mayBuy]);
  });

  it.each(['channel_not_found', 'ratelimited', 'missing_scope'])(
    'refused with %s is left at that',
    async (code) => {
      const { platform, post, asked } = await calling(refusal(code));
      expect(outcomeOf(await post())).toMatchObject({ why: code });
      expect(platform.calls).toHaveLength(1);
      expect(asked).toEqual([]);
    },
  );

  it('that may have arrived is not made again', async () => {
    const { platform, post } = await calling('drop');
    expect(outcomeOf(await post())).toMatchObject({ kind: 'uncertain' });
    expect(platform.calls).toHaveLength(1);
  });

  it('keeps to what Slack said when no other token can be looked for', async () => {
    const { post } = await calling(refusal('token_expired'), {
      insteadOf: () => Promise.reject(new Error('the database is away')),
    });
    expect(outcomeOf(await post())).toMatchObject({ kind: 'retry', why: 'token_expired' });
  });

  it('says that the app is gone rather than that it gets no new token', async () => {
    const insteadOf = () => Promise.reject(new NotCalled('renewal_refused'));
    const gone = await calling(refusal('token_revoked'), { insteadOf });
    expect(outcomeOf(await gone.post())).toEqual({ kind: 'revoked', why: 'token_revoked' });
    const expired = await calling(refusal('token_expired'), { insteadOf });
    expect(outcomeOf(await expired.post())).toEqual({ kind: 'revoked', why: 'renewal_refused' });
  });

  it('without a token is not made at all', async () => {
    const { platform, post } = await calling(fine, { of: () => Promise.reject(new NotCalled('no_token')) });
    expect(outcomeOf(await post())).toMatchObject({ kind: 'retry', scope: 'lane' });
    expect(platform.calls).toEqual([]);
  });
});
