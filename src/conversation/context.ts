import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import { type Instant, secondsBetween } from '../domain/instant.ts';
import type { Intent, Understanding } from '../understanding/understanding.ts';
import { ordinalsIn, pickByWords } from './choosing.ts';
import { isBareName, isCorrection, isNo, isYes, saysAlso, saysBoth, saysRest, wishIn } from './follow-ups.ts';

/** What a question back is waiting for. */
export type Pending =
  | null
  | { readonly kind: 'choose'; readonly intent: Intent; readonly options: readonly ServiceId[] }
  | { readonly kind: 'offer'; readonly intent: Intent; readonly services: readonly ServiceId[] };

/** What one person said last in one chat or thread. */
export interface Remembered {
  readonly at: Instant;
  /** Spoken of last, or listed last, in the order shown. */
  readonly services: readonly ServiceId[];
  readonly previousServices: readonly ServiceId[];
  readonly intent: Intent | null;
  readonly pending: Pending;
  /** The last list of several services that was shown, in its order: what "the third one" points at. */
  readonly listed?: readonly ServiceId[];
  /** What the bot asked for last, beside a choice or an offer. */
  readonly asked?: 'detail' | 'region' | 'service' | null;
}

export const FORGET_AFTER_SECONDS = 900;

/** Intents that are about services, and so may take them over from what was said before. */
const ABOUT_SERVICES: ReadonlySet<Intent> = new Set<Intent>([
  'status',
  'eta',
  'cause',
  'alternatives',
  'history',
  'subscribe',
  'unsubscribe',
  'report_problem',
]);
/** Questions: asking the same of another service is harmless. The others change something. */
const QUESTIONS: ReadonlySet<Intent> = new Set<Intent>(['status', 'eta', 'cause', 'alternatives', 'history']);

const aboutServices = (intent: Understanding['intent'] | null): intent is Intent =>
  intent !== null && ABOUT_SERVICES.has(intent as Intent);

/**
 * The same message in the light of what was said before: follow-ups without a name, a name alone,
 * ordinals, yes and no, both, corrections. Forgets after a quarter of an hour. Pure.
 */
export function inContext(
  understanding: Understanding,
  text: string,
  remembered: Remembered | null,
  now: Instant,
  catalogue: Catalogue,
): Understanding {
  if (remembered === null || secondsBetween(remembered.at, now) > FORGET_AFTER_SECONDS) return understanding;
  if (understanding.topic?.startsWith('crisis') === true) return understanding;
  return (
    answerToPending(understanding, text, remembered, catalogue) ??
    pointing(understanding, text, remembered) ??
    correction(understanding, text, remembered, catalogue) ??
    nameAlone(understanding, text, remembered, catalogue) ??
    answerToQuestion(understanding, remembered) ??
    ellipsis(understanding, text, remembered) ??
    understanding
  );
}

function resolved(
  understanding: Understanding,
  intent: Intent,
  services: readonly ServiceId[],
  topic: string | null = understanding.topic,
): Understanding {
  return {
    ...understanding,
    intent,
    leaning: intent,
    services,
    candidates: [],
    question: null,
    confidence: Math.max(understanding.confidence, 0.8),
    topic,
  };
}

/** The services of a message, though alone it was not understood. */
const namedIn = (understanding: Understanding): readonly ServiceId[] =>
  understanding.services.length > 0 ? understanding.services : (understanding.mentions ?? []);

/** The names of services as they may stand in a message, longest first. */
const namesOf = (ids: readonly ServiceId[], catalogue: Catalogue): readonly string[] =>
  ids
    .flatMap((id) => {
      const service = catalogue.service(id);
      return service === undefined
        ? []
        : [service.name.ko, service.name.en, ...service.aliases.ko, ...service.aliases.en];
    })
    .sort((a, b) => b.length - a.length);

/** How sure a reading without enough words of its own must be to count in a follow-up. */
const SURE = 0.85;

