import type { ServiceId } from '../domain/ids.ts';
import type { Intent } from '../understanding/understanding.ts';
import { type Pointing, pickByWords, placesIn } from './choosing.ts';
import {
  afterNo,
  asksForChoices,
  endsInYes,
  isNo,
  isYes,
  saysBoth,
  saysItWorks,
  saysRest,
} from './follow-ups.ts';
import { aboutServices, type Pending } from './memory.ts';
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

/* Answers to what the bot asked: which one, shall I, where, what exactly. */

type Choice = Extract<Pending, { kind: 'choose' }>;
type Offer = Extract<Pending, { kind: 'offer' }>;

/** What to do with what was chosen: what the message asks itself, else what the question was asked for. */
function wishOf(message: Message, otherwise: Intent): Intent {
  const own = asksFor(message);
  // A state word beside the chosen name does not undo a wish: "정부24 안 되는 거요" after "which alerts?"
  return own !== null && (own !== 'status' || isQuestion(otherwise)) ? own : otherwise;
}

/** "2번", "위택스요", "둘 다", after "which one?". What fits none of the options is asked about again. */
export const chooses: Rule = (message) => {
  const { pending } = message.remembered;
  if (pending?.kind !== 'choose') return null;
  const { alone, text } = message;
  const { options, intent } = pending;
  const pointed = placesIn(text, options.length);
  const chosen = chosenFrom(message, pending, pointed);
  if (chosen.length > 0) return resolved(message, wishOf(message, intent), chosen);
  if (isYes(text) && options.length === 1) return resolved(message, intent, options, 'yes');
  if (isNo(text)) return resolved(message, 'thanks', [], 'no');
  if (alone.services.length > 0) return null;
  const again = asksForChoices(text) || (isVague(message) && (pointed.beyond || isYes(text)));
  return again ? askedBack(message, intent, options) : null;
};

function chosenFrom(message: Message, { options }: Choice, { places }: Pointing): readonly ServiceId[] {
  const { alone, text, catalogue } = message;
  if (places.length > 0) return places.flatMap((at) => options[at] ?? []);
  if (saysBoth(text)) return options;
  const said = [...alone.services, ...alone.candidates];
  const named = options.filter((id) => said.includes(id));
  const rest = options.filter((id) => !named.includes(id));
  if (saysRest(text) && named.length > 0) return rest;
  if (alone.services.length > 1 && named.length === alone.services.length) return named;
  if (named.length === 1) return named;
  // Another service, named in full, is no choice among these.
  if (alone.services.length > 0) return [];
  const picked = pickByWords(text, options, catalogue);
  return picked === null ? [] : [picked];
}

/** Yes or no to an offer, in any shape; "keep the rest" of what was offered. */
export const answersOffer: Rule = (message) => {
  const { pending } = message.remembered;
  if (pending?.kind !== 'offer') return null;
  const { alone, text } = message;
  const unclear = isVague(message) && alone.intent !== 'status';
  if (isYes(text) || (unclear && endsInYes(text) && asksFor(message) === null))
    return resolved(message, pending.intent, pending.services, topicOfYes(pending));
  if (isNo(text))
    return pending.refusal === undefined
      ? resolved(message, 'thanks', [], 'no')
      : resolved(message, pending.refusal, pending.services, 'no');
  const named = namedIn(message);
  if (saysRest(text) && named.length > 0) {
    const others = pending.services.filter((id) => !named.includes(id));
    if (others.length > 0) return resolved(message, pending.intent, others);
  }
  return pending.guess === true ? refusesGuess(message, pending) : null;
};

const topicOfYes = ({ intent }: Offer) => (intent === 'privacy' ? 'forget' : 'yes');

/** "아니 서울시 거": not what was guessed, but what the rest of the message tells. */
function refusesGuess(message: Message, guess: Offer) {
  const { alone, text, catalogue, remembered } = message;
  const rest = afterNo(text);
  if (rest === null || !isVague(message)) return null;
  const named = namedIn(message).filter((id) => !guess.services.includes(id));
  if (named.length > 0) return resolved(message, guess.intent, named);
  const others = [...(remembered.readings ?? []), ...remembered.services, ...alone.candidates].filter(
    (id, at, all) => !guess.services.includes(id) && all.indexOf(id) === at,
  );
  const picked = pickByWords(rest, others, catalogue);
  if (picked !== null) return resolved(message, guess.intent, [picked]);
  const [only, another] = others;
  if (only !== undefined && another === undefined) return resolved(message, guess.intent, [only]);
  return askedBack(message, guess.intent, others);
}

/** The bot asked where, what exactly or of which service; this tells. */
export const tells: Rule = (message) => {
  const { alone, remembered, text } = message;
  const { intent: before, services: spokenOf, asked } = remembered;
  const named = namedIn(message);
  if (alone.regions.length > 0 && named.length === 0 && spokenOf.length > 0 && isVague(message)) {
    const own = asksFor(message);
    // "부산은요?" repeats the question; the weather there does not.
    if (own === null && alone.intent === 'off_topic' && asked !== 'region' && text.length > 12) return null;
    const repeated = aboutServices(before) ? before : 'status';
    return resolved(message, own ?? repeated, spokenOf, 'region');
  }
  if (!aboutServices(before) || !isVague(message)) return null;
  if (asked === 'detail' && saysItWorks(text)) return resolved(message, 'thanks', [], 'no');
  if (asked === 'service' && alone.services.length > 0) return resolved(message, before, alone.services);
  const says = alone.intent !== 'thanks' && alone.intent !== 'greeting' && alone.intent !== 'help';
  if (asked === 'service' && named.length > 0 && says) return resolved(message, before, named);
  if (asked === 'detail' && says && named.length === 0) return resolved(message, before, spokenOf);
  return null;
};
