import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Service } from '../../domain/service.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { explainedBy, statusOf } from '../../domain/status.ts';
import { ago } from '../../wording/dates.ts';
import { deadlineLine } from '../../wording/deadlines.ts';
import { oneLine } from '../../wording/official-text.ts';
import { statusWord } from '../../wording/status-line.ts';
import { nameOfService } from '../names.ts';
import type { Answer, Answered, Visit } from '../visit.ts';
import { answered, regionOf } from '../visit.ts';
import { awaitedOf } from './lists.ts';
import { statusButtons } from './status.ts';
import { phoneOf, servicesOf } from './subject.ts';

/**
 * Whether a deadline moved: only from records, never inferred. Without a record it says so and whom to call.
 * Who asks this often cannot get in just now, so the status of the service comes along.
 */
export const deadline: Answer = async (visit, asked) => {
  const { say, context, language, now } = visit;
  const facts = await visit.facts();
  const [service] = servicesOf(visit, asked);
  const status =
    service === undefined ? null : statusOf(service.id, facts, context.catalogue, regionOf(visit, asked));
  const subject = service === undefined || status === null ? null : { service, status };
  const under = service === undefined ? [] : explainedBy(service.id, facts, context.catalogue);
  // What it rests on may have moved the deadline for it too: Hometax stops, and who files by its app is meant as well.
  const resting = facts.incidents.filter((one) => one.services.some((hit) => under.includes(hit.service)));
  const telling = [...(status?.incidents ?? facts.incidents), ...resting].filter(
    (incident) => incident.deadlines.length > 0,
  );
  const [first] = telling;
  if (first === undefined) return noRecord(visit, subject);
  const lines = telling.flatMap((one) => one.deadlines.map((moved) => deadlineLine(moved, now, language)));
  return about(
    subject,
    card(headlineOf(visit, subject, 'answers.deadline.headline', 'answers.deadline.headlineFor'), {
      tone: 'caution',
      sections: [{ label: null, lines: [...new Set(lines)] }],
      footer: say('answers.source', {
        source: oneLine(first.source.name, language),
        ago: ago(first.source.at, now, language),
      }),
      buttons: buttonsOf(visit, subject),
    }),
  );
};

/** The service asked about, and how it is. */
type Subject = { readonly service: Service; readonly status: ServiceStatus } | null;

const about = (subject: Subject, told: Card): Answered =>
  answered(told, subject === null ? {} : { services: [subject.service.id] });

const buttonsOf = (visit: Visit, subject: Subject) =>
  subject === null ? [] : statusButtons(visit, subject.service, awaitedOf(subject.status));

function headlineOf(
  visit: Visit,
  subject: Subject,
  of: 'answers.deadline.headline' | 'answers.deadline.none',
  ofService: 'answers.deadline.headlineFor' | 'answers.deadline.noneFor',
): string {
  if (subject === null) return visit.say(of);
  const name = nameOfService(visit, subject.service);
  return visit.say(ofService, { name, word: statusWord(subject.status, visit.say) });
}

function noRecord(visit: Visit, subject: Subject): Answered {
  const phone = subject === null ? '110' : phoneOf(visit, subject.service);
  return about(
    subject,
    card(headlineOf(visit, subject, 'answers.deadline.none', 'answers.deadline.noneFor'), {
      tone: 'unknown',
      sections: [{ label: null, lines: [visit.say('answers.deadline.ask', { phone })] }],
      buttons: buttonsOf(visit, subject),
    }),
  );
}
