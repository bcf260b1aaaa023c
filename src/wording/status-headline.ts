import { isDown, isUsable } from '../domain/availability.ts';
import type { RegionId } from '../domain/ids.ts';
import type { Service } from '../domain/service.ts';
import type { ServiceStatus } from '../domain/status.ts';
import { ago, clockTime, period } from './dates.ts';
import type { Key, Params } from './i18n.ts';
import { listed, nameOf, regionNames, serviceName } from './names.ts';
import { type RegionalFault, regionalFaults, statusWord, type Telling, together } from './status-line.ts';

/**
 * The first line of an answer, complete in itself: status word, service, since when.
 * @param region where the asker is; without it, a fault that only some region has is told here
 */
export function statusHeadline(
  service: Service,
  status: ServiceStatus,
  region: RegionId | null,
  telling: Telling,
): string {
  const { say, language, catalogue } = telling;
  const regional = region === null ? onlyElsewhere(status, telling) : null;
  if (regional !== null) return regionalHeadline(service, status, regional, telling);
  const scope = status.basis === 'declared' ? status.incidents[0]?.scope : undefined;
  const regions = scope === undefined ? null : regionNames(scope, catalogue, language);
  return say('status.headline.plain', {
    word:
      regions === null
        ? statusWord(status, say)
        : say('status.headline.wordIn', { word: statusWord(status, say), regions }),
    name: serviceName(service, language),
    what: clause(service, status, region, telling),
  });
}

/** A fault that only other regions have, of the service or of one of its channels; null when there is none, or a nationwide one outweighs it. */
export function onlyElsewhere(status: ServiceStatus, telling: Telling): RegionalFault | null {
  if (status.availability !== 'operational') return null;
  return together([
    ...regionalFaults(status.service, status.elsewhere, telling),
    ...status.channels.flatMap((c) => regionalFaults(c.service, c.elsewhere, telling)),
  ]);
}

function regionalHeadline(
  service: Service,
  status: ServiceStatus,
  regional: RegionalFault,
  telling: Telling,
): string {
  const { say, language, catalogue, now } = telling;
  const own = regionalFaults(status.service, status.elsewhere, telling).length > 0;
  const shut = status.channels.filter((c) => regionalFaults(c.service, c.elsewhere, telling).length > 0);
  // One channel shut in one region leaves the others there: the task itself is only in part impaired.
  const word =
    !own && isDown(regional.status) && shut.length < status.channels.length
      ? 'partial_outage'
      : regional.status;
  const time = clockTime(regional.since, now, language);
  return say('status.headline.plain', {
    word: say('status.headline.wordOnlyIn', { word: say(`status.word.${word}`), regions: regional.regions }),
    name: serviceName(service, language),
    what: own
      ? say('status.what.onlyElsewhere', { time })
      : say('status.what.channelElsewhere', {
          time,
          channels: listed(
            shut.map((c) => nameOf(c.service, catalogue, language)),
            3,
            language,
          ),
        }),
  });
}

/** What is the matter, as the part of the headline after the dash. */
function clause(service: Service, status: ServiceStatus, region: RegionId | null, telling: Telling): string {
  const { say, language, now, catalogue } = telling;
  const sinceOr = (since: Key, plain: Key): string => {
    const params: Params = { time: status.since === null ? '' : clockTime(status.since, now, language) };
    return status.since === null ? say(plain) : say(since, params);
  };
  const measured = status.basis === 'measured';
  const behind = service.kind === 'infrastructure' || service.kind === 'internal';
  switch (status.availability) {
    case 'operational': {
      const regionName = region === null ? undefined : catalogue.region(region)?.name[language];
      if (regionName !== undefined && onlyElsewhere(status, telling) !== null)
        return say('status.what.noneDeclaredIn', { region: regionName });
      return say(operationalClause(status));
    }
    case 'degraded':
      return sinceOr(measured ? 'status.what.slowMeasured' : 'status.what.slowSince', 'status.what.slow');
    case 'recovering':
      return behind
        ? sinceOr('status.what.recoveringBehindSince', 'status.what.recoveringBehind')
        : sinceOr('status.what.recoveringSince', 'status.what.recovering');
    case 'partial_outage':
      if (behind) return sinceOr('status.what.partialBehindSince', 'status.what.partialBehind');
      return status.basis === 'channels'
        ? sinceOr('status.what.someWaysSince', 'status.what.someWays')
        : sinceOr('status.what.partialSince', 'status.what.partial');
    case 'major_outage':
      if (measured) return sinceOr('status.what.unreachableSince', 'status.what.unreachable');
      if (behind) return sinceOr('status.what.stoppedBehindSince', 'status.what.stoppedBehind');
      return status.basis === 'channels'
        ? sinceOr('status.what.noWaySince', 'status.what.noWay')
        : sinceOr('status.what.stoppedSince', 'status.what.stopped');
    case 'maintenance':
      return status.basis === 'maintenance' && status.maintenance !== null
        ? say('status.what.window', {
            period: period(status.maintenance.startsAt, status.maintenance.endsAt, now, language),
          })
        : sinceOr('status.what.maintenanceSince', 'status.what.maintenance');
    case 'unknown':
      if (status.basis === 'overdue')
        return say('status.what.overdue', { ago: ago(status.asOf, now, language) });
      if (status.basis === 'silent') {
        return say('status.what.silent', {
          time: clockTime(status.asOf, now, language),
          ago: ago(status.asOf, now, language),
        });
      }
      if (measured) return say('status.what.tooFew');
      return sinceOr('status.what.unclearSince', 'status.what.unclear');
  }
}

function operationalClause(status: ServiceStatus): Key {
  if (status.basis === 'measured') return 'status.what.responds';
  if (status.basis === 'declared') return 'status.what.declaredFine';
  if (status.basis === 'channels') return 'status.what.usable';
  return 'status.what.noneDeclared';
}

/** The channels of a function that a citizen can be sent to. */
export const openChannels = (status: ServiceStatus): readonly ServiceStatus[] =>
  status.channels.filter((c) => isUsable(c.availability));
