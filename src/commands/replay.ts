import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Config } from '../config/environment.ts';
import { readConfig } from '../config/environment.ts';
import { type Core, openCore } from '../core.ts';
import { AVAILABILITIES, type Availability, isDown } from '../domain/availability.ts';
import type { ServiceId } from '../domain/ids.ts';
import { fromEpoch, type Instant, secondsBetween, toEpoch } from '../domain/instant.ts';
import { statusOf } from '../domain/status.ts';
import { currentFacts } from '../operations/facts.ts';
import { addOfficial } from '../operations/officials.ts';
import type { Clock } from '../ports/clock.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createWeb } from '../web/server.ts';
import { ask } from './ask.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => fromEpoch(Date.parse(text)));
const bilingual = z.object({ ko: z.string().min(1), en: z.string().min(1) });
const availability = z.enum(AVAILABILITIES);

const timelineShape = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      at: instant,
      text: bilingual,
      changes: z.array(z.object({ service: z.string(), status: availability })),
    }),
  ),
  checkpoints: z.array(z.object({ at: instant, expect: z.record(z.string(), availability) })),
});

export type Timeline = z.infer<typeof timelineShape>;
type Event = Timeline['events'][number];

/** @throws Error naming the first field that is wrong */
export function readTimeline(json: unknown): Timeline {
  const parsed = timelineShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`not a timeline: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** @throws Error naming the file and what is wrong with it */
export function readTimelineFile(file: string): Timeline {
  try {
    return readTimeline(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** A request to the officials' API. @returns the parsed body @throws Error with the problem's detail */
type Post = (path: string, body: unknown) => Promise<{ id: string }>;

const post =
  (url: string, token: string): Post =>
  async (path, body) => {
    const response = await call(`${url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json().catch(() => ({}))) as { id: string; detail?: string };
    if (!response.ok || answer.id === undefined)
      throw new Error(`${path}: ${response.status} ${answer.detail ?? ''}`);
    return answer;
  };

/** @throws Error naming the address when nobody answers there */
async function call(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    const { cause } = error as Error;
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new Error(`${address} does not answer${code}. Check --url, and that the bot runs.`);
  }
}

/** Tells the story as one incident: the first failure declares it, the last recovery resolves it. */
export class Story {
  readonly #post: Post;
  readonly #statuses = new Map<ServiceId, Availability>();
  #incident: string | null = null;

  constructor(post: Post) {
    this.#post = post;
  }

  /** @returns what was done, for the log; null when the event changes nothing */
  async tell(event: Event, startedAt: Instant | null): Promise<string | null> {
    if (event.changes.length === 0) return null;
    for (const { service, status } of event.changes) this.#statuses.set(service, status);
    const services = event.changes.map(({ service, status }) => ({ id: service, status }));
    const all = [...this.#statuses.values()];
    if (this.#incident === null) {
      const body = {
        services,
        state: 'investigating',
        message: event.text,
        ...(startedAt ? { startedAt } : {}),
      };
      this.#incident = (await this.#post('/api/v1/incidents', body)).id;
      return 'declared';
    }
    const resolved = all.every((status) => status === 'operational');
    const state = resolved ? 'resolved' : all.some(isDown) ? 'identified' : 'monitoring';
    await this.#post(`/api/v1/incidents/${this.#incident}/updates`, {
      state,
      message: event.text,
      ...(resolved ? {} : { services }),
    });
    if (resolved) this.#incident = null;
    return state;
  }
}

/** A clock that stands where it is put. */
class VirtualClock implements Clock {
  #now: Instant;
  readonly random = Math.random;
  constructor(at: Instant) {
    this.#now = at;
  }
  now(): Instant {
    return this.#now;
  }
  set(at: Instant): void {
    this.#now = at;
  }
}

/** Called at each checkpoint, with the clock standing there. */
export type AtCheckpoint = (core: Core, checkpoint: Timeline['checkpoints'][number]) => Promise<void>;

