import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, startProgram } from '../support/program.ts';
import { CREDENTIALS } from '../support/sandbox.ts';
import { type Benchmark, repeated } from './figures.ts';

const SECRET = 'a-webhook-secret';
const ASKED = [
  '정부24 지금 되나요?',
  'is hometax down?',
  '위택스 접속 안 돼요',
  '등본 뗄 수 있나요?',
] as const;
/** As many as Telegram opens by default. */
const CONNECTIONS = 40;
const WARM_UP = 400;

/** Webhook updates answered a second on one core, beside a bare grammY echo bot. */
export const inboundBenchmark: Benchmark = {
  name: 'inbound',
  title: 'Inbound: updates answered a second',
  async measure(quick) {
    const updates = quick ? 1_000 : 6_000;
    const runs = await repeated('inbound', quick ? 1 : 5, async () => {
      const ours = await measure(updates, startOurs);
      const echo = await measure(updates, startEcho);
      return {
        ours: ours.perSecond,
        echo: echo.perSecond,
        share: ours.perSecond / echo.perSecond,
        oursCpuMs: ours.cpuMs,
        echoCpuMs: echo.cpuMs,
      };
    });
    return {
      about: `${updates} webhook updates over ${CONNECTIONS} connections, each from another person, to a process on one core${pins() ? '' : ' (not pinned: no taskset here)'}; counted until the last answer is with the Bot API, which is played by a server that only says yes. With understanding, storage before acknowledgement on SQLite, and status look-up.`,
      figures: [
        { name: 'Answered a second', unit: '1/s', runs: runs.map(({ ours }) => ours) },
        { name: 'Peer: bare grammY echo bot', unit: '1/s', runs: runs.map(({ echo }) => echo) },
        { name: 'Processor time an update', unit: 'ms', runs: runs.map(({ oursCpuMs }) => oursCpuMs) },
        { name: 'Peer: processor time an update', unit: 'ms', runs: runs.map(({ echoCpuMs }) => echoCpuMs) },
        { name: 'Ours ÷ echo bot', unit: '×', goal: '≥ 0.6', runs: runs.map(({ share }) => share) },
      ],
    };
  },
};

interface Target {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<unknown>;
}

interface Served {
  readonly perSecond: number;
  /** Processor time an update, in milliseconds: the same however busy the machine is. */
  readonly cpuMs: number;
}

/** What a process has used so far; the kernel counts in hundredths of a second. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A Bot API that takes everything and counts what was sent. */
async function startSink() {
  let sent = 0;
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => {
      const method = incoming.url?.split('/').at(-1)?.toLowerCase() ?? '';
      if (method === 'sendmessage') sent += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, result: resultOf(method) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    root: `http://127.0.0.1:${port}`,
    sent: () => sent,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function resultOf(method: string): unknown {
  if (method === 'getme')
    return { id: 7_000_000_001, is_bot: true, first_name: 'Allim', username: 'allim_bot' };
  if (method === 'sendmessage')
    return { message_id: 1, date: 1_700_000_000, chat: { id: 1, type: 'private', first_name: 'x' } };
  return true;
}

async function startOurs(root: string): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-bench-'));
  const port = String(await freePort());
  const program = await startProgram({
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: `sqlite:${join(folder, 'bench.db')}`,
    TELEGRAM_BOT_TOKEN: CREDENTIALS.telegramToken,
    TELEGRAM_API_ROOT: root,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    LOG_LEVEL: 'error',
  });
  pin(program.pid);
  return {
    pid: program.pid,
    url: `${program.url}/telegram/webhook`,
    async stop() {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startEcho(root: string): Promise<Target> {
  const port = String(await freePort());
  const args = [root, CREDENTIALS.telegramToken, port, SECRET];
  const child = fork(new URL('inbound-bot-process.ts', import.meta.url), args);
  await once(child, 'message');
  pin(child.pid ?? 0);
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** @throws when an answer is missing */
async function measure(updates: number, start: (root: string) => Promise<Target>): Promise<Served> {
  const sink = await startSink();
  const target = await start(sink.root);
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 1;
  const post = async (count: number): Promise<void> => {
    const last = next + count;
    const before = sink.sent();
    const sender = async (): Promise<void> => {
      while (next < last) await postUpdate(target.url, next++, agent);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, sender));
    const until = performance.now() + 30_000;
    while (sink.sent() - before < count) {
      if (performance.now() > until) throw new Error(`${sink.sent() - before} answers to ${count} updates`);
      await pause(2);
    }
  };
  try {
    await post(WARM_UP);
    const cpuBefore = processorMs(target.pid);
    const began = performance.now();
    await post(updates);
    const seconds = (performance.now() - began) / 1_000;
    return { perSecond: updates / seconds, cpuMs: (processorMs(target.pid) - cpuBefore) / updates };
  } finally {
    agent.destroy();
    await target.stop();
    await sink.stop();
  }
}

function postUpdate(url: string, id: number, agent: Agent): Promise<void> {
  const person = { id: 5_000_000_000 + id, first_name: 'x' };
  const body = JSON.stringify({
    update_id: id,
    message: {
      message_id: id,
      date: Math.floor(Date.now() / 1000),
      chat: { ...person, type: 'private' },
      from: { ...person, is_bot: false, language_code: id % 2 === 0 ? 'en' : 'ko' },
      text: ASKED[id % ASKED.length],
    },
  });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-telegram-bot-api-secret-token': SECRET,
  };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`the webhook answered ${response.statusCode}`));
      });
    });
    outgoing.on('error', reject).end(body);
  });
}

/** All threads of a process on one core. */
function pin(pid: number): void {
  if (pins()) execFileSync('taskset', ['-a', '-p', '-c', '0', String(pid)], { stdio: 'ignore' });
}

function pins(): boolean {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
