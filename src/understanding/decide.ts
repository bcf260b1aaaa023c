import type { Catalogue } from '../domain/catalogue.ts';
import type { AgencyId, ServiceId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { Chances } from './model.ts';
import { createNaming } from './naming.ts';
import type { Reading } from './reading.ts';
import { type Link, ownersOf } from './services.ts';
import { topicOf } from './topics.ts';
import { INTENTS, type Intent, type Understanding } from './understanding.ts';
import { OURS, type Weight, weighed, weightsOf } from './weighing.ts';

/** Below this the message is not taken for a question of ours. */
const ENOUGH = 0.4;
/** Without a name, a question of ours needs more: this beside words that tell of our subject … */
const BELIEVABLE = 0.65;
/** … and this without them. */
const SURE = 0.9;
/** How much of a message without a name must be words that we know. */
const MOSTLY = 0.45;

/** A wrong guess changes something here, so an ambiguous name is asked about rather than guessed. */
const CHANGES: ReadonlySet<Intent> = new Set<Intent>(['subscribe', 'unsubscribe', 'report_problem']);
/** Intents about a service, for which the only agency named will do. */
const ABOUT_SERVICES: ReadonlySet<Intent> = new Set<Intent>([
  'status',
  'eta',
  'cause',
  'alternatives',
  'report_problem',
]);
const MOST_CHOICES = 4;

/** What was decided, and what spoke for it. */
export interface Decision {
  readonly understanding: Understanding;
  readonly weights: readonly Weight[];
  readonly chances: Chances;
}

export type Decide = (reading: Reading, chances: Chances, language: Language) => Decision;

/** Makes of a reading and its chances one of three outcomes: an answer, a question back, a decline. */
export function createDecider(catalogue: Catalogue): Decide {
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

  const outcomeOf = (
    reading: Reading,
    intent: Intent,
    chances: Chances,
    agencies: readonly AgencyId[],
  ): Pick<Understanding, 'intent' | 'services' | 'candidates' | 'question'> => {
    const confidence = chances[intent];
    const nothing = { services: [], candidates: [], question: null };
    if (intent === 'off_topic') return { intent, ...nothing };
    const { services, candidates, question } = nameSubject(reading, !CHANGES.has(intent));
    if (services.length + candidates.length === 0) {
      const offered = ABOUT_SERVICES.has(intent) ? servicesOf(agencies) : [];
      if (offered.length > 0 && confidence >= ENOUGH)
        return offered.length === 1
          ? { intent, ...nothing, services: offered }
          : { intent: 'clarify', ...nothing, candidates: offered };
      return isBelieved(reading, intent, chances)
        ? { intent, ...nothing }
        : { intent: 'unknown', ...nothing };
    }
    if (confidence < ENOUGH) return { intent: 'unknown', ...nothing, services };
    if (services.length === 0) return { intent: 'clarify', services, candidates, question };
    return { intent, services, candidates, question };
  };

  return (reading, byModel, language) => {
    const owners = ownersOf(reading.links);
    const guessed = nameSubject(reading, true);
    const weights = weightsOf(reading, guessed.services.length + guessed.candidates.length > 0);
    const chances = weighed(byModel, weights);
    let intent: Intent = 'off_topic';
    for (const one of INTENTS) if (chances[one] > chances[intent]) intent = one;
    const confidence = chances[intent];
    const topic = topicOf(reading, intent);
    const isCrisis = topic?.startsWith('crisis') === true && !isServiceCall(reading.links);
    const understanding: Understanding = {
      language,
      leaning: intent,
      ...outcomeOf(reading, isCrisis ? 'off_topic' : intent, chances, owners.agencies),
      agencies: owners.agencies,
      categories: owners.categories,
      regions: owners.regions,
      confidence,
      topic,
      mentions: mentionedIn(reading.links),
      cues: [...reading.has],
    };
    return { understanding, weights, chances };
  };
}

/** A question without a service must be quite sure, or use the words of one: why is the sky blue is no cause of an outage. */
function isBelieved(reading: Reading, intent: Intent, chances: Chances): boolean {
  const confidence = chances[intent];
  if (confidence < ENOUGH) return false;
  if (!OURS.has(intent) || confidence >= SURE) return true;
  // Whether it is ours at all matters here, not which of our questions it is.
  let ours = 0;
  for (const one of OURS) ours += chances[one];
  return ours >= BELIEVABLE && hasEvidence(reading, intent);
}

function hasEvidence({ has, explained }: Reading, intent: Intent): boolean {
  const mostly = explained >= MOSTLY;
  const subject = has.has('trouble') || has.has('access') || has.has('restored') || has.has('maintenance');
  switch (intent) {
    case 'status':
      return (mostly && (subject || has.has('works'))) || (has.has('deadline') && has.has('moved'));
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
      return has.has('unsubscribe');
    case 'list_subscriptions':
      return has.has('list') || has.has('subscribe') || has.has('tell_me');
    case 'report_problem':
      return has.has('report') && (mostly || subject);
    default:
      return true;
  }
}

/** Names that stand for one service, common words too: what was said before may show that they were meant. */
const mentionedIn = (links: readonly Link[]): readonly ServiceId[] => {
  const clear = links.filter((link) => !link.aside && link.term.owners.services.length === 1);
  return [...new Set(clear.flatMap((link) => link.term.owners.services))].slice(0, 6);
};

/** The message speaks of an emergency line itself, and asks whether it works. */
const isServiceCall = (links: readonly Link[]): boolean =>
  links.some((link) => link.term.owners.services.length > 0);
