import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { toEpoch } from '../../src/domain/instant.ts';
import { declareIncident, updateIncident } from '../../src/operations/incidents.ts';
import { actorOf, testWorld } from '../support/context.ts';
import { deliveriesOf } from './crowd.ts';
import { HandSender, type Turn } from './hand-sender.ts';

/** `PROPERTY_RUNS=2000 vitest run tests/journeys/faults-properties.test.ts` is the long run. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 40);
const CHATS = ['a', 'b', 'c', 'd', 'e'];
const official = actorOf('mois');
const message = { ko: '접속이 되지 않습니다.', en: 'It cannot be reached.' };

type News = Exclude<Incident['state'], 'withdrawn'>;

type Step =
  | { readonly kind: 'send'; readonly limit: number; readonly turn: Turn }
  | { readonly kind: 'fan out' | 'news' | 'end' | 'pause' | 'resume' | 'wait' };

const turn = fc.constantFrom<Turn>(
  'all goes well',
  'too many',
  'away',
  'blocked',
  'no answer, and it arrived',
  'no answer, and it did not arrive',
  'dies after claiming',
  'dies before the request',
  'dies after it arrived',
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('send' as const), limit: fc.integer({ min: 1, max: 4 }), turn }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('fan out' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('news', 'pause', 'resume', 'wait') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const) }) },
);

/** Any steps in any order, then peace: everything resumed, and sent until nothing is left. */
async function live(steps: readonly Step[]) {
  const { context, clock, close } = await testWorld({ holdSeconds: 0 });
  const { store } = context;
  const sender = new HandSender(context);
  for (const id of CHATS) {
    const at = clock.now();
    const chat = { platform: 'telegram', workspace: 'bot', id, kind: 'private' } as const;
    const known = await store.subscribers.ensure(chat, {
      id: newId('sub', toEpoch(at), clock.random),
      hint: 'ko',
      at,
    });
    await store.subscriptions.add({
      subscriber: known.id,
      target: { kind: 'service', id: 'gov24' },
      createdAt: at,
    });
  }
  const told: string[] = [];
  const declared = await declareIncident(context, official, {
    services: [{ id: 'gov24', status: 'major_outage' }],
    state: 'investigating',
    message,
  });
  if (!declared.ok) throw new Error(JSON.stringify(declared));
  const incident = declared.value.record.id;
  let state: News = 'investigating';
  told.push(declared.value.notice?.id ?? '');

  const change = async (next: News): Promise<void> => {
    if (state === 'resolved') return;
    const changed = await updateIncident(context, official, incident, { state: next, message });
    if (!changed.ok) throw new Error(JSON.stringify(changed));
    state = next;
    if (changed.value.notice !== null) told.push(changed.value.notice.id);
  };
  const control = async (act: 'pause' | 'resume'): Promise<void> => {
    for (const notice of told) {
      const campaign = await store.campaigns.byNotice(notice);
      if (campaign !== null) await store.campaigns.control(campaign.id, act, clock.now());
    }
  };
  const balanced = async (): Promise<void> => {
    for (const notice of told) {
      const progress = await store.campaigns.progress(notice, clock.now());
      const sum = Object.values(progress?.deliveries ?? {}).reduce((a, b) => a + b, 0);
      expect(sum).toBe(progress?.audience);
      const campaign = await store.campaigns.byNotice(notice);
      expect(await store.campaigns.check(campaign?.id ?? '')).toBeNull();
    }
  };

  for (const next of steps) {
    clock.forward(2);
    if (next.kind === 'send') await sender.send(next.limit, next.turn);
    else if (next.kind === 'fan out') await sender.fanOut();
    else if (next.kind === 'news') await change(state === 'investigating' ? 'identified' : 'monitoring');
    else if (next.kind === 'end') await change('resolved');
    else if (next.kind === 'wait') clock.forward(120);
    else await control(next.kind);
    await balanced();
  }

  await control('resume');
  for (let quiet = 0; quiet < 3; quiet++) {
    clock.forward(60);
    await sender.fanOut();
    while ((await sender.send(10, 'all goes well')) > 0) quiet = 0;
  }
  await sender.fanOut();
  await balanced();
  const rows = (await Promise.all(told.map((notice) => deliveriesOf(store, notice)))).flat();
  const last = await store.notices.get(told.at(-1) ?? '');
  await close();
  return { rows, told, last, heard: sender.heard, blocked: sender.blocked };
}

const FINAL = ['sent', 'ended', 'failed', 'uncertain', 'superseded', 'cancelled'];
const steps = fc.array(step, { minLength: 1, maxLength: 25 });

describe('any order of crashes, refusals, endings, news, pauses and resumptions', () => {
  it('ends with each of the audience in exactly one final state', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { rows } = await live(all);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        for (const row of rows) expect(FINAL).toContain(row.state);
      }),
      { numRuns: RUNS },
    );
  });

  it('ends with the last true fact where it belongs, and nothing heard twice that is not on record', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { heard, last, blocked } = await live(all);
        for (const chat of CHATS) {
          const own = heard.filter((one) => one.chat === chat);
          if (!blocked.has(chat)) {
            // Whoever was never told of it needs not hear that it is over.
            if (last?.kind !== 'restoration' || own.length > 0) expect(own.at(-1)?.notice.id).toBe(last?.id);
          }
          // News never goes back in time.
          const sequences = own.map(({ notice }) => notice.sequence);
          expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
          const byNotice = Map.groupBy(own, ({ notice }) => notice.id);
          for (const [, times] of byNotice) expect(times.slice(1).every(({ resent }) => resent)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
