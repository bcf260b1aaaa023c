import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Language } from '../../domain/language.ts';
import type { PlatformRoute } from '../../ports/adapter.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { reasonOf } from './errors.ts';
import { drawPage, type InstallOutcome, type InstallWords } from './install-page.ts';
import type { Book, Installation } from './installations.ts';
import type { OAuth } from './oauth.ts';
import { STATE_LIVES_SECONDS, type States } from './state.ts';

const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';
const COOKIE = 'allim_slack_install';

const Returned = z.object({
  code: z.string().min(1).optional(),
  state: z.string().min(1).optional(),
  error: z.string().optional(),
});

const STATUS: { readonly [O in InstallOutcome]: number } = {
  installed: 200,
  cancelled: 400,
  stale: 400,
  failed: 502,
};

/** The two addresses of an installation: to Slack, where a person agrees, and back. */
export function installRoutes(parts: {
  readonly oauth: OAuth;
  readonly states: States;
  readonly book: Book;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Our address is https, so the cookie may insist on it. */
  readonly secure: boolean;
  readonly words: (language: Language, outcome: InstallOutcome, workspace: string) => InstallWords;
  /** Told when an installation is stored. */
  readonly onInstalled: (installation: Installation) => Promise<void>;
}): readonly PlatformRoute[] {
  const { oauth, states, book, clock, logger } = parts;
  // Slack sends the browser back from another site, and Lax lets the cookie come along then.
  const cookie = (value: string, seconds: number): string =>
    `${COOKIE}=${value}; Path=${REDIRECT_PATH}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${parts.secure ? '; Secure' : ''}`;

  /** What became of it, and of which workspace. */
  async function finish(request: IncomingMessage): Promise<readonly [InstallOutcome, string]> {
    const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const { code, state, error } = Returned.parse(Object.fromEntries(query));
    // Only the browser that set out may come back: nobody can be led to install where another wants it.
    const flaw = state === undefined || state !== cookieIn(request) ? 'forged' : await states.redeem(state);
    if (flaw !== null) {
      logger.warn({ platform: 'slack', why: flaw }, 'An installation came back with a state that is no good');
      return ['stale', ''];
    }
    if (error !== undefined || code === undefined) return ['cancelled', ''];
    const installation = await oauth.exchange(code, clock.now());
    await book.save(installation);
    await parts.onInstalled(installation);
    logger.info({ platform: 'slack', installation: installation.key }, 'The app was installed');
    return ['installed', installation.name];
  }

  return [
    {
      method: 'GET',
      path: INSTALL_PATH,
      handle(_, response) {
        const state = states.issue();
        response
          .writeHead(302, {
            location: oauth.agreeUrl(state),
            'set-cookie': cookie(state, STATE_LIVES_SECONDS),
            'cache-control': 'no-store',
          })
          .end();
      },
    },
    {
      method: 'GET',
      path: REDIRECT_PATH,
      async handle(request, response) {
        const [outcome, workspace] = await finish(request).catch((error): [InstallOutcome, string] => {
          logger.error({ platform: 'slack', why: reasonOf(error) }, 'An installation could not be finished');
          return ['failed', ''];
        });
        const language = languageOf(request);
        response.setHeader('set-cookie', cookie('', 0));
        show(
          response,
          STATUS[outcome],
          drawPage(language, parts.words(language, outcome, workspace), INSTALL_PATH),
        );
      },
    },
  ];
}

function cookieIn(request: IncomingMessage): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}

/** Korean, unless the browser asks for English first. */
const languageOf = (request: IncomingMessage): Language =>
  /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ko';

function show(response: ServerResponse, status: number, page: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    })
    .end(page);
}
