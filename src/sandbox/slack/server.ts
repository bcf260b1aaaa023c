import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answered, dropped } from '../answer.ts';
import type { Faults } from '../faults.ts';
import type { Flaw } from '../flaw.ts';
import { formValues } from '../form.ts';
import { isObject, type Json } from '../platform.ts';
import { flawsOfBlocks, flawsOfView } from './block-kit.ts';
import { chatMethods } from './chat-methods.ts';
import type { FloodControl } from './limits.ts';
import type { OAuthDesk } from './oauth.ts';
import { type Method, type Parts, Refusal } from './parts.ts';
import { decoded, flawsOf, isKnown, scopesOf } from './spec.ts';
import { viewMethods } from './view-methods.ts';
import { workspaceMethods } from './workspace-methods.ts';

/** A code or a refresh token for tokens. */
const EXCHANGE = 'oauth.v2.access';
const methods: Readonly<Record<string, Method>> = { ...workspaceMethods, ...chatMethods, ...viewMethods };

/** One workspace and what was counted against it. */
export interface Office {
  readonly parts: Parts;
  readonly floods: FloodControl;
}

interface ServerOptions {
  readonly appToken: string;
  readonly limited: boolean;
  readonly faults: Faults;
  readonly oauth: OAuthDesk;
}

/** The Web API over HTTP: checks every call, keeps the limits, plays the faults on order. */
export class SlackServer {
  readonly #first: Office;
  readonly #offices: readonly Office[];
  readonly #options: ServerOptions;

  /** @param offices may grow; the first takes what names no workspace */
  constructor(first: Office, offices: readonly Office[], options: ServerOptions) {
    this.#first = first;
    this.#offices = offices;
    this.#options = options;
  }

  /** `method` is the last part of the path, e.g. `chat.postMessage`. */
  async handle(request: Request, method: string): Promise<Answer> {
    const run = methods[method];
    const exchanges = method === EXCHANGE;
    if ((run === undefined && !exchanges) || !isKnown(method)) {
      this.#first.parts.violations.add(
        'slack',
        method,
        'unknown-method',
        'the stand-in does not play this method',
      );
      return failed('unknown_method');
    }
    const { token, ...given } = await valuesOf(request);
    const values = decoded(given);
    const { faults } = this.#options;
    const latency = faults.latency('slack');
    if (latency > 0) await sleep(latency);
    const channel = typeof values.channel === 'string' ? values.channel : null;
    const effect = faults.strike('slack', method, channel);
    if (effect?.kind === 'delay') await sleep(effect.ms);
    if (effect?.kind === 'error') return ordered(effect);
    if (effect?.kind === 'drop' && effect.when === 'before') return dropped;
    const answer =
      run === undefined ? this.#exchange(values) : this.#play(method, run, values, String(token ?? ''));
    return effect?.kind === 'drop' ? dropped : answer;
  }

  /** The one method that is called without a token. */
  #exchange(values: Json): Answer {
    return orRefused(() => answered(200, { ok: true, ...this.#options.oauth.access(values) }));
  }

  #play(method: string, run: Method, values: Json, token: string): Answer {
    const office = this.#officeOf(token) ?? this.#first;
    const { parts } = office;
    const refused = this.#barred(office, method, token);
    if (refused !== null) return failed(refused);
    const flaws = [...flawsOf(method, values), ...flawsOfContent(method, values)];
    for (const { rule, path, detail } of flaws) {
      parts.violations.add('slack', method, rule, `${path}: ${detail}`);
    }
    if (flaws[0] !== undefined) return failed(...worded(flaws));
    const waiting = this.#floods(office, method, values);
    return waiting ?? orRefused(() => answered(200, { ok: true, ...run(parts, values) }));
  }

  #officeOf(token: string): Office | null {
    return this.#offices.find(({ parts }) => parts.world.tokens.standing(token) !== null) ?? null;
  }

  #barred({ parts: { world, violations } }: Office, method: string, token: string): string | null {
    const { appToken } = this.#options;
    if (token === '') return 'not_authed';
    const connects = method === 'apps.connections.open';
    const standing = world.tokens.standing(token);
    if (token === appToken) return connects ? null : 'not_allowed_token_type';
    if (standing === null) return 'invalid_auth';
    if (connects) return 'not_allowed_token_type';
    if (!world.installed) return 'account_inactive';
    if (standing !== 'good') return standing;
    const needed = scopesOf(method);
    if (world.scopes === null || needed.length === 0 || needed.some((one) => world.scopes?.includes(one)))
      return null;
    violations.add('slack', method, 'missing-scope', `needs one of ${needed.join(', ')}`);
    return 'missing_scope';
  }

  #floods({ parts: { world, violations }, floods }: Office, method: string, values: Json): Answer | null {
    if (!this.#options.limited) return null;
    const channel =
      typeof values.channel === 'string' ? (world.channelNamed(values.channel)?.id ?? null) : null;
    const flood = floods.admit(method, channel, world.now());
    if (flood === null) return null;
    violations.flood('slack', flood.whilePaused);
    return answered(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(flood.retryAfter) });
  }
}

const orRefused = (work: () => Answer): Answer => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return failed(error.message, error.details);
    throw error;
  }
};

const failed = (error: string, details: readonly string[] = []): Answer =>
  answered(200, {
    ok: false,
    error,
    ...(details.length === 0 ? {} : { response_metadata: { messages: details } }),
  });

const ordered = (effect: { code: number; description: string; retryAfter?: number | undefined }): Answer =>
  answered(
    effect.code,
    { ok: false, error: effect.description },
    effect.retryAfter === undefined ? {} : { 'retry-after': String(effect.retryAfter) },
  );

function flawsOfContent(method: string, values: Json): Flaw[] {
  const flaws: Flaw[] = [];
  if (values.blocks !== undefined) flaws.push(...flawsOfBlocks(values.blocks, '/blocks', 'message'));
  if (values.view !== undefined) {
    flaws.push(...flawsOfView(values.view, [method === 'views.publish' ? 'home' : 'modal']));
  }
  if (isObject(values.metadata)) {
    if (typeof values.metadata.event_type !== 'string' || !isObject(values.metadata.event_payload)) {
      flaws.push({ rule: 'content', path: 'metadata', detail: 'needs event_type and event_payload' });
    }
  }
  return flaws;
}

/** The code Slack finds for flaws, and its details. */
function worded(flaws: readonly Flaw[]): [string, string[]] {
  const details = flaws.map(({ detail, path }) => `[ERROR] ${detail} [json-pointer:${path}]`);
  const path = flaws[0]?.path ?? '';
  if (path.startsWith('/blocks')) return ['invalid_blocks', details];
  if (path === 'metadata') return ['invalid_metadata_format', details];
  return ['invalid_arguments', details];
}

/** The arguments and the token, from header, query and whichever kind of body. */
async function valuesOf(request: Request): Promise<Json> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const type = request.headers.get('content-type') ?? '';
  const body: unknown = type.includes('json')
    ? await request.json().catch(() => null)
    : await formValues(request, type);
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return { ...(bearer === undefined ? {} : { token: bearer }), ...query, ...(isObject(body) ? body : {}) };
}
