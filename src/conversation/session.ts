import type { Language } from '../domain/language.ts';
import { chatKey } from '../domain/subscriber.ts';
import type { Memo, MemoOf } from '../ports/memo.ts';
import type { Intent } from '../understanding/understanding.ts';
import { INTENTS } from '../understanding/understanding.ts';
import type { Told } from './memory.ts';
import { afterAnswer, afterMessage, FORGET_AFTER_SECONDS, type Remembered } from './memory.ts';
import type { Request, What } from './request.ts';
import { stateTold } from './told.ts';
import type { Turn } from './turn.ts';
import { type Offered, offeredAfter } from './typed-button.ts';
import type { Answered, Visit } from './visit.ts';

/** What is remembered of a dialog for a quarter of an hour: ids and choices, never what a person wrote. */
export interface Session {
  readonly remembered: Remembered;
  /** The language of the last answer, for buttons and bare numbers. */
  readonly language: Language;
  /** The buttons that are still in sight, for who types what they say. */
  readonly offered?: Offered;
}

/** Chat, thread and person together, so that people in one group do not mix. */
const keyOf = (turn: Pick<Turn, 'chat' | 'thread' | 'person'>): string =>
  [chatKey(turn.chat), turn.thread ?? '', turn.person ?? ''].join('|');

export interface Sessions {
  load(turn: Omit<Turn, 'act'>): Promise<Session | null>;
  save(turn: Omit<Turn, 'act'>, session: Session): Promise<void>;
  drop(turn: Omit<Turn, 'act'>): Promise<void>;
}

export function createSessions(memoOf: MemoOf): Sessions {
  const memo: Memo<Session> = memoOf<Session>('session');
  return {
    load: async (turn) => (await memo.get(keyOf(turn))) ?? null,
    save: (turn, session) => memo.set(keyOf(turn), session, FORGET_AFTER_SECONDS),
    drop: (turn) => memo.delete(keyOf(turn)),
  };
}

/** What the next message may refer to, after this answer. */
export async function remember(
  before: Session | null,
  asked: Request,
  answer: Answered,
  visit: Visit,
): Promise<Session> {
  const past = before?.remembered ?? null;
  const said = afterMessage(
    {
      intent: asked.what === 'unknown' ? 'unknown' : (intentOf(asked) ?? 'help'),
      leaning: asked.leaning,
      services: asked.what === 'clarify' ? [] : asked.services,
      candidates: asked.candidates,
    },
    past,
    visit.now,
  );
  const state = await stateTold(visit, asked, answer);
  return {
    offered: offeredAfter(answer.reply, before?.offered ?? []),
    language: answer.language ?? visit.language,
    remembered: afterAnswer({ ...toldBy(answer, asked), ...state }, said, visit.now),
  };
}

/** What was not understood leaves a question open; every other answer settles it or asks its own. */
function toldBy(answer: Answered, asked: Request): Told {
  const lost = asked.what === 'unknown' && answer.pending === undefined;
  return {
    ...(answer.listed === undefined ? {} : { listed: answer.listed }),
    ...(answer.services === undefined ? {} : { services: answer.services }),
    ...(lost ? {} : { pending: answer.pending ?? null }),
    asked: answer.asking ?? null,
  };
}

/** The intent that a bare name would repeat: of "which one do you mean?" the one it was asked for. */
function intentOf({ what, leaning }: Request): Intent | null {
  if (what === 'clarify') return leaning;
  if (what === 'follow') return 'subscribe';
  if (what === 'unfollow') return 'unsubscribe';
  return isIntent(what) ? what : null;
}

const isIntent = (what: What): what is Intent => (INTENTS as readonly What[]).includes(what);
