import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Benchmark } from './figures.ts';

const FILES = ['crash', 'faults', 'faults-steps', 'faults-database'].map(
  (name) => `tests/journeys/${name}.test.ts`,
);

/** The fault suite at full length: 50 kills, and every fault on both databases with one and two replicas. */
export const faultsBenchmark: Benchmark = {
  name: 'faults',
  title: 'Faults',
  async measure(quick) {
    const kills = quick ? '3' : '50';
    const env = { ...process.env, KILLS: kills, ...(quick ? {} : { FAULTS: 'long' }) };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose', ...FILES],
      { env, maxBuffer: 2 ** 26 },
    );
    // biome-ignore lint/complexity/useRegexLiterals: the escape character is written as a code
    const plain = stdout.replaceAll(new RegExp('\\u001b\\[[0-9;]*m', 'g'), '');
    const told = plain.split('\n').filter((line) => /^\s*(✓|×)|kills|restart/.test(line));
    return {
      about: `${FILES.join(' and ')} with ${kills} kills. A failure ends the benchmark.`,
      figures: [],
      more: ['```text', ...told.map((line) => line.trim()), '```'],
    };
  },
};
