import type { Language } from '../domain/language.ts';
import type { Platform } from '../domain/subscriber.ts';
import type { Intent } from '../understanding/understanding.ts';
import type { Say } from '../wording/i18n.ts';
import { sayIn } from '../wording/i18n.ts';
import type { NamingParts } from './naming.ts';
import { readNamed, regionsCalled } from './naming.ts';
import type { Request, What } from './request.ts';
import { request } from './request.ts';

/** In the order of the platform's menu. */
const MENU = [
  'status',
  'subscribe',
  'unsubscribe',
  'subscriptions',
  'report',
  'language',
  'quiet',
  'region',
  'announcements',
  'verify',
  'help',
  'privacy',
  'mydata',
  'forget',
  'start',
] as const;
type Command = (typeof MENU)[number] | 'link';

const MEANINGS: { readonly [C in Command]: What } = {
  start: 'start',
  status: 'status',
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
  subscriptions: 'list_subscriptions',
  language: 'language',
  report: 'report_problem',
  quiet: 'quiet',
  region: 'region',
  announcements: 'announcements',
  verify: 'verify',
  help: 'help',
  privacy: 'privacy',
  mydata: 'mydata',
  forget: 'forget',
  link: 'link',
};

/** Those whose argument names a service, an agency or a kind of service. */
const NAMING: ReadonlySet<What> = new Set([
  'status',
  'subscribe',
  'unsubscribe',
  'report_problem',
] satisfies What[]);

/** What the platforms list in their menus, in one language. */
export const commandList = (language: Language): readonly { command: string; description: string }[] =>
  MENU.map((command) => ({ command, description: sayIn(language)(`answers.command.${command}`) }));

/** How a command is written on each platform: Slack gives an app one slash command, and its words follow it. */
const PREFIX: { readonly [P in Platform]: string } = { telegram: '/', slack: '/allim ' };
const WRITTEN = new RegExp(`(?<![\\p{L}\\p{N}/])/(?=(?:${Object.keys(MEANINGS).join('|')})\\b)`, 'gu');

/** A voice whose commands read as they are typed on the platform: `/help`, `/allim help`. */
export function sayingCommandsOf(platform: Platform, say: Say): Say {
  const prefix = PREFIX[platform];
  return prefix === '/' ? say : (key, params) => say(key, params).replace(WRITTEN, prefix);
}

/** Too rare as the first word of a sentence to be anything but the command. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['region', 'announcements', 'quiet', 'mydata', 'verify']);

/** A text that is a command after all: with its slash after a mention, as a lone word, or by a word of our own. */
export function commandIn(text: string): { readonly name: string; readonly argument: string } | null {
  const [, slash, word = '', argument = ''] =
    /^(\/(?:allim\s+)?)?([a-z]+)(?:@\w+)?(?:\s+(.*))?$/isu.exec(text) ?? [];
  const name = word.toLowerCase();
  if (!Object.hasOwn(MEANINGS, name)) return null;
  return slash !== undefined || argument === '' || UNMISTAKABLE.has(name) ? { name, argument } : null;
}

/** A command as a request; null for a word that is none of ours. */
export function readCommand(name: string, argument: string, parts: NamingParts): Request | null {
  const what = Object.hasOwn(MEANINGS, name) ? MEANINGS[name as Command] : null;
  if (what === null) return null;
  const text = argument.trim();
  if (text === '') return request(what === 'status' ? 'status_all' : what);
  if (what === 'region') {
    const called = regionsCalled(text, parts.catalogue);
    const regions = called.length > 0 ? called : parts.understand(text, { language: parts.hint }).regions;
    return request(what, { text, option: text, regions });
  }
  return NAMING.has(what) ? readNamed(what as Intent, text, parts) : request(what, { text });
}
