import { expect, test } from 'vitest';
import { openTalk } from './talk.ts';

const english = { hint: 'en' } as const;

test.each(["I can't call, he will hear me", 'is there anyone I can talk to', 'please help'])(
  'after the numbers for a danger, "%s" gets them once more',
  async (text) => {
    const talk = await openTalk();
    await talk.say('is the labor portal working', english);
    talk.means('he is hitting me', { language: 'en', intent: 'off_topic', topic: 'crisis_crime' });
    await talk.say('he is hitting me', english);
    const heard = await talk.say(text, english);
    expect(heard.text).toContain('112');
    expect(heard.text).toContain('a text message works too');
  },
);

test('a question about a service is answered also after a danger', async () => {
  const talk = await openTalk();
  talk.means('he is hitting me', { language: 'en', intent: 'off_topic', topic: 'crisis_crime' });
  await talk.say('he is hitting me', english);
  const heard = await talk.say('is hometax working?', english);
  expect(heard.text).toContain('Operational · Hometax');
});

test('who is in danger is told the numbers for it and no others', async () => {
  const talk = await openTalk();
  talk.means('the house is burning', { language: 'en', intent: 'off_topic', topic: 'crisis_fire' });
  const heard = await talk.say('the house is burning', english);
  expect(heard.text).toContain('Call now: 119, 112');
  expect(heard.text).not.toContain('109');
});
