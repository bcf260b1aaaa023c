import type { Language } from '../domain/language.ts';
import type { CurrentFacts } from '../domain/status.ts';
import type { ChatRef, Subscriber, Target } from '../domain/subscriber.ts';
import { chatKey } from '../domain/subscriber.ts';
import { ensureChat, findChat } from '../operations/chats.ts';
import type { Context } from '../operations/context.ts';
import { currentFacts } from '../operations/facts.ts';
import type { MemoOf } from '../ports/memo.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { sayIn } from '../wording/i18n.ts';
import { afterNotice } from './after-notice.ts';
import { home } from './answers/home.ts';
import { unreadableCard } from './answers/small-talk.ts';
import { apology, referenceCode, slowDown } from './apologies.ts';
import { sayingCommandsOf } from './commands.ts';
import { searchTargets } from './dialogs/subscribe-form.ts';
import { createFloodGate } from './flood.ts';
import { tookNote } from './lifecycle.ts';
import { mayChange } from './permission.ts';
import type { Asking, Understand } from './reading.ts';
import { cleanText, createReader, fallback } from './reading.ts';
import { ROUTES } from './routes.ts';
import { createSessions, remember, type Session } from './session.ts';
import type { Act, Conversation, Reply, Turn } from './turn.ts';
import { reply } from './turn.ts';
import type { QuestionRecorder } from './unanswered.ts';
import type { Held, Visit } from './visit.ts';

/**
 * The core's one door for people: a turn in, a reply out.
 * Reads who asks and what was said before, finds what is asked for, lets its answer write the reply, and remembers
 * for a quarter of an hour what the next "and when?" may refer to.
 */
export function createConversation(parts: {
  readonly context: Context;
  readonly memo: MemoOf;
  readonly isAdministrator: (chat: ChatRef, person: string) => Promise<boolean>;
  readonly understand: Understand;
  readonly quietHours: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Counts what was not answered; without it nothing is counted. */
  readonly questions?: QuestionRecorder;
}): Conversation {
  const { context, logger, metrics, understand } = parts;
  const sessions = createSessions(parts.memo);
  const undo = parts.memo<readonly Target[]>('undo');
  const read = createReader({ understand, catalogue: context.catalogue });
  const tideOf = createFloodGate();

  const visitOf = (
    turn: Omit<Turn, 'act'>,
    subscriber: Subscriber | null,
    held: Held,
    language: Language,
  ): Visit => {
    const now = context.clock.now();
    let facts: Promise<CurrentFacts> | null = null;
    let allowed: Promise<boolean> | null = null;
    return {
      context,
      turn,
      now,
      language,
      say: sayingCommandsOf(turn.chat.platform, sayIn(language)),
      subscriber,
      held,
      quietHours: parts.quietHours,
      undo,
      facts: () => {
        facts ??= currentFacts(context.store, now);
        return facts;
      },
      mayChange: () => {
        allowed ??= mayChange(turn, parts.isAdministrator);
        return allowed;
      },
      keep: () => ensureChat(context, turn.chat, turn.hint),
      forgetDialog: () => sessions.drop(turn),
    };
  };

  const heldBy = async (subscriber: Subscriber | null): Promise<Held> => {
    if (subscriber === null) return { follows: new Set(), targets: [] };
    const { follows, subscriptions } = context.store;
    const followed = await follows.of(subscriber.id, context.clock.now());
    const subscribed = await subscriptions.of(subscriber.id);
    return {
      follows: new Set(followed.map((one) => one.service)),
      targets: subscribed.map((one) => one.target),
    };
  };

  /** Whoever writes to us is there: a chat that had ended lives again. */
  const knownChat = async (turn: Turn): Promise<Subscriber | null> => {
    const found = await findChat(context, turn.chat);
    return found?.state === 'ended' ? ensureChat(context, turn.chat, turn.hint) : found;
  };

  /** The dialog so far, and a notice that came meanwhile. */
  const sessionOf = async (turn: Turn, subscriber: Subscriber | null): Promise<Session | null> => {
    const session = await sessions.load(turn);
    if (subscriber === null || turn.act.kind !== 'text') return session;
    const known = session?.remembered ?? null;
    const remembered = await afterNotice(known, subscriber, context.store, context.clock.now());
    if (remembered === null || remembered === known) return session;
    return { ...session, remembered, language: fallback({ turn, subscriber, session }) };
  };

  const answer = async (turn: Turn): Promise<{ readonly given: Reply | null; readonly what: string }> => {
    const { act } = turn;
    if (await tookNote(context, turn)) return { given: null, what: act.kind };
    const tide = tideOf(chatKey(turn.chat), context.clock.now());
    if (tide !== 'calm') return { given: tide === 'first' ? slowDown(turn) : null, what: 'flood' };

    const subscriber = await knownChat(turn);
    const held = await heldBy(subscriber);
    const session = await sessionOf(turn, subscriber);
    if (!isAsking(act)) {
      const visit = visitOf(turn, subscriber, held, fallback({ turn, subscriber, session }));
      const given = act.kind === 'home' ? await home(visit) : reply([unreadableCard(visit)]);
      return { given, what: act.kind };
    }
    const { asked, language } = read(act, { turn, now: context.clock.now(), subscriber, session });
    const visit = visitOf(turn, subscriber, held, language);
    const result = await ROUTES[asked.what](visit, asked);
    // Once all is erased nothing is remembered, not even the question.
    const erased = asked.what === 'forget' && (result.pending ?? null) === null;
    if (!erased) {
      await sessions.save(turn, await remember(session, asked, result, visit));
    }
    parts.questions?.hear({ turn, session, asked, answer: result, language });
    return { given: result.reply, what: asked.what };
  };

  return {
    async converse(turn) {
      const { platform } = turn.chat;
      const stop = metrics.answerSeconds.startTimer({ platform });
      try {
        const { given, what } = await answer(turn);
        metrics.turns.inc({ platform, intent: what });
        return given;
      } catch (err) {
        const reference = referenceCode(context.clock.random);
        metrics.turns.inc({ platform, intent: 'error' });
        logger.error({ err, reference, platform, act: turn.act.kind }, 'A turn could not be answered');
        return apology(turn, reference);
      } finally {
        stop();
      }
    },
    async search(turn, _field, typed) {
      try {
        const subscriber = await findChat(context, turn.chat);
        const language = fallback({ turn, subscriber, session: await sessions.load(turn) });
        const text = cleanText(typed);
        const visit = visitOf(turn, subscriber, await heldBy(subscriber), language);
        return searchTargets(visit, text, understand(text, { language }));
      } catch (err) {
        logger.error({ err, platform: turn.chat.platform }, 'A search could not be answered');
        return [];
      }
    },
  };
}

const isAsking = (act: Act): act is Asking =>
  act.kind === 'text' || act.kind === 'command' || act.kind === 'button' || act.kind === 'form';
