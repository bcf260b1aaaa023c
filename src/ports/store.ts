import type { Alerts, Announcements } from './announcements.ts';
import type { ApiRequests } from './api-requests.ts';
import type { Incidents, Maintenances, Measurements } from './events.ts';
import type { Installations } from './installations.ts';
import type { Audit, Inbound, Meta } from './journal.ts';
import type { Campaigns, Deliveries, Lanes, Leases, Notices } from './outbox.ts';
import type { Follows, Officials, Reports, Subscribers, Subscriptions } from './people.ts';
import type { Questions } from './questions.ts';

/**
 * Durable state. Reads and writes outside a transaction are each their own; inside one, use only the tables it
 * hands out: a read beside them would wait for ever on a single connection.
 */
export interface Store extends Tables {
  /** All or nothing. Re-run on a serialisation failure, so `work` must only touch the tables it is given. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /** True when the database answers. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface Tables {
  readonly incidents: Incidents;
  readonly announcements: Announcements;
  readonly alerts: Alerts;
  readonly requests: ApiRequests;
  readonly maintenances: Maintenances;
  readonly measurements: Measurements;
  readonly notices: Notices;
  readonly campaigns: Campaigns;
  readonly deliveries: Deliveries;
  readonly lanes: Lanes;
  readonly leases: Leases;
  readonly subscribers: Subscribers;
  readonly subscriptions: Subscriptions;
  readonly follows: Follows;
  readonly officials: Officials;
  readonly reports: Reports;
  readonly questions: Questions;
  readonly inbound: Inbound;
  readonly audit: Audit;
  readonly meta: Meta;
  readonly installations: Installations;
}
