import { webApi } from '@slack/bolt';
import type { SendOutcome } from '../../ports/messenger.ts';
import { withoutTokens } from '../../telemetry/logger.ts';

/*
 * Slack answers with a code. A code says the message was not posted, except where Slack itself says that
 * part may have succeeded. No answer at all is certain only when the connection never stood.
 */

const REST_SECONDS = 5;
const BACKOFF_SECONDS = 30;
/** For what only a person can mend: a missing scope, a wrong API root. Nothing is lost meanwhile. */
const MEND_SECONDS = 3600;
const DAY_SECONDS = 86_400;

const codes = (...list: readonly string[]): ReadonlySet<string> => new Set(list);
const REVOKED = codes('account_inactive', 'token_revoked', 'invalid_auth', 'not_authed', 'team_not_found');
const GONE = codes('is_archived', 'user_disabled', 'user_not_found', 'channel_is_deleted');
const UNCERTAIN = codes('fatal_error', 'internal_error');
const CONTENT =
  /^(invalid_blocks|invalid_attachments|invalid_metadata|invalid_arg|invalid_form|invalid_array|invalid_json)|^(msg_blocks_too_long|msg_too_long|no_text|metadata_too_large|too_many_attachments|attachment_payload_limit_exceeded|markdown_text_conflict|view_too_large)$/;
const LIMITED = codes('ratelimited', 'rate_limited');
/** A lane waits so long, in seconds. */
const WAITS: ReadonlyMap<string, number> = new Map([
  ['ratelimited', BACKOFF_SECONDS],
  ['rate_limited', BACKOFF_SECONDS],
  ['org_login_required', BACKOFF_SECONDS],
  ['team_added_to_org', BACKOFF_SECONDS],
  ['service_unavailable', BACKOFF_SECONDS],
  ['request_timeout', BACKOFF_SECONDS],
  ['accesslimited', BACKOFF_SECONDS],
  ['token_expired', BACKOFF_SECONDS],
  ['missing_scope', MEND_SECONDS],
  ['not_allowed_token_type', MEND_SECONDS],
  ['message_limit_exceeded', DAY_SECONDS],
]);

/** The connection never stood: name not found, nobody listens, no route, no trust. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EPROTO|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;
const STOPPED_WHILE_CONNECTING = /connect ETIMEDOUT|before secure TLS connection was established/;

/** There was no token to call Slack with, so nothing was sent. */
export class NotCalled extends Error {
  /**
   * `uninstalled`: the workspace does not have the app. `renewal_refused`: Slack gives no new token for the one that
   * ran out. `no_token`: none could be had just now.
   */
  readonly reason: 'uninstalled' | 'renewal_refused' | 'no_token';

  constructor(reason: NotCalled['reason'], options?: ErrorOptions) {
    super(reason, options);
    this.name = 'NotCalled';
    this.reason = reason;
  }
}

/** What a failed call means for a message that was to be sent. */
export function outcomeOf(error: unknown): SendOutcome {
  const why = reasonOf(error);
  if (error instanceof NotCalled) {
    if (error.reason === 'uninstalled') return { kind: 'gone', why };
    return error.reason === 'no_token' ? lane(BACKOFF_SECONDS, why) : { kind: 'revoked', why };
  }
  if (error instanceof webApi.WebAPIRateLimitedError) return lane(error.retryAfter, why);
  const code = codeOf(error);
  if (code !== null) return outcomeOfCode(code, why);
  if (error instanceof webApi.WebAPIHTTPError)
    return error.statusCode >= 500 ? { kind: 'uncertain', why } : lane(MEND_SECONDS, why);
  if (isBare429(error)) return lane(BACKOFF_SECONDS, '429 without a time');
  if (neverConnected(error))
    return { kind: 'retry', afterSeconds: REST_SECONDS, scope: 'lane', why, away: true };
  return { kind: 'uncertain', why };
}

/** The client throws this one bare. */
const isBare429 = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Retry header did not contain');

const lane = (afterSeconds: number, why: string): SendOutcome => ({
  kind: 'retry',
  afterSeconds,
  scope: 'lane',
  why,
});

