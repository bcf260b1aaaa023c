import { type Card, card, type Section, section } from '../card/card.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { RegionId, ServiceId } from '../domain/ids.ts';
import type { Incident, IncidentUpdate } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { later } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { Service } from '../domain/service.ts';
import type { CheckedAlternative, ServiceStatus } from '../domain/status.ts';
import { clockTime, period } from './dates.ts';
import { deadlineLine } from './deadlines.ts';
import { listed, nameOf, regionNames } from './names.ts';
import { linesOf, oneLine } from './official-text.ts';
import { basisLine } from './status-basis.ts';
import { callLines, doNowLines } from './status-do-now.ts';
import { onlyElsewhere, statusHeadline } from './status-headline.ts';
import { leadLines } from './status-lead.ts';
import { regionalFaults, statusLine, type Telling, tellingIn, toneOf } from './status-line.ts';

/** All that an answer about one service says, looked up before and checked at the moment of the answer. */
export interface StatusView {
  readonly service: Service;
  readonly status: ServiceStatus;
  readonly alternatives: readonly CheckedAlternative[];
  /** Open incidents on what it rests on. */
  readonly explainedBy: readonly ServiceId[];
  /** For infrastructure and internal systems: what citizens use that rests on it, each with its own status. */
  readonly resting: readonly ServiceStatus[];
  /** Where the asker is, if known. */
  readonly region: RegionId | null;
  /** The newest update of the deciding incident. */
  readonly latest: IncidentUpdate | null;
}

/** The answer to "does it work?": status word first, then what to do, then the small print. Without buttons. */
export function statusCard(view: StatusView, catalogue: Catalogue, language: Language, now: Instant): Card {
  const telling = tellingIn(language, catalogue, now);
  const { service, status } = view;
  const last = status.basis === 'overdue';
  const regional = view.region === null && onlyElsewhere(status, telling) !== null;
  const sections = [
    section(null, leadLines(view, telling)),
    section(
      telling.say(last ? 'status.label.notWorkingLast' : 'status.label.notWorking'),
      told(status, 'limits', language),
    ),
    section(
      telling.say(last ? 'status.label.workingLast' : 'status.label.working'),
      told(status, 'works', language),
    ),
    section(telling.say('status.label.channels'), [
      ...channelLines(status, telling),
      ...channelLimits(status, telling),
    ]),
    section(telling.say('status.label.doNow'), doNowLines(view, telling)),
    section(telling.say('status.label.deadlines'), deadlineLines(view, telling)),
    latestSection(view, telling),
    section(telling.say('status.label.related'), explanationLines(view, telling)),
    section(telling.say('status.label.impact'), impactLines(view, telling)),
    section(
      telling.say(view.region === null ? 'status.label.regions' : 'status.label.elsewhere'),
      regionLines(view, telling),
    ),
    section(telling.say('status.label.maintenance'), maintenanceLines(status, telling)),
    section(telling.say('status.label.nextUpdate'), nextUpdateLines(status, telling)),
    section(telling.say('status.label.call'), callLines(view, telling)),
  ];
  const tone = toneOf(status.availability);
  return card(statusHeadline(service, status, view.region, telling), {
    tone: tone === 'good' && (regional || status.basis === 'channels') ? 'caution' : tone,
    sections: sections.filter((s) => s !== null),
    footer: basisLine(status, telling),
  });
}

/** What officials declared of the service itself; a channel's limits are not the limits of the task. */
function told(status: ServiceStatus, field: 'limits' | 'works', language: Language): readonly string[] {
  if (status.basis === 'channels' || status.availability === 'operational') return [];
  const lines = status.incidents.flatMap((incident) => {
    const text = incident[field];
    return text === null ? [] : linesOf(text, language);
  });
  return [...new Set(lines)];
}

/**
 * Each way of doing it. Where officials declared the task itself, their word stands: a channel in order
 * is then no proof that the task can be done there, and only what is wrong with channels is added.
 */
function channelLines(status: ServiceStatus, { catalogue, language, now }: Telling): readonly string[] {
  const ownWord = status.basis !== 'channels' && status.availability !== 'operational';
  const channels = ownWord
    ? status.channels.filter((c) => c.availability !== 'operational')
    : status.channels;
  return channels.map((channel) => statusLine(channel, catalogue, language, now));
}

/** What does not work at a channel, where officials said so: it may be this very task. */
function channelLimits(status: ServiceStatus, { say, catalogue, language }: Telling): readonly string[] {
  const lines = status.channels.flatMap(({ service, incidents }) =>
    incidents.flatMap(({ limits, services }) =>
      limits === null || !services.some((one) => one.service === service)
        ? []
        : [
            say('status.channel.limits', {
              name: nameOf(service, catalogue, language),
              limits: oneLine(limits, language),
            }),
          ],
    ),
  );
  return [...new Set(lines)];
}

/** Deadlines that moved here; and those of other regions, named, for somebody who did not say where they are. */
function deadlineLines({ status, region }: StatusView, telling: Telling): readonly string[] {
  const { say, now, language, catalogue } = telling;
  const linesFor = (incident: Incident) => incident.deadlines.map((d) => deadlineLine(d, now, language));
  const elsewhere = region === null ? status.elsewhere : [];
  const lines = [
    ...status.incidents.flatMap(linesFor),
    ...elsewhere.flatMap((incident) => {
      const regions = regionNames(incident.scope, catalogue, language) ?? '';
      return linesFor(incident).map((text) => say('status.region.told', { regions, text }));
    }),
  ];
  return [...new Set(lines)];
}

