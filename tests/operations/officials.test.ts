import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  addOfficial,
  authenticate,
  linkIdentity,
  listOfficials,
  officialOf,
  revokeOfficial,
} from '../../src/operations/officials.ts';
import { actorOf, type TestWorld, testWorld } from '../support/context.ts';

const console_ = { kind: 'console' } as const;
const input = { name: '김담당', agency: 'mois', roles: ['operator'] } as const;
const identity = { platform: 'slack', workspace: 'T1', person: 'U1' } as const;

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const add = async (more: Partial<Parameters<typeof addOfficial>[2]> = {}) => {
  const outcome = await addOfficial(world.context, console_, { ...input, ...more });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value;
};

describe('an official', () => {
  it('signs in with the token that was shown once', async () => {
    const { official, token } = await add();
    expect(await authenticate(world.context, token)).toEqual(official);
    expect(await authenticate(world.context, `${token}x`)).toBeNull();
    expect(JSON.stringify(await world.context.store.audit.list({ limit: 10, cursor: null }))).not.toContain(
      token,
    );
  });

  it('belongs to an agency by id, or by its name in either language', async () => {
    expect((await add({ agency: '국세청' })).official.agency).toBe('nts');
    expect((await add({ agency: 'national tax service' })).official.agency).toBe('nts');
    expect(await addOfficial(world.context, console_, { ...input, agency: 'nasa' })).toMatchObject({
      problem: { code: 'unknown_agency', field: 'agency' },
    });
  });

  it('is refused without a name or a role', async () => {
    expect(await addOfficial(world.context, console_, { ...input, name: ' ' })).toMatchObject({ ok: false });
    expect(await addOfficial(world.context, console_, { ...input, roles: [] })).toMatchObject({ ok: false });
  });

  it('links a chat with a code that works once, however it is typed', async () => {
    const { official, linkCode } = await add();
    const typed = ` ${linkCode.toLowerCase().replace('-', ' ')}`;
    expect(await linkIdentity(world.context, typed, identity)).toEqual({ ok: true, value: official });
    expect(await officialOf(world.context, identity)).toEqual(official);
    expect(await linkIdentity(world.context, linkCode, { ...identity, person: 'U2' })).toMatchObject({
      problem: { code: 'not_found', field: 'code' },
    });
    expect(await officialOf(world.context, { ...identity, person: 'U2' })).toBeNull();
  });

  it('cannot use a code that has grown old', async () => {
    const { linkCode } = await add();
    world.clock.forward(3 * 86_400 + 1);
    expect(await linkIdentity(world.context, linkCode, identity)).toMatchObject({ ok: false });
  });

  it('loses token and chats when revoked', async () => {
    const { official, token, linkCode } = await add();
    await linkIdentity(world.context, linkCode, identity);
    expect(await revokeOfficial(world.context, console_, official.id)).toMatchObject({
      ok: true,
      value: { revokedAt: world.clock.now() },
    });
    expect(await authenticate(world.context, token)).toBeNull();
    expect(await officialOf(world.context, identity)).toBeNull();
    expect(await revokeOfficial(world.context, console_, official.id)).toMatchObject({
      problem: { code: 'already_done' },
    });
    expect(await revokeOfficial(world.context, console_, 'ofc_0')).toMatchObject({
      problem: { code: 'not_found' },
    });
    expect(await listOfficials(world.context)).toMatchObject([{ id: official.id }]);
  });

  it('is made and revoked by administrators only', async () => {
    const { official } = await add();
    for (const actor of [actorOf('mois'), actorOf('mois', 'author', 'approver')]) {
      expect(await addOfficial(world.context, actor, input)).toMatchObject({
        problem: { code: 'administrators_only' },
      });
      expect(await revokeOfficial(world.context, actor, official.id)).toMatchObject({
        problem: { code: 'administrators_only' },
      });
    }
    expect(await addOfficial(world.context, actorOf('nts', 'administrator'), input)).toMatchObject({
      ok: true,
    });
  });
});