function outcomeOfCode(code: string, why: string): SendOutcome {
  const wait = WAITS.get(code);
  if (wait !== undefined) return lane(wait, why);
  if (REVOKED.has(code)) return { kind: 'revoked', why };
  if (GONE.has(code)) return { kind: 'gone', why: code === 'is_archived' ? 'archived' : code };
  if (UNCERTAIN.has(code)) return { kind: 'uncertain', why };
  // What is not ours to mend is about the chat: not found, not a member, restricted, messages turned off.
  return { kind: 'refused', why, fault: CONTENT.test(code) ? 'content' : 'chat' };
}

/** Slack's code of what went wrong; null when Slack did not answer in its own words. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof webApi.WebAPIPlatformError)) return null;
  // A page of a proxy also ends up here, as if it were a code.
  return /^[a-z0-9_:]{1,80}$/.test(error.data.error) ? error.data.error : null;
}

function causeOf(error: unknown): Error | null {
  const wrapped = error instanceof webApi.WebAPIRequestError ? error.original : error;
  if (!(wrapped instanceof Error)) return null;
  return wrapped.cause instanceof Error ? wrapped.cause : wrapped;
}

function neverConnected(error: unknown): boolean {
  const cause = causeOf(error);
  if (cause === null) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return NEVER_CONNECTED.test(code) || STOPPED_WHILE_CONNECTING.test(cause.message);
}

/** What went wrong, fit for a log: no token, no address, no text of ours. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code !== null) return code;
  if (error instanceof NotCalled) return error.reason;
  if (error instanceof webApi.WebAPIRateLimitedError) return 'ratelimited';
  if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  if (error instanceof webApi.WebAPIPlatformError) return 'no answer: not JSON';
  const cause = causeOf(error);
  if (cause === null) return 'no answer';
  if (/timeout|abort/i.test(cause.name)) return 'no answer: timeout';
  if ('code' in cause && typeof cause.code === 'string') return withoutTokens(`no answer: ${cause.code}`);
  return 'no answer';
}

/** Too many calls: for how many seconds to stay away. Null for anything else. */
export function limitIn(error: unknown): number | null {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter;
  return isOneOf(error, LIMITED) || isBare429(error) ? BACKOFF_SECONDS : null;
}

const isOneOf = (error: unknown, list: ReadonlySet<string>): boolean => list.has(codeOf(error) ?? '');

const UNEDITABLE = codes(
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'is_inactive',
  'update_failed',
  'channel_not_found',
);
/** The message is too old, gone or not ours: a new one serves. */
export const cannotEdit = (error: unknown): boolean => isOneOf(error, UNEDITABLE);

const OUTSIDE = codes('not_in_channel', 'channel_not_found', 'user_not_in_channel', 'no_permission');
/** We, or the person, are not in that channel. */
export const isOutside = (error: unknown): boolean => isOneOf(error, OUTSIDE);

/** Of a public channel: joining it may be all that is missing. */
const JOINABLE = codes('not_in_channel', 'channel_not_found', 'no_permission');
export const mayJoin = (error: unknown): boolean => isOneOf(error, JOINABLE);

const TOKEN = codes('token_expired', 'token_revoked', 'invalid_auth');
/** The token is not good, or not any more: another may be. */
export const blamesToken = (error: unknown): boolean => isOneOf(error, TOKEN);

const UNRENEWABLE = codes(
  'invalid_refresh_token',
  'token_expired',
  'token_revoked',
  'invalid_grant',
  'invalid_auth',
);
/** Slack will never give a new token for this one. */
export const isRenewalRefused = (error: unknown): boolean => isOneOf(error, UNRENEWABLE);

const DEAD = codes('token_revoked', 'account_inactive');
/** The app was taken out of the workspace. */
export const isRemoved = (error: unknown): boolean => isOneOf(error, DEAD);

const UNPERMITTED = codes('missing_scope', 'not_allowed_token_type');
/** The app was installed with less than it needs. */
export const lacksPermission = (error: unknown): boolean => isOneOf(error, UNPERMITTED);

const THREADLESS = codes(
  'cannot_reply_to_message',
  'thread_not_found',
  'invalid_thread_ts',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
);
/** The message to continue cannot be replied to: one that stands alone serves. */
export const hasNoThread = (error: unknown): boolean => isOneOf(error, THREADLESS);
