import { plainText } from '../../src/card/plain-text.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { createConversation } from '../../src/conversation/converse.ts';
import type { Act, Conversation, Reply } from '../../src/conversation/turn.ts';
import type { QuestionRecorder } from '../../src/conversation/unanswered.ts';
import type { Availability } from '../../src/domain/availability.ts';
import type { Scope } from '../../src/domain/incident.ts';
import type { Language } from '../../src/domain/language.ts';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { createUnderstanding } from '../../src/understanding/understand.ts';
import type { Understanding } from '../../src/understanding/understanding.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';
import { chat, type TestWorld, testWorld } from '../support/context.ts';

const catalogue = readCatalogue(null);
const understand = createUnderstanding(catalogue);

/** Who speaks, where; unset: one person in a private chat with a Korean client. */
interface Speaker {
  readonly chat?: ChatRef;
  readonly person?: string | null;
  readonly thread?: string | null;
  readonly hint?: Language | null;
}

/** A reply as a person sees it. */
interface Heard {
  readonly reply: Reply | null;
  /** All cards as text. */
  readonly text: string;
  readonly labels: readonly string[];
}

export interface Talk {
  readonly world: TestWorld;
  readonly conversation: Conversation;
  say(text: string, who?: Speaker): Promise<Heard>;
  command(name: string, argument?: string, who?: Speaker): Promise<Heard>;
  press(action: string, who?: Speaker): Promise<Heard>;
  /** Presses the button with this label in what was heard. */
  pressLabel(heard: Heard, label: string, who?: Speaker): Promise<Heard>;
  act(act: Act, who?: Speaker): Promise<Heard>;
  /** What a text is to mean, whatever understanding makes of it. */
  means(text: string, parts: Partial<Understanding>): void;
  outage(
    service: string,
    parts?: { status?: Availability; scope?: Scope; nextUpdateAt?: string },
  ): Promise<string>;
  resolve(incident: string): Promise<void>;
}

/** A conversation on a real database with the real catalogue, understanding and wording. */
export async function openTalk(
  administrators: readonly string[] = [],
  recorderOf: ((context: Context) => QuestionRecorder) | null = null,
): Promise<Talk> {
  const world = await testWorld({ catalogue, writeNotice });
  const meanings = new Map<string, Partial<Understanding>>();
  const conversation = createConversation({
    context: world.context,
    memo: world.memo,
    isAdministrator: async (_, person) => administrators.includes(person),
    understand: (text, hint) => {
      const meaning = meanings.get(text);
      const read = understand(text, hint);
      if (meaning === undefined) return read;
      const nothing = { services: [], agencies: [], categories: [], regions: [], candidates: [] };
      return { ...read, ...nothing, question: null, topic: null, leaning: null, confidence: 1, ...meaning };
    },
    quietHours: '21:00-08:00',
    logger: createLogger('silent'),
    metrics: createMetrics(),
    ...(recorderOf === null ? {} : { questions: recorderOf(world.context) }),
  });

  const act = async (what: Act, who: Speaker = {}): Promise<Heard> => {
    // People need a moment between two messages; a flood is tested on its own.
    world.clock.forward(1);
    const reply = await conversation.converse({
      at: world.clock.now(),
      chat: who.chat ?? chat('1'),
      thread: who.thread ?? null,
      person: who.person === undefined ? 'citizen' : who.person,
      hint: who.hint === undefined ? 'ko' : who.hint,
      act: what,
    });
    return {
      reply,
      text: (reply?.cards ?? []).map(plainText).join('\n'),
      labels: (reply?.cards ?? []).flatMap((card) => card.buttons.flat().map((button) => button.label)),
    };
  };

  const admin = { kind: 'console' } as const;
  return {
    world,
    conversation,
    act,
    say: (text, who) => act({ kind: 'text', text }, who),
    command: (name, argument = '', who) => act({ kind: 'command', name, argument }, who),
    press: (action, who) => act({ kind: 'button', action }, who),
    pressLabel(heard, label, who) {
      const button = heard.reply?.cards
        .flatMap((card) => card.buttons.flat())
        .find((one) => one.label === label);
      if (button === undefined) throw new Error(`No button ${label} among ${heard.labels.join(', ')}`);
      return act({ kind: 'button', action: button.action }, who);
    },
    means: (text, parts) => void meanings.set(text, parts),
    async outage(service, { status = 'major_outage', scope, nextUpdateAt } = {}) {
      const outcome = await declareIncident(world.context, admin, {
        services: [{ id: service, status }],
        state: 'investigating',
        message: { ko: '원인을 확인하고 있습니다.', en: 'We are looking into the cause.' },
        ...(scope === undefined ? {} : { scope }),
        ...(nextUpdateAt === undefined ? {} : { nextUpdateAt }),
      });
      if (!outcome.ok) throw new Error(outcome.problem.code);
      return outcome.value.record.id;
    },
    async resolve(incident) {
      world.clock.forward(600);
      const outcome = await updateIncident(world.context, admin, incident, {
        state: 'resolved',
        message: { ko: '복구했습니다.', en: 'It is restored.' },
      });
      if (!outcome.ok) throw new Error(outcome.problem.code);
    },
  };
}

export const group = (id = 'g'): ChatRef => ({ platform: 'telegram', workspace: 'bot', id, kind: 'group' });
