import { isDown } from '../domain/availability.ts';
import { isSilent } from '../domain/detector.ts';
import type { RegionId } from '../domain/ids.ts';
import { later } from '../domain/instant.ts';
import type { Service } from '../domain/service.ts';
import type { ServiceStatus } from '../domain/status.ts';
import { ago, clockTime } from './dates.ts';
import { listed, nameOf } from './names.ts';
import { callNumber, phoneText } from './phone.ts';
import { onlyElsewhere, openChannels } from './status-headline.ts';
import type { Telling } from './status-line.ts';

interface LeadView {
  readonly service: Service;
  readonly status: ServiceStatus;
  readonly region: RegionId | null;
}

/** The sentences under the headline: what one must know to read the status rightly. */
export function leadLines({ service, status, region }: LeadView, telling: Telling): readonly string[] {
  return [
    ...kindLines(service, telling),
    ...doubtLines(status, telling),
    ...openWayLines(status, telling),
    ...caveatLines({ service, status, region }, telling),
    ...disagreementLines(status, telling),
  ];
}

/** Systems behind the scenes are said to be so: nobody should look for their front door. */
function kindLines(service: Service, { say }: Telling): readonly string[] {
  if (service.kind === 'internal' || (service.kind === 'infrastructure' && service.audience === 'official'))
    return [say('status.lead.internal')];
  return service.kind === 'infrastructure' ? [say('status.lead.infrastructure')] : [];
}

/** Past a promise or a silent source: what was known last, and what has not come. */
function doubtLines(status: ServiceStatus, { say, language, now }: Telling): readonly string[] {
  if (status.lastKnown === null) return [];
  const word = say(`status.word.${status.lastKnown}`);
  if (status.basis === 'silent')
    return [say('status.lead.lastMeasured', { word, time: clockTime(status.asOf, now, language) })];
  const lines: string[] = [];
  if (status.since === null) lines.push(say('status.lead.lastDeclared', { word }));
  else
    lines.push(say('status.lead.lastDeclaredSince', { word, time: clockTime(status.since, now, language) }));
  const promises = status.incidents.map((i) => i.nextUpdateAt).filter((at) => at !== null);
  if (promises.length > 0)
    lines.push(say('status.lead.promiseLate', { time: clockTime(promises.reduce(later), now, language) }));
  return lines;
}

/** For a task whose channels differ: where it can be done. */
function openWayLines(status: ServiceStatus, { say, catalogue, language }: Telling): readonly string[] {
  if (status.basis !== 'channels' || !status.channels.some((c) => isDown(c.availability))) return [];
  const open = openChannels(status).map((c) => nameOf(c.service, catalogue, language));
  return open.length === 0 ? [] : [say('status.lead.openWays', { names: listed(open, 5, language) })];
}

function caveatLines({ service, status, region }: LeadView, telling: Telling): readonly string[] {
  const { say, language, catalogue } = telling;
  if (status.availability === 'recovering') return [say('status.lead.mayStopAgain')];
  if (status.availability !== 'operational') return [];
  if (region === null && onlyElsewhere(status, telling) !== null) return [];
  const number = callNumber(service, catalogue);
  const forCitizens = service.kind !== 'internal' && service.kind !== 'infrastructure';
  return number === null || !forCitizens
    ? []
    : [say('status.lead.stillTrouble', { phone: phoneText(number, language) })];
}

/** Officials say one thing and a source sees another: both are told, neither is settled. */
function disagreementLines(status: ServiceStatus, { say, language, now }: Telling): readonly string[] {
  const { measurement, basis, availability } = status;
  if (measurement === null || isSilent(measurement, now) || measurement.verdict === 'unknown') return [];
  const when = ago(measurement.observedAt, now, language);
  const seen =
    measurement.verdict === 'operational'
      ? 'reachable'
      : measurement.verdict === 'degraded'
        ? 'slow'
        : 'unreachable';
  if (basis === 'measured') return seen === 'reachable' ? [] : [say('status.lead.onlyMeasured')];
  if (basis === 'overdue') return [say(`status.lead.meanwhile.${seen}`, { ago: when })];
  if (basis !== 'declared') return [];
  const word = say(`status.word.${availability}`);
  const saidToWork = availability === 'operational' || availability === 'recovering';
  if (saidToWork && seen !== 'reachable') return [say(`status.lead.disagree.${seen}`, { word, ago: when })];
  if (availability === 'major_outage' && seen !== 'unreachable')
    return [say(`status.lead.disagree.${seen}`, { word, ago: when })];
  return [];
}
