import { card } from '../../card/card.ts';
import { statusOf } from '../../domain/status.ts';
import { statusLine } from '../../wording/status-card.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { nameOfService, written } from '../names.ts';
import type { Answer } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { chunk, isImpaired, worstFirst } from './lists.ts';
import { statusAll } from './status-all.ts';

/** An agency or a kind of service as a whole: what is impaired, and how many others are not. With neither named: everything. */
export const statusOfGroup: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const { catalogue } = context;
  const agency = catalogue.agency(asked.agencies[0] ?? '');
  const category = agency === undefined ? catalogue.category(asked.categories[0] ?? '') : undefined;
  const group = agency ?? category;
  if (group === undefined) return statusAll(visit, asked);
  const services = agency ? catalogue.servicesOf(agency.id) : catalogue.servicesIn(group.id);
  const facts = await visit.facts();
  const region = regionOf(visit, asked);
  const statuses = services.map((service) => statusOf(service.id, facts, catalogue, region));
  const impaired = worstFirst(statuses.filter(isImpaired));
  const name = group.name[language];
  const fine = statuses.length - impaired.length;
  const lines = impaired.slice(0, 10).map((one) => statusLine(one, catalogue, language, now));
  const target = agency
    ? ({ kind: 'agency', id: agency.id } as const)
    : ({ kind: 'category', id: group.id } as const);
  return answered(
    card(
      impaired.length === 0
        ? say('answers.status.groupFine', { name })
        : say('answers.status.group', { name, count: impaired.length }),
      {
        tone: impaired.length === 0 ? 'good' : 'caution',
        sections: [
          { label: null, lines },
          { label: null, lines: [say('answers.status.groupRest', { count: fine })] },
        ].filter((section) => section.lines.length > 0),
        buttons: [
          ...chunk(
            impaired.slice(0, 4).flatMap((one) => {
              const service = catalogue.service(one.service);
              if (service === undefined) return [];
              return [ask(written(nameOfService(visit, service)), 'status', serviceTarget(service.id))];
            }),
            2,
          ),
          [ask(say('answers.button.subscribeNamed', { name }), 'subscribe', target)],
        ],
      },
    ),
    { services: [] },
  );
};