/** The intent of the message itself where it says more than "this one". */
function ownIntent(understanding: Understanding, otherwise: Intent, text: string): Intent {
  const { leaning } = understanding;
  const leans = understanding.intent === 'unknown' && leaning !== null && understanding.confidence >= SURE;
  const intent = leans ? leaning : understanding.intent;
  if (aboutServices(intent) && !(intent === 'status' && isBareName(text))) {
    if (intent !== 'status' || QUESTIONS.has(otherwise)) return intent;
  }
  if (intent === 'clarify' && leaning !== null && aboutServices(leaning) && leaning !== 'status')
    return leaning;
  return otherwise;
}

function answerToPending(
  understanding: Understanding,
  text: string,
  { pending }: Remembered,
  catalogue: Catalogue,
): Understanding | null {
  if (pending === null) return null;
  const waiting = pending.kind === 'choose' ? pending.options : pending.services;
  if (pending.kind === 'choose') {
    const chosen = chooseFrom(pending.options, understanding, text, catalogue);
    if (chosen.length > 0)
      return resolved(understanding, ownIntent(understanding, pending.intent, text), chosen);
  }
  if (isYes(text) && (pending.kind === 'offer' || waiting.length === 1)) {
    return resolved(understanding, pending.intent, waiting, 'yes');
  }
  if (isNo(text)) return resolved(understanding, 'thanks', [], 'no');
  const named = namedIn(understanding);
  if (pending.kind === 'offer' && saysRest(text) && named.length > 0) {
    return resolved(
      understanding,
      pending.intent,
      waiting.filter((id) => !named.includes(id)),
    );
  }
  return null;
}

function chooseFrom(
  options: readonly ServiceId[],
  understanding: Understanding,
  text: string,
  catalogue: Catalogue,
): readonly ServiceId[] {
  const ordinals = ordinalsIn(text, options.length);
  if (ordinals.length > 0) return ordinals.flatMap((at) => options[at] ?? []);
  if (saysBoth(text)) return options;
  const named = [...understanding.services, ...understanding.candidates].filter((id) => options.includes(id));
  if (named.length === 1) return named;
  const picked = pickByWords(text, options, catalogue);
  return picked === null ? [] : [picked];
}

/** "2번", "마지막 거", "둘 다" about a list that was shown, or about the two services spoken of. */
function pointing(understanding: Understanding, text: string, remembered: Remembered): Understanding | null {
  if (understanding.services.length > 0) return null;
  const list = remembered.listed ?? remembered.services;
  if (list.length >= 2) {
    const ordinals = ordinalsIn(text, list.length);
    if (ordinals.length > 0) {
      const before = aboutServices(remembered.intent) ? remembered.intent : 'status';
      const otherwise = wishIn(text) ?? (QUESTIONS.has(before) || saysAlso(text) ? before : 'status');
      return resolved(
        understanding,
        wishIn(text) ?? ownIntent(understanding, otherwise, text),
        ordinals.flatMap((at) => list[at] ?? []),
      );
    }
  }
  if (saysBoth(text) && understanding.intent !== 'status_all') {
    const all = [...new Set([...remembered.previousServices, ...list])];
    const those = list.length >= 2 ? list : all;
    if (those.length >= 2)
      return resolved(understanding, ownIntent(understanding, remembered.intent ?? 'status', text), those);
  }
  return null;
}

/** "아니 홈택스 말고 위택스": the same question about another service. */
function correction(
  understanding: Understanding,
  text: string,
  remembered: Remembered,
  catalogue: Catalogue,
): Understanding | null {
  const { intent } = understanding;
  const services = namedIn(understanding);
  if (services.length === 0 || !isCorrection(text) || !aboutServices(remembered.intent)) return null;
  const vague = VAGUE.has(intent) || isBareName(text, namesOf(services, catalogue));
  if (!vague && intent !== remembered.intent) return null;
  return resolved(understanding, remembered.intent, services);
}

