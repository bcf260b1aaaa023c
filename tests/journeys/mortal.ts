import type { Messenger } from '../../src/ports/messenger.ts';
import type { Store } from '../../src/ports/store.ts';

/** Where a process dies: just before a step, or just after it and before anything follows. */
export interface Death {
  readonly at:
    | 'campaigns.fanOut'
    | 'campaigns.finish'
    | 'deliveries.claim'
    | 'deliveries.begin'
    | 'transaction'
    | 'send';
  readonly when: 'before' | 'after';
}

/** What a process holds in its hands until it dies: from then on nothing it does has any effect, and nothing returns. */
export interface Mortal {
  readonly store: Store;
  readonly messenger: Messenger;
  /** Resolves when it is dead. */
  readonly dead: Promise<void>;
}

const never = new Promise<never>(() => {});

/** A step counts only when it does something: a claim that found nothing is none. */
const didNothing = (result: unknown): boolean =>
  result === null || result === 0 || (Array.isArray(result) && result.length === 0);

export function mortal(store: Store, messenger: Messenger, { at, when }: Death): Mortal {
  let isDead = false;
  let die: () => void = () => {};
  const dead = new Promise<void>((resolve) => {
    die = () => {
      isDead = true;
      resolve();
    };
  });
  const step = async (name: string, act: () => Promise<unknown>): Promise<unknown> => {
    if (isDead) return never;
    if (name === at && when === 'before') die();
    if (isDead) return never;
    const result = await act();
    if (name === at && when === 'after' && !didNothing(result)) die();
    return isDead ? never : result;
  };
  /** The same object, each of its functions a step. */
  const guarded = <T extends object>(real: T, prefix: string): T =>
    new Proxy(real, {
      get(target, property) {
        const value: unknown = Reflect.get(target, property);
        if (typeof value === 'function')
          return (...given: unknown[]) =>
            step(`${prefix}${String(property)}`, () => Reflect.apply(value, target, given));
        if (typeof value === 'object' && value !== null)
          return guarded(value, `${prefix}${String(property)}.`);
        return value;
      },
    });
  return {
    dead,
    store: guarded(store, ''),
    messenger: {
      ...messenger,
      platform: messenger.platform,
      ratePerSecond: messenger.ratePerSecond,
      lane: (chat) => messenger.lane(chat),
      chatGapMs: (kind) => messenger.chatGapMs(kind),
      isAdministrator: (chat, person) => messenger.isAdministrator(chat, person),
      send: (chat, card, options) =>
        step('send', () => messenger.send(chat, card, options)) as ReturnType<Messenger['send']>,
    },
  };
}
