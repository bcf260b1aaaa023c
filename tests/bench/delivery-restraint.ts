import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Card } from '../../src/card/card.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import { readConfig } from '../../src/config/environment.ts';
import { createDelivery } from '../../src/delivery/delivery.ts';
import { SETTLED_AFTER_SECONDS } from '../../src/domain/flapping.ts';
import { newId } from '../../src/domain/ids.ts';
import type { Actor } from '../../src/domain/official.ts';
import type { ChatRef } from '../../src/domain/subscriber.ts';
import type { Context } from '../../src/operations/context.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import type { Messenger, SendOutcome } from '../../src/ports/messenger.ts';
import { openDatabase } from '../../src/storage/open.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { writeNotice } from '../../src/wording/notice-card.ts';

/** What a flapping service cost its subscribers. */
export interface Restraint {
  readonly people: number;
  /** The most that anybody heard, and the mean. */
  readonly most: number;
  readonly mean: number;
  /** People whose last word was not how it is: 0 is right for all. */
  readonly wrong: number;
  /** Calls that the next notice made to chats known to be gone or moved. */
  readonly wasted: number;
  /** Of the next notice: who was told, of whom could be. */
  readonly nextTold: number;
  readonly reachable: number;
}

export interface RestraintSetting {
  readonly people: number;
  readonly flaps: number;
  /** How long it is out and back in each flap together, in seconds. */
  readonly flapSeconds: number;
  readonly ratePerSecond: number;
  readonly holdSeconds: number;
  /** One in so many has blocked the bot; one in so many lives on under another id. */
  readonly blockedEvery: number;
  readonly movedEvery: number;
  /** The clock runs so much faster than time, and the ceiling is higher by as much. */
  readonly speed: number;
}

/** Twenty flaps in ten minutes, 10,000 subscribers, 5 % blocked, 1 % migrated; the limit of a free Telegram bot. */
export const RESTRAINT: RestraintSetting = {
  people: 10_000,
  flaps: 20,
  flapSeconds: 30,
  ratePerSecond: 30,
  holdSeconds: 10,
  blockedEvery: 20,
  movedEvery: 100,
  speed: 10,
};

const SERVICE = 'gov24';
const HOUR = 3_600;
const AT_ONCE = 2_000;

