import type { AgencyId, OfficialId } from '../domain/ids.ts';
import type { Instant } from '../domain/instant.ts';
import type { Actor } from '../domain/official.ts';
import { hasRole } from '../domain/official.ts';
import type { Alert, AlertKind } from '../ports/announcements.ts';
import type { Page, PageRequest } from '../ports/page.ts';
import type { Tables } from '../ports/store.ts';
import type { Context } from './context.ts';

/** Tells every approver of an agency, and every administrator, but for those left out, in the transaction of the change. */
export async function alertApprovers(
  tables: Tables,
  agency: AgencyId,
  alert: { readonly kind: AlertKind; readonly subject: string; readonly at: Instant },
  except: readonly OfficialId[],
): Promise<void> {
  const concerned = (await tables.officials.list()).filter(
    (official) =>
      hasRole(official, 'approver') &&
      (official.agency === agency || hasRole(official, 'administrator')) &&
      !except.includes(official.id),
  );
  await tables.alerts.add(
    concerned.map(({ id }) => id),
    alert,
  );
}

/** What an official has to know of, newest first. */
export const alertsOf = (context: Context, official: OfficialId, page: PageRequest): Promise<Page<Alert>> =>
  context.store.alerts.of(official, page);

/** Marks what an official has read, up to an alert. */
export const markSeen = (context: Context, official: OfficialId, upTo: number): Promise<void> =>
  context.store.alerts.seen(official, upTo, context.clock.now());

/** The person behind an act; null for the clock and the console. */
export const personOf = (actor: Actor): OfficialId | null =>
  actor.kind === 'official' ? actor.official.id : null;
