import type { ServiceId } from '../domain/ids.ts';
import type { Intent } from '../understanding/understanding.ts';
import { isHardlyMore } from './beside-names.ts';
import { placesIn } from './choosing.ts';
import {
  formIn,
  isCorrection,
  saysAlso,
  saysBoth,
  saysEarlier,
  saysFirstAsked,
  saysOnlyThis,
  saysOther,
  saysRest,
  saysThere,
  stopsThat,
  takesBack,
  wantsMore,
} from './follow-ups.ts';
import { aboutServices } from './memory.ts';
import {
  askedBack,
  asksFor,
  isQuestion,
  isVague,
  type Message,
  namedIn,
  type Rule,
  resolved,
} from './message.ts';
import { predicateIn, wishIn } from './predicates.ts';

/* Pointing at what was shown, spoken of or done before, without a name. */

const INVERSE = { subscribe: 'unsubscribe', unsubscribe: 'subscribe' } as const;

/** "방금 거 취소", "oops, put it back": the last change is taken back. */
export const undoes: Rule = (message) => {
  const { done, pending, intent } = message.remembered;
  const stops = done?.intent === 'subscribe' && stopsThat(message.text);
  const wanted = stops ? 'cancel' : takesBack(message.text);
  if (wanted === null || pending !== null) return null;
  // What was ended all at once is brought back all at once.
  if (wanted === 'restore' && intent === 'unsubscribe' && !done && namedIn(message).length === 0)
    return resolved(message, 'subscribe', [], 'undo_all');
  if (done === undefined || done === null) return null;
  const named = namedIn(message);
  if (named.some((id) => !done.services.includes(id))) return null;
  // "Put it back" of what was only just ordered means nothing to us.
  if (wanted === 'restore' && done.intent === 'subscribe') return null;
  return resolved(message, INVERSE[done.intent], named.length > 0 ? named : done.services, 'undo');
};

/** A wish beside what is pointed at; else the question itself or the one before. */
function wishFor(message: Message): Intent {
  const { text, remembered } = message;
  const before = aboutServices(remembered.intent) ? remembered.intent : 'status';
  const repeats = isQuestion(before) || saysAlso(text) || isCorrection(text);
  const own = (isSure(message) ? asksFor(message) : null) ?? predicateIn(text);
  if (wantsMore(text)) return 'status';
  return wishIn(text) ?? own ?? (repeats ? before : 'status');
}

/** A mere "and the first?" says nothing of its own, whatever it may be read as. */
const isSure = ({ alone, text }: Message): boolean => {
  if (predicateIn(text) === null && text.trim().split(/\s+/).length <= 4) return false;
  return alone.intent !== 'unknown' || alone.confidence >= 0.8;
};

/** "2번", "마지막 거", "the first two", about a list that was shown. */
export const pointsAtPlace: Rule = (message) => {
  const { alone, text, remembered } = message;
  if (alone.services.length > 0 || saysFirstAsked(text)) return null;
  const shown = remembered.listed ?? remembered.services;
  const list = shown.length >= 2 ? shown : (remembered.trail ?? []);
  if (list.length < 2) return null;
  const { places, beyond } = placesIn(text, list.length);
  const pointed = places.flatMap((at) => list[at] ?? []);
  if (pointed.length > 0) return resolved(message, wishFor(message), pointed);
  const again = beyond && shown.length >= 2 && isVague(message) && text.length <= 20;
  return again ? askedBack(message, wishFor(message), list) : null;
};

/** Both, the rest, the other one, the first one I asked, the one from before. */
export const pointsBack: Rule = (message) => {
  const { alone, text, remembered } = message;
  if (alone.services.length > 0 || alone.intent === 'status_all') return null;
  const pointed = pointedBack(message);
  if (pointed === null || pointed.length === 0) return null;
  const closes = alone.intent === 'thanks' || alone.intent === 'greeting';
  if (closes && !saysOther(text) && remembered.listed === undefined && predicateIn(text) === null)
    return null;
  return resolved(message, wishFor(message), pointed, null);
};

function pointedBack({ text, remembered }: Message): readonly ServiceId[] | null {
  const { services, previousServices, trail, listed } = remembered;
  const list = listed ?? services;
  const others = list.filter((id) => !services.includes(id));
  if (saysFirstAsked(text)) return trail?.slice(0, 1) ?? services;
  if (saysBoth(text)) {
    const all = [...new Set([...previousServices, ...list])];
    const those = list.length >= 2 ? list : all;
    return those.length >= 2 ? those : null;
  }
  if (saysOther(text)) return others.length === 1 ? others : previousServices;
  if (saysOnlyThis(text)) return services;
  if (saysRest(text) && others.length > 0) return others;
  if (!saysEarlier(text)) return null;
  // What was asked earlier and is still open is what was broken.
  const broken = remembered.told === 'fine' ? (remembered.impaired ?? []) : [];
  return broken.length > 0 ? broken : services;
}

/** "거기는 괜찮대요?": the place that was just told of. */
export const pointsThere: Rule = (message) => {
  const { alone, text, remembered } = message;
  const [place, another] = remembered.mentioned ?? [];
  if (place === undefined || another !== undefined || alone.services.length > 0 || !saysThere(text))
    return null;
  const own = asksFor(message);
  const state = own === 'status' || own === 'eta' || own === 'cause' || alone.intent === 'status_all';
  return state ? resolved(message, own ?? 'status', [place]) : null;
};

/** What one has made up one's mind about is no question. */
const isSettled = (text: string): boolean =>
  /되겠|할게|할께|볼게|볼께|쓸게|쓸께|가야겠|\b(ill|i will|i'll|let me) (use|try|take|go)\b/i.test(text);

const APP = /앱|어플|모바일|스마트|\b(app|mobile|smart)\b/i;

const JOINS_APP =
  /(랑|하고|이랑|와|과) ?(그 ?)?(앱|어플|모바일)|\b(and|plus) (the |its )?(phone |mobile )?app\b/i;

/** How the app and the site are called; with next to nothing beside them the question is the one before. */
const FORMS = [
  '홈페이지',
  '사이트',
  '어플',
  '모바일',
  '앱',
  'web site',
  'website',
  'site',
  'mobile',
  'app',
  'the',
];

/** "앱은요?", "not the website, the app": the app or the site of what was spoken of, where the catalogue has it apart. */
export const pointsAtForm: Rule = (message) => {
  const { alone, text, remembered, catalogue } = message;
  const form = formIn(text);
  const [spokenOf, another] = remembered.services;
  if (form === null || isSettled(text) || spokenOf === undefined || another !== undefined) return null;
  if (alone.services.length > 0 && alone.services[0] !== spokenOf) return null;
  const root = catalogue.service(spokenOf)?.parent ?? spokenOf;
  const family = catalogue.services.filter((one) => one.id === root || one.parent === root);
  const apps = family.filter((one) => one.id !== root && APP.test(`${one.name.ko} ${one.name.en}`));
  const ids = form === 'app' ? apps.map((one) => one.id) : [root];
  const [meant, second] = ids;
  if (meant === undefined || second !== undefined || meant === spokenOf) return null;
  const bare = isHardlyMore(text, FORMS) && predicateIn(text) === null;
  const own = bare ? null : asksFor(message);
  if (own === null && !isVague(message)) return null;
  const before = isQuestion(remembered.intent) ? remembered.intent : 'status';
  // "Both hometax and the app": the one that is named is meant too.
  const joined = alone.services.length > 0 && JOINS_APP.test(text);
  const asked = own ?? (before === 'alternatives' ? 'status' : before);
  return resolved(message, asked, joined ? [spokenOf, meant] : [meant]);
};
