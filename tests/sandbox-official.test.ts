import { afterAll, beforeAll, expect, it } from 'vitest';
import { authenticate } from '../src/operations/officials.ts';
import { sandboxOfficial } from '../src/sandbox-official.ts';
import { type TestWorld, testWorld } from './support/context.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

it('a start that does not get its port leaves the one that runs its official; the next that does ends both', async () => {
  const runs = await sandboxOfficial(world.context);
  await runs.revokeEarlier();
  const fails = await sandboxOfficial(world.context);
  expect(await authenticate(world.context, runs.token)).not.toBeNull();
  const next = await sandboxOfficial(world.context);
  await next.revokeEarlier();
  expect(await authenticate(world.context, next.token)).not.toBeNull();
  expect(await authenticate(world.context, fails.token)).toBeNull();
  expect(await authenticate(world.context, runs.token)).toBeNull();
});
