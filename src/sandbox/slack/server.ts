import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answered, dropped } from '../answer.ts';
import type { Faults } from '../faults.ts';
import type { Flaw } from '../flaw.ts';
import { formValues } from '../form.ts';
import { isObject, type Json } from '../platform.ts';
import { flawsOfBlocks, flawsOfView } from './block-kit.ts';
import { chatMethods } from './chat-methods.ts';
import type { FloodControl } from './limits.ts';
import { type Method, type Parts, Refusal } from './parts.ts';
import { decoded, flawsOf, isKnown } from './spec.ts';
import { viewMethods } from './view-methods.ts';
import { workspaceMethods } from './workspace-methods.ts';

const methods: Readonly<Record<string, Method>> = { ...workspaceMethods, ...chatMethods, ...viewMethods };

interface ServerOptions {
  readonly botToken: string;
  readonly appToken: string;
  readonly floods: FloodControl;
  readonly limited: boolean;
  readonly faults: Faults;
}

/** The Web API over HTTP: checks every call, keeps the limits, plays the faults on order. */
export class SlackServer {
  readonly #parts: Parts;
  readonly #options: ServerOptions;

  constructor(parts: Parts, options: ServerOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** `method` is the last part of the path, e.g. `chat.postMessage`. */
  async handle(request: Request, method: string): Promise<Answer> {
    const run = methods[method];
    if (run === undefined || !isKnown(method)) {
      this.#parts.violations.add('slack', method, 'unknown-method', 'the stand-in does not play this method');
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
    const answer = this.#play(method, run, values, String(token ?? ''));
    return effect?.kind === 'drop' ? dropped : answer;
  }

  #play(method: string, run: Method, values: Json, token: string): Answer {
    const refused = this.#barred(method, token);
    if (refused !== null) return failed(refused);
    const flaws = [...flawsOf(method, values), ...flawsOfContent(method, values)];
    for (const { rule, path, detail } of flaws) {
      this.#parts.violations.add('slack', method, rule, `${path}: ${detail}`);
    }
    if (flaws[0] !== undefined) return failed(...worded(flaws));
    const waiting = this.#floods(method, values);
    if (waiting !== null) return waiting;
    try {
      return answered(200, { ok: true, ...run(this.#parts, values) });
    } catch (error) {
      if (error instanceof Refusal) return failed(error.message, error.details);
      throw error;
    }
  }

  #barred(method: string, token: string): string | null {
    const { botToken, appToken } = this.#options;
    if (token === '') return 'not_authed';
    if (token !== (method === 'apps.connections.open' ? appToken : botToken)) {
      return token === botToken || token === appToken ? 'not_allowed_token_type' : 'invalid_auth';
    }
    return this.#parts.world.installed ? null : 'account_inactive';
  }

  #floods(method: string, values: Json): Answer | null {
    const { floods, limited } = this.#options;
    if (!limited) return null;
    const channel =
      typeof values.channel === 'string'
        ? (this.#parts.world.channelNamed(values.channel)?.id ?? null)
        : null;
    const flood = floods.admit(method, channel, this.#parts.world.now());
    if (flood === null) return null;
    this.#parts.violations.flood('slack', flood.whilePaused);
    return answered(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(flood.retryAfter) });
  }
}

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
