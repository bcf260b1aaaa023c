import { askedClause, clausesOf } from './asking.ts';
import type { Cue } from './cue.ts';
import type { Chances } from './model.ts';
import type { Reading } from './reading.ts';
import { INTENTS, type Intent } from './understanding.ts';

/* What we know beyond the model: a few cues that make an intent less likely, each with its weight. */

/** Intents that a message about somebody else's service may be mistaken for. */
export const OURS: ReadonlySet<Intent> = new Set<Intent>([
  'status',
  'eta',
  'cause',
  'alternatives',
  'report_problem',
  'status_all',
  'history',
  'subscribe',
  'unsubscribe',
  'list_subscriptions',
]);

/** Words that make it another question about a service than how it is, whatever else is said. */
const VETOES: ReadonlySet<Cue> = new Set<Cue>(['price', 'eligibility', 'how_to', 'device', 'injection']);
/** Words that do so where nothing is said to be wrong: my result does not load asks how the site is. */
const SOFT_VETOES: ReadonlySet<Cue> = new Set<Cue>([
  'documents',
  'hours',
  'period',
  'own_case',
  'content',
  'company',
  'smalltalk',
]);

/** One thing known: the chances of these intents count this much. */
export interface Weight {
  readonly because: string;
  readonly intents: readonly Intent[];
  readonly factor: number;
}

/** Letters beside the names of a message that is little more than a name: 무인발급기도? */
const HARDLY_MORE = 9;

/** An order to press something, not the tale of having pressed: "I clicked it", "클릭해도 안 열려요". */
const PRESS =
  /클릭(?! ?(해도|했|하면|하니|해서|하고|해 ?봐|이|도))|눌러 ?주|누르세요|(?<!\b(i|we|i just|i've|to|when|can't|cannot) )\b(click|tap)\b/;
const ADDRESS = /https?:|bit\.ly|www\./;

/** A pasted message that wants its reader to press something: whoever sends it to us doubts it, or should. */
const isLure = (text: string): boolean => ADDRESS.test(text) && PRESS.test(text);

/** What is known of a message; `named`: it names a service of ours, or several that could be meant. */
export function weightsOf(reading: Reading, named: boolean): readonly Weight[] {
  const { has, links, strand } = reading;
  const weights: Weight[] = [];
  const put = (because: string, intents: readonly Intent[], factor: number): void => {
    weights.push({ because, intents, factor });
  };
  if (named) {
    // A veto counts where it is asked, not where it is told: a list of papers is why somebody asks.
    const asked = askedClause(strand, clausesOf(strand), links, reading.cues);
    const asks = (is: (cue: Cue) => boolean): boolean =>
      reading.cues.some(({ term, start }) => start >= asked.start && start < asked.end && is(term.cue));
    const troubled = has.has('trouble') || has.has('restored') || has.has('only_me');
    const vetoed =
      asks((cue) => VETOES.has(cue)) ||
      (asks((cue) => SOFT_VETOES.has(cue)) && !asks((cue) => cue === 'trouble'));
    const letters = links.reduce((sum, link) => sum + link.end - link.start, 0);
    if (vetoed) {
      if (!troubled && !has.has('access') && !has.has('now'))
        put('another question about the service', ['status', 'eta'], 0.35);
    } else if (troubled) put('a service and a word of trouble', ['off_topic'], 0.1);
    else if (has.has('instead')) put('what to do instead of a service', ['off_topic'], 0.25);
    else if (strand.length - letters <= HARDLY_MORE) put('little more than a name', ['off_topic'], 0.15);
    else if (has.has('works') || has.has('access'))
      put('a service and a word of its working', ['off_topic'], 0.4);
    if (asks((cue) => cue === 'injection')) put('an order about a service', [...OURS], 0.1);
  } else {
    if (has.has('company')) put('a company and no service of ours', [...OURS], 0.1);
    else if (has.has('injection')) put('an order and no service of ours', [...OURS], 0.4);
  }
  const doubted = has.has('verify') && has.has('message') && !has.has('trouble');
  if (doubted || isLure(strand.text)) {
    put('whether a message is genuine', [...OURS], 0.0005);
    put('whether a message is genuine', ['off_topic'], 0.3);
    put('whether a message is genuine', ['help'], 60);
  }
  if (has.has('deadline') && has.has('moved')) {
    put('whether a deadline moves', ['off_topic', 'eta', 'cause', 'report_problem'], 0.05);
    put('whether a deadline moves', ['status'], 8);
  }
  if (!has.has('tell_me') && !has.has('subscribe') && !has.has('when_back'))
    put('no word of telling', ['subscribe'], 0.3);
  if (!has.has('unsubscribe') && !has.has('quiet')) put('no word of stopping', ['unsubscribe'], 0.3);
  if (!has.has('report')) put('no word of reporting', ['report_problem'], 0.3);
  return weights;
}

/** The chances with these weights; they sum to 1 again. */
export function weighed(chances: Chances, weights: readonly Weight[]): Chances {
  const scaled = { ...chances } as Record<Intent, number>;
  for (const { intents, factor } of weights) for (const intent of intents) scaled[intent] *= factor;
  let total = 0;
  for (const intent of INTENTS) total += scaled[intent];
  for (const intent of INTENTS) scaled[intent] /= total;
  return scaled;
}
