import { card } from '../../card/card.ts';
import { statusOf } from '../../domain/status.ts';
import type { Target } from '../../domain/subscriber.ts';
import { statusLine } from '../../wording/status-line.ts';
import { ask } from '../buttons.ts';
import { targetNamed } from '../names.ts';
import type { Answer } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { isTroubled, openingButtons, worstFirst } from './lists.ts';
import { statusAll } from './status-all.ts';

const MOST_LISTED = 10;

/** An agency or a kind of service as a whole: what is impaired, and how many others are not. With neither named: everything. */
export const statusOfGroup: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const { catalogue } = context;
  const agency = catalogue.agency(asked.agencies[0] ?? '');
  const group = agency ?? catalogue.category(asked.categories[0] ?? '');
  if (group === undefined) return statusAll(visit, asked);
  const services = agency ? catalogue.servicesOf(agency.id) : catalogue.servicesIn(group.id);
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const statuses = services.map((service) => statusOf(service.id, facts, catalogue, region));
  const troubled = worstFirst(statuses.filter(isTroubled));
  const name = group.name[language];
  const target: Target = { kind: agency ? 'agency' : 'category', id: group.id };
  const count = troubled.length;
  const fine = statuses.length - count;
  const lines = troubled.slice(0, MOST_LISTED).map((one) => statusLine(one, catalogue, language, now));
  if (count > MOST_LISTED) lines.push(say('answers.status.unlisted', { count: count - MOST_LISTED }));
  return answered(
    card(
      count === 0 ? say('answers.status.groupFine', { name }) : say('answers.status.group', { name, count }),
      {
        tone: count === 0 ? 'good' : 'caution',
        sections: [
          { label: null, lines },
          { label: null, lines: fine === 0 ? [] : [say('answers.status.groupRest', { count: fine })] },
        ].filter((section) => section.lines.length > 0),
        buttons: [
          ...openingButtons(visit, troubled),
          [
            ask(
              say('answers.button.subscribeNamed', { name: targetNamed(visit, target) }),
              'subscribe',
              target,
            ),
          ],
        ],
      },
    ),
    { listed: troubled.slice(0, MOST_LISTED).map((one) => one.service) },
  );
};
