import type { ServiceId } from '../domain/ids.ts';
import type { Intent } from '../understanding/understanding.ts';
import { pickByWords } from './choosing.ts';
import { isUnfamiliar, unfamiliarWords } from './familiar.ts';
import { asksAgain, asksWhatOfIt, doubts, saysBoth } from './follow-ups.ts';
import {
  askedBack,
  asksFor,
  familiarHere,
  isQuestion,
  type Message,
  type Rule,
  resolved,
} from './message.ts';
import { predicateIn } from './predicates.ts';

/* A question without a name is about the service spoken of last. */

/** What only something broken is asked or wished for. */
const OF_TROUBLE: ReadonlySet<Intent> = new Set<Intent>(['eta', 'subscribe']);

/** "그럼 언제 돼요?" */
export const leavesOutName: Rule = (message) => {
  const { alone, text, remembered } = message;
  const spokenOf = remembered.services;
  if (alone.services.length > 0 || alone.candidates.length > 0 || spokenOf.length === 0) return null;
  const intent = asksFor(message);
  if (intent === null) return null;
  if (alone.topic === 'everything' || (intent === 'unsubscribe' && saysBoth(text))) return null;
  const other = (alone.mentions ?? []).filter((id) => !spokenOf.includes(id));
  if (other.length > 0) return resolved(message, intent, other);
  if (intent === 'status' && isStrange(message)) return askedBack(message, intent, spokenOf);
  return resolved(message, intent, subject(message, intent));
};

/** "When it is back" is about what was told to be down, though something that works was spoken of since. */
function subject({ remembered }: Message, intent: Intent): readonly ServiceId[] {
  const { services, told, impaired } = remembered;
  const down = impaired ?? [];
  return told === 'fine' && down.length > 0 && OF_TROUBLE.has(intent) ? down : services;
}

/** "홈택 터짐?": a short question that opens with a word we do not know is not about what was spoken of before. */
function isStrange(message: Message): boolean {
  const { alone, text } = message;
  const [first = '', ...rest] = text.trim().split(/\s+/);
  if (rest.length === 0 || rest.length > 2 || alone.regions.length > 0) return false;
  const strange = unfamiliarWords(text, familiarHere(message));
  return (
    strange.length === 1 && first.toLowerCase().startsWith(strange[0] ?? first) && !/[.!?,]$/.test(first)
  );
}

/** "지금" / "됨?": a question sent in pieces. */
const PIECE = /^(지금|지금요|오늘|현재|아직|아직도|이제|now|right now|today|still|yet|as of now)[?!. ]*$/i;
export const sendsPiece: Rule = (message) => {
  const { alone, text, remembered } = message;
  const asked = remembered.intent === 'status' && remembered.services.length > 0;
  const open = alone.intent === 'unknown' || alone.intent === 'off_topic' || alone.intent === 'status';
  return asked && open && PIECE.test(text.trim()) ? resolved(message, 'status', remembered.services) : null;
};

/** "그저께는요?", "what about tomorrow?": the same question of another time. */
export const asksSameAgain: Rule = (message) => {
  const { alone, text, remembered } = message;
  const { intent, services } = remembered;
  const lost = alone.intent === 'unknown' || alone.intent === 'off_topic';
  if (!lost || !isQuestion(intent) || services.length === 0 || !asksAgain(text)) return null;
  if ((alone.mentions ?? []).length > 0 || isUnfamiliar(text, familiarHere(message))) return null;
  return resolved(message, asksFor(message) ?? predicateIn(text) ?? intent, services);
};

/** "확실하죠?", "ㄹㅇ?": what was told is told again, as it is now. */
export const wantsItConfirmed: Rule = (message) => {
  const { text, remembered } = message;
  const { services, told } = remembered;
  return told != null && services.length > 0 && doubts(text)
    ? resolved(message, 'status', services, null)
    : null;
};

/** "뭐가 안 되는데요?" after one was told to be down: what of it. */
export const asksOfItsParts: Rule = (message) => {
  const { services, told } = message.remembered;
  const one = services.length === 1 && told === 'impaired';
  return one && asksWhatOfIt(message.text) ? resolved(message, 'status', services, null) : null;
};

/** 모바일 거는?, the mobile one */
const POINTS_AT_ONE = /\bones?\b|(?:거|것|건|꺼|걸로)(?:요|는|은|도|는요)?\s*[?.!]*$/i;

/** "해외에서요", "the mobile one": words that fit another reading of a name, or another of what was offered. */
export const prefersReading: Rule = (message) => {
  const { alone, text, remembered, catalogue } = message;
  const shown = asksAgain(text) || POINTS_AT_ONE.test(text) ? (remembered.listed ?? []) : [];
  const options = [...new Set([...(remembered.readings ?? []), ...shown])];
  const lost = alone.intent === 'unknown' || alone.intent === 'off_topic';
  if (options.length < 2 || !lost || alone.services.length > 0 || text.length > 40) return null;
  const picked = pickByWords(text, options, catalogue);
  if (picked === null || remembered.services.includes(picked)) return null;
  const before = isQuestion(remembered.intent) ? remembered.intent : 'status';
  return resolved(message, predicateIn(text) ?? before, [picked]);
};
