import type { TelegramLimits } from '../../src/sandbox/telegram/limits.ts';
import { type RunningSandbox, startSandbox } from '../support/sandbox.ts';

/** What the emulator does when it is told to. Times are milliseconds since 1970. */
export interface Orders {
  /** Listens. Answers with the Bot API root. */
  readonly open: { readonly given: null; readonly answer: string };
  /** People who have started the bot; one in `blockedEvery` has blocked it since. Answers with their ids. */
  readonly people: {
    readonly given: { readonly count: number; readonly blockedEvery: number | null };
    readonly answer: readonly number[];
  };
  readonly limits: { readonly given: Partial<TelegramLimits>; readonly answer: null };
  readonly latency: { readonly given: number; readonly answer: null };
  /** How much was delivered since `from`, by the text that is in it. */
  readonly delivered: { readonly given: { readonly text: string }; readonly answer: Delivered };
  /** How many chats saw this text at all, and how often one saw it once more than it should. */
  readonly tally: {
    readonly given: { readonly text: string };
    readonly answer: { readonly chats: number; readonly surplus: number };
  };
  /** Says something as this person and waits for the first message in return. Answers with the milliseconds it took. */
  readonly converse: {
    readonly given: { readonly person: number; readonly text: string };
    readonly answer: number | null;
  };
}

export interface Delivered {
  readonly count: number;
  /** When the first, the 500th and the last arrived. */
  readonly first: number | null;
  readonly at500: number | null;
  readonly last: number | null;
  /** Calls answered 429, and those of them that came though the sender had been told to wait. */
  readonly refused: number;
  readonly whilePaused: number;
}

export interface Asked<K extends keyof Orders = keyof Orders> {
  readonly n: number;
  readonly order: K;
  readonly given: Orders[K]['given'];
}

type Doers = { readonly [K in keyof Orders]: (given: Orders[K]['given']) => Promise<Orders[K]['answer']> };

const ANSWER_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 1;

let running: RunningSandbox | null = null;
const sandbox = (): RunningSandbox => {
  if (running === null) throw new Error('not open yet');
  return running;
};

/** How far the ledger was read for each text: asking often must not slow the emulator down. */
const readings = new Map<
  string,
  { read: number; count: number; first: string | null; at500: string | null; last: string | null }
>();

function read(text: string) {
  const reading = readings.get(text) ?? { read: 0, count: 0, first: null, at500: null, last: null };
  readings.set(text, reading);
  const { all } = sandbox().ledger;
  for (; reading.read < all.length; reading.read++) {
    const entry = all[reading.read];
    if (entry === undefined || entry.kind !== 'message' || !entry.text.includes(text)) continue;
    reading.count += 1;
    reading.first ??= entry.at;
    if (reading.count === 500) reading.at500 = entry.at;
    reading.last = entry.at;
  }
  return reading;
}

const timeOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));

const doers: Doers = {
  async open() {
    running = await startSandbox();
    return running.telegramRoot;
  },
  async people({ count, blockedEvery }) {
    const { people, world } = sandbox().telegram;
    const ids = people.addMany(count, 'ko', { started: true });
    ids.forEach((id, i) => {
      const chat = world.chats.get(id);
      if (chat !== undefined && blockedEvery !== null && i % blockedEvery === 0) chat.bot = 'kicked';
    });
    return ids;
  },
  async limits(given) {
    Object.assign(sandbox().telegram.limits, given);
    return null;
  },
  async latency(ms) {
    sandbox().faults.setLatency('telegram', ms);
    return null;
  },
  async delivered({ text }) {
    const { count, first, at500, last } = read(text);
    const { refused, whilePaused } = sandbox().violations.floods.telegram;
    return { count, first: timeOf(first), at500: timeOf(at500), last: timeOf(last), refused, whilePaused };
  },
  async tally({ text }) {
    const seen = sandbox().ledger.all.filter(
      (entry) => entry.kind === 'message' && entry.text.includes(text),
    );
    const chats = new Set(seen.map(({ chat }) => chat)).size;
    return { chats, surplus: seen.length - chats };
  },
  async converse({ person, text }) {
    const { ledger, telegram } = sandbox();
    const before = ledger.of('telegram', person).length;
    const began = performance.now();
    telegram.people.say(person, person, text);
    while (performance.now() - began < ANSWER_WITHIN_MS) {
      if (ledger.of('telegram', person).length > before) return performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return null;
  },
};

async function act<K extends keyof Orders>({ n, order, given }: Asked<K>): Promise<void> {
  const answer = await doers[order](given);
  process.send?.({ n, answer });
}

process.on('message', (asked: Asked) => void act(asked));
process.on('disconnect', () => process.exit(0));
