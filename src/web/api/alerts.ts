import { done } from '../../domain/problem.ts';
import { alertsOf, markSeen } from '../../operations/alerting.ts';
import * as schemas from './announcement-schemas.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { noQuery, pageQuery } from './schemas.ts';

const tag = 'Alerts';
const answers = { status: 200, name: 'AlertList', schema: schemas.alertList } as const;

/** What the caller has to know of. */
export const alertEndpoints: readonly Endpoint[] = [
  endpoint({
    method: 'get',
    path: '/alerts',
    name: 'listAlerts',
    summary: 'What awaits you, or was done without you; newest first',
    tag,
    body: null,
    query: pageQuery,
    answers,
    handle: async ({ context, official, query }) => {
      const page = await alertsOf(context, official.id, query);
      return done({ items: [...page.items], next: page.next });
    },
  }),
  endpoint({
    method: 'post',
    path: '/alerts/seen',
    name: 'markAlertsSeen',
    summary: 'Mark alerts as read, up to one',
    tag,
    body: { name: 'AlertsSeen', schema: schemas.seenBody },
    query: noQuery,
    answers,
    handle: async ({ context, official, body }) => {
      await markSeen(context, official.id, body.upTo);
      const page = await alertsOf(context, official.id, { limit: 50, cursor: null });
      return done({ items: [...page.items], next: page.next });
    },
  }),
];
