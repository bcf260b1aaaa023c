import type { Json } from '../platform.ts';
import type { Method } from './parts.ts';
import { integer, text } from './parts.ts';
import { badRequest, Refusal } from './refusal.ts';
import { botOnWire } from './wire.ts';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const getUpdates: Method = ({ updates, webhook }, { values, gone }) => {
  if (webhook.settings !== null) {
    throw new Refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  if (Array.isArray(values.allowed_updates)) updates.allowed = values.allowed_updates.map(String);
  const limit = Math.min(100, Math.max(1, integer(values, 'limit') ?? 100));
  const timeout = Math.min(50, Math.max(0, integer(values, 'timeout') ?? 0));
  return updates.poll(integer(values, 'offset') ?? 0, limit, timeout * 1000, gone);
};

const setWebhook: Method = ({ updates, webhook }, { values }) => {
  const url = text(values, 'url') ?? '';
  if (url === '') {
    webhook.stop();
    return true;
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || (parsed.protocol !== 'https:' && !LOOPBACK.test(parsed.hostname))) {
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
  }
  const secretToken = text(values, 'secret_token');
  if (secretToken !== null && !/^[A-Za-z0-9_-]{1,256}$/.test(secretToken)) {
    throw badRequest('secret token contains unallowed characters');
  }
  const maxConnections = integer(values, 'max_connections') ?? 40;
  if (maxConnections < 1 || maxConnections > 100) throw badRequest('max_connections must be in 1-100');
  if (Array.isArray(values.allowed_updates)) updates.allowed = values.allowed_updates.map(String);
  if (values.drop_pending_updates === true) updates.clear();
  const same = webhook.settings?.url === url && webhook.settings.secretToken === secretToken;
  if (!same) {
    webhook.stop();
    webhook.settings = { url, secretToken, maxConnections };
  }
  updates.release();
  webhook.work();
  return true;
};

const deleteWebhook: Method = ({ updates, webhook }, { values }) => {
  webhook.stop();
  if (values.drop_pending_updates === true) updates.clear();
  return true;
};

const getWebhookInfo: Method = ({ updates, webhook }): Json => ({
  url: webhook.settings?.url ?? '',
  has_custom_certificate: false,
  pending_update_count: updates.pending.length,
  ...(webhook.settings === null ? {} : { max_connections: webhook.settings.maxConnections }),
  ...(updates.allowed === null ? {} : { allowed_updates: updates.allowed }),
  ...(webhook.lastError === null
    ? {}
    : {
        last_error_date: Math.floor(webhook.lastError.at / 1000),
        last_error_message: webhook.lastError.message,
      }),
});

export const receivingMethods: Readonly<Record<string, Method>> = {
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getMe: ({ world }) => ({
    ...botOnWire(world),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
  }),
  close: () => true,
  logOut: () => true,
};
