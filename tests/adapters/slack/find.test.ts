import { afterEach, describe, expect, it } from 'vitest';
import { findNotice } from '../../../src/adapters/slack/find.ts';
import { oneWorkspace } from '../../../src/adapters/slack/workspaces.ts';
import type { ChatRef } from '../../../src/domain/subscriber.ts';
import { type Answer, type Call, NOW, silent, standIn } from '../doubles.ts';

const CHANNEL: ChatRef = { platform: 'slack', workspace: 'T1', id: 'C1', kind: 'channel' };
const PERSON: ChatRef = { ...CHANNEL, id: 'U1', kind: 'private' };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function looking(respond: (call: Call) => Answer) {
  const platform = await standIn(respond);
  closing.push(platform.close);
  const { bulk: call } = oneWorkspace('xoxb-1', { apiUrl: `${platform.url}/api/`, logger: silent });
  return { platform, find: (chat: ChatRef) => findNotice({ call, logger: silent }, chat, 'd1', NOW) };
}

const marked = (ts: string, delivery: string) => ({
  ts,
  text: '…',
  metadata: { event_type: 'allim_delivery', event_payload: { delivery_id: delivery } },
});
const page = (messages: readonly object[], next = ''): Answer => ({
  json: { ok: true, messages, has_more: next !== '', response_metadata: { next_cursor: next } },
});

describe('a notice in doubt', () => {
  it('is found by its mark among what was written since, from a little before', async () => {
    const { platform, find } = await looking(() =>
      page([{ ts: '3.0', text: 'hello' }, marked('2.0', 'd2'), marked('1.0', 'd1')]),
    );
    expect(await find(CHANNEL)).toEqual({ kind: 'found', messageId: '1.0' });
    expect(platform.of('conversations.history')).toEqual([
      {
        channel: 'C1',
        oldest: String(Date.parse(NOW) / 1000 - 60),
        include_all_metadata: 'true',
        inclusive: 'true',
        limit: '200',
      },
    ]);
  });

  it('is found on a later page', async () => {
    const { platform, find } = await looking(({ values }) =>
      values.cursor === 'p2' ? page([marked('1.0', 'd1')]) : page([marked('2.0', 'd2')], 'p2'),
    );
    expect(await find(CHANNEL)).toEqual({ kind: 'found', messageId: '1.0' });
    expect(platform.calls).toHaveLength(2);
  });

  it('is absent when all was seen and it is not there', async () => {
    const { find } = await looking(() =>
      page([marked('2.0', 'd2'), { ts: '1.0', metadata: { event_type: 'x' } }]),
    );
    expect(await find(CHANNEL)).toEqual({ kind: 'absent' });
  });

  it('to a person is looked for in the direct message', async () => {
    const { platform, find } = await looking(({ method }) =>
      method === 'conversations.open'
        ? { json: { ok: true, channel: { id: 'D1' } } }
        : page([marked('1.0', 'd1')]),
    );
    expect(await find(PERSON)).toEqual({ kind: 'found', messageId: '1.0' });
    expect(platform.of('conversations.open')).toEqual([{ users: 'U1' }]);
    expect(platform.of('conversations.history')).toMatchObject([{ channel: 'D1' }]);
  });

  it.each<[string, Answer]>([
    ['we may not read there', { json: { ok: false, error: 'missing_scope' } }],
    ['Slack has had enough', { status: 429, json: {}, headers: { 'retry-after': '30' } }],
    ['no answer comes', 'drop'],
    ['there is no end to it', page([marked('2.0', 'd2')], 'more')],
  ])('stays in doubt when %s', async (_, answer) => {
    const { platform, find } = await looking(() => answer);
    expect(await find(CHANNEL)).toEqual({ kind: 'unknown' });
    expect(platform.calls.length).toBeLessThanOrEqual(10);
  });
});
