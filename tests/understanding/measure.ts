import { readFileSync } from 'node:fs';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { inContext, type Remembered, remember } from '../../src/conversation/context.ts';
import { hear } from '../../src/conversation/heard.ts';
import { createMentions, createUnderstanding } from '../../src/understanding/understand.ts';
import { INTENTS, type Understanding } from '../../src/understanding/understanding.ts';

/** What a sentence means to a fair judge, and what else that judge accepts. */
export interface Gold {
  readonly intent: string;
  readonly services: readonly string[];
  readonly intent_alt?: readonly string[];
  readonly services_alt?: readonly (readonly string[])[];
}
export interface Row extends Gold {
  readonly text: string;
  readonly lang: string;
  readonly phenomena?: readonly string[];
}
type Turn = { readonly bot: string } | ({ readonly user: string } & Gold);
export interface Dialogue {
  readonly id: string;
  readonly lang: string;
  readonly turns: readonly Turn[];
}

const FIXTURES = new URL('../fixtures/understanding/', import.meta.url);
const lines = <T>(file: string): T[] =>
  readFileSync(new URL(file, FIXTURES), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
export const rowsOf = (file: string): Row[] => lines<Row>(file);
export const dialoguesOf = (file: string): Dialogue[] => lines<Dialogue>(file);

export const catalogue = readCatalogue(null);
const understand = createUnderstanding(catalogue);
const mentions = createMentions(catalogue);
export const read = (text: string): Understanding => understand(text, { language: null });

const same = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join() === [...b].sort().join();
/** Declining and calling it off the topic are the same to the person who asked. */
const intentOf = (u: Understanding): string => (u.intent === 'unknown' ? 'off_topic' : u.intent);

export interface Verdict {
  readonly text: string;
  readonly gold: Gold;
  readonly got: Understanding;
  readonly intent: boolean;
  readonly both: boolean;
  readonly lenientIntent: boolean;
  readonly lenientBoth: boolean;
  readonly lang: string;
  readonly phenomena: readonly string[];
}

/** Strict: the best label alone, asking back is wrong. Lenient: what a fair judge accepts. */
function judge(
  text: string,
  gold: Gold,
  got: Understanding,
  lang: string,
  phenomena: readonly string[] = [],
): Verdict {
  const said = intentOf(got);
  const intent = said === gold.intent;
  const services = same(got.services, gold.services);
  const accepted = [gold.intent, ...(gold.intent_alt ?? [])];
  const sets = [gold.services, ...(gold.services_alt ?? [])];
  const asking = got.intent === 'clarify';
  const lenientIntent = accepted.includes(said) || (asking && accepted.includes(got.leaning ?? ''));
  const lenientServices =
    sets.some((set) => same(got.services, set)) ||
    (said === 'off_topic' && accepted.includes('off_topic')) ||
    (asking && got.candidates.some((id) => gold.services.includes(id)));
  return {
    text,
    gold,
    got,
    intent,
    both: intent && services,
    lenientIntent,
    lenientBoth: lenientIntent && lenientServices,
    lang,
    phenomena,
  };
}

export const judgeRows = (rows: readonly Row[], by: (text: string) => Understanding = read): Verdict[] =>
  rows.map((row) => judge(row.text, row, by(row.text), row.lang, row.phenomena ?? []));

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;

/** A service answer where none was wanted: anything that names a service or tells states. */
export const falselyAnswers = (u: Understanding): boolean =>
  u.intent !== 'unknown' &&
  u.intent !== 'off_topic' &&
  u.intent !== 'greeting' &&
  u.intent !== 'thanks' &&
  u.intent !== 'help' &&
  u.intent !== 'human' &&
  u.intent !== 'language' &&
  u.intent !== 'privacy';

export interface Figures {
  readonly rows: number;
  readonly intent: number;
  readonly lenientIntent: number;
  readonly both: number;
  readonly lenientBoth: number;
  readonly macroF1: number;
  readonly serviceF1: number;
  readonly wrongService: number;
  readonly declined: number;
  readonly falseAnswers: number;
  readonly hardNegatives: number;
  readonly calibration: number;
}

export function figures(all: readonly Verdict[]): Figures {
  const domain = all.filter((v) => v.gold.intent !== 'off_topic');
  const offTopic = all.filter((v) => v.gold.intent === 'off_topic');
  const hard = all.filter((v) => v.phenomena.includes('hard_negative'));
  let hit = 0;
  let missed = 0;
  let extra = 0;
  for (const v of domain) {
    for (const id of v.gold.services) {
      if (v.got.services.includes(id)) hit++;
      else missed++;
    }
    for (const id of v.got.services) if (!v.gold.services.includes(id)) extra++;
  }
  const scores = INTENTS.flatMap((intent) => {
    const right = count(all, (v) => v.gold.intent === intent && v.intent);
    const gold = count(all, (v) => v.gold.intent === intent);
    const got = count(all, (v) => intentOf(v.got) === intent);
    return gold === 0 ? [] : [share(2 * right, gold + got)];
  });
  return {
    rows: all.length,
    intent: share(
      count(all, (v) => v.intent),
      all.length,
    ),
    lenientIntent: share(
      count(all, (v) => v.lenientIntent),
      all.length,
    ),
    both: share(
      count(domain, (v) => v.both),
      domain.length,
    ),
    lenientBoth: share(
      count(domain, (v) => v.lenientBoth),
      domain.length,
    ),
    macroF1: share(
      scores.reduce((a, b) => a + b, 0),
      scores.length,
    ),
    serviceF1: share(2 * hit, 2 * hit + missed + extra),
    wrongService: share(
      count(
        domain,
        (v) =>
          v.got.services.length > 0 &&
          ![v.gold.services, ...(v.gold.services_alt ?? [])].flat().some((id) => v.got.services.includes(id)),
      ),
      domain.length,
    ),
    declined: share(
      count(domain, (v) => ['unknown', 'off_topic', 'clarify'].includes(v.got.intent) && !v.lenientBoth),
      domain.length,
    ),
    falseAnswers: share(
      count(offTopic, (v) => falselyAnswers(v.got)),
      offTopic.length,
    ),
    hardNegatives: share(
      count(hard, (v) => falselyAnswers(v.got)),
      hard.length,
    ),
    calibration: calibrationError(all),
  };
}

/** How far confidence is from the share of right readings, over ten bands of confidence. */
function calibrationError(all: readonly Verdict[]): number {
  let error = 0;
  for (let band = 0; band < 10; band++) {
    const inBand = all.filter((v) => Math.min(9, Math.floor(v.got.confidence * 10)) === band);
    const right = share(
      count(inBand, (v) => v.lenientIntent),
      inBand.length,
    );
    const sure = share(
      inBand.reduce((sum, v) => sum + v.got.confidence, 0),
      inBand.length,
    );
    error += share(inBand.length, all.length) * Math.abs(right - sure);
  }
  return error;
}

export interface DialogueFigures {
  readonly turns: number;
  readonly joint: number;
  readonly whole: number;
  readonly lenientJoint: number;
  readonly lenientWhole: number;
}

/** Plays the conversations; what the bot said is read from the transcript. */
export function judgeDialogues(dialogues: readonly Dialogue[]): {
  verdicts: Verdict[];
  figures: DialogueFigures;
} {
  const verdicts: Verdict[] = [];
  let whole = 0;
  let lenientWhole = 0;
  const start = Date.parse('2026-11-23T00:00:00.000Z');
  for (const dialogue of dialogues) {
    let remembered: Remembered | null = null;
    const own: Verdict[] = [];
    for (const [at, turn] of dialogue.turns.entries()) {
      const now = new Date(start + at * 20_000).toISOString();
      if ('bot' in turn) {
        remembered = hear(turn.bot, mentions(turn.bot), remembered, now, catalogue);
        continue;
      }
      const got = inContext(read(turn.user), turn.user, remembered, now, catalogue);
      remembered = remember(got, remembered, now);
      own.push(judge(`${dialogue.id}: ${turn.user}`, turn, got, dialogue.lang));
    }
    if (own.every((v) => v.both)) whole++;
    if (own.every((v) => v.lenientBoth)) lenientWhole++;
    verdicts.push(...own);
  }
  return {
    verdicts,
    figures: {
      turns: verdicts.length,
      joint: share(
        count(verdicts, (v) => v.both),
        verdicts.length,
      ),
      whole: share(whole, dialogues.length),
      lenientJoint: share(
        count(verdicts, (v) => v.lenientBoth),
        verdicts.length,
      ),
      lenientWhole: share(lenientWhole, dialogues.length),
    },
  };
}
