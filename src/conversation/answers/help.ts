import { card } from '../../card/card.ts';
import { ask } from '../buttons.ts';
import type { Answer } from '../visit.ts';
import { answered } from '../visit.ts';
import { quiet } from './quiet.ts';
import { verify } from './verify.ts';

/** What can be asked, by example; finer questions get their own answer. */
export const help: Answer = async (visit, asked) => {
  if (asked.topic === 'quiet_hours') return quiet(visit, asked);
  if (asked.topic === 'verification') return verify(visit, asked);
  const { say } = visit;
  return answered(
    card(say('answers.help.headline'), {
      sections: [
        {
          label: say('answers.help.ask'),
          lines: [
            say('answers.example.status'),
            say('answers.example.all'),
            say('answers.example.eta'),
            say('answers.example.alternatives'),
          ],
        },
        {
          label: say('answers.help.told'),
          lines: [
            say('answers.example.follow'),
            say('answers.example.subscribe'),
            say('answers.example.stop'),
          ],
        },
        {
          label: say('answers.help.more'),
          lines: [
            say('answers.help.region'),
            say('answers.help.quiet'),
            say('answers.help.announcements'),
            say('answers.help.verify'),
            say('answers.help.privacy'),
          ],
        },
      ],
      footer: say('answers.help.person'),
      buttons: [
        [
          ask(say('answers.button.statusAll'), 'status_all'),
          ask(say('answers.button.choose'), 'choose', null, 'status'),
        ],
        [
          ask(say('answers.button.subscriptions'), 'list_subscriptions'),
          ask(say('answers.button.quiet'), 'quiet'),
        ],
        [ask(say('answers.button.privacy'), 'privacy'), ask(say('answers.button.language'), 'language')],
      ],
    }),
  );
};
