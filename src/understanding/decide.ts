import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, ServiceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Chances } from './model.ts';
import { createNaming } from './naming.ts';
import type { Reading } from './reading.ts';
import { type Link, ownersOf } from './services.ts';
import { INTENTS, type Intent, type Topic, type Understanding } from './understanding.ts';

const D = {
  refused: 0.3,
  weigh: 1,
  guess: 0,
  works: 0.4,
  trouble: 0.1,
  bareName: 0.15,
  free: 0.85,
  enough: 0.4,
  mostly: 0.45,
  bare: 0.6,
};

/** Below this the message is not taken for a question of ours. */
const ENOUGH = 0.35;

/** A wrong guess changes something here, so an ambiguous name is asked about rather than guessed. */
const CHANGES: ReadonlySet<Intent> = new Set<Intent>(['subscribe', 'unsubscribe', 'report_problem']);

const ABOUT_SERVICES: ReadonlySet<Intent> = new Set<Intent>([
  'status',
  'eta',
  'cause',
  'alternatives',
  'report_problem',
]);
/** Intents that a message about somebody else's service may be mistaken for. */
const OURS: ReadonlySet<Intent> = new Set<Intent>([
  ...ABOUT_SERVICES,
  'status_all',
  'history',
  'subscribe',
  'unsubscribe',
  'list_subscriptions',
]);
const isAsked = (intent: Intent): boolean => OURS.has(intent);
const isAbout = (intent: Intent): boolean => ABOUT_SERVICES.has(intent);
const MOST_CHOICES = 4;

export interface Decider {
  decide(reading: Reading, chances: Chances, language: Language): Understanding;
}

/** Makes of a reading and its chances one of three outcomes: an answer, a question back, a decline. */
export function createDecider(catalogue: Catalogue): Decider {
  const nameSubject = createNaming(catalogue);

  /** What the only agency named offers to citizens, when that is little enough to ask about. */
  const servicesOf = (agencies: readonly AgencyId[]): readonly ServiceId[] => {
    const [agency, another] = agencies;
    if (agency === undefined || another !== undefined) return [];
    const offered = catalogue
      .servicesOf(agency)
      .filter((s) => s.kind === 'service' && s.audience !== 'official');
    return offered.length <= MOST_CHOICES ? offered.map((s) => s.id) : [];
  };

  return {
    decide(reading, chances, language) {
      const owners = ownersOf(reading.links);
      const guessed = nameSubject(reading, true);
      const isNamed = guessed.services.length > 0 || guessed.candidates.length > 0;
      const weighed = withoutUnasked(
        reading,
        isNamed ? (D.weigh ? weigh(reading, chances) : chances) : elsewhere(reading, chances),
      );
      let intent: Intent = 'off_topic';
      for (const one of INTENTS) if (weighed[one] > weighed[intent]) intent = one;
      const confidence = weighed[intent];
      const subject = !D.guess && CHANGES.has(intent) ? nameSubject(reading, false) : guessed;
      const topic = topicOf(reading, intent);
      const base = {
        language,
        leaning: intent,
        agencies: owners.agencies,
        categories: owners.categories,
        regions: owners.regions,
        confidence,
        topic,
        mentions: mentionedIn(reading),
      };
      if (topic?.startsWith('crisis') && !isServiceCall(reading.links)) {
        return { ...base, intent: 'off_topic', services: [], candidates: [], question: null };
      }
      const { services: named, candidates: asked, question } = subject;
      if (intent === 'off_topic') return { ...base, intent, services: [], candidates: [], question: null };
      const ofAgency =
        named.length + asked.length === 0 && isAbout(intent) ? servicesOf(owners.agencies) : [];
      if (ofAgency.length > 0 && confidence >= D.enough) {
        if (ofAgency.length === 1)
          return { ...base, intent, services: ofAgency, candidates: [], question: null };
        return { ...base, intent: 'clarify', services: [], candidates: ofAgency, question: null };
      }
      const spoken = named.length > 0 || asked.length > 0;
      if (
        confidence < D.enough ||
        (!spoken &&
          isAsked(intent) &&
          (confidence < D.bare || (confidence < D.free && !hasEvidence(reading, intent))))
      ) {
        return { ...base, intent: 'unknown', services: named, candidates: [], question: null };
      }
      if (named.length === 0 && asked.length > 0) {
        return { ...base, intent: 'clarify', services: [], candidates: asked, question };
      }
      return { ...base, intent, services: named, candidates: asked, question };
    },
  };
}

/** Words after which a message with the name of a service still is no question about its state. */
const VETOES = [
  'price',
  'documents',
  'eligibility',
  'how_to',
  'hours',
  'period',
  'own_case',
  'content',
  'device',
  'company',
  'injection',
  'smalltalk',
] as const;

/** How much less a question about the state is to be believed where such a word stands and none of trouble or of now. */
const DOUBT = 0.35;

/** Letters beside the names of a message that is little more than a name: 무인발급기도? */
const HARDLY_MORE = 9;

