import { GrammyError, HttpError } from 'grammy';
import type { SendOutcome } from '../../ports/messenger.ts';
import { withoutTokens } from '../../telemetry/logger.ts';

/*
 * Telegram tells causes apart only by the words of `description`, so they are matched by text.
 * An answer with an error code was certainly not carried out, except a 5xx: the server may have died after acting.
 * No answer at all is certain only when the connection never stood.
 */

/** How long a lane rests when the network or the platform is away and names no time. */
const REST_SECONDS = 5;
/** For what only a person can mend: a wrong API root, a proxy in between, a second program. */
const MEND_SECONDS = 60;

const GONE: readonly (readonly [RegExp, string])[] = [
  [/bot was blocked by the user/, 'blocked'],
  [/user is deactivated/, 'deactivated'],
  [/bot was kicked from/, 'kicked'],
  [/bot is not a member of/, 'left'],
  [/chat was deleted/, 'deleted'],
];

const CONTENT =
  /can't parse|too long|must be non-empty|text is empty|reply markup|inline keyboard|BUTTON_|ENTIT(Y|IES)_|MESSAGE_(TOO_LONG|EMPTY)|REPLY_MARKUP|MEDIA_EMPTY/;

/** The connection never stood: name not found, nobody listens, no route, no trust. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|EPROTO|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;
const STOPPED_WHILE_CONNECTING = /connect ETIMEDOUT|before secure TLS connection was established/;

/** What a failed call means for a message that was to be sent. `busy`: this chat may just have had its fill. */
export function outcomeOf(error: unknown, busy: boolean): SendOutcome {
  if (error instanceof GrammyError) return answered(error, busy);
  const cause = error instanceof HttpError ? error.error : error;
  const why = reasonOf(error);
  return neverConnected(cause)
    ? { kind: 'retry', afterSeconds: REST_SECONDS, scope: 'lane', why, away: true }
    : { kind: 'uncertain', why };
}

function answered(error: GrammyError, busy: boolean): SendOutcome {
  const why = reasonOf(error);
  const { retry_after: wait, migrate_to_chat_id: movedTo } = error.parameters;
  const code = error.error_code;
  if (code === 429)
    return { kind: 'retry', afterSeconds: wait ?? REST_SECONDS, scope: busy ? 'chat' : 'lane', why };
  if (code >= 500) return { kind: 'uncertain', why };
  if (movedTo !== undefined) return { kind: 'moved', to: String(movedTo) };
  if (code === 401) return { kind: 'revoked', why };
  // 404: not the Bot API, or a token it does not know. 409: another program works with our token.
  if (code === 404 || code === 409) return { kind: 'retry', afterSeconds: MEND_SECONDS, scope: 'lane', why };
  if (code === 413 || CONTENT.test(error.description)) return { kind: 'refused', why, fault: 'content' };
  const gone = GONE.find(([words]) => words.test(error.description));
  if (gone !== undefined) return { kind: 'gone', why: gone[1] };
  // The server turns 403s with an all-caps code into 400s, so a 403 left over speaks about the chat for good.
  if (code === 403 && !/[A-Z]_[A-Z]|not enough rights/.test(error.description))
    return { kind: 'gone', why: 'forbidden' };
  // It looks the same with a wrong token, so one of them ends nothing; delivery counts.
  if (/chat not found/.test(error.description)) return { kind: 'suspect', why };
  return { kind: 'refused', why, fault: 'chat' };
}

function neverConnected(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const code = 'code' in cause ? String(cause.code) : '';
  return NEVER_CONNECTED.test(code) || STOPPED_WHILE_CONNECTING.test(cause.message);
}

/** What went wrong, fit for a log: no token, no address, no text of ours. */
export function reasonOf(error: unknown): string {
  if (error instanceof GrammyError)
    return withoutTokens(`${error.error_code} ${error.description}`).slice(0, 200);
  const cause = error instanceof HttpError ? error.error : error;
  if (!(cause instanceof Error)) return 'no answer';
  if ('code' in cause && typeof cause.code === 'string') return `no answer: ${cause.code}`;
  if (/timed out|abort/i.test(`${cause.name} ${cause.message}`)) return 'no answer: timeout';
  return /json/i.test(cause.message) ? 'no answer: not JSON' : 'no answer';
}

/** Too many calls: for how many seconds to stay away. Null for anything else. */
export function limitIn(error: unknown): number | null {
  if (!(error instanceof GrammyError) || error.error_code !== 429) return null;
  return error.parameters.retry_after ?? REST_SECONDS;
}

const says = (error: unknown, words: RegExp): boolean =>
  error instanceof GrammyError && words.test(error.description);

/** The edit would change nothing: as good as done. */
export const isNotModified = (error: unknown): boolean => says(error, /message is not modified/);

/** The message is too old, gone or not ours: a new one serves. */
export const cannotEdit = (error: unknown): boolean =>
  says(error, /message to edit not found|can't be edited|MESSAGE_ID_INVALID|message identifier/);

/** The topic was closed or deleted: the General topic serves. */
export const hasNoThread = (error: unknown): boolean =>
  says(error, /message thread not found|TOPIC_(CLOSED|DELETED)/);
