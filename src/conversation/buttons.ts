import type { Button } from '../card/card.ts';
import { button } from '../card/card.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Target } from '../domain/subscriber.ts';
import type { Request, What } from './request.ts';
import { request } from './request.ts';

/*
 * A button is a request in at most 64 bytes: `1:VERB:SUBJECT:OPTION`, trailing empty parts left out.
 * 1 is the version; a verb is two letters; a subject is a kind and an id: `s.gov24`.
 * The option comes last, so it may hold colons itself (22:00-07:00).
 * Buttons live in chats for years: a verb is never given another meaning, and what cannot be read
 * any more gets a kind answer with fresh buttons.
 */
const VERSION = '1';
const MOST_BYTES = 64;

const VERBS = {
  st: 'status',
  sa: 'status_all',
  et: 'eta',
  ca: 'cause',
  al: 'alternatives',
  hi: 'history',
  su: 'subscribe',
  un: 'unsubscribe',
  ls: 'list_subscriptions',
  re: 'report_problem',
  la: 'language',
  he: 'help',
  hu: 'human',
  pr: 'privacy',
  fo: 'follow',
  uf: 'unfollow',
  ud: 'undo',
  ch: 'choose',
  dl: 'deadline',
  qu: 'quiet',
  rg: 'region',
  an: 'announcements',
  ve: 'verify',
  md: 'mydata',
  fg: 'forget',
} as const satisfies Record<string, What>;

/** What a button can ask for. */
export type Pressable = (typeof VERBS)[keyof typeof VERBS];

const CODES = new Map<What, string>(Object.entries(VERBS).map(([code, what]) => [what, code]));
const MEANINGS = new Map<string, What>(Object.entries(VERBS));

export const isPressable = (what: What): what is Pressable => CODES.has(what);

const KINDS: ReadonlyMap<string, Target['kind']> = new Map([
  ['s', 'service'],
  ['a', 'agency'],
  ['c', 'category'],
  ['e', 'everything'],
]);

/** A subject as the codec and form values write it: `s.gov24`, `a.mois`, `c.tax`, `e.*`. */
export const writeTarget = (target: Target): string => `${target.kind.charAt(0)}.${target.id}`;

/** Null for what is no subject. Whether it is in the catalogue is for the caller to see. */
export function readTarget(text: string): Target | null {
  const kind = KINDS.get(text.charAt(0));
  const id = text.slice(2);
  if (kind === undefined || text.charAt(1) !== '.') return null;
  if (kind === 'everything') return id === '*' ? { kind, id } : null;
  return /^[a-z0-9][a-z0-9-]*$/.test(id) ? { kind, id } : null;
}

/** @throws Error when it does not fit in 64 bytes: an id of the catalogue is too long */
export function writeAction(what: Pressable, target: Target | null = null, option = ''): string {
  const parts = [VERSION, CODES.get(what) ?? '', target === null ? '' : writeTarget(target), option];
  const action = parts.join(':').replace(/:+$/, '');
  if (Buffer.byteLength(action) > MOST_BYTES) throw new Error(`Button does not fit: ${action}`);
  return action;
}

/** The request behind a button; null for what is unknown, broken or of another version. */
export function readAction(action: string): Request | null {
  const [version, code = '', subject = '', ...rest] = action.split(':');
  const what = MEANINGS.get(code);
  if (version !== VERSION || what === undefined || Buffer.byteLength(action) > MOST_BYTES) return null;
  const pressed = { option: rest.join(':'), pressed: true };
  if (subject === '') return request(what, pressed);
  const target = readTarget(subject);
  return target === null ? null : request(what, { ...pressed, ...subjectOf(target) });
}

/** A target as the fields of a request. */
function subjectOf(target: Target): Partial<Pick<Request, 'services' | 'agencies' | 'categories' | 'topic'>> {
  if (target.kind === 'service') return { services: [target.id] };
  if (target.kind === 'agency') return { agencies: [target.id] };
  return target.kind === 'category' ? { categories: [target.id] } : { topic: 'everything' };
}

export const service = (id: ServiceId): Target => ({ kind: 'service', id });

/** A button that asks for something. */
export const ask = (
  label: string,
  what: Pressable,
  target: Target | null = null,
  option = '',
  style: Button['style'] = 'plain',
): Button => button(label, writeAction(what, target, option), style);
