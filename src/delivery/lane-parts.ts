import type { Clock } from '../ports/clock.ts';
import type { Messenger } from '../ports/messenger.ts';
import type { Store } from '../ports/store.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** What everything in a lane works with. */
export interface LaneParts {
  readonly key: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly messenger: Messenger;
  readonly logger: Logger;
  readonly metrics: Metrics;
}
