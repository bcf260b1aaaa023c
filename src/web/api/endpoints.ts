import { alertEndpoints } from './alerts.ts';
import { announcementEndpoints } from './announcements.ts';
import type { Endpoint } from './endpoint.ts';
import { incidentEndpoints } from './incidents.ts';
import { maintenanceEndpoints } from './maintenances.ts';
import { noticeEndpoints } from './notices.ts';
import { recordEndpoints } from './records.ts';
import { takingBackEndpoints } from './taking-back.ts';

/** Where the officials' API stands. */
export const API = '/api/v1';

/** Every route of it. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...incidentEndpoints,
  ...maintenanceEndpoints,
  ...announcementEndpoints,
  ...noticeEndpoints,
  ...takingBackEndpoints,
  ...alertEndpoints,
  ...recordEndpoints,
];
