import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, answered, dropped } from '../answer.ts';
import type { Faults } from '../faults.ts';
import type { Flaw } from '../flaw.ts';
import { formValues } from '../form.ts';
import { isObject, type Json } from '../platform.ts';
import type { Violations } from '../violations.ts';
import { chatMethods } from './chats.ts';
import { flawsOfContent } from './content.ts';
import { messageMethods } from './messages.ts';
import type { Method, Parts } from './parts.ts';
import { profileMethods } from './profile-methods.ts';
import { receivingMethods } from './receiving.ts';
import { badRequest, Refusal, tooMany } from './refusal.ts';
import { flawsOf, fromForm, methodNamed } from './spec.ts';

const methods: Readonly<Record<string, Method>> = {
  ...receivingMethods,
  ...messageMethods,
  ...chatMethods,
  ...profileMethods,
};

const SENDS = new Set(['sendMessage', 'sendDocument']);
const EDITS = new Set(['editMessageText', 'editMessageReplyMarkup']);

/** The Bot API over HTTP: checks every call, keeps the limits, plays the faults on order. */
export class TelegramServer {
  readonly #parts: Parts;
  readonly #faults: Faults;
  readonly #violations: Violations;
  readonly #token: string;
  readonly #limited: boolean;

  constructor(
    parts: Parts,
    options: { token: string; limited: boolean; faults: Faults; violations: Violations },
  ) {
    this.#parts = parts;
    this.#token = options.token;
    this.#limited = options.limited;
    this.#faults = options.faults;
    this.#violations = options.violations;
  }

  /** `path` is what follows the Bot API root: `/bot<TOKEN>/<method>`. */
  async handle(request: Request, path: string): Promise<Answer> {
    const [, token, name = ''] = /^\/bot([^/]+)\/(?:test\/)?(\w+)$/.exec(path) ?? [];
    if (token === undefined) return refusal(new Refusal(404, 'Not Found'));
    if (token !== this.#token) return refusal(new Refusal(401, 'Unauthorized'));
    const method = methodNamed(name);
    if (method === null) {
      this.#violations.add('telegram', name, 'unknown-method', 'the stand-in does not play this method');
      return refusal(new Refusal(404, 'Not Found: method not found'));
    }
    const values = await valuesOf(request, method);
    return this.#play(method, values, request.signal);
  }

  /** One call, whichever way it came (also as the body of a webhook's answer). */
  async #play(method: string, values: Json, gone: AbortSignal): Promise<Answer> {
    const latency = this.#faults.latency('telegram');
    if (latency > 0 && method !== 'getUpdates') await sleep(latency);
    const chat = values.chat_id === undefined ? null : String(values.chat_id);
    const effect = this.#faults.strike('telegram', method, chat);
    if (effect?.kind === 'delay') await sleep(effect.ms);
    if (effect?.kind === 'error') {
      const parameters = effect.retryAfter === undefined ? {} : { retry_after: effect.retryAfter };
      return refusal(new Refusal(effect.code, effect.description, parameters));
    }
    if (effect?.kind === 'drop' && effect.when === 'before') return dropped;
    try {
      const result = await this.call(method, values, gone);
      return effect?.kind === 'drop' ? dropped : answered(200, { ok: true, result });
    } catch (error) {
      if (error instanceof Refusal) return refusal(error);
      throw error;
    }
  }

  /** @throws Refusal */
  async call(method: string, values: Json, gone: AbortSignal): Promise<unknown> {
    const flaw = [...flawsOf(method, values), ...flawsOfContent(method, values)];
    for (const { rule, path, detail } of flaw) {
      this.#violations.add('telegram', method, rule, `${path}: ${detail}`);
    }
    if (flaw[0] !== undefined) throw worded(method, flaw[0]);
    const run = methods[method];
    if (run === undefined) throw new Refusal(404, 'Not Found: method not found');
    const giveBack = this.#admit(method, values);
    try {
      return await run(this.#parts, { values, gone });
    } catch (error) {
      if (error instanceof Refusal) giveBack();
      throw error;
    }
  }

  /** Counts the call. Returns how to take that back. @throws Refusal when it is one too many */
  #admit(method: string, values: Json): () => void {
    const chat = this.#parts.world.chats.get(Number(values.chat_id));
    if (!this.#limited || !(SENDS.has(method) || EDITS.has(method)) || chat === undefined) return () => {};
    const kind = SENDS.has(method) ? 'send' : 'edit';
    const paid = values.allow_paid_broadcast === true;
    const now = this.#parts.world.now();
    const flood = this.#parts.floods.admit(chat, kind, paid, now);
    if (flood === null) return () => this.#parts.floods.giveBack(chat, kind, paid, now);
    this.#violations.flood('telegram', flood.whilePaused);
    throw tooMany(flood.retryAfter);
  }
}

/** The arguments, from the query and from whichever kind of body. */
async function valuesOf(request: Request, method: string): Promise<Json> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const type = request.headers.get('content-type') ?? '';
  if (type.includes('json')) {
    const body: unknown = await request.json().catch(() => null);
    return { ...fromForm(method, query), ...(isObject(body) ? body : {}) };
  }
  return fromForm(method, { ...query, ...attached(await formValues(request, type)) });
}

/** A multipart body names its files by `attach://PART`; this puts each where it is named. */
function attached(form: Json): Json {
  const parts = Object.entries(form).map(([name, value]) => {
    const part = typeof value === 'string' && value.startsWith('attach://') ? value.slice(9) : null;
    return { name, value: part === null ? value : form[part], part };
  });
  const named = new Set(parts.map(({ part }) => part));
  return Object.fromEntries(
    parts.filter(({ name }) => !named.has(name)).map(({ name, value }) => [name, value]),
  );
}

/** The words the Bot API finds for a flaw; our own where it has none. */
function worded(method: string, flaw: Flaw): Refusal {
  if (flaw.rule === 'missing' && flaw.path === 'chat_id') return badRequest('chat_id is empty');
  if (flaw.path === 'text' && (flaw.rule === 'missing' || flaw.detail.endsWith('got 0'))) {
    return badRequest('message text is empty');
  }
  if (flaw.rule === 'length' && flaw.path === 'text') {
    return badRequest(method === 'answerCallbackQuery' ? 'MESSAGE_TOO_LONG' : 'message is too long');
  }
  if (flaw.rule === 'length' && flaw.path.endsWith('callback_data')) return badRequest('BUTTON_DATA_INVALID');
  if (flaw.path === 'text') return badRequest(flaw.detail);
  return badRequest(`${flaw.path}: ${flaw.detail}`);
}

const refusal = (error: Refusal): Answer =>
  answered(error.code, {
    ok: false,
    error_code: error.code,
    description: error.message,
    ...(Object.keys(error.parameters).length === 0 ? {} : { parameters: error.parameters }),
  });
