import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Intent, Topic, Understanding } from '../understanding/understanding.ts';
import { isBareName } from './beside-names.ts';
import { isUnfamiliar } from './familiar.ts';
import { wantsMore } from './follow-ups.ts';
import { aboutServices, type Remembered, SURE } from './memory.ts';
import { asksOfOthers, predicateIn, saysSince } from './predicates.ts';

/** A message that follows others: what it means alone, and what was said before it. */
export interface Message {
  readonly alone: Understanding & { readonly cues?: readonly string[] };
  readonly text: string;
  readonly remembered: Remembered;
  readonly catalogue: Catalogue;
}

/** One way in which a message leans on those before it; null where it does not. */
export type Rule = (message: Message) => Understanding | null;

/** Questions: asking the same of another service is harmless. The other intents change something. */
const QUESTIONS: ReadonlySet<Intent> = new Set<Intent>(['status', 'eta', 'cause', 'alternatives', 'history']);
export const isQuestion = (intent: Intent | null): intent is Intent =>
  intent !== null && QUESTIONS.has(intent);

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
export const isVague = ({ alone }: Message): boolean => VAGUE.has(alone.intent);

/** The message with the meaning it has here. */
export const resolved = (
  { alone }: Message,
  intent: Intent,
  services: readonly ServiceId[],
  topic: Topic | null = alone.topic,
): Understanding => ({
  ...alone,
  intent,
  leaning: intent,
  services,
  candidates: [],
  question: null,
  confidence: Math.max(alone.confidence, 0.8),
  topic,
});

/** Asks back with what it may be about, rather than guess or give up. */
export const askedBack = (
  { alone }: Message,
  intent: Intent,
  options: readonly ServiceId[],
): Understanding => ({ ...alone, intent: 'clarify', leaning: intent, services: [], candidates: options });

/** The services of a message, though alone it was not understood. */
export const namedIn = ({ alone }: Message): readonly ServiceId[] =>
  alone.services.length > 0 ? alone.services : (alone.mentions ?? []);

/** The names of services as they may stand in a message, longest first. */
export const namesOf = (ids: readonly ServiceId[], catalogue: Catalogue): readonly string[] =>
  ids
    .flatMap((id) => {
      const service = catalogue.service(id);
      return service === undefined
        ? []
        : [service.name.ko, service.name.en, ...service.aliases.ko, ...service.aliases.en];
    })
    .sort((a, b) => b.length - a.length);

/** Words after which a message is no question about a state, whatever else it holds. */
const VETOES: ReadonlySet<string> = new Set([
  'price',
  'documents',
  'eligibility',
  'how_to',
  'hours',
  'period',
  'own_case',
  'content',
  'company',
  'injection',
  'self_harm',
  'fire',
  'crime',
]);

/** Such a word may be heard in a short question by accident, where its words are all at home after another. */
const WEAK_VETOES: ReadonlySet<string> = new Set(['smalltalk']);

/** What a word asks of the service spoken of, the more telling first. */
const BY_CUE: readonly (readonly [string, Intent])[] = [
  ['tell_me', 'subscribe'],
  ['subscribe', 'subscribe'],
  ['why', 'cause'],
  ['instead', 'alternatives'],
  ['since', 'status'],
  ['when', 'eta'],
  ['trouble', 'status'],
  ['until', 'eta'],
  ['restored', 'status'],
  ['works', 'status'],
];

const fromCues = (cues: readonly string[]): Intent | null =>
  BY_CUE.find(([cue]) => cues.includes(cue))?.[1] ?? null;

/** What the message itself asks, though it may not say of what; null where only what was said before tells. */
export function asksFor(message: Message): Intent | null {
  const { alone, text, remembered } = message;
  const { intent, leaning, confidence } = alone;
  const cues = alone.cues ?? [];
  const named = namedIn(message);
  const bare = named.length > 0 && isBareName(text, namesOf(named, message.catalogue));
  const predicate = predicateIn(text);
  // Who was told that it is down and asks "why is it down" knows that it is.
  if (intent === 'status' && predicate === 'cause' && named.length === 0 && remembered.told === 'impaired')
    return 'cause';
  if (intent === 'eta' && saysSince(text)) return 'status';
  if ((intent === 'subscribe' || leaning === 'subscribe') && wantsMore(text)) return 'status';
  const lost = intent === 'report_problem' || intent === 'off_topic' || intent === 'unknown';
  if (lost && asksOfOthers(text) && !isUnfamiliar(text, familiarHere(message))) return 'status';
  if (intent === 'status_all' && predicate === 'alternatives') return predicate;
  if (aboutServices(intent)) return intent === 'status' && bare ? null : intent;
  const leans = intent === 'clarify' || intent === 'unknown';
  // Words that say it outright count for more than a reading that was not sure of itself.
  const outright = predicate !== null && predicate !== 'status';
  if (leans && !outright && aboutServices(leaning) && confidence >= SURE && !bare) return leaning;
  if (!leans && intent !== 'off_topic') return null;
  const strange = isUnfamiliar(text, familiarHere(message));
  if (isVetoed(message) || (intent === 'off_topic' && strange)) return null;
  if (predicate === null && strange && cues.some((cue) => WEAK_VETOES.has(cue))) return null;
  return predicate ?? fromCues(cues);
}

/** Papers, prices, hours are no question about a state. "Since what hour" is, and going to a place that was offered. */
function isVetoed(message: Message): boolean {
  const { alone, text } = message;
  if (alone.topic?.startsWith('crisis') === true) return true;
  const lifted: readonly string[] = [
    ...(saysSince(text) ? ['hours', 'period'] : []),
    ...(predicateIn(text) === 'alternatives' ? ['eligibility'] : []),
  ];
  return (alone.cues ?? []).some((cue) => VETOES.has(cue) && !lifted.includes(cue));
}

/** The words that are at home in this message: names of what is spoken of, what it does, and the regions said. */
export function familiarHere({ alone, remembered, catalogue }: Message): readonly string[] {
  const ids = [...new Set([...(alone.mentions ?? []), ...alone.services, ...remembered.services])];
  const tasks = ids.flatMap((id) => catalogue.service(id)?.tasks ?? []);
  const ways = ids.flatMap((id) => catalogue.service(id)?.alternatives ?? []);
  const regions = alone.regions.flatMap((id) => {
    const region = catalogue.region(id);
    return region === undefined
      ? []
      : [region.name.ko, region.name.en, ...region.aliases.ko, ...region.aliases.en];
  });
  const said = [...tasks, ...ways.map(({ text }) => text)].flatMap(({ ko, en }) => [ko, en]);
  return [...namesOf(ids, catalogue), ...said, ...regions];
}
