import { phaseAt } from '../../domain/maintenance.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { statusOf } from '../../domain/status.ts';
import { statusAllCard } from '../../wording/status-all.ts';
import { ask } from '../buttons.ts';
import type { Answer } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { isTroubled, openingButtons, worstFirst } from './lists.ts';

const MOST_UPCOMING = 3;
/** "The ninth one" is the last that people point at. */
const MOST_POINTED_AT = 9;

/** A task that is told of only because of its channels, here or in another region. */
const onlyFollows = ({ basis, availability, elsewhere, service }: ServiceStatus): boolean =>
  basis === 'channels' ||
  (availability === 'operational' &&
    !elsewhere.some((incident) => incident.services.some((affected) => affected.service === service)));

/** Everything that is not as it should be, worst first, and the windows to come. */
export const statusAll: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const { catalogue } = context;
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const statuses = catalogue.services.map((service) => statusOf(service.id, facts, catalogue, region));
  // What was declared of a service comes before what only follows for the tasks offered through it.
  const troubled = statuses.filter(isTroubled);
  const ranked = worstFirst([
    ...troubled.filter((one) => !onlyFollows(one)),
    ...troubled.filter(onlyFollows),
  ]);
  const upcoming = facts.maintenances
    .filter((window) => phaseAt(window, now) === 'scheduled')
    .slice(0, MOST_UPCOMING);
  return answered(
    {
      ...statusAllCard(ranked, upcoming, catalogue, language, now),
      buttons: [
        ...openingButtons(visit, ranked),
        [ask(say('answers.button.choose'), 'choose', null, 'status')],
      ],
    },
    { listed: ranked.slice(0, MOST_POINTED_AT).map((one) => one.service) },
  );
};
