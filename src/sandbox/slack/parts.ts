import type { Changes } from '../changes.ts';
import type { Ledger } from '../ledger.ts';
import type { Json } from '../platform.ts';
import { isObject } from '../platform.ts';
import type { Violations } from '../violations.ts';
import { textOfBlocks } from './block-kit.ts';
import type { Channel, Message, World } from './world.ts';

/** What every method of the stand-in works on. */
export interface Parts {
  readonly world: World;
  readonly ledger: Ledger;
  readonly changes: Changes;
  readonly violations: Violations;
  /** A fresh Socket Mode address. */
  readonly socketUrl: () => string;
}

export type Method = (parts: Parts, values: Json) => Json;

/** An answer with `ok: false`. */
export class Refusal extends Error {
  readonly details: readonly string[];

  constructor(code: string, details: readonly string[] = []) {
    super(code);
    this.details = details;
  }
}

export const text = (values: Json, name: string): string => {
  const value = values[name];
  return value === undefined || value === null ? '' : String(value);
};

export const truth = (values: Json, name: string): boolean => ['true', '1'].includes(text(values, name));

export const blocksOf = (values: Json): readonly Json[] =>
  Array.isArray(values.blocks) ? values.blocks.filter(isObject) : [];

/** What a reader reads: the blocks, or the text where there are none. */
const readable = (content: { text: string; blocks: readonly Json[] }): string =>
  content.blocks.length === 0 ? content.text : textOfBlocks(content.blocks);

/** The labels of the buttons in blocks. */
export const labels = (blocks: readonly Json[]): string[] =>
  blocks
    .flatMap((block) => [block.accessory, ...(Array.isArray(block.elements) ? block.elements : [])])
    .filter(isObject)
    .filter((element) => element.type === 'button' && isObject(element.text))
    .map((element) => (isObject(element.text) ? String(element.text.text) : ''));

/** Notes what was shown and tells the page. */
export function shown(
  parts: Pick<Parts, 'ledger' | 'changes'>,
  channel: Channel,
  message: Message,
  kind: 'message' | 'edit' | 'delete' | 'ephemeral' | 'trouble',
): void {
  parts.ledger.record({
    platform: 'slack',
    kind,
    chat: channel.id,
    person: message.ephemeralTo,
    messageId: message.ts,
    text: readable(message),
    buttons: labels(message.blocks),
    silent: kind !== 'message',
  });
  parts.changes.tell({ kind: 'conversation', platform: 'slack', id: channel.id });
}
