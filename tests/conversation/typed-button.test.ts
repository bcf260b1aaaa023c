import { expect, test } from 'vitest';
import { openTalk } from './talk.ts';

const english = { hint: 'en' } as const;

test('what a button says may be typed, in any case and without its signs', async () => {
  const talk = await openTalk();
  await talk.outage('gov24');
  await talk.say('is government24 working?', english);
  const reported = await talk.say('not working for me either!', english);
  expect(reported.text).toContain('Your problem with Government24 has been counted');
});

test('a typed button does what the press would: every label under an answer is understood', async () => {
  const talk = await openTalk();
  const first = await talk.say('what is down right now?', english);
  expect(first.labels).toContain('Choose a service');
  const kinds = await talk.say('Choose a service', english);
  expect(kinds.labels).toContain('Taxes');
  const taxes = await talk.say('taxes', english);
  expect(taxes.labels).toContain('Wetax (local tax)');
});

test('hours on a button may be typed as they stand there', async () => {
  const talk = await openTalk();
  await talk.command('quiet', '', english);
  const changed = await talk.say('22:00-07:00', english);
  expect(changed.text).toContain('Quiet hours 22:00–07:00');
});

test('the buttons of the last answer that had any still count after one without', async () => {
  const talk = await openTalk();
  await talk.outage('gov24');
  await talk.say('is government24 working?', english);
  await talk.say('thanks', english);
  const followed = await talk.say('Tell me when it is back', english);
  expect(followed.text).toContain('I will tell you as soon as Government24 is back to normal');
});

test('a general button still counts under an older answer, one of a service only under the last', async () => {
  const talk = await openTalk();
  await talk.command('subscribe', 'wetax', english);
  await talk.say('is korail working?', english);
  await talk.command('subscriptions', '', english);
  await talk.command('quiet', '', english);
  const ended = await talk.say('End all', english);
  expect(ended.text).toContain('All subscriptions have ended (1)');
  const asked = await talk.say('Not working for me', english);
  expect(asked.text).not.toContain('has been counted');
});

test('another person’s buttons are not mine', async () => {
  const talk = await openTalk();
  await talk.outage('gov24');
  await talk.say('is government24 working?', { ...english, person: 'a' });
  const other = await talk.say('not working for me either', { ...english, person: 'b' });
  expect(other.text).not.toContain('Government24 has been counted');
});

test('"yes" after being asked whether to erase everything erases it', async () => {
  const talk = await openTalk();
  await talk.command('subscribe', 'hometax', english);
  await talk.command('forget', '', english);
  const erased = await talk.say('yes', english);
  expect(erased.text).toContain('Everything is erased');
});
