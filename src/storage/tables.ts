import type { Tables } from '../ports/store.ts';
import type { Handle } from './handle.ts';
import { alertsOn } from './repositories/alerts.ts';
import { announcementsOn } from './repositories/announcements.ts';
import { apiRequestsOn } from './repositories/api-requests.ts';
import { auditOn } from './repositories/audit.ts';
import { campaignsOn } from './repositories/campaigns.ts';
import { deliveriesOn } from './repositories/deliveries.ts';
import { followsOn } from './repositories/follows.ts';
import { inboundOn } from './repositories/inbound.ts';
import { incidentsOn } from './repositories/incidents.ts';
import { installationsOn } from './repositories/installations.ts';
import { lanesOn } from './repositories/lanes.ts';
import { leasesOn } from './repositories/leases.ts';
import { maintenancesOn } from './repositories/maintenances.ts';
import { measurementsOn } from './repositories/measurements.ts';
import { metaOn } from './repositories/meta.ts';
import { noticesOn } from './repositories/notices.ts';
import { officialsOn } from './repositories/officials.ts';
import { reportsOn } from './repositories/reports.ts';
import { subscribersOn } from './repositories/subscribers.ts';
import { subscriptionsOn } from './repositories/subscriptions.ts';
import { questionsOn } from './repositories/unanswered.ts';

/** All tables on the database, or on one transaction of it. */
export const tablesOn = (handle: Handle): Tables => ({
  incidents: incidentsOn(handle),
  announcements: announcementsOn(handle),
  alerts: alertsOn(handle),
  requests: apiRequestsOn(handle),
  maintenances: maintenancesOn(handle),
  measurements: measurementsOn(handle),
  notices: noticesOn(handle),
  campaigns: campaignsOn(handle),
  deliveries: deliveriesOn(handle),
  lanes: lanesOn(handle),
  leases: leasesOn(handle),
  subscribers: subscribersOn(handle),
  subscriptions: subscriptionsOn(handle),
  follows: followsOn(handle),
  officials: officialsOn(handle),
  reports: reportsOn(handle),
  questions: questionsOn(handle),
  inbound: inboundOn(handle),
  audit: auditOn(handle),
  meta: metaOn(handle),
  installations: installationsOn(handle),
});
