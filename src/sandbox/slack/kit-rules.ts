import { readFileSync } from 'node:fs';
import type { Flaw } from '../flaw.ts';
import { isObject, type Json } from '../platform.ts';

interface Bounds {
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_items?: number;
  readonly max_items?: number;
  readonly item_max_length?: number;
}

/** The published Block Kit limits. */
const limits: Readonly<Record<string, Readonly<Record<string, Bounds>> & Bounds>> = JSON.parse(
  readFileSync(new URL('../specs/slack/block-kit/limits.json', import.meta.url), 'utf8'),
);

/** Limits of one thing, e.g. `bounds('button', 'text')`. */
export const bounds = (thing: string, part?: string): Bounds =>
  (part === undefined ? limits[thing] : limits[thing]?.[part]) ?? {};

export const flaw = (rule: Flaw['rule'], path: string, detail: string): Flaw[] => [{ rule, path, detail }];

export function flawsOfString(value: unknown, path: string, limit: Bounds, required = true): Flaw[] {
  if (value === undefined || value === null) return required ? flaw('missing', path, 'missing') : [];
  if (typeof value !== 'string') return flaw('type', path, 'must be a string');
  const length = [...value].length;
  if (length < (limit.min_length ?? 0)) return flaw('length', path, `must be more than ${length} characters`);
  if (length > (limit.max_length ?? Number.POSITIVE_INFINITY)) {
    return flaw('length', path, `must be less than ${(limit.max_length ?? 0) + 1} characters, got ${length}`);
  }
  return [];
}

export function flawsOfList(value: unknown, path: string, limit: Bounds, name: string): Flaw[] {
  if (!Array.isArray(value)) return flaw('type', path, 'must be an array');
  const most = limit.max_items ?? Number.POSITIVE_INFINITY;
  if (value.length < (limit.min_items ?? 1)) return flaw('length', path, `no ${name}`);
  if (value.length > most)
    return flaw('length', path, `no more than ${most} ${name} allowed, got ${value.length}`);
  return [];
}

/** A text object; `plain` refuses mrkdwn. */
export function flawsOfText(value: unknown, path: string, limit: Bounds, plain: boolean): Flaw[] {
  if (!isObject(value)) return flaw(value === undefined ? 'missing' : 'type', path, 'must be a text object');
  const kinds = plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
  return [
    ...(kinds.includes(String(value.type))
      ? []
      : flaw('content', `${path}/type`, `must be ${kinds.join(' or ')}`)),
    ...flawsOfString(value.text, `${path}/text`, { min_length: 1, ...limit }),
    ...unknown(value, path, ['type', 'text', plain || value.type === 'plain_text' ? 'emoji' : 'verbatim']),
  ];
}

export const unknown = (value: Json, path: string, known: readonly string[]): Flaw[] =>
  Object.keys(value)
    .filter((key) => !known.includes(key))
    .flatMap((key) => flaw('unknown-argument', `${path}/${key}`, `"${key}" does not belong here`));
