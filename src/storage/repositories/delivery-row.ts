import type { Delivery } from '../../domain/campaign.ts';
import type { DeliveryRow } from '../schema.ts';

export const parseDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  campaign: row.campaign,
  notice: row.notice,
  subscriber: row.subscriber,
  lane: row.lane,
  priority: row.priority,
  state: row.state,
  dueAt: row.due_at,
  attempts: row.attempts,
  resent: row.resent === 1,
  silent: row.silent === 1,
  leaseUntil: row.lease_until,
  startedAt: row.started_at,
  messageId: row.message_id,
  error: row.error,
});
