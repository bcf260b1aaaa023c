import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import { statusOf } from '../../domain/status.ts';
import { statusWord } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { nameOfService } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { phoneOf, servicesOf } from './subject.ts';

const doors = (visit: Visit) => [
  [ask(visit.say('answers.button.statusAll'), 'status_all'), ask(visit.say('answers.button.help'), 'help')],
];

const examples = (visit: Visit) => ({
  label: visit.say('answers.label.examples'),
  lines: [visit.say('answers.example.status'), visit.say('answers.example.follow')],
});

export const greeting: Answer = async (visit) =>
  answered(
    card(visit.say('answers.greeting.headline'), { sections: [examples(visit)], buttons: doors(visit) }),
  );

/** Thanks, or a "no" that leaves things as they are. */
export const thanks: Answer = async (visit, asked) =>
  answered(card(visit.say(asked.topic === 'no' ? 'answers.thanks.asYouWish' : 'answers.thanks.headline')), {
    pending: null,
  });

/** Not ours to answer: said kindly, with what is, and with whom to call where it was about a service. */
export const offTopic: Answer = async (visit, asked) => {
  const [service] = servicesOf(visit, asked);
  if (service === undefined) {
    const sections = [{ label: null, lines: [visit.say('answers.decline.call')] }, examples(visit)];
    return answered(card(visit.say('answers.decline.headline'), { sections, buttons: doors(visit) }), {
      pending: null,
    });
  }
  const name = nameOfService(visit, service);
  const state = statusOf(service.id, await visit.facts(), visit.context.catalogue, regionOf(visit, asked));
  const lines = [
    visit.say('answers.decline.callAbout', { name, phone: phoneOf(visit, service) }),
    visit.say('answers.decline.stateOf', { name, word: statusWord(state, visit.say) }),
  ];
  const look = [ask(visit.say('answers.button.statusNamed', { name }), 'status', serviceTarget(service.id))];
  return answered(
    card(visit.say('answers.decline.headline'), {
      sections: [{ label: null, lines }],
      buttons: [look, ...doors(visit)],
    }),
    { pending: null },
  );
};

/** Ours or not, it could not be read with enough certainty: no guess. */
export const unknown: Answer = async (visit) =>
  answered(
    card(visit.say('answers.unknown.headline'), {
      tone: 'unknown',
      sections: [examples(visit)],
      buttons: [...doors(visit), [ask(visit.say('answers.button.choose'), 'choose', null, 'status')]],
    }),
  );

/** A button of an old version, or of a service that is gone. */
export const outdated: Answer = async (visit) =>
  answered(
    card(visit.say('answers.outdated.headline'), {
      sections: [{ label: null, lines: [visit.say('answers.outdated.instead')] }],
      buttons: [
        ...doors(visit),
        [
          ask(visit.say('answers.button.subscriptions'), 'list_subscriptions'),
          ask(visit.say('answers.button.choose'), 'choose', null, 'status'),
        ],
      ],
    }),
    { toast: visit.say('answers.outdated.toast') },
  );

/** Stickers, photos, voices: named by what they are not. */
export const unreadableCard = (visit: Visit): Card =>
  card(visit.say('answers.unreadable.headline'), { sections: [examples(visit)], buttons: doors(visit) });
