import type { Card } from '../../card/card.ts';
import { card } from '../../card/card.ts';
import type { Service } from '../../domain/service.ts';
import type { ServiceStatus } from '../../domain/status.ts';
import { statusOf } from '../../domain/status.ts';
import { ago, clockTime, withZone } from '../../wording/dates.ts';
import { serviceName } from '../../wording/names.ts';
import { linesOf, oneLine } from '../../wording/official-text.ts';
import { statusWord } from '../../wording/status-line.ts';
import { ask, service as serviceTarget } from '../buttons.ts';
import type { Answer, Visit } from '../visit.ts';
import { regionOf } from '../visit.ts';
import { awaitedOf } from './lists.ts';
import { followButton, offerToFollow, statusNow } from './status.ts';
import { perService, phoneOf } from './subject.ts';

/** When it is back: the official promise, or honestly that there is none. What works is told as it is. */
export const eta: Answer = perService(
  'eta',
  async (visit, service, asked) => {
    const region = regionOf(visit, asked);
    const status = statusOf(service.id, await visit.facts(), visit.context.catalogue, region);
    return awaitedOf(status) === null ? statusNow(visit, service, region) : waiting(visit, service, status);
  },
  offerToFollow,
);

async function waiting(visit: Visit, service: Service, status: ServiceStatus): Promise<Card> {
  const { say, context, now, language, held } = visit;
  const incident = status.incidents[0];
  const latest = incident === undefined ? null : (await context.store.incidents.updates(incident.id)).at(-1);
  const promised = held.follows.has(service.id);
  const awaited = awaitedOf(status) ?? 'unknown';
  return card(headline(visit, service, status), {
    tone: status.basis === 'overdue' || status.availability === 'unknown' ? 'unknown' : 'caution',
    sections: [
      { label: null, lines: [...sinceLines(visit, status), ...promiseLines(visit, status)] },
      ...(latest ? [{ label: say('answers.label.lastWord'), lines: linesOf(latest.message, language) }] : []),
      { label: null, lines: [say(promised ? 'answers.eta.promised' : 'answers.eta.offer')] },
    ].filter((section) => section.lines.length > 0),
    footer: latest
      ? say('answers.source', {
          source: oneLine(latest.source.name, language),
          ago: ago(latest.source.at, now, language),
        })
      : say('answers.askByPhone', { phone: phoneOf(visit, service) }),
    buttons: [
      [followButton(visit, service.id, awaited)],
      [ask(say('answers.button.alternatives'), 'alternatives', serviceTarget(service.id))],
    ],
  });
}

function headline({ say, now, language }: Visit, service: Service, status: ServiceStatus): string {
  const params = { name: serviceName(service, language), word: statusWord(status, say) };
  if (status.basis !== 'maintenance' || status.maintenance === null) return say('answers.eta.none', params);
  const time = withZone(clockTime(status.maintenance.endsAt, now, language), language);
  return say('answers.eta.maintenance', { ...params, time });
}

/** Since when it is so; of what is in doubt, what was known last. */
function sinceLines({ say, now, language }: Visit, status: ServiceStatus): readonly string[] {
  if (status.since === null) return [];
  const time = clockTime(status.since, now, language);
  const word = say(`status.word.${status.lastKnown ?? status.availability}`);
  return status.lastKnown === null
    ? [say('answers.eta.since', { time, word })]
    : [say('status.lead.lastDeclaredSince', { time, word })];
}

/** When news was promised, kept or not. */
function promiseLines({ say, now, language }: Visit, status: ServiceStatus): readonly string[] {
  const promise = status.incidents
    .map((one) => one.nextUpdateAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  if (promise === undefined) return status.incidents.length === 0 ? [] : [say('answers.eta.noNext')];
  const time = withZone(clockTime(promise, now, language), language);
  return [say(promise < now ? 'status.lead.promiseLate' : 'answers.eta.next', { time })];
}
