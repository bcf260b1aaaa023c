import type { Catalogue } from '../domain/catalogue.ts';
import type { Instant } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Subscriber } from '../domain/subscriber.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { codeIn } from './answers/verify.ts';
import { readAction } from './buttons.ts';
import { commandIn, readCommand } from './commands.ts';
import { inContext } from './context.ts';
import { readForm } from './dialogs/subscribe-form.ts';
import { type Remembered, stillKnown } from './memory.ts';
import type { Request, What } from './request.ts';
import { request } from './request.ts';
import type { Session } from './session.ts';
import type { Act, Turn } from './turn.ts';
import { typedButton } from './typed-button.ts';

export type Understand = (text: string, hint: { language: Language | null }) => Understanding;

/** What a turn asks for, and the language to answer in. */
export interface Reading {
  readonly asked: Request;
  readonly language: Language;
}

const MOST_UNDERSTOOD = 1000;
/** Control characters, and marks without width or that turn the direction of writing; joiners of emoji stay. */
const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/** What a person typed as one clean line; of a very long message its beginning. */
export const cleanText = (text: string): string =>
  [...text.slice(0, MOST_UNDERSTOOD * 4).replace(UNPRINTABLE, ' ')].slice(0, MOST_UNDERSTOOD).join('').trim();

/** "제 지역은 해운대구로 해 주세요", "set my region to Busan": the setting, in so many words. */
const SETS_REGION =
  /^(?=.*(?:내|제|우리|저희) ?(?:지역|동네))(?=.*로 ?(?:해|바꿔|바꾸|정해|설정|변경|저장|등록))[^?]*$|\b(?:set|change|make|save|switch)\b.*\bmy (?:region|area|city|location)\b|\bmy (?:region|area|city|location) is\b/iu;

/** Shades of meaning that have an answer of their own. */
const BY_TOPIC: ReadonlyMap<string, What> = new Map<string, What>([
  ['quiet_hours', 'quiet'],
  ['verification', 'verify'],
  ['deadline', 'deadline'],
  ['mydata', 'mydata'],
  ['forget', 'forget'],
  ['undo_all', 'undo'],
]);

export function createReader(parts: { readonly understand: Understand; readonly catalogue: Catalogue }) {
  const { understand, catalogue } = parts;

  const readText = (typed: string, where: Where): Reading => {
    const text = cleanText(typed);
    const button = typedButton(text, where.session?.offered ?? []);
    if (button !== null) {
      return { asked: { ...readButton(button, catalogue), pressed: false, text }, language: fallback(where) };
    }
    const alone = understand(text, { language: fallback(where) });
    if (alone.regions.length > 0 && alone.services.length === 0 && SETS_REGION.test(text)) {
      return { asked: request('region', { regions: alone.regions, text }), language: alone.language };
    }
    const before = where.session?.remembered ?? null;
    const meant = inContext(alone, text, before, where.now, catalogue);
    const offered = before?.pending?.kind === 'offer';
    const accepted = offered && meant.topic === 'yes' && meant.intent === 'subscribe';
    const asked = calling(requestOf(meant, text), meant, stillKnown(before, where.now));
    // What is offered under bad news is one word when it is back, not a subscription.
    return { asked: accepted ? { ...asked, what: 'follow' } : asked, language: meant.language };
  };

  const readCommandAct = (name: string, argument: string, where: Where): Reading => {
    const text = cleanText(argument);
    const hint = where.subscriber?.language ?? where.turn.hint;
    const asked = readCommand(name, text, { catalogue, understand, hint });
    // A word that is no command may begin a sentence; one that is nothing of ours asks for the list.
    if (asked === null) {
      const read = readText(`${name} ${text}`, where);
      const lost = read.asked.what === 'off_topic' || read.asked.what === 'unknown';
      const reading = lost ? { ...read, asked: request('help') } : read;
      // One word in Latin letters may be the name of a service: it tells no language.
      return text === '' && languageOfArgument(name) === null
        ? { ...reading, language: fallback(where) }
        : reading;
    }
    return { asked, language: where.subscriber?.language ?? languageOfArgument(text) ?? fallback(where) };
  };

  return (act: Asking, where: Where): Reading => {
    switch (act.kind) {
      case 'text': {
        const command = commandIn(cleanText(act.text));
        return command === null
          ? readText(act.text, where)
          : readCommandAct(command.name, command.argument, where);
      }
      case 'command':
        if (act.name === '' && act.argument.trim() === '')
          return { asked: request('help'), language: fallback(where) };
        return readCommandAct(act.name, act.argument, where);
      case 'button':
        return { asked: readButton(act.action, catalogue), language: fallback(where) };
      case 'form': {
        const { what } = readButton(act.action, catalogue);
        const asked = what === 'outdated' ? request(what) : readForm(what, act.values, catalogue);
        return { asked, language: fallback(where) };
      }
    }
  };
}