/** What a message may have been taken for that only makes sense after another. */
const VAGUE: ReadonlySet<Understanding['intent']> = new Set([
  'status',
  'unknown',
  'clarify',
  'off_topic',
  'help',
  'thanks',
  'greeting',
]);

/** "위택스는?": the same question; "위택스도": the same wish. */
function nameAlone(
  understanding: Understanding,
  text: string,
  remembered: Remembered,
  catalogue: Catalogue,
): Understanding | null {
  const services = namedIn(understanding);
  if (services.length === 0 || !VAGUE.has(understanding.intent)) return null;
  // 나이스! may be praise.
  if (
    understanding.services.length === 0 &&
    (understanding.intent === 'thanks' || understanding.intent === 'greeting')
  ) {
    return null;
  }
  if (!isBareName(text, namesOf(services, catalogue))) return null;
  const before = remembered.intent;
  if (!aboutServices(before)) return null;
  if (QUESTIONS.has(before) || saysAlso(text) || remembered.asked === 'service')
    return resolved(understanding, before, services);
  return resolved(understanding, 'status', services);
}

/** The bot asked where, what or which; this is the answer. */
function answerToQuestion(understanding: Understanding, remembered: Remembered): Understanding | null {
  const { intent, services, regions } = understanding;
  const before = remembered.intent;
  if (before === null || !ABOUT_SERVICES.has(before)) return null;
  const says = intent === 'unknown' || intent === 'off_topic' || intent === 'status' || intent === 'clarify';
  if (regions.length > 0 && services.length === 0 && says && remembered.services.length > 0) {
    return resolved(understanding, before, remembered.services, 'region');
  }
  if (remembered.asked === 'service' && services.length > 0 && says)
    return resolved(understanding, before, services);
  if (remembered.asked === 'detail' && (says || intent === before) && services.length === 0) {
    return resolved(understanding, before, remembered.services);
  }
  return null;
}

/** "그럼 언제 돼요?": a question without a name is about the service spoken of last. */
function ellipsis(understanding: Understanding, text: string, remembered: Remembered): Understanding | null {
  const { services, candidates } = understanding;
  if (services.length > 0 || candidates.length > 0 || remembered.services.length === 0) return null;
  const unsure = understanding.intent === 'clarify' || understanding.intent === 'unknown';
  const intent = unsure ? understanding.leaning : understanding.intent;
  if (intent === null || !aboutServices(intent)) return null;
  if (intent === 'unsubscribe' && saysBoth(text)) return null;
  return resolved(understanding, intent, remembered.services);
}

/** The memory after this message, as resolved by `inContext`. A message off the topic changes nothing but the time. */
export function remember(understood: Understanding, before: Remembered | null, now: Instant): Remembered {
  const fresh = before !== null && secondsBetween(before.at, now) <= FORGET_AFTER_SECONDS ? before : null;
  const intent = understood.intent === 'clarify' ? understood.leaning : understood.intent;
  const kept =
    intent !== null && intent !== 'unknown' && (aboutServices(intent) || intent === 'status_all')
      ? intent
      : null;
  const services = understood.services.length > 0 ? understood.services : (fresh?.services ?? []);
  const changed = understood.services.length > 0 && services.join() !== (fresh?.services ?? []).join();
  return {
    at: now,
    services,
    previousServices: changed ? (fresh?.services ?? []) : (fresh?.previousServices ?? []),
    intent: kept ?? fresh?.intent ?? null,
    listed: understood.services.length >= 2 ? understood.services : fresh?.listed,
    pending:
      understood.intent === 'clarify' && understood.candidates.length > 0
        ? { kind: 'choose', intent: understood.leaning ?? 'status', options: understood.candidates }
        : null,
    asked: understood.intent === 'clarify' && understood.candidates.length === 0 ? 'service' : null,
  };
}