/** What the officials last said, word for word; where it is about one channel or another region, the label says so. */
function latestSection({ latest, status }: StatusView, telling: Telling): Section | null {
  if (latest === null) return null;
  const { say, language, now } = telling;
  const time = clockTime(latest.at, now, language);
  const names = latestIsAbout(latest, status, telling);
  const label =
    names === null ? say('status.label.latest', { time }) : say('status.label.latestAbout', { time, names });
  return section(label, linesOf(latest.message, language));
}

/** The channels or regions that an update is about; null when it is about the service itself, here. */
function latestIsAbout(
  latest: IncidentUpdate,
  status: ServiceStatus,
  { language, catalogue }: Telling,
): string | null {
  const other = status.elsewhere.find((incident) => incident.id === latest.incident);
  if (other !== undefined) return regionNames(other.scope, catalogue, language);
  const channels = status.channels.map((c) => c.service);
  const about = latest.services.map((s) => s.service).filter((id) => channels.includes(id));
  if (status.basis !== 'channels' || about.length === 0) return null;
  return listed(
    about.map((id) => nameOf(id, catalogue, language)),
    2,
    language,
  );
}

/** Why it may be so: never more than "it rests on this, and this has an open incident". */
function explanationLines({ explainedBy, status }: StatusView, telling: Telling): readonly string[] {
  // Its channels are told of one by one already.
  const others = explainedBy.filter((id) => !status.channels.some((channel) => channel.service === id));
  if (others.length === 0) return [];
  const { say, language, catalogue } = telling;
  const names = listed(
    others.map((id) => nameOf(id, catalogue, language)),
    3,
    language,
  );
  return [
    say(status.availability === 'operational' ? 'status.related.fine' : 'status.related.impaired', { names }),
  ];
}

const IMPACT_LINES = 8;

function impactLines({ service, resting }: StatusView, telling: Telling): readonly string[] {
  if (service.kind !== 'infrastructure' && service.kind !== 'internal') return [];
  const { say, language, catalogue, now } = telling;
  if (resting.length === 0) return [say('status.impact.nothing')];
  const fine = resting.filter((s) => s.availability === 'operational' && onlyElsewhere(s, telling) === null);
  const impaired = resting.filter((s) => !fine.includes(s));
  const lines = impaired.slice(0, IMPACT_LINES).map((s) => statusLine(s, catalogue, language, now));
  if (impaired.length > IMPACT_LINES)
    lines.push(say('status.impact.more', { count: impaired.length - IMPACT_LINES }));
  if (fine.length > 0) {
    const names = fine.map((s) => nameOf(s.service, catalogue, language));
    lines.push(say('status.impact.fine', { names: listed(names, 5, language) }));
  }
  return lines;
}

/** Faults in other regions, beside whatever is the matter here, and what does not work there. */
function regionLines({ status, region }: StatusView, telling: Telling): readonly string[] {
  const { say, now, language, catalogue } = telling;
  const all = status.elsewhere.flatMap((incident) => {
    const lines = regionalFaults(status.service, [incident], telling).map((fault) =>
      say('status.region.line', {
        regions: fault.regions,
        word: say(`status.word.${fault.status}`),
        time: clockTime(fault.since, now, language),
      }),
    );
    const regions = regionNames(incident.scope, catalogue, language);
    if (lines.length > 0 && incident.limits !== null && regions !== null)
      lines.push(say('status.region.limits', { regions, limits: oneLine(incident.limits, language) }));
    return lines;
  });
  // One bare fault is in the headline already.
  const inHeadline = region === null && status.availability === 'operational' && all.length === 1;
  return inHeadline ? [] : all;
}

function maintenanceLines(status: ServiceStatus, telling: Telling): readonly string[] {
  const { say, now, language } = telling;
  const lines: string[] = [];
  const running = status.maintenance;
  if (running !== null) {
    if (status.basis !== 'maintenance')
      lines.push(
        say('status.maintenance.running', {
          period: period(running.startsAt, running.endsAt, now, language),
        }),
      );
    lines.push(...linesOf(running.message, language));
  }
  const next = status.upcoming;
  if (next !== null) {
    lines.push(
      say(next.emergency ? 'status.maintenance.emergencyAhead' : 'status.maintenance.ahead', {
        period: period(next.startsAt, next.endsAt, now, language),
      }),
      ...linesOf(next.message, language),
    );
  }
  return lines;
}

/** The promise of news, or plainly that there is none. A broken promise is told at the top instead. */
function nextUpdateLines(status: ServiceStatus, { say, now, language }: Telling): readonly string[] {
  if (status.incidents.length === 0 || status.basis === 'overdue' || status.availability === 'operational')
    return [];
  const promises = status.incidents.map((i) => i.nextUpdateAt).filter((at) => at !== null && at >= now);
  const promised = promises.reduce<Instant | null>(
    (a, b) => (a === null || b === null ? b : later(a, b)),
    null,
  );
  return [
    promised === null
      ? say('status.nextUpdate.none')
      : say('status.nextUpdate.by', { time: clockTime(promised, now, language) }),
  ];
}
