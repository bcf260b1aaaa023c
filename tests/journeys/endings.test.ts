import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../src/sandbox/faults.ts';
import { type Declared, finished, type Progress } from './officials.ts';
import { openStage, type Stage } from './stage.ts';
import { inTelegram, type Talker } from './talkers.ts';

const refused = (code: number, description: string): FaultEffect => ({ kind: 'error', code, description });
const telegram = (code: number, description: string) =>
  ({ platform: 'telegram', effect: refused(code, description) }) as const;
const slack = (description: string) => ({ platform: 'slack', effect: refused(200, description) }) as const;

/** What a platform answers to a notice, what becomes of the delivery, and whether the chat is heard of again. */
const ENDINGS: readonly [
  reply: { readonly platform: 'telegram' | 'slack'; readonly effect: FaultEffect },
  state: string,
  because: string | null,
][] = [
  [telegram(403, 'Forbidden: bot was blocked by the user'), 'ended', 'blocked'],
  [telegram(403, 'Forbidden: user is deactivated'), 'ended', 'deactivated'],
  [telegram(403, 'Forbidden: bot was kicked from the group chat'), 'ended', 'kicked'],
  [telegram(403, 'Forbidden: the group chat was deleted'), 'ended', 'deleted'],
  [telegram(400, 'Bad Request: chat not found'), 'failed', null],
  [telegram(400, 'Bad Request: CHAT_WRITE_FORBIDDEN'), 'ended', 'forbidden'],
  [slack('is_archived'), 'ended', 'archived'],
  [slack('user_disabled'), 'ended', 'user_disabled'],
  [slack('restricted_action'), 'ended', 'forbidden'],
];

/** Each way in which a chat can end, met by a notice and told of by nothing else. */
describe('a chat that has ended is learnt of from the answer to a notice', () => {
  let stage: Stage;
  let chats: Talker[];
  let spared: Talker;
  beforeAll(async () => {
    stage = await openStage(['telegram polling', 'slack http']);
    chats = ENDINGS.map(([{ platform }]) => stage.talker('ko', platform));
    spared = stage.talker('ko', 'telegram');
    for (const talker of [...chats, spared]) await talker.command('subscribe', 'gov24');
  });
  afterAll(async () => {
    expect(stage.sandbox.violations.all).toEqual([]);
    await stage.close();
  });

  const declare = async (): Promise<Declared & Progress> => {
    const outage = await stage.api('POST', '/incidents', {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message: { ko: '접속이 되지 않아요.', en: 'It cannot be reached.' },
    });
    return { ...outage, ...(await finished(stage.api, outage.notice.id)), id: outage.id };
  };
  const resolve = async (id: string) => {
    const { notice } = await stage.api('POST', `/incidents/${id}/updates`, {
      state: 'resolved',
      message: { ko: '다시 접속돼요.', en: 'It works again.' },
    });
    await finished(stage.api, notice.id);
  };
  const times = (chat: Talker, { notice }: Declared) =>
    chat.notices().filter((text) => text.includes(notice.code)).length;
  /** Why each chat ended, by its id; null while it lives. */
  function endings(): ReadonlyMap<string, string | null> {
    const database = new DatabaseSync(stage.databasePath, { readOnly: true });
    const rows = database.prepare('select chat, ended_because from subscribers').all();
    database.close();
    return new Map(rows.map((row) => [String(row.chat), row.ended_because as string | null]));
  }

  it('ends exactly those that are over, and costs no call in the next campaign', async () => {
    for (const [i, [{ platform, effect }]] of ENDINGS.entries()) {
      const chat = chats[i];
      // In Slack a direct message goes out to the person.
      const address = platform === 'slack' ? chat?.person : chat?.chat;
      const method = platform === 'slack' ? 'chat.postMessage' : 'sendMessage';
      stage.sandbox.faults.arm({ platform, method, chat: address, effect });
    }
    const first = await declare();
    const ended = ENDINGS.filter(([, state]) => state === 'ended').length;
    expect(first.deliveries).toMatchObject({
      sent: 1,
      ended,
      failed: ENDINGS.length - ended,
      uncertain: 0,
    });
    expect(times(spared, first)).toBe(1);
    const because = endings();
    for (const [i, [, , why]] of ENDINGS.entries()) {
      const talker = chats[i];
      if (talker === undefined) throw new Error('no talker');
      expect([talker.person, because.get(talker.person)]).toEqual([talker.person, why]);
    }
    await resolve(first.id);

    const next = await declare();
    expect(next.audience).toBe(ENDINGS.length + 1 - ended);
    expect(next.deliveries).toMatchObject({ ended: 0 });
    await resolve(next.id);
  });

  it('looks for a notice in doubt in Slack, and sends it once more where that cannot be done', async () => {
    const found = stage.talker('ko', 'slack');
    const lost = stage.talker('ko', 'slack');
    const unknowable = stage.talker('ko', 'telegram');
    for (const talker of [found, lost, unknowable]) await talker.command('subscribe', 'gov24');
    const broken = (when: 'before' | 'after') => ({ effect: { kind: 'drop', when } }) as const;
    const posting = { platform: 'slack', method: 'chat.postMessage' } as const;
    stage.sandbox.faults.arm({ ...posting, chat: found.person, ...broken('after') });
    stage.sandbox.faults.arm({ ...posting, chat: lost.person, ...broken('before') });
    stage.sandbox.faults.arm({
      platform: 'telegram',
      method: 'sendMessage',
      chat: unknowable.chat,
      ...broken('after'),
    });
    const outage = await declare();
    expect(outage.deliveries).toMatchObject({ uncertain: 0, failed: 0 });
    expect([found, lost, unknowable].map((talker) => times(talker, outage))).toEqual([1, 1, 2]);
    expect(outage.resent).toBe(1);
    await resolve(outage.id);
  });

  it('follows a group that moved: told by the refusal first, and by its own message long after', async () => {
    const { people } = stage.sandbox.telegram;
    const person = Number(spared.person);
    const group = people.addChat('group', '이웃', { members: { [person]: 'creator' } });
    await inTelegram(stage.sandbox, group, person).command('subscribe', 'gov24');
    const next = people.migrate(group, { quietly: true });
    const moved = inTelegram(stage.sandbox, next, person);
    const learnt = await declare();
    expect(times(moved, learnt)).toBe(1);
    people.tellOfMigration(group);
    expect(await moved.command('subscriptions')).toContain('정부24');
    await resolve(learnt.id);
    const again = await declare();
    expect(times(moved, again)).toBe(1);
    expect(endings().has(String(group))).toBe(false);
    await resolve(again.id);
  });
});