/** A named service with a word of trouble, or with next to nothing else, is seldom off the topic unless a word forbids it. */
function weigh(reading: Reading, chances: Chances): Chances {
  const { has, links, strand } = reading;
  const named = links.reduce((sum, link) => sum + link.end - link.start, 0);
  const troubled = has.has('trouble') || has.has('restored') || has.has('only_me');
  const vetoed = VETOES.some((cue) => has.has(cue));
  const about = troubled || has.has('access') || has.has('now');
  const doubt = vetoed && !about ? DOUBT : 1;
  const factor = vetoed
    ? 1
    : troubled
      ? D.trouble
      : strand.length - named <= HARDLY_MORE
        ? D.bareName
        : has.has('works') || has.has('access')
          ? D.works
          : 1;
  const rest = 1 - chances.off_topic * (1 - factor) - chances.status * (1 - doubt);
  return Object.fromEntries(
    INTENTS.map((intent) => [
      intent,
      (chances[intent] * (intent === 'off_topic' ? factor : intent === 'status' ? doubt : 1)) / rest,
    ]),
  ) as unknown as Chances;
}

/** Trouble of a company, or an order to the bot, with no service of ours in it. */
function elsewhere({ has }: Reading, chances: Chances): Chances {
  const factor = has.has('company') ? 0.1 : has.has('injection') ? 0.4 : 1;
  const scale = (intent: Intent): number => (intent === 'off_topic' || !OURS.has(intent) ? 1 : factor);
  let total = 0;
  for (const intent of INTENTS) total += chances[intent] * scale(intent);
  return Object.fromEntries(
    INTENTS.map((intent) => [intent, (chances[intent] * scale(intent)) / total]),
  ) as unknown as Chances;
}

/** Nobody is subscribed, unsubscribed or taken for a reporter without a word of it. */
function withoutUnasked({ has }: Reading, chances: Chances): Chances {
  const refused = new Set<Intent>();
  if (!has.has('tell_me') && !has.has('subscribe') && !has.has('when_back')) refused.add('subscribe');
  if (!has.has('unsubscribe') && !has.has('quiet')) refused.add('unsubscribe');
  if (!has.has('report')) refused.add('report_problem');
  let total = 0;
  for (const intent of INTENTS) total += chances[intent] * (refused.has(intent) ? D.refused : 1);
  return Object.fromEntries(
    INTENTS.map((intent) => [intent, (chances[intent] * (refused.has(intent) ? D.refused : 1)) / total]),
  ) as unknown as Chances;
}

/** How much of a message without a name must be words that tell of our subject. */
const MOSTLY = 0.45;

/** A question without a service must at least use the words of one: why is the sky blue is no cause of an outage. */
function hasEvidence(reading: Reading, intent: Intent): boolean {
  const { has, explained } = reading;
  const subject = has.has('trouble') || has.has('access') || has.has('restored') || has.has('maintenance');
  const mostly = explained >= D.mostly;
  switch (intent) {
    case 'status':
      return mostly && (subject || has.has('works'));
    case 'status_all':
      return mostly && (subject || has.has('all'));
    case 'eta':
      return mostly && has.has('when');
    case 'cause':
      return mostly && has.has('why');
    case 'alternatives':
      return mostly && has.has('instead');
    case 'history':
      return mostly && (has.has('past') || has.has('record'));
    case 'subscribe':
      return has.has('subscribe') || (mostly && has.has('tell_me'));
    case 'unsubscribe':
      return has.has('unsubscribe') && (mostly || has.has('tell_me') || has.has('subscribe'));
    case 'list_subscriptions':
      return has.has('list') || has.has('subscribe') || has.has('tell_me');
    case 'report_problem':
      return has.has('report') && (mostly || subject);
    default:
      return true;
  }
}

/** Names that stand for one service, common words too: what was said before may show that they were meant. */
const mentionedIn = (reading: Reading): readonly ServiceId[] => {
  const clear = reading.links.filter((link) => !link.aside && link.term.owners.services.length === 1);
  return [...new Set(clear.flatMap((link) => link.term.owners.services))].slice(0, 6);
};

/** The message speaks of an emergency line itself, and asks whether it works. */
const isServiceCall = (links: readonly Link[]): boolean =>
  links.some((link) => link.term.owners.services.length > 0);

function topicOf(reading: Reading, intent: Intent): Topic | null {
  const { has } = reading;
  if (has.has('self_harm')) return 'crisis_self_harm';
  if (intent === 'off_topic' || intent === 'human' || intent === 'help') {
    if (has.has('fire')) return 'crisis_fire';
    if (has.has('crime')) return 'crisis_crime';
  }
  if (has.has('quiet') && (intent === 'help' || intent === 'subscribe' || intent === 'unsubscribe'))
    return 'quiet_hours';
  if (has.has('verify') && intent === 'help') return 'verification';
  if (intent === 'privacy') return has.has('forget') ? 'forget' : has.has('mydata') ? 'mydata' : null;
  if (intent === 'subscribe' && has.has('one_shot')) return 'one_shot';
  if (intent === 'subscribe' && has.has('all')) return 'everything';
  if (intent === 'unsubscribe' && has.has('all')) return 'everything';
  if (has.has('deadline') && (intent === 'status' || intent === 'alternatives')) return 'deadline';
  if (has.has('no')) return 'no';
  if (has.has('yes')) return 'yes';
  return null;
}
