import type { Cue } from './cues.ts';
import type { Reading } from './reading.ts';
import { INTENTS, type Intent } from './understanding.ts';

/** The chance of each intent; sums to 1. */
export type Chances = { readonly [I in Intent]: number };

/** What each cue speaks for (and against), in hand-written weights. */
const WEIGHTS: { readonly [C in Cue]?: { readonly [I in Intent]?: number } } = {
  trouble: { status: 2, status_all: 0.3, greeting: -2, thanks: -1 },
  works: { status: 1.5 },
  access: { status: 1 },
  action: { status: 0.5 },
  now: { status: 0.7 },
  only_me: { status: 1.5 },
  restored: { status: 1.2 },
  restore: { eta: 0.8 },
  when: { eta: 2.2 },
  why: { cause: 2.6 },
  instead: { alternatives: 2.4 },
  past: { history: 1.6 },
  record: { history: 1.6 },
  tell_me: { subscribe: 1.6 },
  when_back: { subscribe: 1.2 },
  subscribe: { subscribe: 2 },
  unsubscribe: { unsubscribe: 2.4 },
  list: { list_subscriptions: 3.4 },
  report: { report_problem: 2.2 },
  all: { status_all: 2 },
  maintenance: { status_all: 0.8, status: 0.8 },
  language: { language: 3 },
  help: { help: 1.6 },
  human: { human: 2.6 },
  privacy: { privacy: 2.6 },
  forget: { privacy: 2 },
  mydata: { privacy: 2 },
  greeting: { greeting: 2.2 },
  thanks: { thanks: 2.4 },
  price: { off_topic: 2.5 },
  documents: { off_topic: 2.5 },
  eligibility: { off_topic: 2.2 },
  how_to: { off_topic: 2.2 },
  hours: { off_topic: 2.2 },
  period: { off_topic: 2.2 },
  own_case: { off_topic: 2 },
  content: { off_topic: 2 },
  device: { off_topic: 2 },
  company: { off_topic: 2 },
  smalltalk: { off_topic: 2.5 },
  injection: { off_topic: 2.5 },
  self_harm: { off_topic: 5 },
  fire: { off_topic: 1.5 },
  crime: { off_topic: 1.5 },
  quiet: { help: 1.5 },
  verify: { help: 1.5 },
  deadline: { status: 0.5 },
};

/** How probable each intent is, from the cues found and the names linked. */
export function classify(reading: Reading): Chances {
  const scores = new Map<Intent, number>(INTENTS.map((intent) => [intent, 0]));
  const add = (intent: Intent, by: number): void => {
    scores.set(intent, (scores.get(intent) ?? 0) + by);
  };
  for (const cue of reading.has) {
    for (const [intent, by] of Object.entries(WEIGHTS[cue] ?? {})) add(intent as Intent, by);
  }
  const linked = reading.links.some((link) => link.term.owners.services.length > 0);
  add('off_topic', linked ? 0 : 1.5);
  add('status', linked ? 2 : 0);
  const powers = INTENTS.map((intent) => Math.exp(scores.get(intent) ?? 0));
  const total = powers.reduce((sum, one) => sum + one, 0);
  return Object.fromEntries(INTENTS.map((intent, i) => [intent, (powers[i] ?? 0) / total])) as Chances;
}
