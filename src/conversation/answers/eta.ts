import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Service } from '../../domain/service.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { statusOf } from '../../domain/status.ts';
import { ago, clockTime, withZone } from '../../wording/dates.ts';
import { linesOf, oneLine } from '../../wording/official-text.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import { nameOfService } from '../names.ts';
import type { Answer, Visit } from '../visit.ts';
import { regionOf } from '../visit.ts';
import { isImpaired } from './lists.ts';
import { offerToFollow, statusButtons } from './status.ts';
import { perService, phoneOf } from './subject.ts';

/** When it is back: the official promise, or honestly that there is none. */
export const eta: Answer = perService(
  'eta',
  async (visit, service, asked) => {
    const facts = await visit.facts();
    const status = statusOf(service.id, facts, visit.context.catalogue, regionOf(visit, asked));
    return isImpaired(status) ? waiting(visit, service, status) : fine(visit, service, status);
  },
  offerToFollow,
);

function fine(visit: Visit, service: Service, status: ServiceStatus): Card {
  const { say, now, language } = visit;
  const name = nameOfService(visit, service);
  const lines = [say('answers.eta.nothingToWaitFor')];
  if (status.upcoming !== null) {
    lines.push(
      say('answers.eta.upcoming', {
        start: clockTime(status.upcoming.startsAt, now, language),
        end: clockTime(status.upcoming.endsAt, now, language),
      }),
    );
  }
  return card(say('answers.eta.fine', { name }), {
    tone: 'good',
    sections: [{ label: null, lines }],
    buttons: statusButtons(visit, service.id, false),
  });
}

async function waiting(visit: Visit, service: Service, status: ServiceStatus): Promise<Card> {
  const { say, context, now, language } = visit;
  const incident = status.incidents[0];
  const latest = incident === undefined ? null : (await context.store.incidents.updates(incident.id)).at(-1);
  const word = say(`status.word.${status.lastKnown ?? status.availability}`);
  const name = nameOfService(visit, service);
  const since =
    status.since === null
      ? []
      : [say('answers.eta.since', { word, time: clockTime(status.since, now, language) })];
  const target = serviceTarget(service.id);
  return card(headline(visit, service, status), {
    tone: status.basis === 'overdue' || status.availability === 'unknown' ? 'unknown' : 'caution',
    sections: [
      { label: null, lines: [...since, say('answers.eta.offer', { name })] },
      ...(latest ? [{ label: say('answers.label.lastWord'), lines: linesOf(latest.message, language) }] : []),
    ],
    footer: latest
      ? say('answers.source', {
          source: oneLine(latest.source.name, language),
          ago: ago(latest.source.at, now, language),
        })
      : say('answers.askByPhone', { phone: phoneOf(visit, service) }),
    buttons: [
      [ask(say('answers.button.follow'), 'follow', target, '', 'primary')],
      [ask(say('answers.button.alternatives'), 'alternatives', target)],
    ],
  });
}

function headline(visit: Visit, service: Service, status: ServiceStatus): string {
  const { say, now, language } = visit;
  const name = nameOfService(visit, service);
  const shown = (at: string) => withZone(clockTime(at, now, language), language);
  if (status.basis === 'maintenance' && status.maintenance !== null) {
    return say('answers.eta.maintenance', { name, time: shown(status.maintenance.endsAt) });
  }
  const promise = status.incidents
    .map((one) => one.nextUpdateAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  if (promise === undefined) return say('answers.eta.none', { name });
  return say(promise < now ? 'answers.eta.overdue' : 'answers.eta.promised', { name, time: shown(promise) });
}
