import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changeSettings,
  endChat,
  endWorkspace,
  ensureChat,
  eraseChat,
  exportChat,
  findChat,
  moveChat,
} from '../../src/operations/chats.ts';
import { declareIncident } from '../../src/operations/incidents.ts';
import { subscribe } from '../../src/operations/subscriptions.ts';
import { chat, NOON, type TestWorld, testWorld } from '../support/context.ts';
import { markTold } from '../support/told.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const here = chat('1');

/** A chat with a subscription, a follow and one notice. */
async function livedIn() {
  const subscriber = await ensureChat(world.context, here, 'ko');
  const declared = await declareIncident(
    world.context,
    { kind: 'console' },
    {
      services: [{ id: 'gov24', status: 'major_outage' }],
      state: 'investigating',
      message: { ko: '안내', en: 'News' },
    },
  );
  if (!declared.ok) throw new Error('refused');
  await subscribe(world.context, subscriber, { kind: 'service', id: 'gov24' });
  await markTold(world.context, declared.value.notice?.id ?? '', subscriber);
  return { subscriber, code: declared.value.notice?.code };
}

describe('a chat', () => {
  it('is made once and found again', async () => {
    expect(await findChat(world.context, here)).toBeNull();
    const made = await ensureChat(world.context, here, 'ko');
    expect(made).toMatchObject({ chat: here, hint: 'ko', language: null, state: 'active' });
    world.clock.forward(60);
    const again = await ensureChat(world.context, here, 'en');
    expect(again).toMatchObject({ id: made.id, hint: 'en', seenAt: world.clock.now(), createdAt: NOON });
    expect(await ensureChat(world.context, here, null)).toMatchObject({ hint: 'en' });
  });

  it('keeps the settings it is given', async () => {
    const made = await ensureChat(world.context, here, 'ko');
    const to = { language: 'en', region: 'busan', quietHours: 'off', announcements: true } as const;
    expect(await changeSettings(world.context, made, to)).toMatchObject(to);
    expect(await changeSettings(world.context, made, { region: null })).toMatchObject({
      ...to,
      region: null,
    });
  });

  it('ends quietly when the bot is blocked, and comes back with its subscriptions', async () => {
    const { subscriber } = await livedIn();
    await endChat(world.context, here, 'blocked');
    expect(await findChat(world.context, here)).toMatchObject({ state: 'ended', endedBecause: 'blocked' });
    await endChat(world.context, chat('never seen'), 'blocked');
    expect(await ensureChat(world.context, here, null)).toMatchObject({
      state: 'active',
      endedBecause: null,
    });
    expect(await world.context.store.subscriptions.of(subscriber.id)).toHaveLength(1);
  });

  it('lives on under another id', async () => {
    const { subscriber } = await livedIn();
    await moveChat(world.context, here, '-1001');
    expect(await findChat(world.context, here)).toBeNull();
    expect(await findChat(world.context, { ...here, id: '-1001' })).toMatchObject({ id: subscriber.id });
  });

  it('ends with its whole workspace', async () => {
    await ensureChat(world.context, chat('1', 'slack'), null);
    await ensureChat(world.context, chat('2', 'slack'), null);
    await ensureChat(world.context, here, null);
    expect(await endWorkspace(world.context, 'slack', 'bot', 'uninstalled')).toBe(2);
    expect(await findChat(world.context, here)).toMatchObject({ state: 'active' });
  });
});

describe('what is stored of a chat', () => {
  it('is handed over whole, as JSON', async () => {
    const { code } = await livedIn();
    const all = await exportChat(world.context, here);
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(all).toMatchObject({
      chat: here,
      settings: { hint: 'ko', state: 'active' },
      subscriptions: [{ target: { kind: 'service', id: 'gov24' } }],
      follows: [{ service: 'gov24' }],
      notices: [{ code, state: 'sent' }],
    });
    expect(await exportChat(world.context, chat('2'))).toMatchObject({ settings: null, notices: [] });
  });

  it('is erased with a receipt, which is all that remains', async () => {
    await livedIn();
    const { receipt, counts } = await eraseChat(world.context, here);
    expect(receipt).toMatch(/^E-[0-9A-F]{10}$/);
    expect(counts).toMatchObject({ subscriptions: 1, follows: 1, deliveries: 1 });
    expect(await exportChat(world.context, here)).toMatchObject({ settings: null, subscriptions: [] });
    const audit = await world.context.store.audit.list({ limit: 1, cursor: null });
    expect(audit.items).toMatchObject([{ act: 'chat.erased', subject: receipt, after: counts }]);
    expect((await eraseChat(world.context, here)).counts).toEqual({});
  });
});
