import { type Benchmark, type Figure, repeated } from './figures.ts';
import { type Footprint, footprint, startPostgres } from './footprint.ts';

const COLUMNS: readonly (readonly [string, keyof Footprint, string])[] = [
  ['fan-out', 'fanOutMs', 'ms'],
  ['longest block', 'longestBlockMs', 'ms'],
  ['memory growth', 'memoryGrowthMb', 'MB'],
  ['bytes a recipient', 'bytesPerRecipient', 'B'],
  ['processor time a recipient', 'cpuMicrosPerRecipient', 'µs'],
  ['publish meanwhile, p99', 'publishP99Ms', 'ms'],
  ['claim of 50 afterwards', 'claimMs', 'ms'],
];

/** What the issue asks at a million. */
const GOALS: Readonly<Record<string, string>> = {
  'sqlite fanOutMs': '< 2000',
  'postgres fanOutMs': '< 10000',
  longestBlockMs: '< 20',
  memoryGrowthMb: '< 100',
  publishP99Ms: '< 100',
};

/** What it costs to promise a notice to a million, and how it grows. */
export const footprintBenchmark: Benchmark = {
  name: 'footprint',
  title: 'Footprint',
  async measure(quick) {
    const sizes = quick ? [10_000] : [10_000, 100_000, 1_000_000];
    const times = quick ? 1 : 5;
    const postgres = await startPostgres();
    const figures: Figure[] = [];
    try {
      for (const database of ['sqlite', 'postgres'] as const)
        for (const size of sizes) {
          const once = async () =>
            footprint(size, database === 'postgres' ? await postgres.database() : undefined);
          const runs = await repeated(`${database}, ${size}`, times, once);
          for (const [name, key, unit] of COLUMNS) {
            const goal = size === 1_000_000 ? (GOALS[`${database} ${key}`] ?? GOALS[key]) : undefined;
            figures.push({
              name: `${database}, ${size.toLocaleString('en')}: ${name}`,
              unit,
              runs: runs.map((run) => Number(run[key])),
              ...(goal === undefined ? {} : { goal }),
            });
          }
        }
    } finally {
      await postgres.stop();
    }
    return {
      about:
        'One notice fanned out in one process while an official publishes ten times a second about something else. PostgreSQL runs on the same machine, with its settings as it comes.',
      figures,
    };
  },
};
