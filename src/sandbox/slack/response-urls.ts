import { type Answer, answered } from '../answer.ts';
import { isObject, type Json } from '../platform.ts';
import { flawsOfBlocks } from './block-kit.ts';
import { blocksOf, type Parts, shown, text } from './parts.ts';
import type { Channel } from './world.ts';

const USES = 5;
const LIVES_MS = 30 * 60_000;

/** The addresses an interaction may be answered at: five times within half an hour. */
export class ResponseUrls {
  readonly #parts: Parts;
  readonly #base: () => string;

  constructor(parts: Parts, base: () => string) {
    this.#parts = parts;
    this.#base = base;
  }

  make(channel: Channel, person: string, ts: string | null): string {
    const { world } = this.#parts;
    const id = crypto.randomUUID();
    world.responseUrls.set(id, { channel: channel.id, person, ts, at: world.now(), uses: 0 });
    return `${this.#base()}/slack/response/${id}`;
  }

  has(id: string): boolean {
    return this.#parts.world.responseUrls.has(id);
  }

  async handle(request: Request, id: string): Promise<Answer> {
    const { world, violations } = this.#parts;
    const known = world.responseUrls.get(id);
    const channel = known === undefined ? null : world.channelNamed(known.channel);
    if (known === undefined || channel === null) return answered(404, { ok: false, error: 'unknown_url' });
    if (known.uses >= USES || world.now() - known.at > LIVES_MS) {
      violations.add('slack', 'response_url', 'expired', 'used more than five times or after half an hour');
      return answered(404, { ok: false, error: 'expired_url' });
    }
    known.uses += 1;
    const body: unknown = await request.json().catch(() => null);
    if (!isObject(body)) return answered(400, { ok: false, error: 'invalid_payload' });
    const flaws = body.blocks === undefined ? [] : flawsOfBlocks(body.blocks, '/blocks', 'message');
    for (const { rule, path, detail } of flaws) {
      violations.add('slack', 'response_url', rule, `${path}: ${detail}`);
    }
    if (flaws.length > 0) return answered(400, { ok: false, error: 'invalid_blocks' });
    if (!this.#over(channel, known.ts, body)) this.show(channel, known.person, body);
    return answered(200, { ok: true });
  }

  /** Shows an answer: to the person alone unless it says `in_channel`. */
  show(channel: Channel, person: string, body: Json): void {
    const ephemeral = body.response_type !== 'in_channel';
    const message = this.#parts.world.post(channel, {
      from: null,
      text: text(body, 'text'),
      blocks: blocksOf(body),
      ephemeralTo: ephemeral ? person : null,
      threadTs: text(body, 'thread_ts') || null,
    });
    shown(this.#parts, channel, message, ephemeral ? 'ephemeral' : 'message');
  }

  /** Replaces or deletes the message whose button was pressed; false when that is not what is meant. */
  #over(channel: Channel, ts: string | null, body: Json): boolean {
    const original = ts === null ? null : this.#parts.world.message(channel, ts);
    if (original === null) return false;
    if (body.delete_original === true || body.delete_original === 'true') {
      channel.messages = channel.messages.filter((other) => other !== original);
      shown(this.#parts, channel, original, 'delete');
      return true;
    }
    if (body.replace_original !== true && body.replace_original !== 'true') return false;
    Object.assign(original, { text: text(body, 'text'), blocks: blocksOf(body), edited: true });
    shown(this.#parts, channel, original, 'edit');
    return true;
  }
}
