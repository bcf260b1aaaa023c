/** The status words, mildest first: the order in which `worst` ranks them. */
export const AVAILABILITIES = [
  'operational',
  'recovering',
  'degraded',
  'unknown',
  'maintenance',
  'partial_outage',
  'major_outage',
] as const;
export type Availability = (typeof AVAILABILITIES)[number];

/** What an official may set on a service. `unknown` and `maintenance` follow from promises and windows. */
export const DECLARABLE = [
  'operational',
  'recovering',
  'degraded',
  'partial_outage',
  'major_outage',
  'maintenance',
  'unknown',
] as const satisfies readonly Availability[];

const rank = (a: Availability): number => AVAILABILITIES.indexOf(a);

export const isWorse = (a: Availability, than: Availability): boolean => rank(a) > rank(than);

/** The worst of several; `operational` of none. */
export const worst = (all: Iterable<Availability>): Availability => {
  let result: Availability = 'operational';
  for (const one of all) if (isWorse(one, result)) result = one;
  return result;
};

/** Nobody gets through: what makes an alternative or a channel useless just now. */
export const isDown = (a: Availability): boolean => a === 'major_outage' || a === 'maintenance';

/** Good enough to send a citizen there. Slow and provisional ones are named as such. */
export const isUsable = (a: Availability): boolean =>
  a === 'operational' || a === 'degraded' || a === 'recovering';

/**
 * A function follows from its channels: all down is the worst of them, some down is a partial outage.
 * With none down, the worst impairment known stays visible; a channel nobody can judge hides
 * nothing and promises nothing unless it is the only kind there is.
 */
export function throughChannels(channels: readonly Availability[]): Availability {
  if (channels.length === 0) return 'operational';
  if (channels.every(isDown)) return worst(channels);
  if (channels.some(isDown)) return 'partial_outage';
  const known = channels.filter((a) => a !== 'unknown');
  return known.length === 0 ? 'unknown' : worst(known);
}
