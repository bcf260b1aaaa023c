import type { Catalogue } from '../domain/catalogue.ts';
import { createExplanation, type Explanation } from '../understanding/understand.ts';
import { INTENTS, type Intent } from '../understanding/understanding.ts';
import { padded, wrapped } from './terminal.ts';

interface Options {
  readonly json: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** How many of the intents are shown to a person; JSON has them all. */
const MOST_SHOWN = 5;
const LABEL = 12;

/** Why a message is understood as it is, for whoever tends the names and the cues. */
export function explain(
  catalogue: Catalogue,
  text: string,
  { json, width }: Options,
  print: (line: string) => void,
): void {
  const explanation = createExplanation(catalogue)(text);
  if (json) {
    print(JSON.stringify(explanation, null, 2));
    return;
  }
  for (const line of linesOf(explanation)) {
    for (const part of wrapped(line, width, ' '.repeat(LABEL + 2))) print(part);
  }
}

const section = (label: string, lines: readonly string[]): readonly string[] =>
  (lines.length === 0 ? ['–'] : lines).map((line, at) => `${padded(at === 0 ? label : '', LABEL)}  ${line}`);

const percent = (chance: number): string => `${(chance * 100).toFixed(1)} %`;

function linesOf(explanation: Explanation): readonly string[] {
  const { variants, taken, links, cues, byModel, weights, chances, understanding } = explanation;
  const ranked = [...INTENTS].sort((a, b) => chances[b] - chances[a]).slice(0, MOST_SHOWN);
  return [
    ...section(
      'Read as',
      differing(variants, taken).map(
        ({ kind, text }) => `${text}  (${kind}${kind === taken ? ', taken' : ''})`,
      ),
    ),
    ...section('Names', links.map(linkLine)),
    ...section(
      'Cues',
      cues.map(({ cue, words }) => `${cue}: ${words.map((word) => `“${word}”`).join(', ')}`),
    ),
    ...section('Weighed', weights.map(weightLine)),
    ...section(
      'Chances',
      ranked.map((intent) => chanceLine(intent, chances[intent], byModel[intent])),
    ),
    ...section('Decision', decisionLines(understanding)),
  ];
}

/** Without ways of reading that come to the same text as one before. */
const differing = (variants: Explanation['variants'], taken: Explanation['taken']): Explanation['variants'] =>
  variants.filter(
    ({ kind, text }, at) => kind === taken || variants.findIndex((other) => other.text === text) === at,
  );

function linkLine({ alias, services, edits, weak, aside }: Explanation['links'][number]): string {
  const marks = [
    ...(edits === 0 ? [] : [`${edits} ${edits === 1 ? 'slip' : 'slips'}`]),
    ...(weak ? ['weak: counts only beside a word of trouble or access'] : []),
    ...(aside ? ['set aside'] : []),
  ];
  const whose = services.length === 0 ? 'no service' : services.join(' or ');
  return `“${alias}” → ${whose}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`;
}

function chanceLine(intent: Intent, chance: number, byModel: number): string {
  const model = percent(chance) === percent(byModel) ? '' : `  (by the model alone ${percent(byModel)})`;
  return `${padded(intent, 18)} ${percent(chance).padStart(7)}${model}`;
}

/** `status, eta × 0.35: why`; below one is less likely, above one more. */
function weightLine({ because, intents, factor }: Explanation['weights'][number]): string {
  const whom = intents.length > MOST_SHOWN ? `${intents.length} intents` : intents.join(', ');
  return `${whom} × ${factor}: ${because}`;
}

function decisionLines(understanding: Explanation['understanding']): readonly string[] {
  const {
    intent,
    leaning,
    services,
    candidates,
    agencies,
    categories,
    regions,
    topic,
    language,
    confidence,
  } = understanding;
  const named: readonly (readonly [string, readonly string[]])[] = [
    ['services', services],
    ['may mean', candidates],
    ['agencies', agencies],
    ['kinds', categories],
    ['regions', regions],
  ];
  return [
    outcomeOf(intent, leaning),
    ...named.flatMap(([label, ids]) => (ids.length === 0 ? [] : [`${label}: ${ids.join(', ')}`])),
    ...(topic === null ? [] : [`topic: ${topic}`]),
    `language: ${language}, confidence ${percent(confidence)}`,
  ];
}

function outcomeOf(intent: Explanation['understanding']['intent'], leaning: Intent | null): string {
  const leans = leaning === null ? '' : `, leaning to ${leaning}`;
  if (intent === 'clarify') return `asks back${leans}`;
  if (intent === 'unknown') return `declines: not sure enough, or nothing it names is ours${leans}`;
  return intent === 'off_topic' ? 'declines: off the topic' : `answers: ${intent}`;
}