/**
 * Plays the timeline in this process: the real API over loopback, a database in memory, a clock put to each event.
 * @returns how many expectations were not met
 */
export async function replayInProcess(
  timeline: Timeline,
  print: (line: string) => void,
  also?: AtCheckpoint,
): Promise<number> {
  const first = timeline.events[0]?.at ?? fromEpoch(0);
  const clock = new VirtualClock(fromEpoch(toEpoch(first) - 3_600_000));
  const config: Config = { ...readConfig({}), database: { kind: 'sqlite', path: ':memory:' } };
  const core = await openCore(config, clock);
  const web = createWeb({
    context: core.context,
    routes: [],
    trouble: async () => [],
    metrics: createMetrics(),
    logger: createLogger('silent'),
    publicUrl: null,
    mounts: [],
    upgrade: null,
    version: 'replay',
  });
  try {
    const { port } = await web.listen('127.0.0.1', 0);
    const agency = core.catalogue.agencies[0]?.id ?? '';
    const added = await addOfficial(
      core.context,
      { kind: 'console' },
      { name: 'Replay', agency, roles: ['administrator'] },
    );
    if (!added.ok) throw new Error(added.problem.code);
    const story = new Story(post(`http://127.0.0.1:${port}`, added.value.token));
    const steps = [
      ...timeline.events.map((event) => ({ at: event.at, event, checkpoint: null })),
      ...timeline.checkpoints.map((checkpoint) => ({ at: checkpoint.at, event: null, checkpoint })),
    ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    let failed = 0;
    for (const { at, event, checkpoint } of steps) {
      clock.set(at);
      if (event !== null) {
        const done = await story.tell(event, event.at);
        print(`${inSeoul(at)}  ${event.id}  ${event.text.ko}${done === null ? '' : `  → ${done}`}`);
      }
      if (checkpoint !== null) {
        failed += await verify(core, checkpoint, print);
        await also?.(core, checkpoint);
      }
    }
    print(failed === 0 ? 'Every checkpoint was met.' : `${failed} expectations were not met.`);
    return failed;
  } finally {
    await web.close();
    await core.database.close();
  }
}

async function verify(
  core: Core,
  checkpoint: Timeline['checkpoints'][number],
  print: (line: string) => void,
): Promise<number> {
  const facts = await currentFacts(core.context.store, checkpoint.at);
  let failed = 0;
  for (const [service, expected] of Object.entries(checkpoint.expect)) {
    const { availability: got } = statusOf(service, facts, core.catalogue);
    if (got !== expected) failed += 1;
    print(
      `${inSeoul(checkpoint.at)}  ${got === expected ? 'as expected' : `EXPECTED ${expected}`}: ${service} ${got}`,
    );
    const name = core.catalogue.service(service)?.name;
    if (name === undefined) continue;
    print(indent(await ask(core, `${name.ko} 지금 되나요?`, 'ko')));
    print(indent(await ask(core, `is ${name.en} working?`, 'en')));
  }
  return failed;
}

/** Plays the timeline against a running bot, `speed` times faster than life. Times are told as they happen now. */
export async function replayOver(
  timeline: Timeline,
  target: { readonly url: string; readonly token: string; readonly speed: number },
  print: (line: string) => void,
): Promise<void> {
  const story = new Story(post(target.url.replace(/\/$/, ''), target.token));
  let last: Instant | null = null;
  for (const event of timeline.events) {
    const wait = last === null ? 0 : (secondsBetween(last, event.at) * 1000) / target.speed;
    last = event.at;
    await new Promise((resolve) => setTimeout(resolve, wait));
    const done = await story.tell(event, null);
    print(`${inSeoul(event.at)}  ${event.id}  ${event.text.ko}${done === null ? '' : `  → ${done}`}`);
  }
}

const indent = (text: string): string => text.replace(/^/gm, '    ');

const inSeoul = (at: Instant): string =>
  `${fromEpoch(toEpoch(at) + 9 * 3_600_000)
    .slice(0, 16)
    .replace('T', ' ')} KST`;
