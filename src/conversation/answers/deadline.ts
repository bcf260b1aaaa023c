import { card } from '../../card/card.ts';
import type { Service } from '../../domain/service.ts';
import { statusOf } from '../../domain/status.ts';
import { ago } from '../../wording/dates.ts';
import { deadlineLine } from '../../wording/deadlines.ts';
import { oneLine } from '../../wording/official-text.ts';
import { nameOfService } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { statusButtons } from './status.ts';
import { phoneOf, servicesOf } from './subject.ts';

/** Whether a deadline moved: only from records, never inferred. Without a record it says so and whom to call. */
export const deadline: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const facts = await visit.facts();
  const [service] = servicesOf(visit, asked);
  const incidents =
    service === undefined
      ? facts.incidents
      : statusOf(service.id, facts, context.catalogue, regionOf(visit, asked)).incidents;
  const telling = incidents.filter((incident) => incident.deadlines.length > 0);
  const [first] = telling;
  if (first === undefined) return noRecord(visit, service);
  const lines = telling.flatMap((one) => one.deadlines.map((moved) => deadlineLine(moved, now, language)));
  return answered(
    card(say('answers.deadline.headline'), {
      tone: 'caution',
      sections: [{ label: null, lines: [...new Set(lines)] }],
      footer: say('answers.source', {
        source: oneLine(first.source.name, language),
        ago: ago(first.source.at, now, language),
      }),
      buttons: service === undefined ? [] : statusButtons(visit, service.id, true),
    }),
    service === undefined ? {} : { services: [service.id] },
  );
};

function noRecord(visit: Visit, service: Service | undefined) {
  const { say } = visit;
  const phone = service === undefined ? '110' : phoneOf(visit, service);
  const headline =
    service === undefined
      ? say('answers.deadline.none')
      : say('answers.deadline.noneFor', { name: nameOfService(visit, service) });
  return answered(
    card(headline, {
      tone: 'unknown',
      sections: [{ label: null, lines: [say('answers.deadline.ask', { phone })] }],
      buttons: service === undefined ? [] : statusButtons(visit, service.id, false),
    }),
    service === undefined ? {} : { services: [service.id] },
  );
}