/** A clock that runs fast, and can be put forward. */
class FastClock {
  readonly random = Math.random;
  readonly #beganMs = performance.now();
  readonly #start = Date.parse('2023-11-17T00:00:00.000Z');
  readonly #speed: number;
  #ahead = 0;
  constructor(speed: number) {
    this.#speed = speed;
  }
  now(): string {
    const passed = (performance.now() - this.#beganMs) * this.#speed;
    return new Date(this.#start + passed + this.#ahead).toISOString();
  }
  forward(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
  wait(seconds: number): Promise<void> {
    return pause((seconds * 1000) / this.#speed);
  }
}

/** A platform on which some have blocked us and some have moved: what each person saw, and every call. */
class Platform implements Messenger {
  readonly platform = 'telegram';
  readonly ratePerSecond: number;
  readonly seen = new Map<number, string[]>();
  readonly calls: string[] = [];
  readonly #setting: RestraintSetting;

  constructor(setting: RestraintSetting) {
    this.#setting = setting;
    this.ratePerSecond = setting.ratePerSecond * setting.speed;
  }

  lane = (chat: ChatRef): string => `telegram:${chat.workspace}`;
  chatGapMs = (): number => 1000 / this.#setting.speed;
  isAdministrator = async (): Promise<boolean> => true;
  isBlocked = (person: number): boolean => person % this.#setting.blockedEvery === 0;
  isMoved = (person: number): boolean => person % this.#setting.movedEvery === 1;

  async send(chat: ChatRef, card: Card): Promise<SendOutcome> {
    this.calls.push(chat.id);
    await pause(50 / this.#setting.speed);
    const person = Number(chat.id.replace('new-', ''));
    if (this.isBlocked(person)) return { kind: 'gone', why: 'blocked' };
    if (this.isMoved(person) && !chat.id.startsWith('new-')) return { kind: 'moved', to: `new-${person}` };
    this.seen.set(person, [...(this.seen.get(person) ?? []), card.headline]);
    return { kind: 'sent', messageId: String(this.calls.length) };
  }
}

/** Lets a service flap, waits until everything is told, then tells the next notice. */
export async function measureRestraint(setting: RestraintSetting = RESTRAINT): Promise<Restraint> {
  const folder = mkdtempSync(join(tmpdir(), 'allim-bench-'));
  const clock = new FastClock(setting.speed);
  const database = await openDatabase(
    { kind: 'sqlite', path: join(folder, 'allim.db') },
    { mode: 'live', clock },
  );
  const { store } = database;
  const platform = new Platform(setting);
  const delivery = createDelivery({
    store,
    clock,
    messengers: [platform],
    quietHours: 'off',
    logger: createLogger('error'),
    metrics: createMetrics(),
    owner: { name: 'bench', isGone: () => false },
  });
  const context: Context = {
    store,
    clock,
    catalogue: readCatalogue(readConfig({}).catalogueFile),
    writeNotice,
    lintNotice: () => [],
    sending: { ratePerSecond: { telegram: setting.ratePerSecond, slack: 4 }, paid: false },
    holdSeconds: setting.holdSeconds,
    wakeSender: delivery.wake,
  };
  try {
    await subscribeAll(context, setting.people);
    delivery.start();
    for (let flap = 0; flap < setting.flaps; flap++) {
      const id = await goOut(context);
      await clock.wait(setting.flapSeconds / 2);
      await comeBack(context, id);
      await clock.wait(setting.flapSeconds / 2);
    }
    await clock.wait(SETTLED_AFTER_SECONDS);
    await quiet(context, clock);
    const heard = [...platform.seen.values()];
    const wrong = heard.filter((headlines) => !headlines.at(-1)?.startsWith('[복구]')).length;
    const counts = heard.map((headlines) => headlines.length);

    clock.forward(2 * HOUR);
    platform.calls.length = 0;
    platform.seen.clear();
    await goOut(context);
    await clock.wait(setting.holdSeconds);
    await quiet(context, clock);
    const gone = (chat: string) => {
      const person = Number(chat.replace('new-', ''));
      return platform.isBlocked(person) || (platform.isMoved(person) && !chat.startsWith('new-'));
    };
    const everybody = Array.from({ length: setting.people }, (_, i) => i);
    return {
      people: setting.people,
      most: Math.max(0, ...counts),
      mean: counts.reduce((a, b) => a + b, 0) / setting.people,
      wrong,
      wasted: platform.calls.filter(gone).length,
      nextTold: platform.seen.size,
      reachable: everybody.filter((person) => !platform.isBlocked(person)).length,
    };
  } finally {
    await delivery.stop();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function subscribeAll({ store, clock }: Context, people: number): Promise<void> {
  for (let from = 0; from < people; from += AT_ONCE)
    await store.transaction(async ({ subscribers, subscriptions }) => {
      for (let person = from; person < Math.min(from + AT_ONCE, people); person++) {
        const at = clock.now();
        const id = newId('sub', Date.parse(at), Math.random);
        const chat = { platform: 'telegram', workspace: '7', id: String(person), kind: 'private' } as const;
        await subscribers.ensure(chat, { id, hint: 'ko', at });
        await subscriptions.add({ subscriber: id, target: { kind: 'service', id: SERVICE }, createdAt: at });
      }
    });
}

const monitor: Actor = { kind: 'system', name: 'bench' };
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

async function goOut(context: Context): Promise<string> {
  const told = await declareIncident(context, monitor, {
    services: [{ id: SERVICE, status: 'major_outage' }],
    state: 'investigating',
    message,
  });
  if (!told.ok) throw new Error(JSON.stringify(told.problem));
  return told.value.record.id;
}

async function comeBack(context: Context, id: string): Promise<void> {
  const told = await updateIncident(context, monitor, id, { state: 'resolved', message });
  if (!told.ok) throw new Error(JSON.stringify(told.problem));
}

/** Until no campaign is under way. */
async function quiet({ store }: Context, clock: FastClock): Promise<void> {
  while ((await store.campaigns.active()).length > 0) await clock.wait(5);
}
