import { expect, test } from 'vitest';
import { findChat } from '../../src/operations/chats.ts';
import { chat } from '../support/context.ts';
import { markTold } from '../support/told.ts';
import { openTalk, type Talk } from './talk.ts';

const english = { hint: 'en' } as const;

/** The chat, which has a subscription, is told of an outage. */
async function tellOfOutage(talk: Talk, service: string): Promise<void> {
  const incident = await talk.outage(service);
  const [notice] = await talk.world.context.store.notices.of(incident);
  const subscriber = await findChat(talk.world.context, chat('1'));
  if (notice === undefined || subscriber === null) throw new Error('nothing to tell, or nobody');
  await markTold(talk.world.context, notice.id, subscriber);
}

async function subscribed(service: string): Promise<Talk> {
  const talk = await openTalk();
  await talk.command('subscribe', service, english);
  return talk;
}

test('a question without a name, after a notice, is about what the notice told of', async () => {
  const talk = await subscribed('gov24');
  await tellOfOutage(talk, 'gov24');
  talk.world.clock.forward(1800);
  const heard = await talk.say('when will it be back?', english);
  expect(heard.text).toContain('Outage · Government24');
});

test('an hour later a notice is no longer what is spoken of', async () => {
  const talk = await subscribed('gov24');
  await tellOfOutage(talk, 'gov24');
  talk.world.clock.forward(3700);
  const heard = await talk.say('when will it be back?', english);
  expect(heard.text).toContain('Which service do you mean?');
});

test('what was spoken of after the notice comes before it', async () => {
  const talk = await subscribed('gov24');
  await talk.outage('hometax');
  await tellOfOutage(talk, 'gov24');
  await talk.say('is hometax working?', english);
  const heard = await talk.say('why?', english);
  expect(heard.text).toContain('Outage · Hometax');
});

test('a question that is open when the notice comes is still open', async () => {
  const talk = await subscribed('gov24');
  await talk.outage('hometax');
  await talk.say('is hometax working?', english);
  await tellOfOutage(talk, 'gov24');
  const heard = await talk.say('yes please', english);
  expect(heard.text).toContain('I will tell you as soon as Hometax');
});
