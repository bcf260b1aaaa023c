import { type Instant, plusSeconds, seoulDay } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { QuestionCluster, UnansweredReason } from '../domain/unanswered.ts';
import type { Context } from '../operations/context.ts';
import { readUnanswered } from '../operations/unanswered.ts';
import { createNearest, type Nearest } from '../understanding/nearest.ts';
import { wrapped } from './terminal.ts';

const A_PAGE = 20;
/** Read at a time; each reading is one line of the audit. */
const AT_ONCE = 200;

interface Options {
  readonly language: Language | null;
  /** `YYYY-MM-DD` in Seoul; null: as long as they are kept. */
  readonly since: string | null;
  /** From 1. */
  readonly page: number;
  readonly json: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const DID: { readonly [R in UnansweredReason]: string } = {
  declined: 'declined',
  asked_back: 'asked back',
  misread: 'was told that it misread',
};

/** Shows officials what the bot could not answer, most people first, and which alias or cue would come near. */
export async function review(
  context: Context,
  options: Options,
  print: (line: string) => void,
): Promise<void> {
  const wanted = options.page * A_PAGE;
  const all: QuestionCluster[] = [];
  let cursor: string | null = null;
  let since = '';
  do {
    const read = await readUnanswered(
      context,
      { kind: 'console' },
      { language: options.language, since: options.since, limit: AT_ONCE, cursor },
    );
    if (!read.ok) throw new Error(`The questions cannot be read: ${read.problem.code}`);
    all.push(...read.value.items);
    ({ since, next: cursor } = read.value);
  } while (cursor !== null && all.length <= wanted);

  const from = wanted - A_PAGE;
  const nearest = createNearest(context.catalogue);
  const shown = all.slice(from, wanted).map((cluster) => ({ ...cluster, nearest: nearest(cluster.samples) }));
  const more = all.length > wanted;
  if (options.json) {
    print(JSON.stringify({ since, page: options.page, more, items: shown }, null, 2));
    return;
  }
  if (shown.length === 0) {
    print(options.page === 1 ? `No unanswered questions since ${since}.` : `Page ${options.page} is empty.`);
    return;
  }
  const heading = `Unanswered questions since ${since}, most people first. Page ${options.page}.`;
  for (const part of wrapped(heading, options.width, '')) print(part);
  for (const [at, cluster] of shown.entries()) {
    print('');
    for (const line of linesOf(cluster, from + at + 1, context.clock.now()))
      for (const part of wrapped(line, options.width, '     ')) print(part);
  }
  if (more) print(`\nMore: --page ${options.page + 1}`);
}

function linesOf(
  cluster: QuestionCluster & { readonly nearest: Nearest },
  number: number,
  now: Instant,
): readonly string[] {
  const { people, language, reason, services, leaning, cues, samples, days } = cluster;
  const about = services.length === 0 ? 'no service named' : services.join(', ');
  return [
    `${String(number).padStart(3)}. ${people} ${people === 1 ? 'person' : 'people'}, ${language}, ${about}`,
    ...samples.map((sample) => `     “${sample}”`),
    `     The bot ${DID[reason]}${leaning === null ? '' : `, leaning to ${leaning}`}${cues.length === 0 ? '' : `; cues heard: ${cues.join(', ')}`}`,
    `     ${trendOf(days, now)}`,
    `     ${remedyOf(cluster)}`,
  ];
}

function trendOf(days: QuestionCluster['days'], now: Instant): string {
  const weekAgo = seoulDay(plusSeconds(now, -7 * 86_400));
  const twoWeeksAgo = seoulDay(plusSeconds(now, -14 * 86_400));
  const between = (after: string, until: string): number =>
    days.reduce((sum, { day, people }) => (day > after && day <= until ? sum + people : sum), 0);
  const [lately, before] = [between(weekAgo, '9999'), between(twoWeeksAgo, weekAgo)];
  const word = lately > before ? 'rising' : lately < before ? 'falling' : 'steady';
  const span = days.length === 0 ? '' : `, from ${days[0]?.day} to ${days.at(-1)?.day}`;
  return `Trend: ${word}, ${lately} in the last 7 days, ${before} in the 7 before${span}`;
}

/** What to write into the catalogue or the cues, as far as can be told. */
function remedyOf({ services, nearest }: { services: readonly string[]; nearest: Nearest }): string {
  const asPercent = (likeness: number): string => `${Math.round(likeness * 100)} % alike`;
  const aliases = nearest.aliases
    .filter(({ service }) => !services.includes(service))
    .map(({ service, alias, likeness }) => `an alias of ${service} (now “${alias}”, ${asPercent(likeness)})`);
  // What is there letter by letter was heard already.
  const unheard = nearest.cues.filter(({ likeness }) => likeness < 1);
  const cues = unheard.map(
    ({ cue, phrase, likeness }) => `the cue ${cue} (now “${phrase}”, ${asPercent(likeness)})`,
  );
  const near = [...aliases, ...cues];
  return near.length === 0
    ? 'No name or cue comes near: a new alias or cue, or nothing of ours'
    : `Would be reached by ${near.join('; or ')}`;
}
