import { describe, expect, it } from 'vitest';
import type { Questions } from '../../src/ports/questions.ts';
import type { Store } from '../../src/ports/store.ts';
import { everyPage } from './store-samples.ts';

type Added = Parameters<Questions['add']>[0];

const MOST = { clusters: 100, samples: 3 };
const DAY = '2023-11-17';
const added = (change: Partial<Added> = {}): Added => ({
  cluster: 'qst_a',
  language: 'ko',
  reason: 'declined',
  services: ['passport', 'gov24'],
  leaning: null,
  cues: ['documents'],
  gist: '사진규격',
  sample: '여권 사진 규격이 뭐예요',
  who: 'p1',
  day: DAY,
  ...change,
});

/** Questions that were not answered, by cluster. */
export function keepsQuestions(open: () => Promise<Store>): void {
  describe('unanswered questions', () => {
    const everything = { language: null, since: '0000-00-00' };
    const page = { limit: 50, cursor: null };

    it('come back by people, most first, with their days and newest samples', async () => {
      const { questions } = await open();
      for (const who of ['p1', 'p2', 'p3']) await questions.add(added({ who, sample: `글 ${who}` }), MOST);
      await questions.add(added({ who: 'p4', sample: '글 p4', day: '2023-11-18' }), MOST);
      const other = {
        cluster: 'qst_b',
        language: 'en',
        services: [],
        leaning: 'status',
        gist: 'fee',
      } as const;
      await questions.add(added({ ...other, reason: 'asked_back', cues: [] }), MOST);
      expect((await questions.list(everything, page)).items).toEqual([
        {
          id: 'qst_a',
          language: 'ko',
          reason: 'declined',
          services: ['gov24', 'passport'],
          leaning: null,
          cues: ['documents'],
          gist: '사진규격',
          people: 4,
          days: [
            { day: DAY, people: 3 },
            { day: '2023-11-18', people: 1 },
          ],
          samples: ['글 p4', expect.any(String), expect.any(String)],
        },
        expect.objectContaining({ id: 'qst_b', services: [], leaning: 'status', cues: [], people: 1 }),
      ]);
      const late = await questions.list({ language: 'ko', since: '2023-11-18' }, page);
      expect(late.items).toMatchObject([{ people: 1, days: [{ day: '2023-11-18', people: 1 }] }]);
      expect((await questions.list({ language: 'en', since: '2023-11-18' }, page)).items).toEqual([]);
    });

    it('count a person once, also when the question comes several times at once', async () => {
      const { questions } = await open();
      const tries = await Promise.all([1, 2, 3, 4].map(() => questions.add(added(), MOST)));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect((await questions.list(everything, page)).items).toMatchObject([{ people: 1 }]);
    });

    it('are listed page by page, none twice and none left out, where many have as many people', async () => {
      const { questions } = await open();
      for (let n = 0; n < 7; n++) {
        await questions.add(added({ cluster: `qst_${n}` }), MOST);
        if (n % 3 === 0) await questions.add(added({ cluster: `qst_${n}`, who: 'p2' }), MOST);
      }
      const ids = (await everyPage((cursor) => questions.list(everything, { limit: 2, cursor }))).map(
        (q) => q.id,
      );
      expect(ids).toEqual([0, 3, 6, 1, 2, 4, 5].map((n) => `qst_${n}`));
      expect(await questions.list(everything, { limit: 2, cursor: 'none of ours' })).toEqual({
        items: [],
        next: null,
      });
    });

    it('are compared with those of their own kind', async () => {
      const { questions } = await open();
      await questions.add(added(), MOST);
      await questions.add(added({ cluster: 'qst_b', services: [] }), MOST);
      expect(await questions.alike(added({ services: ['gov24', 'passport'] }), 9)).toEqual([
        { id: 'qst_a', gist: '사진규격' },
      ]);
      expect(await questions.alike(added({ reason: 'misread' }), 9)).toEqual([]);
      expect(await questions.alike(added({ language: 'en' }), 9)).toEqual([]);
      expect(await questions.alike(added({ leaning: 'eta' }), 9)).toEqual([]);
    });

    it('drop out past their number: those asked once first, then the longest unasked', async () => {
      const { questions } = await open();
      const most = { clusters: 2, samples: 3 };
      await questions.add(added({ cluster: 'often', day: '2023-11-01' }), most);
      await questions.add(added({ cluster: 'often', day: '2023-11-01', who: 'p2' }), most);
      for (const day of ['02', '03', '04']) {
        await questions.add(added({ cluster: `once ${day}`, day: `2023-11-${day}` }), most);
      }
      const left = (await questions.list(everything, page)).items.map(({ id }) => id);
      expect(left).toEqual(['often', 'once 04']);
    });

    it('are forgotten by day; who asked, at the end of the day', async () => {
      const { questions } = await open();
      await questions.add(added(), MOST);
      await questions.add(added({ who: 'p2', day: '2023-11-18', sample: '새 글' }), MOST);
      await questions.add(added({ cluster: 'qst_old' }), MOST);
      expect(await questions.purge(DAY, '2023-11-18')).toBe(0);
      expect(await questions.add(added({ day: '2023-11-18' }), MOST)).toBe(true);
      expect(await questions.add(added({ who: 'p2', day: '2023-11-18' }), MOST)).toBe(false);
      expect(await questions.purge('2023-11-18', '2023-11-19')).toBe(2);
      expect((await questions.list(everything, page)).items).toMatchObject([{ id: 'qst_a', people: 2 }]);
    });
  });
}
