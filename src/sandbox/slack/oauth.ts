import { randomBytes } from 'node:crypto';
import { formValues } from '../form.ts';
import type { Json } from '../platform.ts';
import type { Violations } from '../violations.ts';
import { Refusal, text } from './parts.ts';
import type { World } from './world.ts';

export interface SlackOAuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Token rotation: how long an access token lasts, 43,200 seconds on the real platform. Null: tokens last. */
  readonly rotationSeconds: number | null;
}

interface Code {
  readonly world: World;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly at: number;
  used: boolean;
}

const CODE_LIVES_MS = 10 * 60_000;

/** Where people agree to install the app, and where the app exchanges what they brought back for tokens. */
export class OAuthDesk {
  readonly #options: SlackOAuthOptions | null;
  readonly #worlds: () => readonly World[];
  readonly #violations: Violations;
  readonly #codes = new Map<string, Code>();

  constructor(options: SlackOAuthOptions | null, worlds: () => readonly World[], violations: Violations) {
    this.#options = options;
    this.#worlds = worlds;
    this.#violations = violations;
  }

  /** The screen that asks for agreement, and what is pressed on it. */
  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const asked = {
      clientId: url.searchParams.get('client_id') ?? '',
      scopes: (url.searchParams.get('scope') ?? '').split(',').filter(Boolean),
      redirectUri: url.searchParams.get('redirect_uri') ?? '',
      state: url.searchParams.get('state') ?? '',
    };
    const flaw = this.#flawOf(asked);
    if (flaw !== null) {
      this.#violations.add('slack', 'oauth/v2/authorize', 'content', flaw);
      return new Response(flaw, { status: 400 });
    }
    if (request.method !== 'POST') return page(screen(this.#worlds(), asked.scopes));
    const { team } = await formValues(request, request.headers.get('content-type') ?? '');
    const world = this.#worlds().find(({ team: { id } }) => id === team);
    const back = new URL(asked.redirectUri);
    back.searchParams.set('state', asked.state);
    if (world === undefined) back.searchParams.set('error', 'access_denied');
    else back.searchParams.set('code', this.#code(world, asked));
    return new Response(null, { status: 302, headers: { location: back.href } });
  }

  /** `oauth.v2.access`: a code or a refresh token for tokens. @throws Refusal */
  access(values: Json): Json {
    const { clientId, clientSecret, rotationSeconds } = this.#options ?? none;
    if (clientId === '' || text(values, 'client_id') !== clientId) throw new Refusal('invalid_client_id');
    if (text(values, 'client_secret') !== clientSecret) throw new Refusal('bad_client_secret');
    if (text(values, 'grant_type') === 'refresh_token') return this.#refreshed(text(values, 'refresh_token'));
    const code = this.#codes.get(text(values, 'code'));
    if (code === undefined || code.world.now() - code.at > CODE_LIVES_MS) throw new Refusal('invalid_code');
    if (code.used) throw new Refusal('code_already_used');
    if (text(values, 'redirect_uri') !== code.redirectUri) throw new Refusal('bad_redirect_uri');
    code.used = true;
    const { world } = code;
    world.install(code.scopes);
    return granted(world, world.tokens.issue(rotationSeconds));
  }

  #refreshed(refresh: string): Json {
    for (const world of this.#worlds()) {
      const issued = world.tokens.exchange(refresh, this.#options?.rotationSeconds ?? null);
      if (issued !== null) return granted(world, issued);
    }
    throw new Refusal('invalid_refresh_token');
  }

  #code(world: World, asked: { redirectUri: string; scopes: readonly string[] }): string {
    const code = randomBytes(16).toString('hex');
    this.#codes.set(code, { world, ...asked, at: world.now(), used: false });
    return code;
  }

  #flawOf(asked: { clientId: string; scopes: readonly string[]; redirectUri: string; state: string }) {
    if (this.#options === null || asked.clientId !== this.#options.clientId) return 'invalid client_id';
    if (asked.scopes.length === 0) return 'no scopes requested';
    if (!URL.canParse(asked.redirectUri)) return 'redirect_uri did not match any configured URIs';
    return asked.state === '' ? 'no state: anybody could lead a person here' : null;
  }
}

const none: SlackOAuthOptions = { clientId: '', clientSecret: '', rotationSeconds: null };

const granted = (
  world: World,
  issued: { access: string; refresh: string | null; expiresIn: number | null },
): Json => ({
  app_id: world.bot.app,
  authed_user: { id: 'U0INSTALLER' },
  scope: (world.scopes ?? []).join(','),
  token_type: 'bot',
  access_token: issued.access,
  bot_user_id: world.bot.user,
  ...(issued.refresh === null ? {} : { refresh_token: issued.refresh, expires_in: issued.expiresIn }),
  team: { id: world.team.id, name: world.team.name },
  enterprise: null,
  is_enterprise_install: false,
});

const page = (body: string): Response =>
  new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });

const screen = (worlds: readonly World[], scopes: readonly string[]): string => `<!doctype html>
<html lang="ko">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Slack</title>
<main>
<h1>알림 앱을 어느 워크스페이스에 설치할까요?</h1>
<p>이 앱이 할 수 있게 되는 일: ${scopes.map(escaped).join(', ')}</p>
<form method="post">
${worlds.map(({ team }) => `<p><button name="team" value="${escaped(team.id)}">${escaped(team.name)}에 설치</button></p>`).join('\n')}
<p><button name="team" value="">취소</button></p>
</form>
</main>
</html>
`;

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
