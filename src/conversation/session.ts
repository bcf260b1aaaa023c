import type { Language } from '../domain/language.ts';
import { chatKey } from '../domain/subscriber.ts';
import type { Memo, MemoOf } from '../ports/memo.ts';
import type { Intent } from '../understanding/understanding.ts';
import { INTENTS } from '../understanding/understanding.ts';
import type { Remembered } from './context.ts';
import { FORGET_AFTER_SECONDS } from './context.ts';
import type { Request, What } from './request.ts';
import type { Turn } from './turn.ts';
import type { Answered, Visit } from './visit.ts';

/** What is remembered of a dialog for a quarter of an hour: ids and choices, never what a person wrote. */
export interface Session {
  readonly remembered: Remembered;
  /** The language of the last answer, for buttons and bare numbers. */
  readonly language: Language;
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
export function remember(before: Session | null, asked: Request, answer: Answered, visit: Visit): Session {
  const past = before?.remembered ?? null;
  const named = answer.services ?? [];
  const changed = named.length > 0 && named.join() !== past?.services.join();
  return {
    language: answer.language ?? visit.language,
    remembered: {
      at: visit.now,
      services: changed ? named : (past?.services ?? []),
      previousServices: changed ? (past?.services ?? []) : (past?.previousServices ?? []),
      intent: intentOf(asked) ?? past?.intent ?? null,
      // What was not understood leaves the question open.
      pending:
        answer.pending === undefined && asked.what === 'unknown'
          ? (past?.pending ?? null)
          : (answer.pending ?? null),
      asked: answer.asking ?? null,
    },
  };
}

/** The intent that a bare name would repeat: of "which one do you mean?" the one it was asked for. */
function intentOf({ what, leaning }: Request): Intent | null {
  if (what === 'clarify') return leaning;
  if (what === 'follow') return 'subscribe';
  return isIntent(what) ? what : null;
}

const isIntent = (what: What): what is Intent => (INTENTS as readonly What[]).includes(what);
