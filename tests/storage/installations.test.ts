import { describe, expect, it } from 'vitest';
import { chat, clock, T0, t0Plus } from '../contracts/store-samples.ts';
import { eachDatabase, emptiedStores } from '../support/databases.ts';

eachDatabase('Slack installations', (kind) => {
  const next = emptiedStores(kind, clock);
  const open = async () => (await next()).store;

  it('are kept by workspace or organisation, a newer one in place of the earlier', async () => {
    const { installations } = await open();
    await installations.put('T1', 'one');
    await installations.put('E1', 'two');
    await installations.put('T1', 'three');
    expect(await installations.get('T1')).toEqual({ key: 'T1', sealed: 'three' });
    expect(await installations.get('T2')).toBeNull();
    expect(await installations.all()).toEqual([
      { key: 'E1', sealed: 'two' },
      { key: 'T1', sealed: 'three' },
    ]);
  });

  it('change only when nobody was first', async () => {
    const { installations } = await open();
    await installations.put('T1', 'one');
    const read = { key: 'T1', sealed: 'one' };
    expect(await installations.replace(read, 'two')).toBe(true);
    expect(await installations.replace(read, 'three')).toBe(false);
    await installations.remove('T1');
    expect(await installations.replace({ key: 'T1', sealed: 'two' }, 'four')).toBe(false);
    expect(await installations.get('T1')).toBeNull();
  });

  it('of an organisation are known with its workspaces until they go', async () => {
    const { installations } = await open();
    await installations.put('E1', 'one');
    await installations.belong('T2', 'E1');
    await installations.belong('T1', 'E1');
    await installations.belong('T1', 'E1');
    expect(await installations.workspacesOf('E1')).toEqual(['T1', 'T2']);
    expect(await installations.organisationOf('T1')).toBe('E1');
    await installations.remove('E1');
    expect(await installations.organisationOf('T1')).toBeNull();
  });

  it('are asked for once with each state, whoever comes first', async () => {
    const { installations } = await open();
    const taken = await Promise.all([1, 2, 3].map(() => installations.useUp('n1', T0, t0Plus(60))));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await installations.useUp('n2', t0Plus(30), t0Plus(90))).toBe(true);
    expect(await installations.useUp('n1', t0Plus(30), t0Plus(60))).toBe(false);
  });

  describe('that come back', () => {
    it('revive the chats that their removal ended, and no others', async () => {
      const { subscribers } = await open();
      for (const [id, workspace] of [
        ['sub_1', 'T1'],
        ['sub_2', 'T1'],
        ['sub_3', 'T2'],
      ] as const)
        await subscribers.ensure(chat(id, { platform: 'slack', workspace }), { id, hint: null, at: T0 });
      await subscribers.end('sub_2', 'archived', T0);
      await subscribers.endWorkspace('slack', 'T1', 'uninstalled', T0);
      await subscribers.endWorkspace('slack', 'T2', 'uninstalled', T0);
      expect(await subscribers.reviveWorkspace('slack', 'T1', ['uninstalled', 'revoked'], t0Plus(1))).toBe(1);
      expect(await subscribers.get('sub_1')).toMatchObject({ state: 'active', endedBecause: null });
      expect(await subscribers.get('sub_2')).toMatchObject({ state: 'ended', endedBecause: 'archived' });
      expect(await subscribers.get('sub_3')).toMatchObject({ state: 'ended' });
    });
  });
});
