/** What was measured, once a run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly runs: readonly number[];
  /** What it should be, in words: `≥ 0.96`. */
  readonly goal?: string;
}

/** What one benchmark found. */
export interface Measured {
  /** One or two sentences: what was done, and how it is counted. */
  readonly about: string;
  readonly figures: readonly Figure[];
  /** Tables of another shape, and what was not run. */
  readonly more?: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** `quick`: one run of a small size, to see that it works. */
  measure(quick: boolean): Promise<Measured>;
}

export const median = (all: readonly number[]): number => percentile(all, 0.5);

export function percentile(all: readonly number[], share: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs it so often, one after another, and says how far it is. */
export async function repeated<T>(what: string, times: number, run: () => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (let i = 1; i <= times; i++) {
    const found = await run();
    console.log(`${what}, run ${i} of ${times}: ${JSON.stringify(found, rounded)}`);
    all.push(found);
  }
  return all;
}

/** A Markdown table: the median of the runs with their spread. */
export function tableOf(figures: readonly Figure[]): string {
  const row = ({ name, unit, runs, goal }: Figure): string => {
    const cells = [median(runs), Math.min(...runs), Math.max(...runs)].map(shown);
    return `| ${[name, ...cells, unit, goal ?? '', runs.length].join(' | ')} |`;
  };
  return [
    '| measure | median | lowest | highest | unit | goal | runs |',
    '|---|--:|--:|--:|---|---|--:|',
    ...figures.map(row),
  ].join('\n');
}

const shown = (value: number): string => {
  if (!Number.isFinite(value)) return 'none';
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 3 : 0);
};

const rounded = (_key: string, value: unknown): unknown => {
  if (Array.isArray(value) && value.length > 12) return `${value.length} values`;
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
};
