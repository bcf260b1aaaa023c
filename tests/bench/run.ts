/**
 * `npm run bench`: what a person waits for, measured through the stand-ins over HTTP, beside a bare grammY echo bot
 * on the same stand-in in the same run. Medians of several runs; writes tests/bench/RESULTS.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { startEcho } from './echo-bot.ts';

const RUNS = 5;
const QUESTIONS = 120;
const ASKED = [
  '정부24 지금 되나요?',
  'is hometax down?',
  '위택스 접속 안 돼요',
  '등본 뗄 수 있나요?',
] as const;

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly runs: readonly number[];
}

const median = (all: readonly number[]): number => percentile(all, 0.5);

function percentile(all: readonly number[], share: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Resident memory of a process, in MB. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Says something as a new person and waits for the first message in return. @returns milliseconds */
async function answerMs(sandbox: RunningSandbox, person: number, text: string): Promise<number> {
  const before = sandbox.ledger.of('telegram', person).length;
  const began = performance.now();
  sandbox.telegram.people.say(person, person, text);
  while (sandbox.ledger.of('telegram', person).length === before) {
    if (performance.now() - began > 10_000) throw new Error(`no answer to ${text}`);
    await pause(0.5);
  }
  return performance.now() - began;
}

/** One question after another, each from somebody else, so that no chat is asked to slow down. */
async function answers(sandbox: RunningSandbox): Promise<readonly number[]> {
  const took: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const person = sandbox.telegram.people.add(`bench-${i}`, i % 2 === 0 ? 'ko' : 'en', { started: true });
    took.push(await answerMs(sandbox, person, ASKED[i % ASKED.length] ?? ''));
  }
  return took.slice(10);
}

async function oneRun(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-bench-'));
  const sandbox = await startSandbox({ limits: false });
  let program: Program | null = null;
  try {
    const env = {
      DATABASE_URL: `sqlite:${join(folder, 'bench.db')}`,
      TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
      TELEGRAM_API_ROOT: sandbox.telegramRoot,
      LOG_LEVEL: 'error',
      PORT: String(await freePort()),
    };
    const began = performance.now();
    program = await startProgram(env);
    const startMs = performance.now() - began;
    await pause(1_500);
    const restMb = residentMb(program.pid);
    const ours = await answers(sandbox);
    const busyMb = residentMb(program.pid);
    await program.stop();
    program = null;
    const echo = await startEcho(sandbox.telegramRoot, CREDENTIALS.telegramToken);
    const theirs = await answers(sandbox);
    await echo.stop();
    return {
      startMs,
      restMb,
      busyMb,
      p50: median(ours),
      p95: percentile(ours, 0.95),
      echoP50: median(theirs),
      echoP95: percentile(theirs, 0.95),
    };
  } finally {
    await program?.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const runs: Record<string, number>[] = [];
for (let i = 1; i <= RUNS; i++) {
  runs.push(await oneRun());
  console.log(
    `run ${i} of ${RUNS}: ${JSON.stringify(runs.at(-1), (_, v) => (typeof v === 'number' ? Math.round(v * 10) / 10 : v))}`,
  );
}
const of = (key: string) => runs.map((run) => run[key] ?? Number.NaN);
const figures: Figure[] = [
  { name: 'Start to ready, empty database', unit: 'ms', runs: of('startMs') },
  { name: 'Memory at rest', unit: 'MB', runs: of('restMb') },
  { name: `Memory after ${QUESTIONS} answers`, unit: 'MB', runs: of('busyMb') },
  { name: 'Answer over long polling, p50', unit: 'ms', runs: of('p50') },
  { name: 'Answer over long polling, p95', unit: 'ms', runs: of('p95') },
  { name: 'Peer: bare grammY echo bot, p50', unit: 'ms', runs: of('echoP50') },
  { name: 'Peer: bare grammY echo bot, p95', unit: 'ms', runs: of('echoP95') },
  { name: 'Ours ÷ echo bot, p50', unit: '×', runs: runs.map((r) => (r.p50 ?? 0) / (r.echoP50 ?? 1)) },
];
const round = (value: number): string => value.toFixed(value < 10 ? 2 : 0);
const table = [
  '| measure | median | lowest | highest | unit |',
  '|---|--:|--:|--:|---|',
  ...figures.map(
    (f) =>
      `| ${f.name} | ${round(median(f.runs))} | ${round(Math.min(...f.runs))} | ${round(Math.max(...f.runs))} | ${f.unit} |`,
  ),
].join('\n');
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const page = `# Benchmarks

\`npm run bench\` on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}, commit ${commit}; ${RUNS} runs of ${QUESTIONS} questions each.
An answer is timed from the person's message to the first message in return, through the Telegram stand-in over HTTP:
understanding, storing before acknowledging and the status look-up included. The echo bot is grammY's own long polling
with nothing behind it, on the same stand-in in the same run.

${table}
`;
writeFileSync(new URL('RESULTS.md', import.meta.url), page);
console.log(`\n${table}`);
