import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { processOwner } from '../src/process-owner.ts';

const self = processOwner();
const [place] = self.name.split('/');

it('names itself anew each time, and is never gone for itself', () => {
  expect(processOwner().name).not.toBe(self.name);
  expect(self.isGone(self.name)).toBe(false);
});

it('knows a process of this machine to be alive, and to be gone once it ended', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const name = `${place}/${other.pid}/0000`;
  expect(self.isGone(name)).toBe(false);
  other.kill('SIGKILL');
  await once(other, 'exit');
  expect(self.isGone(name)).toBe(true);
});

it('takes an earlier bearer of its own number for gone: in a container the number is always the same', () => {
  expect(self.isGone(`${place}/${process.pid}/0000`)).toBe(true);
});

it('judges nobody on another machine, and nothing that it cannot read', () => {
  for (const name of [
    'elsewhere-0123/999999/0000',
    'someone',
    '',
    `${place}`,
    `${place}/0/x`,
    `${place}/-1/x`,
  ])
    expect(self.isGone(name)).toBe(false);
});
