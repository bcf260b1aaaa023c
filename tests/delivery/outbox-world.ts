import type { Card } from '../../src/card/card.ts';
import { createDelivery, type Delivery } from '../../src/delivery/delivery.ts';
import { newId } from '../../src/domain/ids.ts';
import { toEpoch } from '../../src/domain/instant.ts';
import type { Language } from '../../src/domain/language.ts';
import type { ChatRef, Platform, Subscriber } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';
import type { Messenger, SendOptions, SendOutcome } from '../../src/ports/messenger.ts';
import type { Store } from '../../src/ports/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { plainWriter, smallCatalogue } from '../support/context.ts';
import { type DatabaseKind, openTestStore } from '../support/databases.ts';
import { RunningClock } from '../support/running-clock.ts';

/** Sent messages as a platform saw them. */
export interface Seen {
  readonly chat: string;
  readonly headline: string;
  readonly silent: boolean;
  readonly replyTo: string | null;
  readonly atMs: number;
}

/** A platform that answers as it is told to: a script for a chat, else `sent`. */
class ScriptedMessenger implements Messenger {
  readonly platform: Platform = 'telegram';
  ratePerSecond = 1_000;
  gapMs = 0;
  readonly seen: Seen[] = [];
  readonly #scripts = new Map<string, (SendOutcome | 'hang')[]>();
  readonly #hanging: ((outcome: SendOutcome) => void)[] = [];
  #sent = 0;

  lane = (chat: ChatRef): string => `telegram:${chat.workspace}`;
  chatGapMs = (): number => this.gapMs;
  isAdministrator = async (): Promise<boolean> => true;

  script(chat: string, ...outcomes: (SendOutcome | 'hang')[]): void {
    this.#scripts.set(chat, outcomes);
  }

  async send(chat: ChatRef, card: Card, { silent, replyTo }: SendOptions): Promise<SendOutcome> {
    this.seen.push({ chat: chat.id, headline: card.headline, silent, replyTo, atMs: performance.now() });
    const next = this.#scripts.get(chat.id)?.shift();
    if (next === 'hang') return new Promise((resolve) => this.#hanging.push(resolve));
    return next ?? { kind: 'sent', messageId: `m${++this.#sent}` };
  }

  /** Whatever hangs is answered at last. */
  letGo(): void {
    for (const answer of this.#hanging.splice(0)) answer({ kind: 'uncertain', why: 'let go' });
  }

  /** The chats that saw something, each as often as it did. */
  chats(): string[] {
    return this.seen.map((s) => s.chat).sort();
  }
}

export interface OutboxWorld {
  readonly store: Store;
  readonly clock: RunningClock;
  readonly context: Context;
  readonly messenger: ScriptedMessenger;
  /** A sender; several stand for several processes. Stopped with the world. */
  sender(owner?: string, quietHours?: string): Delivery;
  subscribe(
    id: string,
    more?: { language?: Language; region?: string; quietHours?: string; service?: string },
  ): Promise<Subscriber>;
  follow(id: string, service?: string): Promise<Subscriber>;
  /** From now on everyone can see that this process is dead. */
  bury(owner: string): void;
  close(): Promise<void>;
}

/** Real operations on a real database, and a platform that does as it is told. Two in the afternoon in Seoul. */
export async function outboxWorld(kind: DatabaseKind, holdSeconds = 0): Promise<OutboxWorld> {
  const clock = new RunningClock('2023-11-17T05:00:00.000Z');
  const { store, close } = await openTestStore(kind, clock);
  const messenger = new ScriptedMessenger();
  const senders: Delivery[] = [];
  const gone = new Set<string>();
  const context: Context = {
    store,
    clock,
    catalogue: smallCatalogue(),
    writeNotice: plainWriter,
    lintNotice: () => [],
    sending: { ratePerSecond: { telegram: 30, slack: 4 }, paid: false },
    holdSeconds,
    wakeSender: () => {
      for (const sender of senders) sender.wake();
    },
  };
  const meet = async (id: string, language: Language = 'ko'): Promise<Subscriber> => {
    const chat: ChatRef = { platform: 'telegram', workspace: 'bot', id, kind: 'private' };
    const at = clock.now();
    return store.subscribers.ensure(chat, { id: newId('sub', toEpoch(at), Math.random), hint: language, at });
  };
  return {
    store,
    clock,
    context,
    messenger,
    sender(owner = 'one', quietHours = 'off') {
      const logger = createLogger(process.env.LOG_LEVEL ?? 'silent');
      const sender = createDelivery({
        store,
        clock,
        messengers: [messenger],
        quietHours,
        logger,
        metrics: createMetrics(),
        owner: { name: owner, isGone: (other) => gone.has(other) },
      });
      senders.push(sender);
      sender.start();
      return sender;
    },
    async subscribe(id, more = {}) {
      const subscriber = await meet(id, more.language);
      await store.subscribers.change(subscriber.id, {
        ...(more.region !== undefined && { region: more.region }),
        ...(more.quietHours !== undefined && { quietHours: more.quietHours }),
      });
      const target = { kind: 'service', id: more.service ?? 'gov24' } as const;
      await store.subscriptions.add({ subscriber: subscriber.id, target, createdAt: clock.now() });
      return subscriber;
    },
    async follow(id, service = 'gov24') {
      const subscriber = await meet(id);
      const createdAt = clock.now();
      await store.follows.add({
        subscriber: subscriber.id,
        service,
        incident: null,
        createdAt,
        expiresAt: '2099-01-01T00:00:00.000Z',
      });
      return subscriber;
    },
    bury: (owner) => void gone.add(owner),
    async close() {
      messenger.letGo();
      await Promise.all(senders.map((sender) => sender.stop()));
      await close();
    },
  };
}
