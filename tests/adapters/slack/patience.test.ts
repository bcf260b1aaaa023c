import { afterEach, describe, expect, it } from 'vitest';
import { createPatience } from '../../../src/adapters/slack/patience.ts';
import { createReply } from '../../../src/adapters/slack/reply.ts';
import { oneWorkspace } from '../../../src/adapters/slack/workspaces.ts';
import { reply } from '../../../src/conversation/turn.ts';
import { type Answer, type Call, listeningLogger, someCard, standIn } from '../doubles.ts';

const CHAT = { platform: 'slack', workspace: 'T1', id: 'U1', kind: 'private' } as const;
const BACK = {
  chat: CHAT,
  channel: 'D1',
  thread: null,
  person: 'U1',
  trigger: null,
  responseUrl: null,
  pressed: null,
  home: null,
  submission: null,
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const posted: Answer = { json: { ok: true, channel: 'D1', ts: '1.0' } };
const tooMany = (seconds: number): Answer => ({
  status: 429,
  json: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
});

async function replying(refused: (call: Call, nth: number) => Answer | null) {
  let nth = 0;
  const platform = await standIn((call) => refused(call, nth++) ?? posted);
  closing.push(platform.close);
  const { logger, lines } = listeningLogger();
  const heeded: unknown[] = [];
  const waited: number[] = [];
  const { answers: call } = oneWorkspace('xoxb-1', { apiUrl: `${platform.url}/api/`, logger });
  const patiently = createPatience({
    call,
    heedLimit: async (...limit) => void heeded.push(limit),
    logger,
    wait: async (seconds) => void waited.push(seconds),
  });
  return { platform, send: createReply({ call, patiently, logger }), heeded, waited, lines };
}

describe('an answer in Slack that meets a limit', () => {
  it('makes the workspace’s notices wait too, waits itself when it is short, and arrives', async () => {
    const { platform, send, heeded, waited } = await replying((_, nth) => (nth === 0 ? tooMany(3) : null));
    await send(BACK, reply([someCard]));
    expect(heeded).toEqual([['slack:T1', 3, 'ratelimited']]);
    expect(waited).toEqual([3]);
    expect(platform.of('chat.postMessage')).toHaveLength(2);
  });

  it('is dropped with the reason when it is long', async () => {
    const { platform, send, heeded, lines } = await replying(() => tooMany(300));
    await send(BACK, reply([someCard]));
    expect(heeded).toEqual([['slack:T1', 300, 'ratelimited']]);
    expect(platform.calls).toHaveLength(1);
    expect(lines.join('\n')).toMatch(/waitSeconds: 300/);
  });

  it('of another method leaves the notices alone: Slack counts each method by itself', async () => {
    const { platform, send, heeded } = await replying(({ method }) =>
      method === 'views.publish' ? tooMany(300) : null,
    );
    await send({ ...BACK, home: 'opened' }, reply([someCard]));
    expect(platform.of('views.publish')).toHaveLength(1);
    expect(heeded).toEqual([]);
  });
});
