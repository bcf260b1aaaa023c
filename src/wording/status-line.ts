import type { Tone } from '../card/card.ts';
import type { Availability } from '../domain/availability.ts';
import { isWorse, worst } from '../domain/availability.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { ServiceId } from '../domain/ids.ts';
import type { Incident } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { earlier } from '../domain/instant.ts';
import type { Language } from '../domain/language.ts';
import type { ServiceStatus } from '../domain/status.ts';
import { ago, clockTime } from './dates.ts';
import { type Say, sayIn } from './i18n.ts';
import { nameOf, regionNames } from './names.ts';

/** Who tells, about what, when: what every part of an answer needs. */
export interface Telling {
  readonly say: Say;
  readonly language: Language;
  readonly catalogue: Catalogue;
  readonly now: Instant;
}

export const tellingIn = (language: Language, catalogue: Catalogue, now: Instant): Telling => ({
  say: sayIn(language),
  language,
  catalogue,
  now,
});

const TONES: { readonly [A in Availability]: Tone } = {
  operational: 'good',
  recovering: 'caution',
  degraded: 'caution',
  unknown: 'unknown',
  maintenance: 'caution',
  partial_outage: 'caution',
  major_outage: 'bad',
};

export const toneOf = (availability: Availability): Tone => TONES[availability];

/** The status word; an unplanned window is called by its own. */
export const statusWord = ({ availability, maintenance }: ServiceStatus, say: Say): string =>
  availability === 'maintenance' && maintenance?.emergency
    ? say('status.word.emergency')
    : say(`status.word.${availability}`);

/** What a service suffers in regions that were not asked about. */
export interface RegionalFault {
  readonly regions: string;
  readonly status: Availability;
  readonly since: Instant;
}

/** The regional faults of one service, the worst first. */
export function regionalFaults(
  service: ServiceId,
  incidents: readonly Incident[],
  { catalogue, language }: Telling,
): readonly RegionalFault[] {
  return incidents
    .flatMap((incident) => {
      const told = incident.services.find((s) => s.service === service);
      const regions = regionNames(incident.scope, catalogue, language);
      if (told === undefined || told.status === 'operational' || regions === null) return [];
      return [{ regions, status: told.status, since: told.since }];
    })
    .sort((a, b) => (a.status === b.status ? 0 : isWorse(a.status, b.status) ? -1 : 1));
}

/** Several regional faults in one: every region, the worst word, the earliest start. */
export function together(faults: readonly RegionalFault[]): RegionalFault | null {
  const [first] = faults;
  if (first === undefined) return null;
  return {
    regions: [...new Set(faults.map((f) => f.regions))].join(', '),
    status: worst(faults.map((f) => f.status)),
    since: faults.map((f) => f.since).reduce(earlier),
  };
}

/** One line of a list: `정부24: 장애(13:55부터)`. */
export function statusLine(
  status: ServiceStatus,
  catalogue: Catalogue,
  language: Language,
  now: Instant,
): string {
  const telling = tellingIn(language, catalogue, now);
  const line = {
    name: nameOf(status.service, catalogue, language),
    word: statusWord(status, telling.say),
  };
  const detail = lineDetail(status, telling);
  return detail === null
    ? telling.say('status.line.plain', line)
    : telling.say('status.line.detailed', { ...line, detail });
}

/** What a list adds to a name: since when, until when, as of when, or where. */
export function lineDetail(status: ServiceStatus, telling: Telling): string | null {
  const { say, language, now, catalogue } = telling;
  if (status.availability === 'operational') {
    const regional = together(regionalFaults(status.service, status.elsewhere, telling));
    if (regional === null) return null;
    return say('status.line.onlyIn', {
      regions: regional.regions,
      word: say(`status.word.${regional.status}`),
    });
  }
  if (status.basis === 'overdue' || status.basis === 'silent')
    return say('status.line.asOf', { ago: ago(status.asOf, now, language) });
  if (status.basis === 'maintenance' && status.maintenance !== null)
    return say('status.line.until', { time: clockTime(status.maintenance.endsAt, now, language) });
  if (status.since === null) return null;
  const since = say('status.line.since', { time: clockTime(status.since, now, language) });
  const scope = status.basis === 'declared' ? status.incidents[0]?.scope : undefined;
  const regions = scope === undefined ? null : regionNames(scope, catalogue, language);
  return regions === null ? since : `${regions}, ${since}`;
}
