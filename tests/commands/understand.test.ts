import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { understandLines } from '../../src/commands/understand.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';

const catalogue = readCatalogue(null);
const parts = { catalogue, understand: createUnderstanding(catalogue) };

async function understood(input: string): Promise<readonly { readonly services: readonly string[] }[]> {
  const out: string[] = [];
  await understandLines(parts, Readable.from([input]), async (line) => {
    out.push(line);
  });
  return out.map((line) => JSON.parse(line));
}

it('lines come out in their order, through a byte order mark, Windows line ends and blank lines', async () => {
  const input = [
    '\uFEFF{"text":"is hometax working?"}',
    '',
    '{"turns":[{"user":"정부24 되나요"},{"bot":"네"},{"text":"홈택스는?"}]}',
    '{"text":"is government24 working?"}',
  ].join('\r\n');
  expect((await understood(input)).map(({ services }) => services)).toEqual([
    ['hometax'],
    ['gov24'],
    ['hometax'],
    ['gov24'],
  ]);
});

it('nothing in, nothing out', async () => {
  expect(await understood('')).toEqual([]);
});

it('the reader sets the pace: the next line waits until the last is taken', async () => {
  let taken = 0;
  let waiting = 0;
  await understandLines(parts, Readable.from(['{"text":"a"}\n{"text":"b"}\n{"text":"c"}\n']), async () => {
    waiting += 1;
    expect(waiting).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    waiting -= 1;
    taken += 1;
  });
  expect(taken).toBe(3);
});
