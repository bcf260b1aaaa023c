import { describe, expect, test } from 'vitest';
import { held } from './held.ts';

/* Short English dialogues, written before it was seen which of them failed. */
const DIALOGUES: Readonly<Record<string, string>> = {
  'a parent asks, then when, then another way': `
    > is government24 working? -> status gov24
    < Government24 has been unavailable since 13:55.
    > when will it be back -> eta gov24
    < No time has been announced.
    > is there any other way -> alternatives gov24`,
  'a second service by name alone': `
    > hometax down? -> status hometax
    < Hometax works normally.
    > wetax? -> status wetax
    < Wetax works normally.
    > and seoul etax -> status seoul-etax`,
  'the reason, and since when': `
    > is hikorea down -> status hikorea
    < Hi Korea has been unavailable since 09:10.
    > how come -> cause hikorea
    < The cause is being investigated.
    > since when -> status hikorea`,
  'an offer accepted in passing': `
    > is q-net ok -> status q-net
    < Q-Net is slow. Shall I tell you when it is back to normal?
    > that would be great, thanks -> subscribe q-net`,
  'an offer refused politely': `
    > is q-net ok -> status q-net
    < Q-Net is slow. Shall I tell you when it is back to normal?
    > no that's alright -> thanks -`,
  'both of two': `
    > are hometax and wetax working? -> status hometax,wetax
    < Hometax is down. Wetax is down.
    > tell me when both are back -> subscribe hometax,wetax`,
  'the second of a list': `
    > what is down right now -> status_all -
    < Outages: 1. Government24 2. Hometax 3. KORAIL tickets
    > when is the second one back -> eta hometax`,
  'the last of a list': `
    > any outages? -> status_all -
    < Outages: 1. Government24 2. Hometax 3. KORAIL tickets
    > tell me more about the last one -> status korail`,
  'a slip corrected': `
    > is wetax up -> status wetax
    < Wetax works normally.
    > sorry I meant hometax -> status hometax`,
  'a slip corrected in an order': `
    > subscribe me to korail -> subscribe korail
    < You will get updates on KORAIL tickets.
    > oops, I meant srt -> subscribe srt`,
  'an order taken back': `
    > notify me about hometax -> subscribe hometax
    < You will get updates on Hometax.
    > actually nevermind, don't -> unsubscribe hometax`,
  'the app of it': `
    > is the health insurance site working -> status nhis
    < National Health Insurance works normally.
    > and the app? -> status nhis-app`,
  'a region afterwards': `
    > are the community centers open for business -> status community-center-counter
    < Trouble in Busan only.
    > what about seoul -> status community-center-counter`,
  'only me': `
    > is neis down -> status neis
    < NEIS works normally.
    > so is it just me? -> status neis`,
  'a report without a name': `
    > is mobile id working -> status mobile-id
    < Mobile ID works normally.
    > well it doesn't work for me, I want to report it -> report_problem mobile-id`,
  'whom to call': `
    > is the pension site down -> status nps
    < National Pension is down.
    > whom can I call -> human *`,
  'history of it': `
    > is kosaf working -> status kosaf
    < National scholarships works normally.
    > has it been down before -> history kosaf`,
  'chatter in between': `
    > is eps working -> status eps
    < EPS works normally.
    > lol nice -> * *
    > and hikorea -> status hikorea`,
  'papers are not ours': `
    > is the passport site working -> status *
    < It works normally.
    > which photos do I need for it -> off_topic -`,
  'a question repeated': `
    > is bokjiro up -> status bokjiro
    < Bokjiro is down since 10:00.
    > still down? -> status bokjiro`,
  'whether it is back': `
    > is bokjiro up -> status bokjiro
    < Bokjiro is down since 10:00.
    > is it back yet -> status bokjiro`,
  'how long still': `
    > government24 won't load -> status gov24
    < Government24 is down since 10:00.
    > how much longer -> eta gov24`,
  'news of it': `
    > government24 won't load -> status gov24
    < Government24 is down since 10:00.
    > any updates? -> * gov24`,
  'which one, by number': `
    > subscribe me to the train tickets -> * *
    < Which one do you mean? 1. KORAIL tickets 2. SRT tickets
    > number two -> subscribe srt`,
  'which one, by name': `
    > subscribe me to the train tickets -> * *
    < Which one do you mean? 1. KORAIL tickets 2. SRT tickets
    > ktx please -> subscribe korail`,
  'stop the one just added': `
    > alert me about ems -> subscribe ems
    < You will get updates on International EMS.
    > stop that one again -> unsubscribe ems`,
  'the list, and one off it': `
    > what am I subscribed to -> list_subscriptions -
    < 1. Hometax 2. KORAIL tickets
    > drop the first -> unsubscribe hometax`,
  'an alternative asked about': `
    > is government24 down -> status gov24
    < Government24 is down.
    > what can I use instead -> alternatives gov24
    < You can use a self-service kiosk.
    > are those working? -> status unmanned-kiosk`,
  'back to the first': `
    > is hometax up -> status hometax
    < Hometax is down.
    > is wetax up -> status wetax
    < Wetax works normally.
    > ok back to hometax, when is it fixed -> eta hometax`,
  'the site and its app at once': `
    > is hometax up -> status hometax
    < Hometax is down.
    > alert me for hometax and the app -> subscribe hometax,sontax`,
  'nothing is subscribed to by stopping what was stopped': `
    > unsubscribe me from hometax -> unsubscribe hometax
    < Unsubscribed from Hometax.
    > stop it -> unsubscribe hometax`,
  'thanks closes it': `
    > is hometax up -> status hometax
    < Hometax works normally.
    > cheers mate -> thanks -`,
};

describe('conversations in English', () => {
  test.each(Object.entries(DIALOGUES))('%s', (_title, dialogue) => {
    const { got, wanted } = held(dialogue);
    expect(got).toEqual(wanted);
  });
});
