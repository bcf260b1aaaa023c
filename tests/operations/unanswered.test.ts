import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UnansweredQuestion } from '../../src/domain/unanswered.ts';
import { tidy } from '../../src/operations/housekeeping.ts';
import { noteUnanswered, readUnanswered } from '../../src/operations/unanswered.ts';
import { actorOf, chat, type TestWorld, testWorld } from '../support/context.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld();
});
afterEach(() => world.close());

const note = (person: string | null, change: Partial<UnansweredQuestion> = {}, where = chat('1')) =>
  noteUnanswered(
    world.context,
    {
      language: 'ko',
      reason: 'declined',
      services: [],
      leaning: null,
      cues: [],
      gist: '사진규격',
      sample: '사진 규격이 뭐예요',
      ...change,
    },
    { chat: where, person },
  );
const read = async (actor = actorOf('mois'), since: string | null = null) => {
  const outcome = await readUnanswered(world.context, actor, {
    language: null,
    since,
    limit: 50,
    cursor: null,
  });
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.value;
};

describe('a question that was not answered', () => {
  it('counts once a person and day, whichever chat it is asked in', async () => {
    expect(await note('p1')).toBe('counted');
    expect(await note('p1')).toBe('already');
    expect(await note('p1', {}, chat('a group'))).toBe('already');
    expect(await note('p2')).toBe('counted');
    world.clock.forward(86_400);
    expect(await note('p1')).toBe('counted');
    expect((await read()).items).toMatchObject([{ people: 3, days: [{ people: 2 }, { people: 1 }] }]);
  });

  it('falls together with its other spellings, and with no other question', async () => {
    await note('p1');
    await note('p2', { gist: '사진구격' });
    await note('p3', { gist: '사진규격크기' });
    await note('p4', { gist: '수수료얼마' });
    await note('p5', { services: ['gov24'] });
    await note('p6', { reason: 'misread' });
    expect((await read()).items.map(({ gist, people }) => [gist, people])).toEqual([
      ['사진규격', 3],
      expect.arrayContaining([1]),
      expect.arrayContaining([1]),
      expect.arrayContaining([1]),
    ]);
  });

  it('cannot be led back to who asked: another cluster has another mark, and marks end with the day', async () => {
    const marks: string[] = [];
    const { store } = world.context;
    const context = {
      ...world.context,
      store: {
        ...store,
        transaction: ((work) =>
          store.transaction((tables) =>
            work({
              ...tables,
              questions: {
                ...tables.questions,
                add: (question, most) => {
                  marks.push(question.who);
                  return tables.questions.add(question, most);
                },
              },
            }),
          )) as typeof store.transaction,
      },
    };
    const ask = (gist: string) =>
      noteUnanswered(
        context,
        { language: 'ko', reason: 'declined', services: [], leaning: null, cues: [], gist, sample: gist },
        { chat: chat('1'), person: 'p1' },
      );
    await ask('날씨');
    await ask('주식시세');
    world.clock.forward(86_400);
    await ask('날씨');
    expect(new Set(marks).size).toBe(3);
    expect(marks.join()).not.toMatch(/p1|telegram/);
  });
});

describe('reading them', () => {
  it('is for operators, and is on record', async () => {
    await note('p1');
    for (const role of ['author', 'approver'] as const) {
      const filter = { language: null, since: null, limit: 50, cursor: null };
      expect(await readUnanswered(world.context, actorOf('mois', role), filter)).toMatchObject({
        ok: false,
        problem: { code: 'forbidden' },
      });
    }
    expect((await world.context.store.audit.list({ limit: 9, cursor: null })).items).toEqual([]);
    await read();
    await read(actorOf('mois', 'administrator'));
    expect((await world.context.store.audit.list({ limit: 9, cursor: null })).items).toMatchObject([
      { act: 'questions.read', actor: 'ofc_mois_administrator', after: { clusters: 1 } },
      { act: 'questions.read', actor: 'ofc_mois_operator' },
    ]);
  });

  it('goes back no further than is asked, and ninety days at most', async () => {
    await note('p1');
    world.clock.forward(89 * 86_400);
    await note('p2', { gist: '수수료얼마' });
    expect((await read()).items).toHaveLength(2);
    expect((await read(actorOf('mois'), '2024-01-01')).items).toMatchObject([{ gist: '수수료얼마' }]);
    expect(await tidy(world.context)).toMatchObject({ questions: 0 });
    world.clock.forward(2 * 86_400);
    expect(await tidy(world.context)).toMatchObject({ questions: 1 });
    expect((await read()).items).toMatchObject([{ gist: '수수료얼마' }]);
  });
});