/** The acts that ask for something. */
export type Asking = Extract<Act, { kind: 'text' | 'command' | 'button' | 'form' }>;

interface Where {
  readonly turn: Omit<Turn, 'act'>;
  readonly now: Instant;
  readonly subscriber: Subscriber | null;
  readonly session: Session | null;
}

/** In a group or channel the language set there, for what tells no language of its own. */
const choiceOfGroup = ({ turn, subscriber }: Omit<Where, 'now'>): Language | null =>
  turn.chat.kind === 'private' ? null : (subscriber?.language ?? null);

/** Without words of a language: a group's choice, the dialog so far, the chat's choice, the client, Korean. */
export const fallback = (where: Omit<Where, 'now'>): Language =>
  choiceOfGroup(where) ?? where.session?.language ?? where.subscriber?.language ?? where.turn.hint ?? 'ko';

/** A name in Hangul is a Korean question; Latin letters may be either, since many names are written so. */
const languageOfArgument = (text: string): Language | null => (/[가-힣ㄱ-ㅎㅏ-ㅣ]/u.test(text) ? 'ko' : null);

const namesGroupOnly = ({ services, candidates, agencies, categories }: Understanding): boolean =>
  services.length + candidates.length === 0 && agencies.length + categories.length > 0;

/** What can be answered of an agency or a kind of service as a whole. */
const OF_GROUPS: readonly What[] = ['status', 'subscribe', 'unsubscribe'];

function requestOf(meant: Understanding, text: string): Request {
  const what = whatOf(meant);
  const { services, agencies, categories, regions, candidates, question, leaning, topic } = meant;
  const parts = { services, agencies, categories, regions, candidates, question, leaning, topic, text };
  // A pasted notice number is a question about it, whatever stands around.
  const uncertain = what === 'unknown' || what === 'off_topic' || what === 'clarify' || what === 'help';
  if (uncertain && codeIn(text) !== null) return request('verify', parts);
  // Signs without a word are nothing we could decline.
  return request(what === 'off_topic' && !/[\p{L}\p{N}]/u.test(text) ? 'unknown' : what, parts);
}

/** "Phone number?", "how much is it?": whom to call about what was spoken of. */
const calling = (asked: Request, meant: Understanding, before: Remembered | null): Request => {
  if (asked.services.length + asked.agencies.length > 0) return asked;
  const procedural = asked.what === 'off_topic' && (meant.cues ?? []).some((cue) => PROCEDURAL.has(cue));
  if (asked.what !== 'human' && !procedural) return asked;
  const named = meant.mentions ?? [];
  return { ...asked, services: named.length > 0 ? named : (before?.services ?? []) };
};

/** Asked of a service, and only its own people can tell. */
const PROCEDURAL: ReadonlySet<string> = new Set([
  'price',
  'documents',
  'eligibility',
  'how_to',
  'hours',
  'period',
  'own_case',
]);

function whatOf(meant: Understanding): What {
  if (meant.topic?.startsWith('crisis')) return 'crisis';
  const special = BY_TOPIC.get(meant.topic ?? '');
  if (special !== undefined) return special;
  const { intent, leaning } = meant;
  const namesNothing =
    meant.services.length + meant.agencies.length + meant.categories.length + meant.regions.length === 0;
  // "Does it work?" of nothing named asks which, rather than answering for everything.
  if (intent === 'status' && namesNothing) return 'clarify';
  const ofGroup =
    intent === 'clarify' && leaning !== null && OF_GROUPS.includes(leaning) && namesGroupOnly(meant);
  return ofGroup ? leaning : intent;
}

/** The request of a button; one that names what the catalogue no longer has is outdated. */
function readButton(action: string, catalogue: Catalogue): Request {
  const asked = readAction(action);
  const gone =
    asked === null ||
    asked.services.some((id) => catalogue.service(id) === undefined) ||
    asked.agencies.some((id) => catalogue.agency(id) === undefined) ||
    asked.categories.some((id) => catalogue.category(id) === undefined);
  // What was subscribed to before it left the catalogue can still be ended.
  const ending = asked?.what === 'unsubscribe' || asked?.what === 'unfollow';
  return asked === null || (gone && !ending) ? request('outdated', { pressed: true }) : asked;
}
