import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Service } from '../../domain/service.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { explainedBy, statusOf } from '../../domain/status.ts';
import { ago, clockTime, period } from '../../wording/dates.ts';
import { linesOf, oneLine } from '../../wording/official-text.ts';
import { statusWord } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { listed, nameOfService, serviceNamed, written } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { regionOf } from '../visit.ts';
import { awaitedOf, isImpaired } from './lists.ts';
import { statusButtons } from './status.ts';
import { perService, phoneOf } from './subject.ts';

const MOST_UPDATES = 2;

/** Why: only what officials put on record, and what it rests on, told as no more than that. */
export const cause: Answer = perService('cause', async (visit, service, asked) => {
  const { catalogue } = visit.context;
  const facts = await visit.facts();
  const status = statusOf(service.id, facts, catalogue, regionOf(visit, asked));
  const incident = status.incidents[0] ?? (isImpaired(status) ? null : await lastIncident(visit, service));
  const related = explainedBy(service.id, facts, catalogue);
  const name = nameOfService(visit, service);
  const relatedLines =
    related.length === 0
      ? []
      : [
          visit.say('answers.cause.related', {
            names: listed(
              visit,
              related.map((id) => serviceNamed(visit, id)),
            ),
          }),
        ];
  if (incident !== null) return fromRecord(visit, service, status, incident, relatedLines);
  const word = statusWord(status, visit.say);
  if (status.maintenance !== null) {
    const { startsAt, endsAt, message } = status.maintenance;
    const hours = visit.say('answers.cause.window', {
      period: period(startsAt, endsAt, visit.now, visit.language),
    });
    return card(visit.say('answers.cause.maintenance', { name, word }), {
      sections: [{ label: null, lines: [hours, ...linesOf(message, visit.language)] }],
      footer: visit.say('answers.askByPhone', { phone: phoneOf(visit, service) }),
      buttons: statusButtons(visit, service, awaitedOf(status)),
    });
  }
  const impaired = isImpaired(status);
  return card(visit.say(impaired ? 'answers.cause.unknown' : 'answers.cause.noFault', { name, word }), {
    tone: impaired ? 'unknown' : 'good',
    sections: [{ label: null, lines: [...relatedLines, visit.say('answers.cause.onlyOfficial')] }],
    footer: visit.say('answers.askByPhone', { phone: phoneOf(visit, service) }),
    buttons: statusButtons(visit, service, awaitedOf(status)),
  });
});

/** The last incident on record, for a question asked after the end: causes are often told days later. */
async function lastIncident(visit: Visit, service: Service): Promise<Incident | null> {
  const page = await visit.context.store.incidents.list(
    { services: [service.id], states: ['investigating', 'identified', 'monitoring', 'resolved'] },
    { limit: 1, cursor: null },
  );
  return page.items[0] ?? null;
}

async function fromRecord(
  visit: Visit,
  service: Service,
  status: ServiceStatus,
  incident: Incident,
  relatedLines: readonly string[],
): Promise<Card> {
  const { say, context, language, now } = visit;
  const updates = (await context.store.incidents.updates(incident.id)).slice(-MOST_UPDATES).reverse();
  const searching = incident.state === 'investigating';
  const affected = incident.services.map((one) => one.service);
  // Of a task it is a channel that fails: the cause is asked of that.
  const failing = affected.filter((id) => service.channels.includes(id));
  const name =
    affected.includes(service.id) || failing.length === 0
      ? nameOfService(visit, service)
      : listed(
          visit,
          failing.map((id) => serviceNamed(visit, id)),
        );
  const names = affected.map((id) => written(serviceNamed(visit, id)));
  const title = oneLine(incident.title, language);
  const source = incident.source;
  const word = statusWord(status, visit.say);
  return card(say(searching ? 'answers.cause.investigating' : 'answers.cause.onRecord', { name, word }), {
    tone: searching ? 'unknown' : 'info',
    sections: [
      {
        label: say('answers.label.officialWord'),
        lines: [
          // Untitled, an incident is called by its services, which are named already.
          ...(title === names.join(', ') || names.includes(title) ? [] : [title]),
          ...updates.map((one) => `${clockTime(one.at, now, language)} ${oneLine(one.message, language)}`),
        ],
      },
      { label: null, lines: [...relatedLines, say('answers.cause.onlyOfficial')] },
    ],
    footer: say('answers.source', {
      source: oneLine(source.name, language),
      ago: ago(source.at, now, language),
    }),
    buttons: [
      ...statusButtons(visit, service, awaitedOf(status)),
      [ask(say('answers.button.history'), 'history', serviceTarget(service.id))],
    ],
  });
}
