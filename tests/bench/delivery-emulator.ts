import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Asked, Orders } from './delivery-emulator-process.ts';

/** The Telegram stand-in in a process of its own, so that it takes no time from whoever sends. */
export interface Emulator {
  /** For TELEGRAM_API_ROOT. */
  readonly telegramRoot: string;
  ask<K extends keyof Orders>(order: K, given: Orders[K]['given']): Promise<Orders[K]['answer']>;
  stop(): Promise<void>;
}

interface Answered {
  readonly n: number;
  readonly answer: unknown;
}

const isAnswered = (message: unknown): message is Answered =>
  typeof message === 'object' && message !== null && 'n' in message && 'answer' in message;

export async function startEmulator(): Promise<Emulator> {
  const child: ChildProcess = fork(new URL('delivery-emulator-process.ts', import.meta.url));
  const waiting = new Map<number, (answer: unknown) => void>();
  let asked = 0;
  child.on('message', (message: unknown) => {
    if (!isAnswered(message)) return;
    waiting.get(message.n)?.(message.answer);
    waiting.delete(message.n);
  });
  const ask: Emulator['ask'] = (order, given) => {
    const n = ++asked;
    const answered = new Promise<unknown>((resolve) => waiting.set(n, resolve));
    child.send({ n, order, given } satisfies Asked);
    return answered as ReturnType<typeof ask<typeof order>>;
  };
  const exited = once(child, 'exit');
  const telegramRoot = await ask('open', null);
  return {
    telegramRoot,
    ask,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
