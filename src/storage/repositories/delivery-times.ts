/*
 * How long the deliveries of a campaign took, from its start to the platform's yes, kept as counts by step: four steps
 * to each doubling, so a step's end is within a fifth of the truth, and forty-eight hours are seventy numbers.
 */
const STEPS_A_DOUBLING = 4;

/** The step of so many seconds. */
const stepOf = (seconds: number): number =>
  Math.round(Math.log2(1 + Math.max(0, seconds)) * STEPS_A_DOUBLING);

const secondsOf = (step: number): number => 2 ** (step / STEPS_A_DOUBLING) - 1;

/** Adds `count` deliveries that took so long. Holes are zeros. */
export function addTime(times: number[], seconds: number, count: number): void {
  const step = stepOf(seconds);
  while (times.length <= step) times.push(0);
  times[step] = (times[step] ?? 0) + count;
}

/** The seconds within which this share (0 to 1) of the deliveries were made; null when there were none. */
export function quantile(times: readonly number[], share: number): number | null {
  const total = times.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [step, count] of times.entries()) {
    seen += count;
    if (seen >= share * total) return secondsOf(step);
  }
  return null;
}
