import type { Section } from '../../card/card.ts';
import type { RegionId } from '../../domain/ids.ts';
import type { Incident } from '../../domain/incident.ts';
import { phaseAt } from '../../domain/maintenance.ts';
import { concerns, statusOf } from '../../domain/status.ts';
import { statusAllCard } from '../../wording/status-card.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { listed, nameOfService, serviceNamed, written } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { chunk, isImpaired, worstFirst } from './lists.ts';

const MOST_LISTED = 15;
const MOST_UPCOMING = 3;
const MOST_BUTTONS = 4;

/** Everything that is not as it should be, worst first, and the windows to come. */
export const statusAll: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const { catalogue } = context;
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const statuses = catalogue.services.map((service) => statusOf(service.id, facts, catalogue, region));
  // What was declared of a service comes before what only follows for the tasks offered through it.
  const impaired = statuses.filter(isImpaired);
  const ranked = worstFirst([
    ...impaired.filter((one) => one.basis !== 'channels'),
    ...impaired.filter((one) => one.basis === 'channels'),
  ]);
  const upcoming = facts.maintenances
    .filter((window) => phaseAt(window, now) === 'scheduled')
    .slice(0, MOST_UPCOMING);
  const drawn = statusAllCard(ranked.slice(0, MOST_LISTED), upcoming, catalogue, language, now);
  const unlisted = ranked.length - MOST_LISTED;
  const more =
    unlisted > 0 ? [{ label: null, lines: [say('answers.status.unlisted', { count: unlisted })] }] : [];
  const regional = elsewhere(visit, facts.incidents, region);
  const opening = ranked.slice(0, MOST_BUTTONS).flatMap((one) => {
    const service = catalogue.service(one.service);
    if (service === undefined) return [];
    return [ask(written(nameOfService(visit, service)), 'status', serviceTarget(service.id))];
  });
  return answered({
    ...drawn,
    sections: [...drawn.sections, ...more, ...regional],
    buttons: [...chunk(opening, 2), [ask(say('answers.button.choose'), 'choose', null, 'status')]],
  });
};

/** Faults of regions that were not asked about: told as theirs. */
function elsewhere(
  visit: Visit,
  incidents: readonly Incident[],
  region: RegionId | null,
): readonly Section[] {
  const { say, context, language } = visit;
  const lines = incidents.flatMap((incident) => {
    if (incident.scope === 'nationwide' || concerns(incident, region, context.catalogue)) return [];
    const regions = incident.scope.map((id) => context.catalogue.region(id)?.name[language] ?? id);
    const services = incident.services.map((affected) => serviceNamed(visit, affected.service));
    return [
      say('answers.status.regionalLine', {
        regions: listed(visit, regions),
        services: listed(visit, services),
      }),
    ];
  });
  return lines.length === 0 ? [] : [{ label: say('answers.status.regional'), lines }];
}
