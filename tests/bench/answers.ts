import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, type Program, startProgram } from '../support/program.ts';
import { CREDENTIALS, type RunningSandbox, startSandbox } from '../support/sandbox.ts';
import { startEcho } from './echo-bot.ts';
import { type Benchmark, median, percentile, repeated } from './figures.ts';

const ASKED = [
  '정부24 지금 되나요?',
  'is hometax down?',
  '위택스 접속 안 돼요',
  '등본 뗄 수 있나요?',
] as const;
/** What the first ones wait for is the start. */
const UNCOUNTED = 10;

/** What one person waits for, beside a bare grammY echo bot on the same stand-in. */
export const answersBenchmark: Benchmark = {
  name: 'answers',
  title: 'Answers, one at a time',
  async measure(quick) {
    const questions = quick ? 30 : 120;
    const runs = await repeated('answers', quick ? 1 : 5, () => once(questions));
    const of = (key: keyof (typeof runs)[number]) => runs.map((run) => run[key]);
    return {
      about:
        'From the message of a person to the first message in return, by long polling through the stand-in: understanding, storing before acknowledging and looking the status up included. The echo bot is grammY with nothing behind it.',
      figures: [
        { name: 'Start to ready, empty database', unit: 'ms', runs: of('startMs') },
        { name: 'Memory at rest', unit: 'MB', runs: of('restMb') },
        { name: `Memory after ${questions} answers`, unit: 'MB', runs: of('busyMb') },
        { name: 'Answer, p50', unit: 'ms', runs: of('p50') },
        { name: 'Answer, p95', unit: 'ms', runs: of('p95') },
        { name: 'Peer: echo bot, p50', unit: 'ms', runs: of('echoP50') },
        { name: 'Peer: echo bot, p95', unit: 'ms', runs: of('echoP95') },
      ],
    };
  },
};

async function once(questions: number) {
  const folder = mkdtempSync(join(tmpdir(), 'allim-bench-'));
  const sandbox = await startSandbox({ limits: false });
  let program: Program | null = null;
  try {
    const began = performance.now();
    program = await startProgram({
      DATABASE_URL: `sqlite:${join(folder, 'bench.db')}`,
      TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
      TELEGRAM_API_ROOT: sandbox.telegramRoot,
      LOG_LEVEL: 'error',
      PORT: String(await freePort()),
    });
    const startMs = performance.now() - began;
    await pause(1_500);
    const restMb = residentMb(program.pid);
    const ours = await answers(sandbox, questions);
    const busyMb = residentMb(program.pid);
    await program.stop();
    program = null;
    const echo = await startEcho(sandbox.telegramRoot, CREDENTIALS.telegramToken);
    const theirs = await answers(sandbox, questions);
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

/** One question after another, each from somebody else, so that no chat is asked to slow down. */
async function answers(sandbox: RunningSandbox, questions: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (let i = 0; i < questions; i++) {
    const person = sandbox.telegram.people.add(`bench-${i}`, i % 2 === 0 ? 'ko' : 'en', { started: true });
    took.push(await answerMs(sandbox, person, ASKED[i % ASKED.length] ?? ''));
  }
  return took.slice(UNCOUNTED);
}

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

/** Resident memory of a process, in MB. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
