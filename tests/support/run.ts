import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** An empty folder to run commands in, with files in it. */
export interface Desk {
  readonly folder: string;
  write(name: string, content: string): string;
  /** Runs a file of the program here and waits for its end; nothing of our own environment but the path is passed on. */
  run(file: string, args?: readonly string[], options?: RunOptions): Promise<Ran>;
  clear(): void;
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'allim-desk-'));
  return {
    folder,
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    async run(file, args = [], { env = {}, input = '' } = {}) {
      const child = spawn(process.execPath, [resolve(file), ...args], {
        cwd: folder,
        env: { PATH: process.env.PATH ?? '', ...env },
      });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        out += chunk;
      });
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
        err += chunk;
      });
      child.stdin.on('error', () => undefined).end(input);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, out, err };
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
  };
}
