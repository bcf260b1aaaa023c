import { isWorse } from '../../domain/availability.ts';
import type { ServiceStatus } from '../../domain/status.ts';

export const isImpaired = (status: ServiceStatus): boolean => status.availability !== 'operational';

/** Worst first; equals stay as they came. */
export const worstFirst = (statuses: readonly ServiceStatus[]): readonly ServiceStatus[] =>
  [...statuses].sort((a, b) => {
    if (isWorse(a.availability, b.availability)) return -1;
    return isWorse(b.availability, a.availability) ? 1 : 0;
  });

/** Rows of so many. */
export const chunk = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
