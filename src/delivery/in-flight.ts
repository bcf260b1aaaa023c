/** Requests open at once at a modest rate: each is one more in doubt at a crash, and four carry it at ordinary latency. */
const FEW = 4;
const MODEST_RATE = 30;
/** A platform refuses a bot that has more than a thousand requests open. */
const MOST = 899;
/** A delivery is out a little longer than its request: from the commit before to the commit after. */
const COMMITS_MS = 120;
const UNKNOWN_ROUND_TRIP_MS = 200;
const SPARE = 1.25;
/** Slower answers than this slow the lane down rather than put more in doubt. */
const SLOWEST_MS = 500;

/** How many deliveries may be out at once. Above a modest rate it is what the rate and the round trip need. */
export function inFlightLimit(ratePerSecond: number, roundTripMs: number | null): number {
  if (ratePerSecond <= MODEST_RATE) return FEW;
  const outMs = ((roundTripMs ?? UNKNOWN_ROUND_TRIP_MS) + COMMITS_MS) * SPARE;
  return Math.min(MOST, Math.max(FEW, Math.floor((ratePerSecond * Math.min(outMs, SLOWEST_MS)) / 1000)));
}
