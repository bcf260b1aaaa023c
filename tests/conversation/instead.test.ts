import { afterEach, beforeEach, expect, test } from 'vitest';
import { plusSeconds } from '../../src/domain/instant.ts';
import { scheduleMaintenance } from '../../src/operations/maintenance.ts';
import { openTalk, type Talk } from './talk.ts';

const english = { hint: 'en' } as const;

let talk: Talk;
beforeEach(async () => {
  talk = await openTalk();
});
afterEach(() => talk.world.close());

test('ways that cannot be checked stand apart, and nothing is said to be checked when nothing was', async () => {
  await talk.outage('hometax');
  const { text } = await talk.say('what can I use instead of hometax?', english);
  expect(text).toContain('what you can try instead');
  expect(text).toContain('Also possible, but I cannot check these');
  expect(text).not.toContain('Checked just now');
});

test('who reports what fails in another region is not told that no outage was announced', async () => {
  await talk.outage('community-center-counter', { scope: ['busan'] });
  const { text } = await talk.command('report', 'community center', english);
  expect(text).toContain('in Busan only');
  expect(text).not.toContain('No outage has been announced');
});

test('who asks in English for a person hears of the line in other languages', async () => {
  const { text } = await talk.say('I want to talk to a person', english);
  expect(text).toContain('1345');
});

test('who waits for the end of planned maintenance is not told that there is nothing to wait for', async () => {
  await scheduleMaintenance(
    talk.world.context,
    { kind: 'console' },
    {
      services: ['nhis'],
      startsAt: plusSeconds(talk.world.clock.now(), 3600),
      endsAt: plusSeconds(talk.world.clock.now(), 7200),
      message: { ko: '정기 점검', en: 'Regular maintenance' },
    },
  );
  await talk.say('is the health insurance site working?', english);
  talk.means('tell me when it is over', {
    language: 'en',
    intent: 'subscribe',
    topic: 'one_shot',
    services: ['nhis'],
  });
  const { text } = await talk.say('tell me when it is over', english);
  expect(text).toContain('maintenance is planned');
  expect(text).not.toContain('nothing to wait for');
});
