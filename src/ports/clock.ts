import type { Random } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';

/** Time and chance, handed in. */
export interface Clock {
  now(): Instant;
  readonly random: Random;
}
