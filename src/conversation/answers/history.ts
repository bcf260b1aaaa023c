import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Incident } from '../../domain/incident.ts';
import { secondsBetween, seoulDay } from '../../domain/instant.ts';
import { dayOf, duration } from '../../wording/dates.ts';
import { oneLine } from '../../wording/official-text.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { listed, nameOfService, serviceNamed } from '../names.ts';
import type { Request } from '../request.ts';
import type { Answer, Visit } from '../visit.ts';
import { answered } from '../visit.ts';
import { servicesOf } from './subject.ts';

const PER_PAGE = 5;
/** The store hands out at most so many at once: a longer history is for the web pages. */
const MOST = 200;

/** Past incidents with their dates, newest first, of one service or of all. */
export const history: Answer = async (visit, asked) => {
  const { say, context } = visit;
  const services = servicesOf(visit, asked);
  const offset = Math.min(Math.max(0, Number.parseInt(asked.option, 10) || 0), MOST - PER_PAGE - 1);
  const ids = services.flatMap((service) => [service.id, ...service.channels]);
  const { items } = await context.store.incidents.list(
    {
      ...(ids.length > 0 ? { services: ids } : {}),
      states: ['investigating', 'identified', 'monitoring', 'resolved'],
    },
    { limit: offset + PER_PAGE + 1, cursor: null },
  );
  const shown = items.slice(offset, offset + PER_PAGE);
  const name =
    services.length > 0
      ? listed(
          visit,
          services.map((service) => nameOfService(visit, service)),
        )
      : null;
  const remembered = { services: services.map((service) => service.id) };
  if (shown.length === 0) return answered(noneCard(visit, name), remembered);
  const headline =
    name === null ? say('answers.history.headlineAll') : say('answers.history.headline', { name });
  return answered(
    card(headline, {
      sections: [{ label: null, lines: shown.map((incident) => lineOf(visit, incident, name === null)) }],
      footer: say('answers.history.zone'),
      buttons: pager(visit, asked, offset, items.length > offset + PER_PAGE),
    }),
    { ...remembered, replace: asked.pressed && asked.option !== '' },
  );
};

const noneCard = (visit: Visit, name: string | null): Card =>
  card(name === null ? visit.say('answers.history.noneAtAll') : visit.say('answers.history.none', { name }), {
    tone: 'good',
    sections: [{ label: null, lines: [visit.say('answers.history.noneMeans')] }],
  });

function lineOf(visit: Visit, incident: Incident, named: boolean): string {
  const { say, now, language } = visit;
  const params = {
    day: dayOf(seoulDay(incident.startedAt), now, language),
    title: oneLine(incident.title, language),
    services: listed(
      visit,
      incident.services.slice(0, 3).map((affected) => serviceNamed(visit, affected.service)),
    ),
  };
  const line = named ? say('answers.history.lineNamed', params) : say('answers.history.line', params);
  const length =
    incident.resolvedAt === null
      ? say('answers.history.ongoing')
      : say('answers.history.lasted', {
          duration: duration(secondsBetween(incident.startedAt, incident.resolvedAt), language),
        });
  return `${line} · ${length}`;
}

function pager(visit: Visit, asked: Request, offset: number, more: boolean) {
  const first = asked.services[0];
  const target = first === undefined ? null : serviceTarget(first);
  const row = [
    ...(offset > 0
      ? [ask(visit.say('answers.button.newer'), 'history', target, String(Math.max(0, offset - PER_PAGE)))]
      : []),
    ...(more ? [ask(visit.say('answers.button.older'), 'history', target, String(offset + PER_PAGE))] : []),
  ];
  return row.length === 0 ? [] : [row];
}
