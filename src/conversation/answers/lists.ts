import type { Button } from '../../card/card.ts';
import type { Availability } from '../../domain/availability.ts';
import { isWorse } from '../../domain/availability.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { serviceNamed, written } from '../names.ts';
import type { Visit } from '../visit.ts';

const MOST_OPENING = 4;

export const isImpaired = (status: ServiceStatus): boolean => status.availability !== 'operational';

/** What one waits to see the end of; null when it works. Of what nobody can say now: what was known last. */
export const awaitedOf = (status: ServiceStatus): Availability | null =>
  isImpaired(status) ? (status.lastKnown ?? status.availability) : null;

/** Impaired here, or in some region. */
export const isTroubled = (status: ServiceStatus): boolean =>
  isImpaired(status) || status.elsewhere.length > 0;

/** Worst first; equals stay as they came. */
export const worstFirst = (statuses: readonly ServiceStatus[]): readonly ServiceStatus[] =>
  [...statuses].sort((a, b) => {
    if (isWorse(a.availability, b.availability)) return -1;
    return isWorse(b.availability, a.availability) ? 1 : 0;
  });

/** Rows of so many. */
export const chunk = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** A button for each of the first few, to see it in full. */
export const openingButtons = (
  visit: Visit,
  statuses: readonly ServiceStatus[],
): readonly (readonly Button[])[] =>
  chunk(
    statuses
      .slice(0, MOST_OPENING)
      .map(({ service }) => ask(written(serviceNamed(visit, service)), 'status', serviceTarget(service))),
    2,
  );
