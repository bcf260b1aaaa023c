import type { Instant } from '../domain/instant.ts';
import type { CurrentFacts } from '../domain/status.ts';
import type { Tables } from '../ports/store.ts';

/** All that is on record now. One query after another: inside a transaction there is one connection. */
export async function currentFacts(tables: Tables, now: Instant): Promise<CurrentFacts> {
  const incidents = await tables.incidents.open();
  const maintenances = await tables.maintenances.pending();
  const measurements = await tables.measurements.all();
  return { now, incidents, maintenances, measurements };
}
