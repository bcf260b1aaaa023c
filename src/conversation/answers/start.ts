import { card } from '../../card/card.ts';
import { ask } from '../buttons.ts';
import type { Answer } from '../visit.ts';
import { answered, inPrivate } from '../visit.ts';
import { languageButtons } from './language.ts';

/** The first hello: who we are, what can be asked, what is stored, and two choices. */
export const start: Answer = async (visit) => {
  const { say, context } = visit;
  // In a group only administrators make us keep something; anybody may say hello.
  const subscriber = (await visit.mayChange()) ? await visit.keep() : visit.subscriber;
  const kept = subscriber === null ? [] : await context.store.subscriptions.of(subscriber.id);
  const settled = subscriber?.announcements ?? null;
  return answered(
    card(say('answers.start.headline'), {
      sections: [
        {
          label: null,
          lines: [
            say('answers.start.what', { count: context.catalogue.services.length }),
            ...(kept.length > 0 ? [say('answers.start.back', { count: kept.length })] : []),
            ...(inPrivate(visit) ? [] : [say('answers.start.group')]),
          ],
        },
        {
          label: say('answers.label.examples'),
          lines: [
            say('answers.example.status'),
            say('answers.example.follow'),
            say('answers.example.subscribe'),
          ],
        },
        {
          label: say('answers.start.privacy'),
          lines: [say('answers.start.stored'), say('answers.start.abroad')],
        },
        ...(settled === null
          ? [{ label: say('answers.start.announcements'), lines: [say('answers.start.announcementsMean')] }]
          : []),
      ],
      buttons: [
        languageButtons(),
        ...(settled === null
          ? [
              [
                ask(say('answers.button.announcementsYes'), 'announcements', null, 'on'),
                ask(say('answers.button.announcementsNo'), 'announcements', null, 'off'),
              ],
            ]
          : []),
        [
          ask(say('answers.button.statusAll'), 'status_all'),
          ask(say('answers.button.chooseNews'), 'choose', null, 'subscribe'),
        ],
      ],
    }),
  );
};
