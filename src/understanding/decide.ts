import type { Catalogue } from '../domain/catalogue.ts';
import type { Language } from '../domain/language.ts';
import type { Chances } from './model.ts';
import { createNaming } from './naming.ts';
import type { Reading } from './reading.ts';
import { type Link, ownersOf } from './services.ts';
import { INTENTS, type Intent, type Topic, type Understanding } from './understanding.ts';

/** Below this the message is not taken for a question of ours. */
const ENOUGH = 0.35;

/** A wrong guess changes something here, so an ambiguous name is asked about rather than guessed. */
const CHANGES: ReadonlySet<Intent> = new Set<Intent>(['subscribe', 'unsubscribe', 'report_problem']);

export interface Decider {
  decide(reading: Reading, chances: Chances, language: Language): Understanding;
}

/** Makes of a reading and its chances one of three outcomes: an answer, a question back, a decline. */
export function createDecider(catalogue: Catalogue): Decider {
  const nameSubject = createNaming(catalogue);

  return {
    decide(reading, chances, language) {
      let intent: Intent = 'off_topic';
      for (const one of INTENTS) if (chances[one] > chances[intent]) intent = one;
      const confidence = chances[intent];
      const owners = ownersOf(reading.links);
      const subject = nameSubject(reading, !CHANGES.has(intent));
      const topic = topicOf(reading, intent);
      const base = {
        language,
        leaning: intent,
        agencies: owners.agencies,
        categories: owners.categories,
        regions: owners.regions,
        confidence,
        topic,
      };
      if (topic?.startsWith('crisis') && !isServiceCall(reading.links)) {
        return { ...base, intent: 'off_topic', services: [], candidates: [], question: null };
      }
      const { services: named, candidates: asked, question } = subject;
      if (intent === 'off_topic') return { ...base, intent, services: [], candidates: [], question: null };
      const spoken = named.length > 0 || asked.length > 0;
      if (confidence < ENOUGH || (!spoken && !hasEvidence(reading, intent))) {
        return { ...base, intent: 'unknown', services: named, candidates: [], question: null };
      }
      if (named.length === 0 && asked.length > 0) {
        return { ...base, intent: 'clarify', services: [], candidates: asked, question };
      }
      return { ...base, intent, services: named, candidates: asked, question };
    },
  };
}

/** How much of a message without a name must be words that tell of our subject. */
const MOSTLY = 0.45;

/** A question without a service must at least use the words of one: why is the sky blue is no cause of an outage. */
function hasEvidence(reading: Reading, intent: Intent): boolean {
  const { has, explained } = reading;
  const subject = has.has('trouble') || has.has('access') || has.has('restored') || has.has('maintenance');
  const mostly = explained >= MOSTLY;
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
