import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkRooms } from './support/check-rooms.ts';

const trees: string[] = [];
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true });
});

/** A tree of its own with these files, and our packages to resolve against. */
function treeWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'rooms-'));
  trees.push(root);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  writeFileSync(
    join(root, 'tsconfig.json'),
    '{"compilerOptions":{"module":"nodenext","allowImportingTsExtensions":true,"noEmit":true}}',
  );
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const rulesBroken = (root: string) => checkRooms(root).violations.map((v) => v.rule);

describe('the rooms', () => {
  it('stand as drawn: every import points down, and every file was read', () => {
    const report = checkRooms(resolve('.'));
    expect(report.violations).toEqual([]);
    expect(report.modules).toBe(report.expected);
    expect(report.modules).toBeGreaterThan(80);
  });

  it('are guarded: an import that points up is named', () => {
    const root = treeWith({
      'src/domain/service.ts': "import { open } from '../storage/open.ts';\nexport const x = open;\n",
      'src/storage/open.ts': 'export const open = 1;\n',
    });
    expect(rulesBroken(root)).toEqual(['room-domain']);
  });

  it('are guarded: a type-only import counts too', () => {
    const root = treeWith({
      'src/wording/card.ts': "import type { Row } from '../storage/open.ts';\nexport type X = Row;\n",
      'src/storage/open.ts': 'export type Row = 1;\n',
    });
    expect(rulesBroken(root)).toEqual(['room-wording']);
  });

  it('keep the platforms at the edge: grammY outside its adapter is refused', () => {
    const root = treeWith({
      'src/conversation/turn.ts': "import { Api } from 'grammy';\nexport const x = Api;\n",
    });
    expect(rulesBroken(root)).toContain('home-grammy');
  });

  it('keep the adapters apart', () => {
    const root = treeWith({
      'src/adapters/slack/render.ts': "import { x } from '../telegram/render.ts';\nexport const y = x;\n",
      'src/adapters/telegram/render.ts': 'export const x = 1;\n',
    });
    expect(rulesBroken(root)).toEqual(['room-adapters-slack']);
  });
});
