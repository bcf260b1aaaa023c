import type { Language } from '../domain/language.ts';
import { maskPersonal } from '../domain/masking.ts';
import type { UnansweredQuestion, UnansweredReason } from '../domain/unanswered.ts';
import type { Context } from '../operations/context.ts';
import { noteUnanswered } from '../operations/unanswered.ts';
import type { Logger } from '../telemetry/logger.ts';
import { gistOf } from '../understanding/gist.ts';
import type { Understanding } from '../understanding/understanding.ts';
import { namesOf } from './message.ts';
import { cleanText, type Understand } from './reading.ts';
import type { Request } from './request.ts';
import type { Session } from './session.ts';
import type { Act, Turn } from './turn.ts';
import type { Answered } from './visit.ts';

/** A turn with what it was taken for and what was answered. */
export interface Heard {
  readonly turn: Turn;
  /** As it was before this turn. */
  readonly session: Session | null;
  readonly asked: Request;
  readonly answer: Answered;
  readonly language: Language;
}

export interface QuestionRecorder {
  /** Takes note of a turn that was not simply answered. Returns at once and never throws; the work is done later. */
  hear(heard: Heard): void;
  /** When all that was heard so far is stored. */
  settled(): Promise<void>;
}

/** Under a flood what cannot be kept up with is not counted. */
const MOST_WAITING = 200;
const LONGEST_SAMPLE = 200;
/** Read of a message at most: a sample is its beginning, and masking takes time. */
const MOST_READ = 400;

/** "That is not what I meant": of the answer before. For officials to read and edit. */
const MISREAD = [
  /(그|이)(게|거|것|건|말)\s?(이|은|는)?\s?(아니(라고|라니까|고|에요|예요|야|라|잖아|요)|아닌데|아님|말고\s?(요|다른|딴))/u,
  /(그|이)런?\s?(뜻|말|얘기|의미|질문)\S{0,2}\s?(아니|아닌|아녜)/u,
  /(물어|물은|물었|말한|말했|여쭤|여쭌|질문)\S{0,6}\s?(게|건|거|것)\S{0,2}\s?(아니|아닌)/u,
  /(잘못|못)\s?(알아\s?(듣|들)|이해)|말귀|동문서답|딴\s?(소리|얘기|말)|엉뚱한/u,
  /\bnot what i('m| am| was|'d| did| have)?\s*(mean|meant|ask|asked|asking|said|saying|want|wanted|looking)/iu,
  /\b(you('ve| have)? (misunderst(oo|an)d|misread|got (it|me|that) wrong)|didn'?t (ask|mean|say) (that|for that|about that)|wrong (answer|service|one))\b/iu,
];
const saysMisread = (text: string): boolean =>
  MISREAD.some((pattern) => pattern.test(text.replace(/[’]/g, "'")));

/** What a person typed; null for buttons and forms, which ask nothing that could be misread. */
const typedIn = (act: Act): string | null =>
  act.kind === 'text' ? cleanText(act.text) : act.kind === 'command' ? cleanText(act.argument) : null;

/** The beginning of a long text, up to a word: half a number would not be known for one. */
function beginningOf(text: string): string {
  const letters = [...text];
  if (letters.length <= MOST_READ) return text;
  return letters
    .slice(0, MOST_READ)
    .join('')
    .replace(/[\s\d.()-]*\S*$/u, '');
}

function reasonOf(text: string, { asked, answer, session }: Heard): UnansweredReason | null {
  // Nothing is kept of somebody who may be in danger.
  if (asked.what === 'crisis' || !/\p{L}/u.test(text)) return null;
  if (session !== null && saysMisread(text)) return 'misread';
  if (asked.what === 'off_topic' || asked.what === 'unknown') return 'declined';
  return asked.what === 'clarify' || answer.asking === 'service' ? 'asked_back' : null;
}

/** Counts what the bot could not answer, without personal data, for officials who tend its words. */
export function createQuestionRecorder(parts: {
  readonly context: Context;
  readonly understand: Understand;
  readonly logger: Logger;
}): QuestionRecorder {
  const { context, understand, logger } = parts;
  let waiting = 0;
  let last: Promise<void> = Promise.resolve();

  const questionOf = (text: string, reason: UnansweredReason, heard: Heard): UnansweredQuestion => {
    const { asked, session, language } = heard;
    const sample = [...maskPersonal(beginningOf(text), language)].slice(0, LONGEST_SAMPLE).join('');
    const read: Understanding & { readonly cues?: readonly string[] } = understand(sample, { language });
    const named = [...asked.services, ...asked.candidates];
    const before = reason === 'misread' ? (session?.remembered.services ?? []) : [];
    const meant = named.length > 0 ? named : (read.mentions ?? []);
    const services = [...new Set(meant.length > 0 ? meant : before)];
    const names = namesOf([...new Set([...services, ...(read.mentions ?? [])])], context.catalogue);
    return {
      language,
      reason,
      services,
      // A declined message leans nowhere in particular: that would part the spellings of one question.
      leaning: reason === 'asked_back' ? asked.leaning : null,
      cues: read.cues ?? [],
      gist: gistOf(sample, language, names),
      sample,
    };
  };

  return {
    hear(heard) {
      const text = typedIn(heard.turn.act);
      const reason = text === null ? null : reasonOf(text, heard);
      if (text === null || reason === null || waiting >= MOST_WAITING) return;
      waiting += 1;
      last = last
        .then(() => new Promise<void>((resolve) => setImmediate(resolve)))
        .then(() => noteUnanswered(context, questionOf(text, reason, heard), heard.turn))
        .catch((err: unknown) => logger.warn({ err }, 'An unanswered question could not be counted'))
        .then(() => {
          waiting -= 1;
        });
    },
    settled: () => last,
  };
}
