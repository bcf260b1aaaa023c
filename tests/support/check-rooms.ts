/**
 * The import rules of `.dependency-cruiser.cjs`, run over a tree and counted: a reader that understands no file
 * finds no violation either, so too few modules is a failure of its own.
 * `node tests/support/check-rooms.ts [ROOT]`
 */
import { execFileSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface RoomReport {
  readonly modules: number;
  readonly expected: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

interface Cruise {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string; to: string }[] };
  readonly modules: readonly { readonly source: string }[];
}

const home = resolve(fileURLToPath(import.meta.url), '../../..');

/** Reads every import below ROOT/src. */
export function checkRooms(root: string): RoomReport {
  const cruiser = resolve(home, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const rules = resolve(home, '.dependency-cruiser.cjs');
  const output = execFileSync(
    process.execPath,
    [cruiser, 'src', '--config', rules, '--output-type', 'json'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const cruise = JSON.parse(output) as Cruise;
  return {
    modules: cruise.modules.filter((m) => m.source.startsWith('src/') && m.source.endsWith('.ts')).length,
    expected: globSync('src/**/*.ts', { cwd: root }).length,
    violations: cruise.summary.violations.map((v) => ({ rule: v.rule.name, from: v.from, to: v.to })),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = checkRooms(resolve(process.argv[2] ?? home));
  for (const { rule, from, to } of report.violations) console.error(`${rule}: ${from} → ${to}`);
  if (report.modules < report.expected)
    console.error(`only ${report.modules} of ${report.expected} files were read`);
  const failed = report.violations.length > 0 || report.modules < report.expected;
  console.log(failed ? 'rooms: broken' : `rooms: ${report.modules} files, every import points down`);
  process.exitCode = failed ? 1 : 0;
}
