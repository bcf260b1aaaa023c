import { afterEach, beforeEach, expect, it } from 'vitest';
import { review } from '../../src/commands/review.ts';
import { columns, wrapped } from '../../src/commands/terminal.ts';
import { readCatalogue } from '../../src/config/catalogue.ts';
import type { UnansweredQuestion } from '../../src/domain/unanswered.ts';
import { noteUnanswered } from '../../src/operations/unanswered.ts';
import { chat, type TestWorld, testWorld } from '../support/context.ts';

let world: TestWorld;
beforeEach(async () => {
  world = await testWorld({ catalogue: readCatalogue(null) });
});
afterEach(() => world.close());

const note = (person: string, sample: string, change: Partial<UnansweredQuestion> = {}) =>
  noteUnanswered(
    world.context,
    {
      language: 'ko',
      reason: 'declined',
      services: [],
      leaning: null,
      cues: [],
      gist: sample.replace(/\s/g, ''),
      sample,
      ...change,
    },
    { chat: chat('1'), person },
  );
const shown = async (options: Partial<Parameters<typeof review>[1]> = {}): Promise<string> => {
  const lines: string[] = [];
  const all = { language: null, since: null, page: 1, json: false, width: 100, ...options };
  await review(world.context, all, (line) => lines.push(line));
  return lines.join('\n');
};

it('shows clusters by people, with samples, what the bot did, the trend and what would reach them', async () => {
  await note('p1', '호움택쓰 접속이 안 돼요');
  world.clock.forward(8 * 86_400);
  await note('p2', '호움택쓰 접속이 안 돼요');
  await note('p3', '호움택쓰 접속이 안 돼요!');
  await note('p4', 'which one?', {
    language: 'en',
    reason: 'asked_back',
    leaning: 'eta',
    services: ['gov24'],
  });
  const text = await shown();
  expect(text).toContain('  1. 3 people, ko, no service named');
  expect(text).toContain('“호움택쓰 접속이 안 돼요”');
  expect(text).toContain(
    'Trend: rising, 2 in the last 7 days, 1 in the 7 before, from 2023-11-17 to 2023-11-25',
  );
  expect(text).toMatch(/Would be reached by an alias of hometax \(now “홈택”, \d+ % alike\)/);
  expect(text).toContain('  2. 1 person, en, gov24');
  expect(text).toContain('The bot asked back, leaning to eta');
});

it('narrows to a language and a day', async () => {
  await note('p1', '오래된 질문');
  world.clock.forward(40 * 86_400);
  await note('p2', '새로운 물음', { language: 'ko' });
  await note('p3', 'something new', { language: 'en' });
  const text = await shown({ language: 'ko', since: '2023-12-01' });
  expect(text).toContain('새로운 물음');
  expect(text).not.toMatch(/오래된|something/);
});

it('goes page by page, and says when there is no more', async () => {
  for (let n = 0; n < 21; n++) await note('p', String.fromCodePoint(0xac00 + n * 400).repeat(4));
  expect(await shown()).toMatch(/ 20\. [\s\S]*More: --page 2$/);
  const second = await shown({ page: 2 });
  expect(second).toContain(' 21. 1 person');
  expect(second).not.toContain('More:');
  expect(await shown({ page: 3 })).toBe('Page 3 is empty.');
  expect(await shown({ language: 'en' })).toMatch(/^No unanswered questions since 2023-08-19\.$/);
});

it('as JSON it is one document with the same', async () => {
  await note('p1', '호움택쓰 접속이 안 돼요');
  const read = JSON.parse(await shown({ json: true }));
  expect(read).toMatchObject({
    page: 1,
    more: false,
    items: [{ people: 1, samples: ['호움택쓰 접속이 안 돼요'] }],
  });
  expect(read.items[0].nearest.aliases[0].service).toBe('hometax');
});

it('fits the terminal, Hangul counting twice', async () => {
  await note('p1', '아주 긴 질문을 하면 '.repeat(9).trim(), { services: ['hometax', 'gov24', 'wetax'] });
  await note('p2', '가'.repeat(150));
  for (const line of (await shown({ width: 60 })).split('\n')) expect(columns(line)).toBeLessThanOrEqual(60);
  expect(wrapped('  one two three', 12, '  ')).toEqual(['  one two', '  three']);
});
