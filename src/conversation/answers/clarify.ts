import { card } from '../../card/card.ts';
import { ask, isPressable, service as serviceTarget } from '../buttons.ts';
import { numbered, pickService } from '../dialogs/choose.ts';
import { serviceNamed, written } from '../names.ts';
import type { What } from '../request.ts';
import type { Answer } from '../visit.ts';
import { answered } from '../visit.ts';

const MOST_OFFERED = 4;

/** Asks back instead of guessing: at most four buttons, the catalogue's own question where it has one. */
export const clarify: Answer = async (visit, asked) => {
  const { catalogue } = visit.context;
  const intent = asked.leaning ?? 'status';
  const wanted: What = asked.topic === 'one_shot' ? 'follow' : intent;
  const then = isPressable(wanted) ? wanted : 'status';
  const options = asked.candidates.filter((id) => catalogue.service(id) !== undefined).slice(0, MOST_OFFERED);
  if (options.length === 0) return pickService(visit, intent, asked);
  const [only = '', another] = options;
  const guess = another === undefined;
  const question = guess
    ? visit.say('answers.clarify.guess', { name: serviceNamed(visit, only) })
    : visit.say('answers.clarify.which');
  return answered(
    card(asked.question?.[visit.language] ?? question, {
      sections: guess
        ? [{ label: null, lines: [visit.say('answers.clarify.yesOrName')] }]
        : [
            { label: null, lines: numbered(visit, options) },
            { label: null, lines: [visit.say('answers.clarify.number')] },
          ],
      buttons: [
        ...options.map((id) => [ask(written(serviceNamed(visit, id)), then, serviceTarget(id))]),
        // One option is a guess: the way to all others stands beside it.
        ...(guess ? [[ask(visit.say('answers.button.chooseOther'), 'choose', null, then)]] : []),
      ],
    }),
    { listed: options, pending: { kind: 'choose', intent, options } },
  );
};
